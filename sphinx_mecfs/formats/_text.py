"""What more than one format needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..bibliography.texts import one_space, strip_hostile

if TYPE_CHECKING:
    from ..bibliography.records import Entry


def one_line(text: str) -> str:
    """Return text that cannot leave its line: white space folded, control characters gone."""
    # Almost every text is one already: hostile characters, like all white space but the space, are not printable.
    if not text or (text.isprintable() and "  " not in text and text[0] != " " != text[-1]):
        return text
    return one_space(strip_hostile(text))


def container(entry: Entry) -> str:
    """Return the journal or book that the work stands in, or ""."""
    return one_line(entry.journal or entry.booktitle)


def publisher(entry: Entry) -> str:
    """Return who published the work: a publisher, or the institution of a report or thesis, or ""."""
    return one_line(entry.publisher or entry.institution)


def is_group(name: str) -> bool:
    """Tell whether a name that authors have written in one piece is that of a group: "The makers of this book"."""
    return name.startswith("The ")
