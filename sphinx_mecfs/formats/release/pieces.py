"""A data file as the parts that it is put together from, one after the other, so that none is ever held as a whole.

What is said of a single study is a *piece*. It has a stamp of all that goes into it: whoever writes the file can take
it from the last one of that name instead of having it made anew, which takes as long as all else after an edit of one
card in a base of 10,000.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


class Piece(NamedTuple):
    """The text of one study in a file: what makes it, and a stamp of all that goes into it ("": not known)."""

    stamp: str
    make: Callable[[], str]


Part = str | Piece
"""What a file is put together from: text as it stands, or a piece."""


def text_of(parts: Iterable[Part]) -> str:
    """Return the text that parts make together."""
    return "".join(part if isinstance(part, str) else part.make() for part in parts)


def joined(separator: str, parts: Iterable[Part]) -> Iterator[Part]:
    """Yield parts with a text between them."""
    for number, part in enumerate(parts):
        if number:
            yield separator
        yield part


def to_json(value: object) -> str:
    """Return a value as JSON, one item to a line, in the order in which it was made."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def item_json(value: object, depth: int = 2) -> str:
    """Return an item of a list as it stands in the JSON of a document, that many spaces in."""
    # No line begins within a string: JSON escapes what ends lines here.
    return (" " * depth) + json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def document_json(document: Mapping[str, object], name: str, items: Iterable[Part]) -> Iterator[Part]:
    """Yield a document as JSON whose list `name`, empty in it, is made of its items."""
    # Names at the top of a document, and they alone, stand behind one space.
    before, mark, after = to_json(document).partition(f'\n "{name}": []')
    yield before + mark.removesuffix("]")
    yield from _listed(items, "\n ")
    yield "]" + after


def list_json(items: Iterable[Part]) -> Iterator[Part]:
    """Yield a list as JSON that is made of its items, one space in."""
    yield "["
    yield from _listed(items, "\n")
    yield "]\n"


def _listed(items: Iterable[Part], end: str) -> Iterator[Part]:
    """Yield items with what parts them, on lines of their own; nothing where there are none."""
    some = False
    for item in items:
        yield ",\n" if some else "\n"
        yield item
        some = True
    if some:
        yield end
