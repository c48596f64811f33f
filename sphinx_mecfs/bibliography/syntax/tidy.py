"""Put a BibTeX file into one order and form, where that is safe: entries by key, values in braces, bare identifiers.

Comments stay with the entry that they stand right above. A file that cannot be read without doubt is left as it is, and
so is one that would be read differently afterwards.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ...evidence.common.dates import read_any_date
from ...evidence.problems import Problem
from ..build import doi_of, pmcid_of, pmid_of
from ..reader import read_bibliography
from .chunks import decode, line_starts
from .grammar import read_block
from .strings import Strings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..records import Bibliography
    from .grammar import Block

_DOUBTFUL = frozenset(
    {
        Problem.BIB_SYNTAX, Problem.BIB_DUPLICATE_KEY, Problem.BIB_DUPLICATE_FIELD, Problem.BIB_STRING,
        Problem.BIB_ENCODING, Problem.BIB_KEY,
    }
)  # fmt: skip
_HEAD = re.compile(r"@\s*+([A-Za-z][A-Za-z0-9_-]*+)\s*+\{\s*+([^\s,{}=\"]++)\s*+,")
_FIELD = re.compile(
    r"(?P<gap>\s*+)(?P<name>[A-Za-z][A-Za-z0-9_:.+/-]{0,99}+)(?P<equals>\s*+=\s*+)"
    r"(?:\{(?P<braced>[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+)\}|\"(?P<quoted>[^\"{}]*+)\"|(?P<digits>[0-9]++))"
    r"(?P<comma>\s*+,)?"
)
_END = re.compile(r"\s*+\}\s*+")


class _Item(NamedTuple):
    """An entry with the comments above it and those that follow it."""

    key: str
    above: str
    text: str
    below: str


def tidy(data: bytes) -> bytes:
    """Return the file in order; the same bytes where there is nothing to do or where it is not safe."""
    text, findings = decode(data)
    before = read_bibliography(data)
    if findings or any(finding.problem in _DOUBTFUL for finding in before.findings) or not before.entries:
        return data
    items = _items(text)
    if items is None:
        return data
    head, entries = items
    parts = [head.strip("\n"), *(_joined(item) for item in sorted(entries, key=lambda item: item.key))]
    written = "\n\n".join(part for part in parts if part) + "\n"
    newline = "\r\n" if b"\r\n" in data else "\n"
    tidied = written.replace("\n", newline).encode()
    return tidied if _same(before, read_bibliography(tidied)) else data


def _joined(item: _Item) -> str:
    return "".join(part.strip("\n") + "\n" for part in (item.above, item.text, item.below) if part.strip()).rstrip("\n")


def _items(text: str) -> tuple[str, list[_Item]] | None:
    """Return what stands above the first entry, and the entries; None where anything else stands between them."""
    starts = line_starts(text)
    head, strings = text[: starts[0]], Strings()
    items: list[_Item] = []
    lead = head
    for start, limit in pairwise(starts):
        block = read_block(text, start, limit, 1, strings)
        if not block.closed:
            return None
        between = text[block.end : limit]
        if block.kind in {"string", "preamble", "comment"}:
            if items:
                return None
            head += text[start:limit]
            lead = ""
            continue
        head, above = _split_lead(head, lead) if not items else (head, lead)
        below, lead = _split_lead(between, between)
        items.append(_Item(block.key, above, _entry(text[start : block.end], block), below))
    if items and lead.strip():
        items[-1] = items[-1]._replace(below=items[-1].below + lead)
    return head, items


def _split_lead(text: str, lead: str) -> tuple[str, str]:
    """Cut off the comment lines that stand right above what follows; one behind a blank line stays where it is."""
    lines = lead.split("\n")
    at = len(lines) - 1
    while at > 0 and lines[at - 1].strip():
        at -= 1
    above = "\n".join(lines[at:])
    if not above.strip() or at == 0:
        return text, ""
    return text[: len(text) - len(above)], above


def _entry(text: str, block: Block) -> str:
    """Return an entry with its values in braces; as it is where it uses abbreviations or is unusual."""
    head = _HEAD.match(text)
    if head is None or block.expanded:
        return text
    parts, at = [f"@{head[1].lower()}{{{head[2]},"], head.end()
    while field := _FIELD.match(text, at):
        name = field["name"].lower()
        value = next(value for value in (field["braced"], field["quoted"], field["digits"]) if value is not None)
        equals = "".join(sign for sign in field["equals"] if sign != "\n")
        parts.append(f"{field['gap']}{name}{equals}{{{_value(name, value)}}},")
        at = field.end()
        if field["comma"] is None:
            break
    return "".join(parts) + "\n}" if _END.fullmatch(text, at) else text


def _value(name: str, value: str) -> str:
    normal = _FORMS.get(name)
    return (normal(value) if normal else "") or value


def _date(text: str) -> str:
    day = read_any_date(text)
    return day.isoformat() if day else ""


_FORMS: Mapping[str, Callable[[str], str]] = {"doi": doi_of, "pmid": pmid_of, "pmcid": pmcid_of, "urldate": _date}
"""What gives a value the form that is asked for, or "" where it cannot."""


def _same(before: Bibliography, after: Bibliography) -> bool:
    """Tell whether two readings hold the same entries, values in the form that is asked for."""
    return _meaning(before) == _meaning(after) and len(after.findings) <= len(before.findings)


def _meaning(bibliography: Bibliography) -> dict[str, object]:
    return {
        key: (entry.type, [(name, _value(name, text)) for name, text in entry.fields])
        for key, entry in bibliography.entries.items()
    }
