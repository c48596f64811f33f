"""Visitors for images, figures, captions and mathematics."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging

from sphinx_mecfs.typst import markup
from sphinx_mecfs.typst.emitter import Emitter
from sphinx_mecfs.typst.markup import Code, Value
from sphinx_mecfs.typst.mathematics import Formula, typeset

if TYPE_CHECKING:
    from sphinx_mecfs.typst.builder import TypstBuilder

logger = logging.getLogger(__name__)

_ALIGNMENTS = frozenset({"left", "center", "right"})
# A wider formula is shrunk to the width of the page, which holds about 42 em.
_WIDEST_FORMULA = 36.0


class FigureVisitors(Emitter):
    """Visitors for images, figures, captions and mathematics."""

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self.formulas: dict[tuple[str, bool], Formula | None] = {}

    # --------------------------------------------------------------------------------------- captions

    def caption(self, node: nodes.Element, words: nodes.Element) -> Code:
        """Return a caption, with the number that Sphinx gave its node (if `numfig` is on)."""
        number = self._figure_number(node)
        return markup.content(markup.text(number) + self.source_of(*words.children))

    def _figure_number(self, node: nodes.Element) -> str:
        kind = self.builder.env.domains.standard_domain.get_enumerable_node_type(node)
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind or "", {})
        number = next((numbers[node_id] for node_id in node["ids"] if node_id in numbers), None)
        if kind is None or number is None:
            return ""
        words: str = self.config.numfig_format.get(kind, "%s")
        return words % ".".join(map(str, number)) + ". "

    # ---------------------------------------------------------------------------------------- figures

    def visit_figure(self, node: nodes.Element) -> None:
        """Write a figure with its caption below."""
        options: dict[str, Value] = {}
        for child in node.children:
            if isinstance(child, nodes.caption):
                options["caption"] = self.caption(node, child)
            elif isinstance(child, nodes.legend):
                options["legend"] = self.render(*child.children)
        if (alignment := node.get("align")) in _ALIGNMENTS:
            options["alignment"] = Code(alignment)
        self.open_block("captioned", **options)

    def visit_container(self, node: nodes.Element) -> None:
        """Write what is in a container; one made for a captioned code block is a figure."""
        words = next((child for child in node.children if isinstance(child, nodes.caption)), None)
        if words is not None and node.get("literal_block"):
            self.open_block("captioned", kind=Code("raw"), alignment=Code("left"), caption=self.caption(node, words))
        else:
            self.open("", "")

    # ----------------------------------------------------------------------------------------- images

    def visit_image(self, node: nodes.Element) -> None:
        """Write an image, or its description where the file is missing."""
        holder = _holder(node)
        description = _description(node)
        path = self.builder.images.get(node["uri"])
        if path is None:
            self._warn_of_remote_image(node)
            picture = f"#missing-image[{markup.text(description)}];"
        else:
            options = _image_options(node, description)
            picture = markup.call("picture", f"{self.builder.imagedir}/{path}", **options)
        alignment = node.get("align")
        if isinstance(holder, nodes.TextElement):
            self.emit(f"#box[{picture}];")
        elif alignment in _ALIGNMENTS and not isinstance(holder, nodes.figure):
            self.emit(f"#align({alignment})[{picture}];\n")
        else:
            self.emit(f"{picture}\n")
        raise nodes.SkipNode

    def _warn_of_remote_image(self, node: nodes.Element) -> None:
        # A file that is not there has been reported by Sphinx when it read the document.
        if "://" in node["uri"]:
            logger.warning(
                "an image on another host is not loaded: %s", node["uri"],
                location=node, type="typst", subtype="image",
            )  # fmt: skip

    # ------------------------------------------------------------------------------------ mathematics

    def visit_math(self, node: nodes.Element) -> None:
        """Write a formula within a line."""
        tex = node.astext()
        formula = self._typeset(node, display=False)
        if formula is None:
            self.emit(markup.call("raw", tex))
        else:
            width, depth = Code(f"{formula.width}em"), Code(f"{formula.depth}em")
            self.emit(markup.call("inline-math", formula.file_name, width=width, depth=depth, alt=tex))
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.Element) -> None:
        """Write a formula on a line of its own, with its number if it has one."""
        tex = node.astext()
        number = self._equation_number(node)
        options: dict[str, Value] = {"number": markup.content(markup.text(f"({number})")) if number else None}
        formula = self._typeset(node, display=True)
        if formula is None:
            self.emit(markup.call("display-source", markup.content(markup.verbatim(tex)), **options) + "\n")
        else:
            options["width"] = Code("100%" if formula.width > _WIDEST_FORMULA else f"{formula.width}em")
            options["alt"] = tex
            self.emit(markup.call("display-math", formula.file_name, **options) + "\n")
        raise nodes.SkipNode

    def _equation_number(self, node: nodes.Element) -> str:
        if self.config.numfig and self.config.math_numfig:
            numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get("displaymath", {})
            number = next((numbers[node_id] for node_id in node["ids"] if node_id in numbers), ())
            return ".".join(map(str, number))
        return str(node.get("number") or "")

    def _typeset(self, node: nodes.Element, *, display: bool) -> Formula | None:
        tex = node.astext()
        if (tex, display) not in self.formulas:
            self.formulas[tex, display] = typeset(tex, display=display, location=node)
        return self.formulas[tex, display]


def _holder(image: nodes.Element) -> nodes.Element:
    """Return what an image stands in, whether it is a link or not."""
    parent = image.parent
    return parent.parent if isinstance(parent, nodes.reference) else parent


def _description(image: nodes.Element) -> str:
    """Return what an image shows: its alternative text, else its caption, else the name of its file."""
    captions = [child for child in _holder(image).children if isinstance(child, nodes.caption)]
    words: str = image.get("alt", "") or (captions[0].astext() if captions else "")
    return words or PurePosixPath(image["uri"]).stem


def _image_options(node: nodes.Element, description: str) -> dict[str, Value]:
    options: dict[str, Value] = {"alt": description}
    for name in ("width", "height"):
        if (given := node.get(name)) and (length := markup.length(str(given))):
            options[name] = length
    if scaling := node.get("scale"):
        options["scaling"] = Code(f"{scaling}%")
    return options
