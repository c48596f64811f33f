"""The abbreviations of a BibTeX file: the months, and what its `@string` blocks define."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS: Mapping[str, str] = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April",
    "may": "May", "jun": "June", "jul": "July", "aug": "August",
    "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
"""The abbreviations that need no `@string`."""

LONGEST = 1000
"""Letters that a `@string` may stand for: strings made of strings could otherwise grow without end."""

_MOST_HINTS = 100
_MOST_COMPARED = 500


class Strings:
    """The abbreviations known so far while a file is read; capitals do not tell them apart."""

    def __init__(self) -> None:
        self._texts = dict(MONTHS)
        self._hints: dict[str, str] = {}
        self.months_changed = False
        """Whether the file gives a month another text."""

    def define(self, name: str, text: str) -> None:
        """Note what an abbreviation stands for from here on, cut to `LONGEST` letters."""
        short = name.lower()
        self.months_changed |= short in MONTHS
        self._texts[short] = text[:LONGEST]

    def get(self, name: str) -> str | None:
        """Return what an abbreviation stands for, or None."""
        return self._texts.get(name.lower())

    def hint(self, name: str) -> str:
        """Return advice for an unknown abbreviation; the search for a similar one is slow, hence bounded."""
        short = name.lower()
        if short not in self._hints and len(self._hints) < _MOST_HINTS:
            likely = nearest(short, list(self._texts)[:_MOST_COMPARED])
            self._hints[short] = f"did you mean {likely!r}?" if likely else ""
        return self._hints.get(short) or "text needs braces"
