"""The search page of a website with an index of its full text.

Sphinx's own search has a reader fetch one index of all words, and then each page that it has found, whole. Where
Pagefind has made its index, the search page asks that instead, which is fetched in pieces. From a folder, where a page
may not fetch anything, it does what Sphinx's does, with Sphinx's index, which is there as ever.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from sphinx.locale import _ as sphinx_words

from ..i18n import _
from ..writing.html import has_downloads
from .explorer import STYLE as EXPLORER_STYLE

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

PAGE, TEMPLATE = "search", "page.html"
STYLE, SCRIPT = "mecfs-search.css", "mecfs-search.js"

BODY = """\
<section id="search">
<h1>{search}</h1>
<noscript><p>{scripts}</p></noscript>
<form class="mecfs-find" role="search" action="" method="get" data-more="{more}">
<div class="mecfs-ask"><label>{search} <input type="search" name="q" autocomplete="off"></label></div>
<p class="mecfs-found" role="status"></p>
<div class="mecfs-list" id="search-results"></div>
</form>
</section>
"""
"""What any theme shows on a page; the words of Sphinx's own search page are in its catalogues."""


def make_page(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> str | None:
    """Write the search page as any other page of its theme, without the theme's scripts for Sphinx's search."""
    if pagename != PAGE or not app.config.mecfs_fulltext or not has_downloads(app.builder):
        return None
    scripts = sphinx_words("Please activate JavaScript to enable the search\n    functionality.")
    words = {"search": sphinx_words("Search"), "scripts": " ".join(scripts.split()), "more": _("Show more")}
    context["title"] = words["search"]
    context["body"] = BODY.format_map({name: escape(str(text)) for name, text in words.items()})
    context["metatags"] = f'{context.get("metatags") or ""}\n<meta name="robots" content="noindex">\n'
    # The lists of the explorer, and what is more.
    app.add_css_file(EXPLORER_STYLE)
    app.add_css_file(STYLE)
    app.add_js_file(SCRIPT, loading_method="defer")
    return TEMPLATE


def setup(app: Sphinx) -> None:
    """Connect the event."""
    app.connect("html-page-context", make_page)
