"""Figures in each builder: in an HTML page the drawing itself with its links, elsewhere a picture in a file.

LaTeX takes no SVG. Where the Typst compiler is installed it makes a PDF of the picture; where it is not, the table with
the same data has to do.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util.osutil import relative_uri

from ...typst.compiler import picture_to_pdf
from ...typst.markup import call
from .svg import digest, to_svg

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

    from ...typst.emitter import Emitter
    from .drawing import Drawing
    from .svg import Address

DRAWN = frozenset({"latex", "typst"})
"""Formats other than HTML in which figures are drawn."""


class evidence_chart(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes in lower case)
    """A figure, whose `drawing` becomes a picture in a file."""


def chart_html(translator: HTML5Translator, drawing: Drawing, address: Address) -> str:
    """Return a figure for a page; in an EPUB as a file, since pages there may not hold a drawing unannounced."""
    caption = f"<figcaption>{escape(drawing.title)}</figcaption>"
    builder = translator.builder
    if builder.name == "epub":
        name = _write(Path(builder.outdir) / "_images", drawing)
        source = relative_uri(builder.get_target_uri(builder.current_docname), f"_images/{name}")
        inside = f'<img src="{source}" alt="{escape(_alternative(drawing))}"/>'
    else:
        # What is wider than a phone is moved within its own frame, by keyboard too.
        named = f'tabindex="0" role="region" aria-label="{escape(drawing.title)}"'
        inside = f'<div class="mecfs-scroll" {named}>{to_svg(drawing, address)}</div>'
    return f'<figure class="mecfs-chart">{inside}\n{caption}</figure>\n'


def visit_chart_typst(translator: Emitter, node: Element) -> None:
    """Write the picture beside the source, and a call that shows it."""
    drawing = cast("Drawing", node["drawing"])
    name = _write(Path(translator.builder.outdir) / "charts", drawing)
    translator.emit(call("picture", f"charts/{name}", alt=_alternative(drawing)) + "\n")
    raise nodes.SkipNode


def visit_chart_latex(translator: LaTeXTranslator, node: Element) -> None:
    """Write the picture beside the source as PDF, and a command that shows it."""
    drawing = cast("Drawing", node["drawing"])
    pdf = picture_to_pdf(to_svg(drawing))
    if pdf is not None:
        name = f"{digest(drawing)}.pdf"
        (Path(translator.builder.outdir) / name).write_bytes(pdf)
        translator.body.append(f"\n\\noindent\\sphinxincludegraphics{{{{{name[:-4]}}}.pdf}}\n")
    raise nodes.SkipNode


def _write(folder: Path, drawing: Drawing) -> str:
    """Write the picture into a folder and return the name of its file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{digest(drawing)}.svg"
    (folder / name).write_text(to_svg(drawing), encoding="utf-8")
    return name


def _alternative(drawing: Drawing) -> str:
    return f"{drawing.title}. {drawing.description}"


def setup(app: Sphinx) -> None:
    """Add the node."""
    app.add_node(evidence_chart, latex=(visit_chart_latex, None), typst=(visit_chart_typst, None))
