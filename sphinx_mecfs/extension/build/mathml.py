"""Mathematics as MathML, made at build time by docutils, so that no script has to be loaded from another host."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util.math import get_node_equation_number

from ...evidence.problems import Problem
from ..report import report

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def mathml(tex: str, node: nodes.Element, *, block: bool) -> str:
    """Return MathML for a formula; TeX that docutils cannot turn into it is shown as it stands, with a warning."""
    try:
        return "".join(tex2mathml(tex, as_block=block))
    except SyntaxError as error:
        report(Problem.MATH, f"formula cannot be shown as MathML: {error}", node)
        return f"<code>{escape(tex)}</code>"


def visit_math(translator: HTML5Translator, node: nodes.Element) -> None:
    """Write a formula inside a line."""
    translator.body.append(mathml(node.astext(), node, block=False))
    raise nodes.SkipNode


def visit_displaymath(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, with its number."""
    translator.body.append(translator.starttag(node, "div", CLASS="math notranslate nohighlight"))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})</span>')
    translator.body.append(mathml(node.astext(), node, block=True))
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Offer the renderer as `html_math_renderer = "mathml"`."""
    app.add_html_math_renderer("mathml", inline_renderers=(visit_math, None), block_renderers=(visit_displaymath, None))
