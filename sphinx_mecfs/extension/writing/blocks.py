"""A small vocabulary for what is shown of the whole base, free of any output format.

The rooms for cards, questions and tables say in these words what stands there; `html` writes them as markup, `expand`
as document nodes for every other builder. So a new fact is added in one place and appears in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ...evidence.vocabulary import PemStatus
from ..i18n import _

if TYPE_CHECKING:
    from .drawing import Drawing


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

Parts = tuple[Part, ...]


class Line(NamedTuple):
    """One paragraph; its role is its class: what it is, so that a style can set it apart."""

    role: Literal["banner", "badges", "byline", "note", "reference", "users", "snapshot", "report"]
    parts: Parts


class Heading(NamedTuple):
    """A heading inside a card."""

    text: str


class Row(NamedTuple):
    """A named fact; its name may lead somewhere."""

    label: str | Link
    parts: Parts


class Rows(NamedTuple):
    """A list of named facts."""

    rows: tuple[Row, ...]


class Item(NamedTuple):
    """One item of a numbered list, with the anchor to which its number leads, and what `Coins` says of it, if any."""

    anchor: str
    parts: Parts
    coins: str = ""


class Numbered(NamedTuple):
    """A list numbered from 1."""

    items: tuple[Item, ...]


class Table(NamedTuple):
    """A table; the first cell of each row names the row.

    On paper it is cut into tables of `columns_on_paper` columns each beside the first, if that is not 0.
    On screen a table that is `folded` shows its caption only, until it is opened. One with `tools` can be sorted and
    filtered there.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Parts, ...], ...]
    columns_on_paper: int = 0
    folded: bool = False
    tools: bool = False


class Chart(NamedTuple):
    """A figure drawn from the records; its title is its caption."""

    drawing: Drawing


class Code(NamedTuple):
    """Text to be copied, to the letter, such as a BibTeX entry; `label` says what it is.

    What is `screen_only` serves a machine and is left out where nothing can be copied from: on paper. On a website it
    can be downloaded as `file`, a path below the folder of downloads, if that is not empty.
    """

    label: str
    text: str
    screen_only: bool = False
    file: str = ""


class Coins(NamedTuple):
    """A citation for reference managers that read pages (COinS); people see nothing of it."""

    text: str


Block = Line | Heading | Rows | Numbered | Table | Chart | Code | Coins


def joined(items: list[Parts], separator: str = "") -> Parts:
    """Put several pieces in one line with a separator between them: the semicolon of the language, if none is named."""
    parts: list[Part] = []
    for item in items:
        if parts:
            parts.append(separator or str(_("; ")))
        parts += item
    return tuple(parts)
