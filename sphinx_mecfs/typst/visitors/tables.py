"""Visitors for tables."""

from __future__ import annotations

from docutils import nodes

from sphinx_mecfs.typst import markup
from sphinx_mecfs.typst.markup import Code, Value
from sphinx_mecfs.typst.visitors.figures import FigureVisitors

_ALIGNMENTS = {"text-left": "left", "text-center": "center", "text-right": "right"}
# Only these say that the widths are meant; the widths of a drawn grid are those of its source text.
_MEANT_WIDTHS = frozenset({"colwidths-given", "colwidths-grid"})


class TableVisitors(FigureVisitors):
    """Visitors for tables and their parts."""

    def visit_table(self, node: nodes.Element) -> None:
        """Write a table, in a figure if it has a caption."""
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        if title is None:
            self.open("", "")
        else:
            self.open_block("captioned", kind=Code("table"), caption=self.caption(node, title))

    def visit_tgroup(self, node: nodes.Element) -> None:
        """Write the grid of a table: its columns, then its cells."""
        table = node.parent
        specs = [child for child in node.children if isinstance(child, nodes.colspec)]
        options: dict[str, Value] = {"columns": _columns(table, specs)}
        if width := markup.length(str(table.get("width", ""))):
            options["width"] = width
        # What stands in a head is repeated, but a place is not: it is put before the table.
        for part in node.findall(nodes.thead):
            self.emit("".join(self.anchors(element) for element in _places(part)))
        self.open(f"#data-table({markup.arguments(options)},\n", ");\n")

    def visit_thead(self, node: nodes.Element) -> None:
        """Write the rows that every page of a long table begins with.

        A repeated row is no part of the tagged text, so PDF/UA allows no link in it: such rows stand once.
        """
        linked = any(isinstance(part, nodes.reference | nodes.footnote_reference) for part in node.findall())
        self.open("table.header(repeat: false,\n" if linked else "table.header(\n", "),\n")

    def visit_entry(self, node: nodes.Element) -> None:
        """Write one cell."""
        options: dict[str, Value] = {}
        if columns := node.get("morecols"):
            options["colspan"] = columns + 1
        if rows := node.get("morerows"):
            options["rowspan"] = rows + 1
        for name in node["classes"]:
            if name in _ALIGNMENTS:
                options["align"] = Code(_ALIGNMENTS[name])
        self.open(f"{_cell_function(node)}({markup.arguments(options)})[", "],\n")
        # An id of a row is placed in its first cell.
        self.emit(self.anchors(node.parent) + self.anchors(node))


def _places(head: nodes.Element) -> list[nodes.Element]:
    """Return the elements of a head whose ids are places; that of a note is where the note is."""
    return [part for part in head.findall(nodes.Element) if not isinstance(part, nodes.footnote_reference)]


def _columns(table: nodes.Element, specs: list[nodes.colspec]) -> Value:
    if _MEANT_WIDTHS.isdisjoint(table.get("classes", ())):
        return len(specs)
    return [Code(f"{spec['colwidth']}fr") for spec in specs]


def _cell_function(entry: nodes.Element) -> str:
    row = entry.parent
    if isinstance(row.parent, nodes.thead):
        return "header-cell"
    stubs = sum(bool(spec.get("stub")) for spec in row.parent.parent.findall(nodes.colspec))
    return "stub-cell" if row.index(entry) < stubs else "cell"
