"""The styles that the package ships: a style sheet for HTML, a LaTeX style, and functions for Typst."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

from ...typst import add_style

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

ASSETS = Path(__file__).resolve().parent.parent.parent / "assets"

TYPST_CLASSES = {
    "mecfs-banner": "mecfs-banner",
    "mecfs-badges": "mecfs-badges",
    "mecfs-byline": "mecfs-quiet",
    "mecfs-snapshot": "mecfs-snapshot",
    "mecfs-note": "mecfs-note",
    "mecfs-code": "mecfs-code",
    "mecfs-code-label": "mecfs-code-label",
}
"""Classes of parts of a card, and the functions in `mecfs.typ` that draw them."""


def add_typst_style(_app: Sphinx, config: Config) -> None:
    """Add our functions to those of the project, whose own come later and win."""
    add_style(config, preamble=(ASSETS / "mecfs.typ").read_text(encoding="utf-8"), classes=TYPST_CLASSES)


def add_static_files(app: Sphinx) -> None:
    """Have Sphinx copy the style sheet, or put the LaTeX style beside the TeX file."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(ASSETS / "static"))
    elif app.builder.format == "latex":
        app.builder.outdir.mkdir(parents=True, exist_ok=True)
        copyfile(ASSETS / "mecfs.sty", app.builder.outdir / "mecfs.sty")


def setup(app: Sphinx) -> None:
    """Add the styles."""
    app.setup_extension("sphinx_mecfs.typst")
    app.connect("config-inited", add_typst_style)
    app.connect("builder-inited", add_static_files)
    app.add_css_file("mecfs.css")
    app.add_latex_package("mecfs")
