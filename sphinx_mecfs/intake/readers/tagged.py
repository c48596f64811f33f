"""Files of tagged lines, RIS and MEDLINE: cut into records, each a list of tags and texts with their lines.

Own code, since the readers that are published lose records: rispy 0.10 drops a record without its last line, merges two
without one between them and fails on a line that continues nothing; nbib 0.3 fails on the whole file at one odd line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..records import doubtful

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...evidence.problems import Finding

_RIS = re.compile(r"([A-Z][A-Z0-9]) {0,2}-(?: (.*))?$")
_MEDLINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)$")
_MOST_STRAY = 20


class Tagged(NamedTuple):
    """One record: its first line, and its fields as pairs of a tag and a text, in their order."""

    line: int
    fields: Sequence[tuple[str, str]]

    def all(self, *tags: str) -> list[str]:
        """Return the texts of all fields with one of these tags."""
        return [text for tag, text in self.fields if tag in tags]

    def first(self, *tags: str) -> str:
        """Return the first text of the first of these tags that has one, or ""."""
        return next((text for tag in tags for text in self.all(tag) if text), "")


class _Open:
    """A record that is being read; continued lines are joined once, so that long texts take linear time."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.fields: list[tuple[str, list[str]]] = []

    def closed(self) -> Tagged:
        return Tagged(self.line, [(tag, " ".join(parts)) for tag, parts in self.fields])


def cut_ris(text: str) -> tuple[list[Tagged], list[Finding]]:
    """Cut a RIS file: a record goes from TY to ER; one without its end goes to the next TY."""
    records: list[Tagged] = []
    findings: list[Finding] = []
    stray: list[int] = []
    record: _Open | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        match = _RIS.match(line.rstrip())
        if match and match[1] == "TY":
            if record:
                findings.append(doubtful("the record has no line 'ER  -'; the next one begins here", number))
                records.append(record.closed())
            record = _Open(number)
        if record is None:
            stray += [number] if line.strip() else []
        elif match and match[1] == "ER":
            records.append(record.closed())
            record = None
        elif match:
            record.fields.append((match[1], [(match[2] or "").strip()]))
        elif line.strip() and record.fields:
            record.fields[-1][1].append(line.strip())
    if record:
        findings.append(doubtful("the file ends without a line 'ER  -'; its last record may lack fields", record.line))
        records.append(record.closed())
    return records, [*findings, *_stray(stray)]


def cut_medline(text: str) -> tuple[list[Tagged], list[Finding]]:
    """Cut a MEDLINE file: a record ends at a blank line or where the next PMID stands."""
    records: list[Tagged] = []
    stray: list[int] = []
    record: _Open | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        match = _MEDLINE.match(line)
        if not line.strip():
            records += [record.closed()] if record else []
            record = None
        elif match:
            if record and match[1] == "PMID":
                records.append(record.closed())
                record = None
            record = record or _Open(number)
            record.fields.append((match[1], [match[2].strip()]))
        elif record and line.startswith(" "):
            record.fields[-1][1].append(line.strip())
        else:
            stray.append(number)
    records += [record.closed()] if record else []
    return records, [*_stray(stray)]


def _stray(lines: Sequence[int]) -> Iterator[Finding]:
    for line in lines[:_MOST_STRAY]:
        yield doubtful("the line belongs to no record and is left out", line)
    if len(lines) > _MOST_STRAY:
        yield doubtful(
            f"{len(lines) - _MOST_STRAY} further lines belong to no record and are left out", lines[_MOST_STRAY]
        )
