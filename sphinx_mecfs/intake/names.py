"""Names of people and groups, from the forms that records give them in."""

from __future__ import annotations

import re

from ..bibliography.records import Person
from .texts import clean

_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV|2nd|3rd|4th)\.?", re.IGNORECASE)
_NO_NAMES = frozenset({"et al", "et al.", "others", "and others", "..."})

MOST = 10_000
"""Names that a record may have."""


def person(family: str, given: str = "", suffix: str = "", prefix: str = "") -> Person | None:
    """Return a person; the small words before a family name become the prefix ("van der Meer"). None: no name."""
    family, given, suffix, prefix = clean(family), clean(given), clean(suffix), clean(prefix)
    words = family.split(" ")
    while not prefix and len(words) > 1 and words[0][:1].islower():
        at = next((index for index, word in enumerate(words) if not word[:1].islower()), len(words) - 1)
        prefix, family = " ".join(words[:at]), " ".join(words[at:])
        break
    if not suffix and _is_suffix(given.rpartition(" ")[2]) and " " in given:
        given, _space, suffix = given.rpartition(" ")
    if not family:
        return Person(given) if given else None
    return Person(family, given, prefix, suffix)


def group(name: str) -> Person | None:
    """Return a group as one name; None: no name."""
    name = clean(name)
    return Person(name, literal=True) if name else None


def from_commas(text: str) -> Person | None:
    """Return the person of "Family, Given" or "Family, Given, Suffix"; without a comma, see `from_short`."""
    parts = [part.strip() for part in clean(text).split(",")]
    if len(parts) == 1:
        return from_short(parts[0])
    if len(parts) > 2 and _is_suffix(parts[1]):
        parts[1], parts[2] = parts[2], parts[1]
    return person(parts[0], parts[1], " ".join(parts[2:]))


def from_short(text: str) -> Person | None:
    """Return the person of "Fluge O" or "van der Meer JW Jr", or a group, where no initials end the name."""
    words = clean(text).split(" ")
    suffix = words.pop() if len(words) > 2 and _is_suffix(words[-1]) else ""
    if len(words) > 1 and re.fullmatch(r"[^\W\d_]{1,4}", words[-1]) and words[-1].isupper():
        return person(" ".join(words[:-1]), words[-1], suffix)
    if len(words) > 1:
        return group(" ".join([*words, suffix]))
    return person(words[0])


def is_more(text: str) -> bool:
    """Say whether a name stands for those that are left out: "et al."."""
    return clean(text).lower() in _NO_NAMES


def _is_suffix(word: str) -> bool:
    return _SUFFIX.fullmatch(word) is not None
