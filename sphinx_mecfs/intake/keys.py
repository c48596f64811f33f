"""Keys of studies: the first author, the year and two words of the title, "fluge-2009-clinical-impact"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..bibliography.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .records import Publication

SKIPPED = frozenset(
    (
        "a", "an", "and", "are", "as", "at", "between", "by", "can", "do", "for", "from", "has", "have", "how", "in",
        "into", "is", "it", "its", "of", "on", "or", "that", "the", "their", "this", "to", "was", "were", "what",
        "when", "which", "who", "why", "will", "with", "within", "without",
    )
)  # fmt: skip
"""Words of a title that say too little for a key."""

_WORDS = 2
_MOST_WORDS = 8
_LONGEST_WORD = 30
_APOSTROPHES = re.compile("['’ʼ]")
_ABBREVIATION = re.compile(r"\b([A-Za-z]{1,3})/([A-Za-z]{1,4})\b")
_SINGLE = re.compile(r"(?<!\w)\w(?!\w)")
_WORD = re.compile("[a-z0-9]+")
STATUS_MARK = re.compile(r"^\W*(?:retracted(?: article)?|withdrawn)\s*:", re.IGNORECASE)
"""What journals put before the title of a paper that was retracted."""


class Keys:
    """Makes keys that are all different, from each other and from those that are there."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {key.lower() for key in taken}
        self._last: dict[str, int] = {}

    def make(self, publication: Publication) -> str:
        """Return a new key for a publication.

        It depends on the record alone, as long as no other has the same; then further words of the title are added,
        and at last a number.
        """
        words = list(_title_words(publication.title))
        stem = [*_lead(publication), str(publication.year or "nd")]
        for count in range(_WORDS, max(min(len(words), _MOST_WORDS), _WORDS) + 1):
            key = "-".join([*stem, *words[:count]])
            if key not in self._taken:
                return self._take(key)
        base = "-".join([*stem, *words[:_WORDS]])
        number = self._last.get(base, 1) + 1
        while f"{base}-{number}" in self._taken:
            number += 1
        self._last[base] = number
        return self._take(f"{base}-{number}")

    def _take(self, key: str) -> str:
        self._taken.add(key)
        return key


def _lead(publication: Publication) -> list[str]:
    """Return the words of the first author's name with its prefix, of a group the first that says something."""
    for person in (*publication.authors[:1], *publication.editors[:1]):
        words = _WORD.findall(fold(_APOSTROPHES.sub("", person.surname)))
        if person.literal:
            words = [word for word in words if word not in SKIPPED][:1]
        words = [word[:_LONGEST_WORD] for word in words[:4]]
        if words and words[0][0].isalpha():
            return words
    return ["anonymous"]


def _title_words(title: str) -> Iterator[str]:
    """Yield the words of a title that count: no number, no word of one or two letters, none of `SKIPPED`."""
    joined = _ABBREVIATION.sub(r"\1\2", _APOSTROPHES.sub("", STATUS_MARK.sub("", title)))
    for word in _WORD.findall(fold(_SINGLE.sub(" ", joined))):
        if len(word) > 2 and word not in SKIPPED and not word.isdigit():
            yield word[:_LONGEST_WORD]
