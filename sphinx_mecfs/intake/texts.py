"""From the texts of records to plain text in one line: markup of journals, dates, pages, identifiers in prose."""

from __future__ import annotations

import datetime
import html
import re
from typing import TYPE_CHECKING

from ..bibliography.records import Entry
from ..bibliography.texts import one_space, strip_hostile
from ..evidence.identifiers import is_pmid, normalise_doi

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 4000
"""Letters that a text of a record may have; what is longer is cut, and said so."""

_TAG = re.compile(
    r"</?(?:(?:jats|mml):[a-z][a-z0-9-]{0,30}|i|b|u|em|strong|sub|sup|inf|scp|sc|tt|span|italic|bold|p|title)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(?:jats:)?(sub|sup|inf)>([^<>]{1,20})</(?:jats:)?(?:sub|sup|inf)>", re.IGNORECASE)
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")
_YEAR = re.compile(r"(?<![0-9])(1[5-9][0-9]{2}|20[0-9]{2})(?![0-9])")
_NUMBER_RANGE = re.compile(r"([0-9]+)\s*[-–—]+\s*([0-9]+)")
_DOI_IN_TEXT = re.compile(r"\bdoi:?\s*(10\.[0-9]{4,9}/[^\s;,]+)", re.IGNORECASE)
_PMID_IN_TEXT = re.compile(r"\bPMID:?\s*([0-9]{1,9})\b", re.IGNORECASE)
_DAY_IN_TEXT = re.compile(r"\b((?:19|20)[0-9]{2})(?:[ -]([A-Za-z]{3})[a-z]*)?(?: ([0-9]{1,2}))?\b")

MONTHS: Mapping[str, int] = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}


def clean(text: str) -> str:
    """Return a text without markup, control characters and lone surrogates, in one line.

    Small figures below and above the line become letters of their own ("CO₂"), entities of HTML what they stand for.
    """
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", _SCRIPT.sub(_script, text))
    return one_space(_UNSEEN.sub("", strip_hostile(_SURROGATE.sub("\ufffd", text))))


def _script(match: re.Match[str]) -> str:
    table = _RAISED if match[1].lower() == "sup" else _LOWERED
    changed = match[2].translate(table)
    return (
        changed
        if not any(sign.isalnum() and sign == old for sign, old in zip(changed, match[2], strict=True))
        else match[2]
    )


def year_in(text: str) -> int | None:
    """Return the first year in a text, such as "2009 Jul 1" or "2009/07/01", or None."""
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def month_in(text: str) -> int:
    """Return the month that a text names or gives as the number after the year, or 0."""
    for word in re.findall(r"[A-Za-z]{3,}", text[:40]):
        if word[:3].lower() in MONTHS:
            return MONTHS[word[:3].lower()]
    match = re.match(r"\s*[0-9]{4}[-/]([0-9]{1,2})(?![0-9])", text)
    number = int(match[1]) if match else 0
    return number if 1 <= number <= 12 else 0


def day_of(year: int | None, month: int, day: int) -> datetime.date | None:
    """Return the day with the first month or day where these are 0; None where there is no such day."""
    try:
        return datetime.date(year or 0, month or 1, day or 1)
    except (ValueError, OverflowError):
        return None


def day_in(text: str) -> datetime.date | None:
    """Return the first date of a citation such as "Science. 2011 Dec 23;334(6063):1636", or None."""
    match = _DAY_IN_TEXT.search(text)
    if match is None:
        return None
    return day_of(int(match[1]), MONTHS.get((match[2] or "").lower(), 0), int(match[3] or 0))


def pages_of(first: str, last: str = "") -> str:
    """Return pages with an en rule; the last page is written in full ("1057-63" -> "1057–1063")."""
    text = clean(f"{first}–{last}" if last and last != first else first)
    numbers = _NUMBER_RANGE.fullmatch(text)
    if numbers:
        start, end = numbers[1], numbers[2]
        if len(end) < len(start) and int(start[: -len(end)] + end) >= int(start):
            end = start[: -len(end)] + end
        return start if end == start else f"{start}–{end}"
    start, end = Entry("", "", pages=text).page_range
    return f"{start}–{end}" if end else text


def doi_from(text: object) -> str:
    """Return the bare DOI that a value is, or ""."""
    return (normalise_doi(strip_hostile(text)) or "") if isinstance(text, str) else ""


def pmid_from(text: object) -> str:
    """Return the PubMed id that a value is, with or without `PMID:`, or ""."""
    bare = clean(str(text)) if isinstance(text, str | int) else ""
    bare = re.sub(r"^PMID[:\s]*", "", bare, flags=re.IGNORECASE)
    return bare if is_pmid(bare) else ""


def doi_in(text: str) -> str:
    """Return the DOI that a citation names after `doi:`, or ""."""
    match = _DOI_IN_TEXT.search(text)
    return (normalise_doi(match[1].rstrip(".")) or "") if match else ""


def pmid_in(text: str) -> str:
    """Return the PubMed id that a citation names after `PMID:`, or ""."""
    match = _PMID_IN_TEXT.search(text)
    return match[1] if match and is_pmid(match[1]) else ""
