"""A Sphinx builder for Typst: any document tree to one Typst source and a tagged PDF.

It knows Sphinx and docutils and nothing else of this project. Add `sphinx_mecfs.typst` to `extensions` and
run `sphinx-build -b typstpdf`. Another extension gives its own nodes and classes a form in three ways:

* `app.add_node(node, typst=(visit, depart))`: the visitors get the translator, whose public methods are
  described in `sphinx_mecfs.typst.emitter.Emitter`;
* `typst_classes`: the Typst function that wraps a node with a class, `#let wrapper(body) = ...`. For a box
  (admonition, topic, sidebar) it takes the place of the box and gets its title, too, if it has one:
  `#let box-wrapper(title: none, body) = ...`;
* `typst_preamble`: Typst code with such functions, put after the template.

The settings, with what they are if not set:

* `typst_documents`: the books, as (start document, file name, title, author); one of all documents;
* `typst_split`: whether each caption among the tables of contents of a start document makes a book of its own, with
  the start document and all that stands in tables of contents without a caption; False;
* `typst_template`: a Typst file of functions that take the place of those in `template.typ` (there it is
  also explained what each is given); it may import `sphinx-book.typ`, the copy of that file; None;
* `typst_paper` ("a4"), `typst_fonts` (["Libertinus Serif"]), `typst_font_paths` ([]), `typst_lang` (language);
* `typst_pdf_standard`: "ua-1", which the compiler checks; None for no check;
* `typst_use_index`: True.

An extension adds to preamble and classes with `add_style`, called in its handler of the event `config-inited`.
"""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING

from sphinx_mecfs.typst.books import Book, books_of
from sphinx_mecfs.typst.builder import TypstBuilder, TypstPDFBuilder, default_documents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["Book", "TypstBuilder", "TypstPDFBuilder", "add_style", "books_of", "setup"]


def add_style(config: Config, *, preamble: str = "", classes: Mapping[str, str] | None = None) -> None:
    """Add Typst functions, and the classes whose nodes they wrap, to those of the project.

    Call it in a handler of `config-inited`, after `app.setup_extension("sphinx_mecfs.typst")` in `setup`.
    What the project set itself in conf.py wins: its preamble comes last and its classes stay.
    """
    config.typst_preamble = f"{preamble}\n{config.typst_preamble}"
    config.typst_classes = {**(classes or {}), **config.typst_classes}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builders and their settings."""
    app.add_builder(TypstBuilder)
    app.add_builder(TypstPDFBuilder)
    app.add_config_value("typst_documents", default_documents, "", types=frozenset({list, tuple}))
    app.add_config_value("typst_split", default=False, rebuild="", types=frozenset({bool}))
    app.add_config_value("typst_template", None, "", types=frozenset({str, NoneType}))
    app.add_config_value("typst_preamble", "", "", types=frozenset({str}))
    app.add_config_value("typst_foot", "", "", types=frozenset({str}))
    app.add_config_value("typst_classes", {}, "", types=frozenset({dict}))
    app.add_config_value("typst_paper", "a4", "", types=frozenset({str}))
    app.add_config_value("typst_fonts", ["Libertinus Serif"], "", types=frozenset({list, tuple}))
    app.add_config_value("typst_font_paths", [], "", types=frozenset({list, tuple}))
    app.add_config_value("typst_lang", lambda config: config.language, "", types=frozenset({str}))
    app.add_config_value("typst_pdf_standard", "ua-1", "", types=frozenset({str, NoneType}))
    app.add_config_value("typst_use_index", default=True, rebuild="", types=frozenset({bool}))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
