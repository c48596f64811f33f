"""Turn views into ordinary nodes for every builder that is not HTML.

So PDF, EPUB readers' text, manual pages and builders nobody here has heard of show the whole card, and only HTML,
where a base may have ten thousand cards, has a visitor that writes them at once.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from ...evidence.vocabulary import PemStatus
from ..domain.badge import make_badge, status_badge
from ..i18n import _
from .blocks import (
    Block,
    Chart,
    Code,
    Coins,
    Emphasis,
    Heading,
    Item,
    Line,
    Link,
    Numbered,
    Part,
    Parts,
    Row,
    Rows,
    Table,
    Tag,
    joined,
)
from .chart import DRAWN, evidence_chart
from .nodes import inner_heading
from .view import View, evidence_view, scope_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..domain.domain import MecfsDomain
    from .drawing import Drawing


STYLED = ("latex", "typst")
"""Formats with a style of ours, in which badges have outlines; in others a dot keeps badges apart."""


class ExpandViews(SphinxPostTransform):
    """Replace each view by nodes that every builder knows."""

    # Before Sphinx resolves references (10): what is made here needs no more resolving, and bibtex (5) is done.
    default_priority = 8

    def run(self, **_kwargs: object) -> None:
        """Expand all views of the document, unless the builder writes HTML."""
        builder = cast("MecfsDomain", self.env.domains["mecfs"]).builder
        if builder is None or builder.format == "html":
            return
        # A book is one tree in which each document but the first begins with such a node; elsewhere there are none.
        included = {str(start["docname"]) for start in self.document.findall(addnodes.start_of_file)}
        included |= {self.env.docname} if included else set()
        places = list(self.document.findall(evidence_view))
        scope = scope_of(self.env, included) if places else None
        documents = _documents(self.document)
        for node in places:
            blocks = cast("View", node["view"]).blocks(scope) if scope else ()
            shown = [block for block in blocks if not _is_for_screens(block)]
            docname = documents.get(id(node), self.env.docname)
            node.replace_self([made for block in shown for made in _nodes(builder, docname, block)])


def _is_for_screens(block: Block) -> bool:
    return isinstance(block, Coins) or (isinstance(block, Code) and block.screen_only)


def _documents(book: nodes.document) -> dict[int, str]:
    """Return, by identity of a view, the document of a book that it comes from; empty for a tree of one document.

    The parents of nodes do not tell: Sphinx moves the children of a document into a book without telling them.
    """
    starts = book.findall(addnodes.start_of_file)
    return {id(view): str(start["docname"]) for start in starts for view in start.findall(evidence_view)}


def _nodes(builder: Builder, docname: str, block: Block) -> list[nodes.Element]:
    match block:
        case Heading(text):
            return [inner_heading("", text)]
        case Line(role, parts):
            separator = " " if builder.format in STYLED else " · "
            spaced = joined([(part,) for part in parts], separator) if role == "badges" else parts
            paragraph = nodes.paragraph("", "", *_inlines(builder, docname, spaced))
            return _grouped(builder, [paragraph], f"mecfs-{role}")
        case Rows(rows):
            fields = [_field(builder, docname, row) for row in rows]
            return _grouped(builder, [nodes.field_list("", *fields)], "mecfs-facts")
        case Numbered(items):
            return [nodes.enumerated_list("", *(_item(builder, docname, item) for item in items), enumtype="arabic")]
        case Table():
            return [_table(builder, docname, part) for part in cut(block)]
        case Chart(drawing):
            return _chart(builder, drawing)
        case Coins():
            return []
        case Code(label, text):
            literal = nodes.literal_block(text, text, language="none")
            title = nodes.paragraph("", label, classes=["mecfs-code-label"])
            return _grouped(builder, [title, literal], "mecfs-code")


def _chart(builder: Builder, drawing: Drawing) -> list[nodes.Element]:
    """Return a figure where one can be drawn; elsewhere its table has to do."""
    if builder.format not in DRAWN:
        return []
    caption = nodes.paragraph("", drawing.title, classes=["mecfs-chart-caption"])
    return _grouped(builder, [evidence_chart("", drawing=drawing), caption], "mecfs-chart")


def cut(table: Table) -> list[Table]:
    """Return the tables that stand on paper for a table of many columns, each beginning with its first column.

    A row that is empty in one of them is left out there.
    """
    count, step = len(table.head), table.columns_on_paper
    if not step or count <= step + 1:
        return [table]
    parts = [
        table._replace(
            head=(table.head[0], *table.head[start : start + step]),
            rows=tuple((row[0], *row[start : start + step]) for row in table.rows if any(row[start : start + step])),
        )
        for start in range(1, count, step)
    ]
    return [part for part in parts if part.rows]


def column_widths(table: Table) -> list[int]:
    """Return the width of each column in characters, for plain text: its longest word at least, 30 at most else."""
    columns = zip(table.head, *(map(plain, row) for row in table.rows), strict=True)
    return [max(3, min(30, max(map(len, texts))), *_word_lengths(texts)) for texts in columns]


def _word_lengths(texts: Iterable[str]) -> Iterator[int]:
    return (len(word) for text in texts for word in text.split())


def plain(part: str | Parts) -> str:
    """Return the words of a cell."""
    if isinstance(part, str):
        return part
    return "".join(_words(piece) for piece in part)


def _words(part: Part) -> str:
    if isinstance(part, PemStatus):
        return f"{part.symbol} {_(part.label)}"
    return part if isinstance(part, str) else part.text


def _field(builder: Builder, docname: str, row: Row) -> nodes.field:
    name = nodes.field_name("", "", *_inlines(builder, docname, (row.label,)))
    paragraph = nodes.paragraph("", "", *_inlines(builder, docname, row.parts))
    return nodes.field("", name, nodes.field_body("", paragraph))


def _item(builder: Builder, docname: str, item: Item) -> nodes.list_item:
    # LaTeX knows no anchors of list items, but those of targets in a line.
    target = nodes.target("", "", ids=[item.anchor])
    return nodes.list_item("", nodes.paragraph("", "", target, *_inlines(builder, docname, item.parts)))


def _table(builder: Builder, docname: str, table: Table) -> nodes.table:
    columns = (nodes.colspec(colwidth=width) for width in column_widths(table))
    group = nodes.tgroup("", *columns, cols=len(table.head))
    head = nodes.row("", *(nodes.entry("", nodes.paragraph("", name)) for name in table.head))
    group += nodes.thead("", head)
    body = nodes.tbody()
    for row in table.rows:
        cells = (nodes.entry("", nodes.paragraph("", "", *_inlines(builder, docname, cell))) for cell in row)
        body += nodes.row("", *cells)
    group += body
    caption = [nodes.title("", table.caption)] if table.caption else []
    return nodes.table("", *caption, group, classes=["mecfs-table"])


def _grouped(builder: Builder, content: list[nodes.Element], name: str) -> list[nodes.Element]:
    """Wrap nodes where a style can draw the group; elsewhere a wrapper only costs the space between paragraphs."""
    # The text writer sets a paragraph right inside a box apart from nothing, so that it needs the wrapper too.
    wrapped = builder.format in STYLED or builder.format == "text"
    return [nodes.container("", *content, classes=[name])] if wrapped else content


def _inlines(builder: Builder, docname: str, parts: Parts) -> list[nodes.Node]:
    # Adjacent text is made one node, so that no builder puts anything between its pieces.
    inlines: list[nodes.Node] = []
    for plain, group in groupby(parts, key=lambda part: type(part) is str):
        pieces = list(group)
        if plain:
            inlines.append(nodes.Text("".join(str(piece) for piece in pieces)))
        else:
            inlines += [_inline(builder, docname, piece) for piece in pieces]
    return inlines


def _inline(builder: Builder, docname: str, part: Part) -> nodes.Node:
    match part:
        case PemStatus():
            return status_badge(part)
        case Tag(text):
            return make_badge("", text, "tag")
        case Emphasis(text):
            return nodes.emphasis("", text)
        case Link():
            return _link(builder, docname, part)
        case _:
            return nodes.Text(part)


def _link(builder: Builder, docname: str, link: Link) -> nodes.Node:
    if link.uri:
        return nodes.reference("", link.text, refuri=link.uri)
    if not _reaches(builder, link.docname):
        return nodes.Text(link.text)
    return make_refnode(builder, docname, link.docname, link.anchor, nodes.inline("", link.text))


def _reaches(builder: Builder, docname: str) -> bool:
    """Tell whether an output can lead to a document: plain text leads nowhere, a book not outside itself."""
    try:
        return bool(builder.get_target_uri(docname))
    except NoUri:
        return False


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(ExpandViews)
