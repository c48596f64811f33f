"""Take a BibTeX list of names apart.

The rules are those of BibTeX as pybtex applies them (N. Markey, Tame the BeaST; `pybtex.database.Person`),
written again so that the time grows with the length of the list: pybtex copies the rest of a list at every
brace.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .records import Person
from .texts import one_space, plain

_AND = re.compile(r" [Aa][Nn][Dd] ")
_BRACE = re.compile(r"[{}]")
_SPACE = re.compile(r"(?:\\ |\s|(?<!\\)~)+")
_COMMA = re.compile(",")
_PARTICLE_LETTER = re.compile(r"\{\\(?:[A-Za-z]+(?=[^A-Za-z])|(?=[^A-Za-z]))[^A-Za-z}]*([A-Za-z])")
_MASKED = "\0"


def read_names(text: str) -> tuple[tuple[Person, ...], bool]:
    """Return the persons in the text of an `author` or `editor` field, and whether it ends "and others"."""
    if not text:
        return (), False
    names = split_names(text)
    others = bool(names) and names[-1].lower() == "others"
    if others:
        names = names[:-1]
    return tuple(person for name in names if (person := _read_name(name)) is not None), others


def split_names(text: str) -> list[str]:
    """Split a list of names at each `and` outside braces."""
    return [name for part in _split(one_space(text), _AND) if (name := part.strip())]


def top_level_commas(name: str) -> int:
    """Count the commas of a name outside braces; a name has two at most ("van Last, Jr, First")."""
    return _mask(name).count(",")


class NameParts(NamedTuple):
    """The words of a name, as BibTeX text."""

    given: list[str]
    prefix: list[str]
    family: list[str]
    suffix: list[str]


def name_parts(name: str) -> NameParts:
    """Take one name apart: "First von Last", "von Last, First" or "von Last, Jr, First"."""
    parts = [part.strip() for part in _split(name, _COMMA)]
    if len(parts) == 1:
        given, surname = _first_and_last(_words(parts[0]))
    else:
        given, surname = _words(" ".join(parts[2:]) if len(parts) > 2 else parts[1]), _words(parts[0])
    prefix, family = _prefix_and_family(surname)
    return NameParts(given, prefix, family, _words(parts[1]) if len(parts) > 2 else [])


def _read_name(name: str) -> Person | None:
    if "{" not in name and "\\" not in name and "~" not in name:
        parts = name.split(",")
        if len(parts) == 2 and parts[0] and " " not in parts[0]:
            return Person(plain(parts[0]), plain(parts[1].strip()))
    elif _is_group(name):
        return Person(plain(name), literal=True)
    given, prefix, family, suffix = map(_joined, name_parts(name))
    if family:
        return Person(family, given, prefix, suffix)
    return Person(given) if given else None


def _is_group(name: str) -> bool:
    r"""Say whether braces hold all of the name, other than those of an accent (`{\O}`)."""
    return name.startswith("{") and not name.startswith("{\\") and not _mask(name).strip(_MASKED)


def _first_and_last(words: list[str]) -> tuple[list[str], list[str]]:
    """Split "First von Last": the last name begins at the first particle, else it is the last word."""
    start = next((at for at, word in enumerate(words) if _is_particle(word)), len(words) - 1)
    return words[: max(start, 0)], words[max(start, 0) :]


def _prefix_and_family(words: list[str]) -> tuple[list[str], list[str]]:
    """Split "von Last": the last particle ends the prefix, but the last word never belongs to it."""
    ends = [at + 1 for at, word in enumerate(words[:-1]) if _is_particle(word)]
    return (words[: ends[-1]], words[ends[-1] :]) if ends else ([], words)


def _is_particle(word: str) -> bool:
    """Say whether the first letter outside braces, or in the braces of an accent, is a small one ("von")."""
    if word[0].isupper() or word[0].islower():
        return word[0].islower()
    accent = _PARTICLE_LETTER.match(word)
    if accent:
        return accent[1].islower()
    if word.startswith("{\\"):
        return False
    letter = next((letter for letter in _mask(word) if letter.isalpha()), "")
    return letter.islower()


def _words(text: str) -> list[str]:
    return [word for word in _split(text, _SPACE) if word]


def _joined(words: list[str]) -> str:
    return plain(" ".join(words))


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split at a separator outside braces."""
    if "{" not in text:
        return separator.split(text)
    parts, start = [], 0
    for match in separator.finditer(_mask(text)):
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


def _mask(text: str) -> str:
    """Return `text`, equally long, with its braces and all that they hold blotted out."""
    if "{" not in text:
        return text
    parts, depth, start = [], 0, 0
    for match in _BRACE.finditer(text):
        at = match.start()
        if match.group() == "{":
            if depth == 0:
                parts.append(text[start:at])
                start = at
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                parts.append(_MASKED * (at + 1 - start))
                start = at + 1
    parts.append(_MASKED * (len(text) - start) if depth else text[start:])
    return "".join(parts)
