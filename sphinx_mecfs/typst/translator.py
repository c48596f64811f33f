"""The translator: one document tree, its toctrees inlined, to the source of one book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_mecfs.typst import markup
from sphinx_mecfs.typst.structure import bare_title
from sphinx_mecfs.typst.visitors.blocks import BlockVisitors
from sphinx_mecfs.typst.visitors.descriptions import DescriptionVisitors
from sphinx_mecfs.typst.visitors.inlines import InlineVisitors
from sphinx_mecfs.typst.visitors.tables import TableVisitors

if TYPE_CHECKING:
    from sphinx_mecfs.typst.builder import TypstBuilder
    from sphinx_mecfs.typst.markup import Code, Value


class TypstTranslator(InlineVisitors, BlockVisitors, TableVisitors, DescriptionVisitors):
    """Write a whole book; here are its documents, parts, chapters and sections.

    The title of the root document is that of the book and no heading. Headings below it count from 1, a
    document in a toctree one level deeper than the section that holds the toctree. Captions of the root's
    toctrees are parts of the book and put all its chapters on level 2.
    """

    def __init__(
        self, document: nodes.document, builder: TypstBuilder, parts: dict[str, str], elsewhere: frozenset[str]
    ) -> None:
        super().__init__(document, builder)
        self._elsewhere = elsewhere
        # The caption of a root toctree, by the document that comes first in it.
        self._captions = parts
        self.chapter_level = 2 if parts else 1
        self._depth = 0
        self._last_level = 0
        self._outer_docnames: list[str] = []
        self._book = next((child for child in document.children if isinstance(child, nodes.section)), None)

    # -------------------------------------------------------------------------------------- documents

    def visit_document(self, _node: nodes.Element) -> None:
        """Begin the book: a link to its root document leads here."""
        self._emit_place_of_document()

    def visit_start_of_file(self, node: nodes.Element) -> None:
        """Begin a document that a toctree names."""
        self._outer_docnames.append(self.docname)
        self.docname = node["docname"]
        if caption := self._captions.get(self.docname):
            self.emit(markup.call("part", markup.content(markup.text(caption))) + "\n")
            self._last_level = 1
        if not any(isinstance(child, nodes.section) for child in node.children):
            self._emit_place_of_document()

    def depart_start_of_file(self, _node: nodes.Element) -> None:
        """Return to the document whose toctree it was."""
        self.docname = self._outer_docnames.pop()

    def _emit_place_of_document(self) -> None:
        """Write an anchor for a document that has no heading to lead to."""
        if label := self.take_label(""):
            self.emit(markup.call("anchor", label))

    # --------------------------------------------------------------------------------------- sections

    def visit_section(self, node: nodes.Element) -> None:
        """Begin a section; the first of the root document holds the whole book."""
        if node is self._book:
            self.emit(self.anchors(node))
        else:
            self._depth += 1

    def depart_section(self, node: nodes.Element) -> None:
        """End a section."""
        if node is not self._book:
            self._depth -= 1

    def visit_title(self, node: nodes.Element) -> None:
        """Write a heading; the titles of tables and boxes are written with them."""
        if isinstance(node.parent, nodes.section) and node.parent is not self._book:
            self._emit_heading(node)
        raise nodes.SkipNode

    def _emit_heading(self, title: nodes.Element) -> None:
        section = title.parent
        wanted = self._depth + self.chapter_level - 1
        # PDF/UA allows no heading to be more than one level below the one before it.
        level = min(wanted, max(self._last_level, self.chapter_level - 1) + 1)
        self._last_level = level
        options: dict[str, Value] = {"level": level, "target": self._label_of_section(section, title)}
        number = markup.text(self._section_number(section))
        shown = f"{number}{self.source_of(*title.children)}"
        body = shown
        if bare := bare_title(title):
            options["shown"] = markup.content(shown)
            body = f"{number}{self.source_of(*bare.children)}"
        function = "chapter" if level <= self.chapter_level else "section"
        self.emit(f"#{function}({markup.arguments(options)})[{body}];\n")

    def _label_of_section(self, section: nodes.Element, title: nodes.Element) -> Code | None:
        """Return the label of a heading; all other names of the section lead to it, too."""
        ids: list[str] = [*section["ids"], *title["ids"]]
        if not ids:
            return None
        label = self.take_label(ids[0])
        # The first section of a document is also where a link to the whole document leads.
        also = ids[1:] if isinstance(section.parent, nodes.section) else [*ids[1:], ""]
        for node_id in also:
            self.name_also(node_id, ids[0])
        return label

    def _section_number(self, section: nodes.Element) -> str:
        numbers = self.builder.env.toc_secnumbers.get(self.docname, {})
        number = next((numbers[f"#{name}"] for name in section["ids"] if f"#{name}" in numbers), None)
        if number is None and not isinstance(section.parent, nodes.section):
            number = numbers.get("")
        return ".".join(map(str, number)) + " " if number else ""
