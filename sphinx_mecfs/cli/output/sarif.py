"""Write problems as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code scanning reads."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from ...evidence.problems import Problem
from ...version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...manuscript.check import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif_log(reports: Iterable[tuple[str, Report]]) -> dict[str, object]:
    """Return the log of one run; each problem comes with its path as it is to be shown."""
    rules = list(Problem)
    positions = {rule: index for index, rule in enumerate(rules)}
    driver = {
        "name": "sphinx-mecfs",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": f"mecfs.{rule.value}",
                "shortDescription": {"text": rule.doc},
                "defaultConfiguration": {"level": "warning"},
            }
            for rule in rules
        ],
    }
    results = [_result(path, report, positions[report.problem]) for path, report in reports]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(path: str, report: Report, rule: int) -> dict[str, object]:
    region = {"startLine": report.line, "startColumn": report.column, "endColumn": max(report.end, report.column)}
    return {
        "ruleId": f"mecfs.{report.problem.value}",
        "ruleIndex": rule,
        "level": "warning",
        "message": {"text": report.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": quote(path)}, "region": region}}],
    }
