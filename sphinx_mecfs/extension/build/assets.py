"""The styles and scripts that the package ships: for HTML, a LaTeX style, and functions for Typst.

Each component has a file of its own in `assets/styles` and `assets/scripts`. A page loads two files for all of them,
`mecfs.css` and `mecfs.js`, into which they are joined here. What is in the other folders is copied too, and loaded by
the pages that need it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...typst import add_style
from ..i18n import _
from ..sources.base import CACHE_FOLDER
from ..sources.files import replace_file
from ..writing.html import LIMITED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

ASSETS = Path(__file__).resolve().parent.parent.parent / "assets"

TYPST_CLASSES = {
    "mecfs-banner": "mecfs-banner",
    "mecfs-badges": "mecfs-badges",
    "mecfs-byline": "mecfs-quiet",
    "mecfs-snapshot": "mecfs-snapshot",
    "mecfs-note": "mecfs-note",
    "mecfs-chart": "mecfs-chart",
    "mecfs-chart-caption": "mecfs-chart-caption",
    "mecfs-code": "mecfs-code",
    "mecfs-code-label": "mecfs-code-label",
}
"""Classes of parts of a card, and the functions in `mecfs.typ` that draw them."""


def add_typst_style(_app: Sphinx, config: Config) -> None:
    """Add our functions to those of the project, whose own come later and win."""
    add_style(config, preamble=(ASSETS / "mecfs.typ").read_text(encoding="utf-8"), classes=TYPST_CLASSES)


_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_INDENTATION = re.compile(r"^\s+", re.MULTILINE)
# A comment at the end of a line reaches to the end of the line.
_OPEN_END = re.compile(r"^((?:(?!//)[^\n])*[{;,(])\n", re.MULTILINE)

LONG_TABLES = "mecfs-long.js"
"""The script for tables of which a part is shown."""

SCRIPTED = frozenset({"html", "dirhtml", "singlehtml"})
"""Builders whose pages are read in a browser; readers of EPUB files run no scripts, or few."""


FOR_BROWSERS = frozenset({"copy.css", "languages.css", "previews.css"})
"""Styles of what scripts make, and of the direction of writing, which no style sheet of an EPUB may set
(EPUB 3.3, requirements for CSS)."""


def add_static_files(app: Sphinx) -> None:
    """Have Sphinx copy the joined styles and scripts, or put the LaTeX style beside the TeX file."""
    if app.builder.format == "html":
        left_out = FOR_BROWSERS if app.builder.name == "epub" else ()
        _add_joined(app, "mecfs.css", [path for path in _files("styles", "*.css") if path.name not in left_out])
        app.add_css_file("mecfs.css")
        if app.builder.name in SCRIPTED:
            _add_joined(app, "mecfs.js", _files("scripts", "*.js"), before=words_script())
            app.add_js_file("mecfs.js", loading_method="defer")
            _add_joined(app, "mecfs-explorer.css", _files("explorer", "*.css"))
            _add_joined(app, "mecfs-explorer.js", _files("explorer", "*.js"))
            _add_joined(app, "mecfs-search.css", _files("search", "*.css"))
            _add_joined(app, "mecfs-search.js", _files("search", "*.js"))
            _add_joined(app, LONG_TABLES, _files("long", "*.js"))
    elif app.builder.format == "latex":
        replace_file(Path(app.builder.outdir) / "mecfs.sty", (ASSETS / "mecfs.sty").read_bytes())


def add_long_tables(
    app: Sphinx, _pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Have a page load the script for tables of more rows than are shown at once, if it has one."""
    if app.builder.name in SCRIPTED and LIMITED in str(context.get("body", "")):
        # Before the script for all tables.
        app.add_js_file(LONG_TABLES, loading_method="defer", priority=400)


def words_script() -> str:
    """Return a line of script that gives the words of the scripts their name, in the language of the project.

    They are in the file and not in its pages, which all have one language, so that a reader fetches them once. Other
    words stand in the page beside what they are for.
    """
    words = {
        "copy": _("Copy"),
        "copyCode": _("Copy code"),
        "copied": _("Copied"),
        "selected": _("Selected"),
        "code": _("Code"),
    }
    return f"const mecfsWords = {json.dumps(words, ensure_ascii=False, default=str)};\n"


def _files(folder: str, pattern: str) -> list[Path]:
    """Return the files of a folder of assets, in the order of their names."""
    return sorted((ASSETS / folder).glob(pattern))


def _add_joined(app: Sphinx, name: str, paths: Iterable[Path], before: str = "") -> None:
    """Join files into one static file."""
    text = before + "".join(lean(path.read_text(encoding="utf-8")) for path in paths)
    # A folder for each builder: Sphinx copies all that is in it, and an EPUB takes no scripts.
    target = app.doctreedir / CACHE_FOLDER / "static" / app.builder.name / name
    replace_file(target, text.encode())
    # A list of its own: the one that is there may be the default of Sphinx, which builds in one process share.
    app.config.html_static_path = [*app.config.html_static_path, str(target.parent)]


def lean(text: str) -> str:
    """Return a style sheet or script without the comments that have lines of their own, indentation and idle breaks.

    They are a quarter of what a reader's device would have to fetch. No string of ours goes over several lines.
    """
    return _OPEN_END.sub(r"\1", _INDENTATION.sub("", _COMMENT.sub("", text)))


def setup(app: Sphinx) -> None:
    """Add the styles and scripts."""
    app.setup_extension("sphinx_mecfs.typst")
    app.connect("config-inited", add_typst_style)
    app.connect("builder-inited", add_static_files)
    app.connect("html-page-context", add_long_tables)
    app.add_latex_package("mecfs")
