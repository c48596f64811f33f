"""The PEM badge: its node, its role and how builders write it.

A badge is an inline node whose text is a symbol and words, so that a builder without a visitor of its own still shows
both. The symbol is hidden from screen readers in HTML, since the words say all.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

from ...evidence.vocabulary import PemStatus
from ..i18n import _

if TYPE_CHECKING:
    from docutils.nodes import Element, Node, system_message
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

    from ...typst.emitter import Emitter
    from .domain import MecfsDomain


class pem_badge(nodes.inline):  # noqa: N801  (docutils names nodes in lower case)
    """A badge: `symbol` and `label` as attributes, both as text, the `group` of the status as a class."""


def make_badge(symbol: str, label: str, group: str) -> pem_badge:
    """Return a badge from its sign, its words and the group by which it is coloured."""
    text = f"{symbol} {label}".strip()
    return pem_badge("", text, symbol=symbol, label=label, group=group, classes=["mecfs-badge", f"mecfs-pem-{group}"])


def status_badge(status: PemStatus) -> pem_badge:
    """Return the badge of a status."""
    return make_badge(status.symbol, str(_(status.label)), status.group)


class PemBadgeRole(SphinxRole):
    """The role `pem-badge`: the badge of a status, of a study (which it links) or of a case definition.

    A text that is no status is looked up when all pages are read: first as a case definition, then as a study.
    """

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the badge, or a reference that becomes one."""
        target = " ".join(self.text.split())
        status = PemStatus.parse(target)
        domain = cast("MecfsDomain", self.env.domains["mecfs"])
        if status is not None:
            # Its words are those of the register.
            domain.note_read_with(self.env.docname, [])
            return [status_badge(status)], []
        reference = addnodes.pending_xref(
            self.rawtext,
            nodes.literal("", target, classes=["mecfs-badge", "mecfs-pem-other"]),
            refdomain="mecfs",
            reftype="badge",
            reftarget=target,
            refexplicit=False,
            refwarn=True,
            refdoc=self.env.docname,
        )
        self.set_source_info(reference)
        domain.note_shown(self.env.docname, "badge", target)
        return [reference], []


def badge_content(symbol: str, label: str) -> str:
    """Return the markup inside a badge."""
    return f'<span aria-hidden="true">{escape(symbol)}</span> {escape(label)}'


def visit_html(translator: HTML5Translator, node: Element) -> None:
    """Write a badge whose symbol is decoration."""
    translator.body.append(translator.starttag(node, "span", suffix=""))
    translator.body.append(badge_content(node["symbol"], node["label"]) + "</span>")
    raise nodes.SkipNode


def visit_latex(translator: LaTeXTranslator, node: Element) -> None:
    """Write a badge as a macro of the shipped style, with its group as the first argument."""
    # A title is repeated in running heads and bookmarks, where only its words can stand.
    translator.body.append("{" if translator.in_title else rf"\mecfsbadge{{{node['group']}}}{{")


def depart_latex(translator: LaTeXTranslator, _node: Element) -> None:
    """Close the macro."""
    translator.body.append("}")


def visit_typst(translator: Emitter, node: Element) -> None:
    """Write a badge as a pill; it is closed when the node is left."""
    translator.open_inline("mecfs-badge", group=node["group"])


def setup(app: Sphinx) -> None:
    """Add the node and both names of the role."""
    app.add_node(pem_badge, html=(visit_html, None), latex=(visit_latex, depart_latex), typst=(visit_typst, None))
    app.add_role("pem-badge", PemBadgeRole())
    app.add_role("pem", PemBadgeRole())
