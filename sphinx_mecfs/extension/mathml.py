"""Mathematics as MathML, made at build time by docutils, so that no script has to be loaded from another host."""

from __future__ import annotations

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


def mathml(tex: str, node: nodes.Element, *, block: bool) -> str:
    """Return MathML for a formula; TeX that docutils cannot turn into it is shown as it stands, with a warning."""
    try:
        return "".join(tex2mathml(tex, as_block=block))
    except SyntaxError as error:
        logger.warning("formula cannot be shown as MathML: %s", error, location=node, type="mecfs", subtype="math")
        return nodes.math(tex, tex).astext()


def visit_math(translator: HTML5Translator, node: nodes.Element) -> None:
    """Write a formula inside a line."""
    translator.body.append(mathml(node.astext(), node, block=False))
    raise nodes.SkipNode


def visit_displaymath(translator: HTML5Translator, node: nodes.Element) -> None:
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
