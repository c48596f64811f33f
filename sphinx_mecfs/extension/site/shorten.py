"""Which parts of a page its short version leaves out: decided when the page is written, not by a script in it.

What is left out is wrapped, so that one rule of a style sheet hides it. Three kinds of page have a short version:

- a chapter, which says so itself: its first paragraph begins with the bold words "Short version";
- a card: its banner, badges, byline, Summary, Harms and Does not show are kept;
- a question: its short answer, its key messages and each claim with its certainty are kept.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..card.nodes import card_title, evidence_card
from ..card.view import CardView
from ..i18n import _
from ..question.nodes import claim_text, evidence_claim, evidence_question
from ..question.views import ClaimHead
from ..writing.view import evidence_view

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

SITES = ("html", "dirhtml")
"""Builders whose pages are read one by one in a browser."""

KEPT_SECTIONS = frozenset({"mecfs-section-summary", "mecfs-section-harms", "mecfs-section-does-not-show"})
"""The sections of a card that its short version keeps; harms are never hidden."""

MORE, MORE_END = '<div class="mecfs-more">', "</div><!-- end of mecfs-more -->"
"""What stands around a part that the short version leaves out. Such parts do not stand inside one another."""


class reading_line(nodes.General, nodes.Element):  # noqa: N801  (docutils names nodes in lower case)
    """The place of the line below the title; `short` tells whether the page has a short version."""


class more_block(nodes.General, nodes.Element):  # noqa: N801
    """What the short version leaves out."""


class rest_line(nodes.General, nodes.Element):  # noqa: N801
    """The line at the end of a page that says, in the short version, that there is more."""


class ShortenPage(SphinxPostTransform):
    """Mark what the short version of a page leaves out, and place the lines that say so."""

    # After all that resolves, replaces or moves nodes.
    default_priority = 900
    builders = SITES

    def run(self, **_kwargs: object) -> None:
        """Shorten the page, if it has a title."""
        if not self.config.mecfs_reading_aids:
            return
        top = next((child for child in self.document.children if isinstance(child, nodes.section)), None)
        if top is None or not isinstance(top.children[0], nodes.title):
            return
        short = shorten(top)
        top.insert(1, reading_line("", short=short))
        if short:
            top += rest_line()


def shorten(top: nodes.section) -> bool:
    """Wrap what the short version of a page leaves out; return whether it has one."""
    if any(isinstance(child, evidence_card) for child in top.children):
        _shorten_card_page(top)
    elif any(isinstance(child, evidence_question) for child in top.children):
        _shorten_question_page(top)
    elif _is_chapter(top):
        first = next((i for i, child in enumerate(top.children) if isinstance(child, nodes.section)), len(top.children))
        _wrap(top, set(map(id, top.children[first:])))
    return next(top.findall(more_block), None) is not None


def _is_chapter(top: nodes.section) -> bool:
    first = next((child for child in top.children if isinstance(child, nodes.paragraph)), None)
    # MyST puts an empty text before a mark at the beginning of a paragraph.
    opening = next((child for child in first.children if child.astext()), None) if first else None
    return isinstance(opening, nodes.strong) and opening.astext().rstrip(".: ") == str(_("Short version"))


def _shorten_card_page(top: nodes.section) -> None:
    for card in [child for child in top.children if isinstance(child, evidence_card)]:
        _wrap(card, {id(child) for child in card.children if not _is_kept_in_card(child)})
    _wrap(top, {id(child) for child in top.children if not isinstance(child, (nodes.title, evidence_card))})


def _is_kept_in_card(node: Node) -> bool:
    if isinstance(node, evidence_view):
        return isinstance(node["view"], CardView) and node["view"].part == "head"
    return isinstance(node, card_title) or bool(KEPT_SECTIONS.intersection(_classes(node)))


def _shorten_question_page(section: nodes.section) -> None:
    hidden = set()
    for child in section.children:
        if isinstance(child, nodes.section) and next(child.findall(evidence_claim), None) is not None:
            _shorten_question_page(child)
        elif isinstance(child, evidence_claim):
            _wrap(child, {id(part) for part in child.children if not _is_kept_in_claim(part)})
        elif not isinstance(child, (nodes.title, evidence_question)):
            hidden.add(id(child))
    _wrap(section, hidden)


def _is_kept_in_claim(node: Node) -> bool:
    if isinstance(node, evidence_view):
        return isinstance(node["view"], ClaimHead)
    return isinstance(node, claim_text)


def _classes(node: Node) -> list[str]:
    return list(node["classes"]) if isinstance(node, nodes.Element) else []


def _wrap(parent: Element, hidden: set[int]) -> None:
    """Put each run of children whose identity is in `hidden` into a block of its own."""
    runs = [(is_hidden, list(run)) for is_hidden, run in groupby(parent.children, key=lambda node: id(node) in hidden)]
    parent.children = []
    for is_hidden, run in runs:
        parent += [more_block("", *run)] if is_hidden else run


def visit_more_html(translator: HTML5Translator, _node: Element) -> None:
    """Open a part that the short version leaves out."""
    translator.body.append(f"{MORE}\n")


def depart_more_html(translator: HTML5Translator, _node: Element) -> None:
    """Close it."""
    translator.body.append(f"{MORE_END}\n")


def visit_rest_html(translator: HTML5Translator, _node: Element) -> None:
    """Write the line, which only the short version shows."""
    says, shows = escape(_("The rest of this page is hidden.")), escape(_("Show the full page"))
    button = f'<button type="button" class="mecfs-button mecfs-show-full">{shows}</button>'
    translator.body.append(f'<p class="mecfs-rest" data-pagefind-ignore>{says} {button}</p>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Add the transform and its nodes, which no other builder meets; `reading` writes the line below the title."""
    app.add_post_transform(ShortenPage)
    app.add_node(more_block, html=(visit_more_html, depart_more_html))
    app.add_node(rest_line, html=(visit_rest_html, None))
