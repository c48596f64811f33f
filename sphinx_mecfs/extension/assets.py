"""The styles that the package ships: a style sheet for HTML, a LaTeX style, and functions for Typst."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

from sphinx.application import Sphinx
from sphinx.config import Config

ASSETS = Path(__file__).resolve().parent.parent / "assets"

TYPST_CLASSES: dict[str, str] = {}
"""Classes of our nodes, and the functions in `mecfs.typ` that draw them."""


def add_typst_style(_app: Sphinx, config: Config) -> None:
    """Put our functions before the project's own preamble and classes, which may then override them."""
    style = (ASSETS / "mecfs.typ").read_text(encoding="utf-8")
    config.typst_preamble = f"{style}\n{config.typst_preamble}"  # type: ignore[attr-defined]
    config.typst_classes = TYPST_CLASSES | config.typst_classes  # type: ignore[attr-defined]


def add_static_files(app: Sphinx) -> None:
    """Have Sphinx copy the style sheet, or put the LaTeX style beside the TeX file."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(ASSETS / "static"))
    elif app.builder.format == "latex":
        app.builder.outdir.mkdir(parents=True, exist_ok=True)
        copyfile(ASSETS / "mecfs.sty", app.builder.outdir / "mecfs.sty")


def setup(app: Sphinx) -> None:
    """Add the styles."""
    app.connect("builder-inited", add_static_files)
    app.add_css_file("mecfs.css")
    app.add_latex_package("mecfs")
