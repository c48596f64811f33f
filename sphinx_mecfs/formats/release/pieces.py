"""Texts of single studies in the data files, kept so that an edit of one has the others put together and not made anew.

To make the files of 10,000 studies takes as long as all else after an edit of one card. Each text has a stamp of all
that goes into it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Pieces:
    """The texts of the last run by stamp, and those that this run has used."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = known or {}
        self.used: dict[str, str] = {}

    def get(self, stamp: str, make: Callable[[], str]) -> str:
        """Return the text that belongs to a stamp, which is made if it is not known; without a stamp, always."""
        if not stamp:
            return make()
        text = self._known.get(stamp)
        self.used[stamp] = text = make() if text is None else text
        return text


class Shelf:
    """Where the texts of each file are kept between runs; this one keeps nothing."""

    def load(self, name: str) -> Mapping[str, str]:  # noqa: ARG002
        """Return the texts of a file of the last run, by stamp."""
        return {}

    def keep(self, name: str, texts: Mapping[str, str]) -> None:
        """Keep the texts of a file for the next run."""


def to_json(value: object) -> str:
    """Return a value as JSON, one item to a line, in the order in which it was made."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def item_json(value: object, depth: int = 2) -> str:
    """Return an item of a list as it stands in the JSON of a document, that many spaces in."""
    # No line begins within a string: JSON escapes what ends lines here.
    return (" " * depth) + json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def document_json(document: Mapping[str, object], name: str, items: Iterable[str]) -> str:
    """Return a document as JSON whose list `name`, empty in it, is made of the texts of its items."""
    whole, listed = to_json(document), ",\n".join(items)
    # Names at the top of a document, and they alone, stand behind one space.
    return whole.replace(f'\n "{name}": []', f'\n "{name}": [\n{listed}\n ]', 1) if listed else whole


def list_json(items: Iterable[str]) -> str:
    """Return a list as JSON that is made of the texts of its items, one space in."""
    listed = ",\n".join(items)
    return f"[\n{listed}\n]\n" if listed else "[]\n"
