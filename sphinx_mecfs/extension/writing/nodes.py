"""The parts that cards, claims and questions have in common: a section and its heading, and how builders write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from .html import heading_level

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

    from ...typst.emitter import Emitter


class inner_heading(nodes.rubric):  # noqa: N801  (docutils names nodes in lower case)
    """A heading that is not a section, so that cards add nothing to tables of contents."""


class section_block(nodes.container):  # noqa: N801
    """One section: its heading and what the author wrote."""


def _level(translator: HTML5Translator, node: Element) -> int:
    """Return the level of a heading: one below its section, or two inside a card, whose title stands between."""
    ancestor = node.parent
    while ancestor is not None and "mecfs-card" not in ancestor.get("classes", ()):
        ancestor = ancestor.parent
    return heading_level(translator, 1 if ancestor is None else 2)


def visit_heading_html(translator: HTML5Translator, node: Element) -> None:
    """Open a heading."""
    translator.body.append(f'<h{_level(translator, node)} class="mecfs-heading">')


def depart_heading_html(translator: HTML5Translator, node: Element) -> None:
    """Close the heading."""
    translator.body.append(f"</h{_level(translator, node)}>\n")


def visit_section_html(translator: HTML5Translator, node: Element) -> None:
    """Open a section."""
    translator.body.append(translator.starttag(node, "div", CLASS="mecfs-section"))


def depart_section_html(translator: HTML5Translator, _node: Element) -> None:
    """Close a section."""
    translator.body.append("</div>\n")


def visit_heading_latex(translator: LaTeXTranslator, _node: Element) -> None:
    """Open a heading."""
    translator.body.append(r"\mecfsheading{")


def depart_group_latex(translator: LaTeXTranslator, _node: Element) -> None:
    """Close the argument of a macro."""
    translator.body.append("}\n")


def visit_heading_typst(translator: Emitter, _node: Element) -> None:
    """Open a heading; what is opened here is closed when the node is left."""
    translator.open_block("mecfs-heading")


def setup(app: Sphinx) -> None:
    """Add the nodes; other builders know what they derive from."""
    app.add_node(
        inner_heading,
        html=(visit_heading_html, depart_heading_html),
        latex=(visit_heading_latex, depart_group_latex),
        typst=(visit_heading_typst, None),
    )
    app.add_node(section_block, html=(visit_section_html, depart_section_html))
