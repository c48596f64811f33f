"""Visitors for what stands within a line: text, emphasis, literals, links, notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_mecfs.typst import markup
from sphinx_mecfs.typst.emitter import Emitter
from sphinx_mecfs.typst.structure import Footnotes

if TYPE_CHECKING:
    from sphinx_mecfs.typst.builder import TypstBuilder

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S")
_LINE_BREAK = re.compile(r"\s*<br\s*/?>\s*")


class InlineVisitors(Emitter):
    """Visitors for inline nodes, notes and bibliography entries."""

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self._footnotes = Footnotes.of(document)
        self._spelled_out: set[str] = set()

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802
        """Write text."""
        self.text(node.astext())

    def visit_literal(self, node: nodes.Element) -> None:
        """Write code within a line; one with markup inside (the role `samp`) cannot be plain `raw`."""
        if all(isinstance(child, nodes.Text) for child in node.children) and not self.verbatim_depth:
            self.emit(markup.call("raw", node.astext()))
            raise nodes.SkipNode
        self.open_inline("mono")

    def visit_abbreviation(self, node: nodes.Element) -> None:
        """Spell an abbreviation out where the book uses it first: paper has no tooltips."""
        explanation: str = node.get("explanation", "")
        if isinstance(node.parent, addnodes.desc_sig_element):
            explanation = ""
        if explanation and node.astext() not in self._spelled_out:
            self._spelled_out.add(node.astext())
            self.open("", markup.text(f" ({explanation})"))

    # ------------------------------------------------------------------------------------------ links

    def visit_reference(self, node: nodes.Element) -> None:
        """Write a link to a place in the book or to an address; anything else stays text."""
        address: str = node.get("refuri", "")
        if "refid" in node:
            self._open_link_to(self.docname, node["refid"], node)
        elif address.startswith("%"):
            docname, _, node_id = address[1:].partition("#")
            self._open_link_to(docname, node_id, node)
        elif _ADDRESS.match(address):
            self.open(f"#external-link({markup.string(address)})[", "];")
        else:
            self.open("", "")

    def _open_link_to(self, docname: str, node_id: str, node: nodes.Element) -> None:
        self.open(f"#internal-link({self.target(docname, node_id, node).source})[", "];")

    # ------------------------------------------------------------------------------------------ notes

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Write the note itself where it is mentioned first, its number where it is mentioned again."""
        self.take_back_space()
        node_id: str = node.get("refid", "")
        footnote = self._footnotes.find(self.docname, node_id)
        if footnote is None:
            self.emit(f"#super{self.render(*node.children).source};")
        elif label := self.take_label(node_id):
            body = [child for child in footnote.children if not isinstance(child, nodes.label)]
            self.emit(f"#footnote{self.render(*body).source}#{label.source};")
        else:
            self.emit(markup.call("footnote", markup.Code(markup.label(f"{self.docname}:{node_id}"))))
        raise nodes.SkipNode

    def visit_footnote(self, node: nodes.Element) -> None:
        """Leave out a note that is printed where it is mentioned; show one that nothing mentions."""
        if self._footnotes.is_mentioned(self.docname, node):
            raise nodes.SkipNode
        self.emit(self.anchors(node))
        self.visit_citation(node)

    def visit_citation(self, node: nodes.Element) -> None:
        """Write an entry of a bibliography: its mark, then its text."""
        mark = next((child.astext() for child in node.children if isinstance(child, nodes.label)), "")
        self.open(f"#bibliography-entry[{markup.text(f'[{mark}]')}][", "];\n")

    # -------------------------------------------------------------------------------------------- raw

    def visit_raw(self, node: nodes.Element) -> None:
        """Let raw Typst through and leave other formats out, except where the reader would miss them."""
        source = node.astext()
        if "typst" in node.get("format", "").split():
            self.emit(source if isinstance(node.parent, nodes.TextElement) else f"{source}\n")
        elif "task-list-item-checkbox" in source:
            self.text("☑ " if "checked=" in source else "☐ ")
        elif _LINE_BREAK.fullmatch(source):
            self.emit("#linebreak();")
        raise nodes.SkipNode
