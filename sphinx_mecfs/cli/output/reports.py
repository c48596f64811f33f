"""Write problems: as text for people, as JSON, as SARIF and as annotations of GitHub Actions."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .choices import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ...manuscript.check import Report


class Summary(NamedTuple):
    """What was looked at, by name: how many files, cards and so on."""

    counts: Mapping[str, int]

    def __str__(self) -> str:
        return ", ".join(f"{number} {name}" for name, number in self.counts.items())


def write_reports(reports: Sequence[Report], summary: Summary, form: Format) -> None:
    """Write problems to standard output; text for people also says what was looked at."""
    _WRITERS[form](reports, summary)


def shown_path(path: Path) -> str:
    """Return a path as seen from the folder in which the command runs, where it stands below it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _write_json(reports: Sequence[Report], summary: Summary) -> None:
    document = {
        "problems": [
            {
                "file": shown_path(report.path),
                "line": report.line,
                "column": report.column,
                "end_column": report.end,
                "kind": f"mecfs.{report.problem.value}",
                "message": report.message,
                "suggestion": report.suggestion or None,
            }
            for report in reports
        ],
        "checked": dict(summary.counts),
    }
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _write_sarif(reports: Sequence[Report], _summary: Summary) -> None:
    from .sarif import sarif_log

    log = sarif_log([(shown_path(report.path), report) for report in reports])
    sys.stdout.write(json.dumps(log, ensure_ascii=False, indent=2) + "\n")


def _write_github(reports: Sequence[Report], _summary: Summary) -> None:
    for report in reports:
        place = {"file": shown_path(report.path), "line": report.line, "col": report.column}
        place |= {"endColumn": max(report.end - 1, report.column), "title": f"mecfs.{report.problem.value}"}
        properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in place.items())
        sys.stdout.write(f"::warning {properties}::{_escaped(report.message)}\n")


def _escaped(text: str, more: str = "") -> str:
    """Escape what ends a workflow command or one of its properties (GitHub, workflow commands; as `@actions/core`)."""
    for sign in ("%", "\r", "\n", *more):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _write_text(reports: Sequence[Report], summary: Summary) -> None:
    if reports:
        from .text import show

        show(reports, shown_path)
    found = "no problem" if not reports else "1 problem" if len(reports) == 1 else f"{len(reports)} problems"
    sys.stdout.write(f"{found[0].upper()}{found[1:]} in {summary}.\n")


_WRITERS: Mapping[Format, Callable[[Sequence[Report], Summary], None]] = {
    Format.TEXT: _write_text,
    Format.JSON: _write_json,
    Format.SARIF: _write_sarif,
    Format.GITHUB: _write_github,
}
