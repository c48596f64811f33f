"""The nodes of questions and claims, and the visitors that set them apart.

Each derives from one that every builder knows, as those of cards do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..i18n import _

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

    from ...typst.emitter import Emitter


class evidence_question(nodes.admonition):  # noqa: N801  (docutils names nodes in lower case)
    """The head of a question: the short answer and the key messages. Its id is its key.

    The body of the page is not in it, so that its headings are sections like any others. The title of the section in
    which the node stands is the question.
    """


class evidence_claim(nodes.admonition):  # noqa: N801
    """A claim: labels, its text, the studies behind it. Its id is its key; `claim` is its record."""


class claim_text(nodes.container):  # noqa: N801
    """The statement itself."""


class study_citation(nodes.inline):  # noqa: N801
    """A numbered citation whose numbers are not known yet; `keys` names the studies."""


def visit_question_html(translator: HTML5Translator, node: Element) -> None:
    """Open the head of a question."""
    translator.body.append(translator.starttag(node, "div", "\n"))


def depart_question_html(translator: HTML5Translator, _node: Element) -> None:
    """Close it."""
    translator.body.append("</div>\n")


def visit_claim_html(translator: HTML5Translator, node: Element) -> None:
    """Open a claim as an article that is named by its text."""
    named_by = {"aria-labelledby": f"{node['ids'][0]}--text"}
    translator.body.append(translator.starttag(node, "article", "\n", **named_by))  # type: ignore[arg-type]


def depart_claim_html(translator: HTML5Translator, _node: Element) -> None:
    """Close the claim."""
    translator.body.append("</article>\n")


def visit_text_html(translator: HTML5Translator, node: Element) -> None:
    """Open the statement."""
    translator.body.append(f'<div class="mecfs-claim-text" id="{node.parent["ids"][0]}--text">\n')


def depart_text_html(translator: HTML5Translator, node: Element) -> None:
    """Close the statement, with a link to the claim such as Sphinx gives every heading."""
    translator.add_permalink_ref(node.parent, str(_("Link to this claim")))
    translator.body.append("</div>\n")


def visit_boxed_latex(translator: LaTeXTranslator, node: Element) -> None:
    """Open an environment of the shipped style, and let references end here."""
    name = "mecfsclaim" if isinstance(node, evidence_claim) else "mecfsquestion"
    targets = "".join(translator.hypertarget(node_id, anchor=False) for node_id in node["ids"])
    translator.body.append(f"\n\\begin{{{name}}}\\phantomsection{targets}")
    translator.no_latex_floats += 1


def depart_boxed_latex(translator: LaTeXTranslator, node: Element) -> None:
    """Close the environment."""
    name = "mecfsclaim" if isinstance(node, evidence_claim) else "mecfsquestion"
    translator.body.append(f"\\end{{{name}}}\n")
    translator.no_latex_floats -= 1


def visit_text_latex(translator: LaTeXTranslator, _node: Element) -> None:
    """Open the statement."""
    translator.body.append("\n\\begin{mecfsstatement}")


def depart_text_latex(translator: LaTeXTranslator, _node: Element) -> None:
    """Close the statement."""
    translator.body.append("\\end{mecfsstatement}\n")


def visit_question_typst(translator: Emitter, _node: Element) -> None:
    """Open the head of a question; what is opened here is closed when the node is left."""
    translator.open_block("mecfs-question")


def visit_claim_typst(translator: Emitter, _node: Element) -> None:
    """Open a claim."""
    translator.open_block("mecfs-claim")


def visit_text_typst(translator: Emitter, _node: Element) -> None:
    """Open the statement."""
    translator.open_block("mecfs-statement")


def setup(app: Sphinx) -> None:
    """Add the nodes with their visitors; a numbered citation is gone before anything is written."""
    app.add_node(
        evidence_question,
        html=(visit_question_html, depart_question_html),
        latex=(visit_boxed_latex, depart_boxed_latex),
        typst=(visit_question_typst, None),
    )
    app.add_node(
        evidence_claim,
        html=(visit_claim_html, depart_claim_html),
        latex=(visit_boxed_latex, depart_boxed_latex),
        typst=(visit_claim_typst, None),
    )
    app.add_node(
        claim_text,
        html=(visit_text_html, depart_text_html),
        latex=(visit_text_latex, depart_text_latex),
        typst=(visit_text_typst, None),
    )
    app.add_node(study_citation)
