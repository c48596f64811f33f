"""The one function through which every problem is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from .i18n import reword

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes

    from ..evidence.problems import Finding, Problem

logger = logging.getLogger(__name__)


def report(problem: Problem, message: str, location: str | nodes.Node | tuple[str, int | None] | None) -> None:
    """Log one problem as the warning `mecfs.<problem>`.

    `location` is `file:line`, a node, or a pair of document name and line.
    """
    logger.warning("%s", reword(message), type="mecfs", subtype=problem.value, location=location)


def report_file(path: str, findings: Iterable[Finding]) -> None:
    """Log the problems of a data file, each at its line."""
    for finding in findings:
        # Without a line Sphinx would take the path for the name of a document.
        place = f"{path}:{finding.line or 1}"
        report(finding.problem, finding.message, place)
