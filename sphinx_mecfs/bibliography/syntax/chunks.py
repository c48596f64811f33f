"""Cut the bytes of a bibliography file into the places where entries can begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...evidence.problems import Finding, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_START = re.compile(r"^[ \t]*+(@)[ \t]*+[A-Za-z][A-Za-z0-9_-]*+\s*+[{(]", re.MULTILINE)
_ANYWHERE = re.compile(r"@\s*+[A-Za-z][A-Za-z0-9_-]*+\s*+[{(]|^[ \t]*+(%)", re.MULTILINE)
_QUIET_LINE = re.compile(r"\s*+(?:$|%[^@]*$|@comment\b[^@]*$)", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes) -> tuple[str, list[Finding]]:
    """Return the text of a file, its lines ended by newlines, and a finding for each line that is not UTF-8.

    A byte that is no UTF-8 is read as U+FFFD.
    """
    if data.startswith(_UTF_16):
        finding = Finding(Problem.BIB_ENCODING, "the file is written as UTF-16; save it as UTF-8", line=1)
        data, findings = data.decode("utf-16", "replace").encode("utf-8", "replace"), [finding]
    else:
        findings = []
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode("utf-8"), findings
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace"), [*findings, *_bad_lines(data)]


def _bad_lines(data: bytes) -> Iterator[Finding]:
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start]
            letter = bytes([byte]).decode("cp1252", "replace")
            hint = f", which is {letter!r} in Windows-1252," if letter.isalpha() else ""
            message = f"byte 0x{byte:02x}{hint} is not UTF-8; save the file as UTF-8"
            yield Finding(Problem.BIB_ENCODING, message, line=number)


def line_starts(text: str) -> list[int]:
    """Return where each `@word{` or `@word(` stands that begins a line, and then the end of the text."""
    return [*(match.start(1) for match in _LINE_START.finditer(text)), len(text)]


def next_block(text: str, start: int, limit: int) -> int:
    """Return where the next `@word{` or `@word(` stands that no `%` makes a comment, or `limit`."""
    while match := _ANYWHERE.search(text, start, limit):
        if match[1] is None:
            return match.start()
        end = text.find("\n", match.end(), limit)
        if end < 0:
            break
        start = end
    return limit


def stray_line(text: str) -> int | None:
    """Return which line of the text between two entries, from 0, holds more than comments, or None.

    A comment line begins with `%`, or with `@comment`, and holds no other `@`: BibTeX reads that one as the
    start of an entry.
    """
    if not text or text.isspace():
        return None
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines) if not _QUIET_LINE.match(line)), None)
