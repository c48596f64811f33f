"""Read a date that is written in one of the usual ways, where it can mean one day only."""

from __future__ import annotations

import datetime
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WORD = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        # With dots the day comes first wherever dates are written so; with slashes that differs by country.
        r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.\s?(?P<year>[0-9]{4})",
        rf"{_DAY}\s+{_WORD},?\s+(?P<year>[0-9]{{4}})",
        rf"{_WORD}\s+{_DAY},?\s+(?P<year>[0-9]{{4}})",
        rf"(?P<year>[0-9]{{4}})\s+{_WORD}\s+{_DAY}",
    )
)
_SLASHED = re.compile(r"(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<year>[0-9]{4})")


def read_any_date(text: str) -> datetime.date | None:
    """Return the one day that a text can mean, or None.

    "1.11.2026", "2026/11/1" and "1 Nov 2026" are the first of November. "01/11/2026" may be in January or in November,
    so that it is no answer; "13/11/2026" is one.
    """
    text = text.strip()
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _day(match["year"], _month(match["month"]), match["day"])
    slashed = _SLASHED.fullmatch(text)
    if slashed is None:
        return None
    first, second = int(slashed["first"]), int(slashed["second"])
    if first == second or first > 12:
        return _day(slashed["year"], second, first)
    return _day(slashed["year"], first, second) if second > 12 else None


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    word = text.lower()
    if word in _NAMES:
        return _NAMES.index(word) + 1
    if word == "sept":
        return 9
    return _MONTHS.index(word) + 1 if word in _MONTHS else 0


def _day(year: str, month: int, day: str | int) -> datetime.date | None:
    try:
        return datetime.date(int(year), month, int(day))
    except ValueError:
        return None
