"""From the bytes of a file to text, whatever they are."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from ..records import doubtful

if TYPE_CHECKING:
    from ...evidence.problems import Finding

_DECLARED = re.compile(rb"<\?xml[^>]{0,80}encoding=[\"']([A-Za-z0-9_.:-]{1,40})[\"']")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes) -> tuple[str, list[Finding]]:
    """Return the text of a file, its lines ended by newlines, and what is to be said of its encoding.

    It is read as UTF-8, or as what a byte order mark or an XML declaration names. Lines that are not UTF-8 are read as
    Windows-1252, which old reference managers write.
    """
    text, findings = _decoded(data)
    return text.replace("\r\n", "\n").replace("\r", "\n"), findings


def _decoded(data: bytes) -> tuple[str, list[Finding]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), []
    declared = _DECLARED.match(data)
    if declared and declared[1].lower() in {b"iso-8859-1", b"windows-1252", b"latin1"}:
        return data.decode("cp1252", "replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        first = data.count(b"\n", 0, error.start) + 1
    finding = doubtful("the file is not UTF-8; lines that are not are read as Windows-1252", first)
    return "\n".join(map(_line, data.split(b"\n"))), [finding]


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
