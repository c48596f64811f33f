"""A small vocabulary for what a card shows around its sections, free of any output format.

`content` says what stands on a card in these words; `html` writes them as markup, `expand` as document nodes for every
other builder. So a new fact is added in one place and appears in all.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from ...evidence.vocabulary import PemStatus


class Link(NamedTuple):
    """Words that lead somewhere: to an address, or to an anchor of a document of this project."""

    text: str
    uri: str = ""
    docname: str = ""
    anchor: str = ""


class Tag(NamedTuple):
    """A short label beside the PEM badge, such as the design."""

    text: str


class Emphasis(NamedTuple):
    """Words set apart, such as the name of a journal."""

    text: str


Part = str | Link | Tag | Emphasis | PemStatus
"""A piece of a line: plain text, one of the above, or a PEM badge."""


class Line(NamedTuple):
    """One paragraph; its role is its class: what it is, so that a style can set it apart."""

    role: Literal["banner", "badges", "byline", "reference", "snapshot", "report"]
    parts: tuple[Part, ...]


class Heading(NamedTuple):
    """A heading inside the card."""

    text: str


class Row(NamedTuple):
    """A named fact."""

    label: str
    parts: tuple[Part, ...]


class Rows(NamedTuple):
    """A list of named facts."""

    rows: tuple[Row, ...]


class Code(NamedTuple):
    """Text to be copied, to the letter, such as a BibTeX entry; `label` says what it is.

    What is `screen_only` serves a machine and is left out where nothing can be copied from: on paper.
    """

    label: str
    text: str
    screen_only: bool = False


Block = Line | Heading | Rows | Code


def joined(items: list[tuple[Part, ...]], separator: str = "; ") -> tuple[Part, ...]:
    """Put several pieces in one line with a separator between them."""
    parts: list[Part] = []
    for item in items:
        if parts:
            parts.append(separator)
        parts += item
    return tuple(parts)
