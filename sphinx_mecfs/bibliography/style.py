"""The bibliography list of sphinxcontrib-bibtex, in the same words as the references of the cards."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cached_property
from itertools import count, product
from string import ascii_lowercase
from typing import TYPE_CHECKING

from pybtex.richtext import HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.names.plain import NameStyle
from pybtex.style.sorting import BaseSortingStyle

from .convert import record_of
from .reference import format_reference, short_citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pybtex import database

    from .records import Entry, Person
    from .reference import Piece

_TAGS = {"emphasis": "em", "strong": "strong"}
_BASE_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


class SortingStyle(BaseSortingStyle):  # type: ignore[misc] # pybtex has no types
    """Sort by author, year and title, letters with marks beside those without (Ø beside O)."""

    def sorting_key(self, entry: database.Entry) -> tuple[str, int, str, str]:
        """Return what an entry is sorted by."""
        record = record_of(entry)
        persons = record.authors or record.editors
        lead = "  ".join(map(_person_key, persons)) if persons else _fold(short_citation(record))
        return lead, record.year or 9999, _fold(record.title), record.key


class LabelStyle(BaseLabelStyle):  # type: ignore[misc]
    """Label entries "Fluge 2009", and "Fluge 2009a", "Fluge 2009b" where they share a label."""

    def format_labels(self, sorted_entries: Iterable[database.Entry]) -> Iterator[str]:
        """Yield the label of each entry; all of them differ."""
        labels = [_label(record_of(entry)) for entry in sorted_entries]
        # A label ends with a figure or a full stop: letters after it never make the label of another entry.
        suffixes = {label: _suffixes() for label, times in Counter(labels).items() if times > 1}
        yield from (label + next(suffixes[label]) if label in suffixes else label for label in labels)


class EvidenceStyle(BaseStyle):  # type: ignore[misc]
    """The style `mecfs`: references as `format_reference` makes them."""

    default_name_style = NameStyle
    default_label_style = LabelStyle
    default_sorting_style = SortingStyle

    def format_entry(self, label: str, entry: database.Entry, bib_data: object = None) -> FormattedEntry:  # noqa: ARG002
        """Return an entry as pybtex's rich text."""
        return FormattedReference(label, record_of(entry))


class FormattedReference(FormattedEntry):  # type: ignore[misc]
    """A reference that is formatted when it is shown: a build that writes no list has no use for its words."""

    def __init__(self, label: str, record: Entry) -> None:
        self.key, self.label, self.record = record.key, label, record

    @cached_property
    def text(self) -> Text:
        """The reference as pybtex's rich text."""
        return Text(*map(_rich, format_reference(self.record)))


LONGEST_LABEL = 48
"""How many characters a label may have: plain text fails where a label leaves no room on the line for its entry."""


def _label(entry: Entry) -> str:
    # The writer of manual pages takes a backslash in a label for the begin of a command.
    label = short_citation(entry).replace("\\", "")
    if len(label) <= LONGEST_LABEL:
        return label
    name, _space, year = label.rpartition(" ")
    return f"{name[: LONGEST_LABEL - len(year) - 2].rstrip()}… {year}"


def _rich(piece: Piece) -> Text:
    rich = Text(piece.text)
    if piece.style:
        rich = Tag(_TAGS[piece.style], rich)
    return HRef(piece.url, rich) if piece.url else rich


def _person_key(person: Person) -> str:
    return f"{_fold(person.surname)} {_fold(person.given)} {_fold(person.suffix)}"


def _fold(text: str) -> str:
    text = text.casefold()
    if text.isascii():
        return text
    marked = unicodedata.normalize("NFD", text.translate(_BASE_LETTERS))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def _suffixes() -> Iterator[str]:
    """Yield a, b, ... z, aa, ab, ..."""
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield "".join(letters)
