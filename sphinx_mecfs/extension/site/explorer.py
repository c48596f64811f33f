"""The directive `evidence-explorer`: all studies as a table, which a script on a website turns into a search.

The table is whole by itself: on paper, in an EPUB, and where no script runs. On a website it stands in a `noscript`, so
that a browser that runs scripts makes no elements of it: those of ten thousand studies take it two seconds. The script
builds its controls in the place kept for them, from `mecfs-studies.js`.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

from ...evidence.common.listings import EXPLORER_FIELDS
from ..i18n import _
from ..tables.directive import TableDirective
from ..tables.table import TableView
from ..writing.html import has_downloads, partly_shown
from ..writing.view import evidence_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from ...evidence.problems import Finding
    from ...evidence.queries import Condition

COLUMNS = ("study", "year", "design", "participants", "pem")
ORDER = ("-year",)
STYLE, SCRIPT = "mecfs-explorer.css", "mecfs-explorer.js"

# The script calls this too, if it finds no data.
SHOW_TABLE = """\
document.documentElement.classList.add('mecfs-plain');
document.querySelectorAll('.mecfs-explorer > noscript').forEach((kept) => { kept.outerHTML = kept.textContent; });
document.dispatchEvent(new Event('mecfs-tables'));"""
"""A line of script that has a page show the table after all."""


class evidence_explorer(nodes.container):  # noqa: N801  (docutils names nodes in lower case)
    """What stands around the table; `filtered` tells whether it holds only some of the studies."""


class EvidenceExplorer(TableDirective):
    """All studies, to be searched, filtered, sorted and downloaded."""

    fields = EXPLORER_FIELDS

    def run(self) -> list[nodes.Node]:
        """Return the table within its frame, or the box that says what is wrong."""
        return [self._framed(node) if isinstance(node, evidence_view) else node for node in super().run()]

    def view(self, options: dict[str, str], conditions: tuple[Condition, ...]) -> tuple[TableView, Sequence[Finding]]:
        """Return the table."""
        caption = options.get("caption", "")
        return TableView(conditions=conditions, caption=caption, columns=COLUMNS, sort=ORDER), ()

    @staticmethod
    def _framed(table: evidence_view) -> evidence_explorer:
        view = cast("TableView", table["view"])
        return evidence_explorer("", table, filtered=bool(view.conditions))


def words() -> dict[str, str | Mapping[str, str]]:
    """Return the words that the script shows, in the language of the project.

    The order of `facets`, `sizes` and `sorts` is the order on the page. A size begins where the one before it ends;
    its key, which stands in addresses, is known to the script.
    """
    return {
        "search": _("Search studies"),
        "where": _("Title, author, topic, DOI or any word"),
        "sort": _("Sort by"),
        "sorts": {
            "-year": _("Newest first"),
            "year": _("Oldest first"),
            "name": _("Name, A to Z"),
            "-name": _("Name, Z to A"),
            "-participants": _("Most participants first"),
            "participants": _("Fewest participants first"),
        },
        "filters": _("Filters"),
        "facets": {
            "pem": _("PEM"),
            "design": _("Design"),
            "criteria": _("Case definition"),
            "topics": _("Topic"),
            "population": _("Population"),
            "status": _("Status of the paper"),
            "read": _("Source read"),
            "size": _("Participants"),
        },
        "sizes": {
            "under-20": _("fewer than 20"),
            "20-99": _("20 to 99"),
            "100-499": _("100 to 499"),
            "500-up": _("500 or more"),
            "not-stated": _("not stated"),
        },
        "year": _("Year"),
        "from": _("From"),
        "to": _("To"),
        "any": _("any year"),
        "loading": _("The list of studies is being loaded."),
        "found": _("{shown} of {all} studies"),
        "clear": _("Clear all"),
        "copy": _("Copy link to this view"),
        "copied": _("The link has been copied."),
        "not_copied": _("The link could not be copied; it is the address of this page."),
        "download": _("Download this list"),
        "failed": _("The references could not be loaded."),
        "person": _("{count} participant"),
        "people": _("{count} participants"),
        "inside": _("The words stand in the text of its page."),
        "more": _("Show more"),
        "part": partly_shown(),
    }


def visit_explorer_html(translator: HTML5Translator, node: Element) -> None:
    """Open the frame, on a website with a place for the controls of the first on a page, before its table."""
    attributes = {"class": "mecfs-explorer"}
    place = ""
    if _has_controls(translator, node):
        # The words are translated when they are written.
        said = words()
        attributes["data-words"] = json.dumps(said, ensure_ascii=False, default=str)
        attributes |= {"data-filtered": ""} if node["filtered"] else {}
        attributes |= {"data-fulltext": ""} if translator.config.mecfs_fulltext else {}
        place = f'<div class="mecfs-explorer-place"><p>{escape(str(said["loading"]))}</p></div>\n<noscript>\n'
    opened = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    translator.body.append(f"<div {opened}>\n{place}")


def depart_explorer_html(translator: HTML5Translator, node: Element) -> None:
    """Close the frame."""
    translator.body.append("</noscript>\n</div>\n" if _has_controls(translator, node) else "</div>\n")


def _has_controls(translator: HTML5Translator, node: Element) -> bool:
    return has_downloads(translator.builder) and next(translator.document.findall(evidence_explorer)) is node


def add_assets(
    app: Sphinx, _pagename: str, _templatename: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Have a page load the style and the script if it holds an explorer."""
    if doctree is None or not has_downloads(app.builder) or next(doctree.findall(evidence_explorer), None) is None:
        return
    app.add_css_file(STYLE)
    app.add_js_file(SCRIPT, loading_method="defer", onerror=SHOW_TABLE.replace("\n", " "))


def setup(app: Sphinx) -> None:
    """Add the directive and its node; other builders know what it derives from."""
    app.add_directive("evidence-explorer", EvidenceExplorer)
    app.add_node(evidence_explorer, html=(visit_explorer_html, depart_explorer_html))
    app.connect("html-page-context", add_assets)
