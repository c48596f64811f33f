"""What is wrong with the words of the sections of a card, a question or a claim, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..evidence.problems import Finding, Problem
from .rules import Place
from .scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..evidence.sections import SectionText
    from ..evidence.vocabulary import Design
    from .rules import Rules
    from .scan import Scan


def check_sections(
    sections: Iterable[SectionText], rules: Rules, design: Design | None = None, *, markdown: bool = True
) -> Iterator[Finding]:
    """Yield a finding for each alarm and each faulty excuse; `design` is that of the study where it is a card.

    The `line` of a finding is that of the body from which the sections were split, counted from 1.
    """
    for text in sections:
        found = scan(text.text, rules, Place(text.section.name, design), markdown=markdown)
        yield from findings_of(found, text.start, text.section.label)


def findings_of(found: Scan, lines_above: int = 0, field: str = "") -> list[Finding]:
    """Return what a scan has found, in the order of the lines; `lines_above` are those before the passage."""
    findings = [Finding(Problem.WORDING, one.message, field, lines_above + one.line) for one in found.alarms]
    findings += [Finding(Problem.WORDING_EXCUSE, one.message, field, lines_above + one.line) for one in found.faults]
    return sorted(findings, key=lambda finding: finding.line)
