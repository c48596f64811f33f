"""Careful looks into decoded JSON, whose shape nobody vouches for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..texts import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

Item = dict[str, object]


def item(value: object) -> Item:
    """Return an object of JSON; an empty one where the value is none."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Item]:
    """Return the objects of a list, or the one that stands for a list."""
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text_of(value: object) -> str:
    """Return a text or number as clean text, of a list the first one, else ""."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean(str(value))


def texts_of(value: object) -> list[str]:
    """Return all texts of a list, or the one text."""
    values = value if isinstance(value, list) else [value]
    return [text for one in values if (text := text_of(one))]


def date_parts(value: object) -> tuple[int, int, int]:
    """Return year, month and day of a date of CSL or Crossref; 0 for what is not known.

    Takes `{"date-parts": [[2009, 7, 1]]}`, its numbers also as texts.
    """
    rows = item(value).get("date-parts")
    row = rows[0] if isinstance(rows, list) and rows else []
    numbers = [_number(one) for one in row[:3]] if isinstance(row, list) else []
    year, month, day = (*numbers, 0, 0, 0)[:3]
    return year, month if 1 <= month <= 12 else 0, day if 1 <= day <= 31 else 0


def _number(value: object) -> int:
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0


def first_of(record: Mapping[str, object], *names: str) -> str:
    """Return the text of the first of these members that has one."""
    return next((text for name in names if (text := text_of(record.get(name)))), "")
