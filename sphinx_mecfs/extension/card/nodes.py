"""The nodes of a card, and the visitors that set it apart.

Each node derives from one that every builder knows, so that a builder without visitors for cards still shows all of
it: the card is an admonition, its facts have become ordinary nodes before such a builder sees them (`expand`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..i18n import _
from ..writing.html import heading_level
from ..writing.nodes import depart_group_latex

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

    from ...typst.emitter import Emitter


class evidence_card(nodes.admonition):  # noqa: N801  (docutils names nodes in lower case)
    """A card: a title, facts, sections, facts. Its id is its key."""


class card_title(nodes.title):  # noqa: N801
    """The title of the paper, as the title of the card."""


def visit_card_html(translator: HTML5Translator, node: Element) -> None:
    """Open the card as an article that is named by its title."""
    attributes = {"aria-labelledby": f"{node['ids'][0]}--title"}
    if node["aliases"]:
        # Pagefind indexes the attribute that is named; nobody sees or hears it.
        attributes |= {"data-pagefind-index-attrs": "data-aliases", "data-aliases": node["aliases"]}
    # The type stubs of docutils do not know that further attributes may be given.
    translator.body.append(translator.starttag(node, "article", "\n", **attributes))  # type: ignore[arg-type]


def depart_card_html(translator: HTML5Translator, _node: Element) -> None:
    """Close the article."""
    translator.body.append("</article>\n")


def visit_title_html(translator: HTML5Translator, node: Element) -> None:
    """Open the title as a heading one level below the section that holds the card."""
    card = node.parent
    level = heading_level(translator, 1)
    translator.body.append(f'<h{level} class="mecfs-card-title" id="{card["ids"][0]}--title">')


def depart_title_html(translator: HTML5Translator, node: Element) -> None:
    """Close the title, with the link to the card that Sphinx gives every heading."""
    translator.add_permalink_ref(node.parent, str(_("Link to this study")))
    translator.body.append(f"</h{heading_level(translator, 1)}>\n")


def visit_card_latex(translator: LaTeXTranslator, node: Element) -> None:
    """Open the card as an environment of the shipped style, and let references to its key end here."""
    targets = "".join(translator.hypertarget(node_id, anchor=False) for node_id in node["ids"])
    translator.body.append(f"\n\\begin{{mecfscard}}\\phantomsection{targets}")
    # As in Sphinx's own boxes: a figure cannot float out of a frame.
    translator.no_latex_floats += 1


def depart_card_latex(translator: LaTeXTranslator, _node: Element) -> None:
    """Close the card."""
    translator.body.append("\\end{mecfscard}\n")
    translator.no_latex_floats -= 1


def visit_title_latex(translator: LaTeXTranslator, _node: Element) -> None:
    """Open the title of the card."""
    translator.body.append(r"\mecfstitle{")


def visit_card_typst(translator: Emitter, _node: Element) -> None:
    """Open the card; what is opened here is closed when the node is left."""
    translator.open_block("mecfs-card")


def visit_title_typst(translator: Emitter, _node: Element) -> None:
    """Open the title of the card."""
    translator.open_block("mecfs-title")


def setup(app: Sphinx) -> None:
    """Add the nodes with their visitors."""
    app.add_node(
        evidence_card,
        html=(visit_card_html, depart_card_html),
        latex=(visit_card_latex, depart_card_latex),
        typst=(visit_card_typst, None),
    )
    app.add_node(
        card_title,
        html=(visit_title_html, depart_title_html),
        latex=(visit_title_latex, depart_group_latex),
        typst=(visit_title_typst, None),
    )
