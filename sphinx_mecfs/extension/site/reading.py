"""Aids for reading with little energy: how long a page takes, a short version of it, and a script that remembers.

The words of a page are counted when it is written, in the finished text, since cards and tables show what the whole
base says. Until then a mark holds the place of the line below the title: it is ours alone, so that nothing has to be
guessed from the markup of a theme.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

from ..build.assets import ASSETS, SCRIPTED, lean
from ..i18n import _
from ..language import counted
from .shorten import MORE, MORE_END, SITES, reading_line

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

PLACES = {False: "<!-- mecfs-reading -->", True: "<!-- mecfs-reading: short -->"}
"""The mark of the line below the title, by whether the page has a short version."""

HEAD_SCRIPT = lean((ASSETS / "head.js").read_text(encoding="utf-8"))

_UNREAD = re.compile(
    r"<(details|svg|button|script|style)\b.*?</\1>|<a class=\"headerlink\".*?</a>|<!--.*?-->", re.DOTALL
)
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>|&#?\w+;")
_WORD = re.compile(r"\w+(?:[-’'.,/]\w+)*")


def word_count(html: str) -> int:
    """Return how many words a reader of some HTML meets; what is folded away or a picture is not counted."""
    runs = _TAG.sub(" ", _UNREAD.sub(" ", html)).split()
    # Most runs without a space are one word, which is told sooner than by the pattern.
    others = [run for run in runs if not run.isalnum()]
    return len(runs) - len(others) + len(_WORD.findall(" ".join(others)))


def parted(html: str) -> tuple[str, str]:
    """Return what the short version of some HTML shows, and what it leaves out."""
    shown, left_out, at = [], [], 0
    while (start := html.find(MORE, at)) >= 0 and (end := html.find(MORE_END, start)) >= 0:
        shown.append(html[at:start])
        at = end + len(MORE_END)
        left_out.append(html[start:at])
    return " ".join((*shown, html[at:])), " ".join(left_out)


def is_looked_up(html: str, words: int) -> bool:
    """Tell whether a page is for looking things up rather than for reading: most of its words stand in tables."""
    return "<table" in html and 2 * word_count(_TABLE.sub(" ", html)) < words


def minutes(words: int, speed: int) -> int:
    """Return how many minutes it takes to read words at a speed in words per minute, at least 1."""
    return max(1, round(words / speed))


def time_line(body: str, speed: int, *, short: bool) -> str:
    """Return the line below the title of a page: how long it takes to read, and the switch to its short version.

    A speed of 0 asks for no time; where there is nothing to say, the line is empty.
    """
    said = []
    if speed and short:
        # A part that is left out ends no word, so that each word of a long page has to be looked at once only.
        shown, left_out = parted(body)
        in_short = word_count(shown)
        in_full = in_short + word_count(left_out)
        said.append(f'<span class="mecfs-in-full">{_time(minutes(in_full, speed))}</span>')
        said.append(f'<span class="mecfs-in-short">{_time(minutes(in_short, speed))}</span>')
    elif speed and not is_looked_up(body, count := word_count(body)):
        said.append(f"<span>{_time(minutes(count, speed))}</span>")
    if short:
        words = escape(_("Short version"))
        said.append(f'<button type="button" class="mecfs-button mecfs-length" aria-pressed="false">{words}</button>')
    return f'<div class="mecfs-reading" data-pagefind-ignore>{" ".join(said)}</div>\n' if said else ""


def _time(count: int) -> str:
    return escape(counted("About %s minute to read", "About %s minutes to read", count))


def visit_reading_html(translator: HTML5Translator, node: Element) -> None:
    """Mark the place of the line below the title."""
    translator.body.append(PLACES[bool(node["short"])])
    raise nodes.SkipNode


def complete_page(
    app: Sphinx, _pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Put the script that has to run before anything is painted first, and the line below the title in its place."""
    if app.builder.name not in SCRIPTED:
        return
    context["metatags"] = f"<script>{HEAD_SCRIPT}</script>{context.get('metatags') or ''}"
    body = cast("str", context.get("body") or "")
    for short, place in PLACES.items():
        if app.builder.name in SITES and place in body:
            context["body"] = body.replace(place, time_line(body, app.config.mecfs_reading_speed, short=short), 1)


def setup(app: Sphinx) -> None:
    """Add the line and the script."""
    app.add_node(reading_line, html=(visit_reading_html, None))
    # Late, so that what others put into the head comes after the script.
    app.connect("html-page-context", complete_page, priority=900)
