"""Read JSON: items of CSL or of Zotero, or works of Crossref; which they are is seen at each record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from ..records import Publication, Reading, left_out, unreadable
from .crossref import from_crossref, is_work, works_in
from .csl import from_csl
from .values import Item, item, text_of
from .zotero import NO_PUBLICATION, from_zotero, zotero_item

if TYPE_CHECKING:
    from ...evidence.problems import Finding

_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = re.compile(rf"{_HIGH}(?!{_LOW})|(?<!{_HIGH}){_LOW}")


def read_json(text: str) -> Reading:
    """Read a list of records, one record, or an answer of Crossref; a record is named by its number in the list."""
    try:
        value = _decoded(text)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        return Reading(
            "JSON", 0, (), (unreadable(f"the file is no JSON that can be read: {reason}", _line(text, error)),)
        )
    records = _records(value)
    if records is None:
        message = "the file is JSON, but neither CSL-JSON nor an answer of Crossref; from Zotero, export 'CSL JSON'"
        return Reading("JSON", 0, (), (unreadable(message, 1),))
    publications: list[Publication] = []
    findings: list[Finding] = []
    for number, record in enumerate(records, start=1):
        outcome = _read(item(record))
        if isinstance(outcome, str):
            findings.append(left_out(f"record {number} of the list {outcome}"))
        else:
            publications.append(outcome)
    return Reading(_kind(records), len(records), tuple(publications), tuple(findings))


def _read(record: Item) -> Publication | str:
    """Return the publication that a record is, or what is wrong with it."""
    if not record:
        return "is no object with members"
    zotero = zotero_item(record)
    if zotero is not None:
        kind = text_of(zotero.get("itemType"))
        return f"is no publication: {kind}" if kind in NO_PUBLICATION else from_zotero(zotero)
    if is_work(record):
        return from_crossref(record)
    if record.keys() & _OF_CSL:
        return from_csl(record)
    return "is neither an item of CSL or Zotero nor a work of Crossref"


def _kind(records: list[object]) -> str:
    if any(zotero_item(item(record)) for record in records):
        return "Zotero JSON"
    return "Crossref JSON" if any(map(is_work, records)) else "CSL-JSON"


_OF_CSL = frozenset({"type", "author", "issued", "DOI", "container-title"})


def _decoded(text: str) -> object:
    """Return the value of a JSON text; half of a pair of surrogates, which is no letter, is read as U+FFFD."""
    try:
        value: object = msgspec.json.decode(text)
    except msgspec.MsgspecError:
        mended, count = _HALF.subn(r"\\ufffd", text)
        if not count:
            raise
        value = msgspec.json.decode(mended)
    return value


def _records(value: object) -> list[object] | None:
    if isinstance(value, list):
        return value
    works = works_in(value)
    if works is not None:
        return works
    listed = item(value).get("items")
    if isinstance(listed, list):
        return listed
    return [value] if {"title", "DOI", "itemType"} & item(value).keys() else None


def _line(text: str, error: Exception) -> int:
    """Return the line of the byte that a message of msgspec names, or 1."""
    _before, found, number = str(error).partition("(byte ")
    digits = number.rstrip(")")
    if not found or not digits.isdigit():
        return 1
    return text.encode("utf-8", "surrogatepass")[: int(digits)].count(b"\n") + 1
