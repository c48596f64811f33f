"""The directive `case-definitions`: the register as a list, each definition with its badge, reason and confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_id

from ...bibliography.reference import doi_address, format_reference, pubmed_address
from ...evidence.vocabulary import Mark
from ..i18n import _
from ..sources.citations import register_citation
from .badge import status_badge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from ...evidence.records import Definition
    from ..sources.base import Base
    from .domain import MecfsDomain

LABEL_PREFIX = "definition-"
"""Anchors of definitions begin with this, so that a card on the paper of a definition may keep the bare key."""


class CaseDefinitions(SphinxDirective):
    """List the whole register; each definition becomes a target of `mecfs:definition`."""

    has_content = False
    option_spec: ClassVar[None] = None

    def run(self) -> list[nodes.Node]:
        """Return the version, the list of definitions and what the marks mean."""
        domain = cast("MecfsDomain", self.env.domains["mecfs"])
        base = domain.base
        items: list[nodes.Node] = []
        listed: dict[str, tuple[str, str]] = {}
        for definition in base.register.definitions.values():
            anchor = make_id(self.env, self.state.document, "", f"{LABEL_PREFIX}{definition.key}")
            term = nodes.term("", "", nodes.strong("", definition.title), nodes.Text(" "), ids=[anchor])
            term += status_badge(definition.pem)
            self.state.document.note_explicit_target(term)
            body = nodes.definition("", *_about(definition, base))
            items.append(nodes.definition_list_item("", term, body))
            listed[definition.key] = (anchor, definition.title)
            if definition.key in base.entries:
                register_citation(self.env, anchor, self.lineno, definition.key)
        domain.note_definitions(self.env.docname, listed)
        version = nodes.paragraph("", _("Version of the register: %s.") % base.register.version)
        listing = nodes.definition_list("", *items, classes=["mecfs-definitions"])
        return [version, listing, *_marks()]


def _about(definition: Definition, base: Base) -> Iterator[nodes.Node]:
    yield nodes.paragraph("", f"{definition.basis}.")
    if definition.neighbour:
        yield nodes.paragraph("", str(_("This defines a neighbouring condition.")))
    yield nodes.paragraph(
        "", f"{_('Confidence')} {_(definition.mark.label)}. {_('Key:')} ", nodes.literal("", definition.key)
    )
    source = list(_source(definition, base))
    if source:
        yield nodes.paragraph("", "", *source)


def _source(definition: Definition, base: Base) -> Iterator[nodes.Node]:
    entry = base.entries.get(definition.key)
    if entry is not None:
        for piece in format_reference(entry):
            if piece.url:
                yield nodes.reference("", piece.text, refuri=piece.url)
            else:
                yield nodes.emphasis("", piece.text) if piece.style == "emphasis" else nodes.Text(piece.text)
        return
    if definition.cite:
        yield nodes.Text(f"{definition.cite}. ")
    if definition.doi:
        yield nodes.reference("", f"doi:{definition.doi}", refuri=doi_address(definition.doi))
        yield nodes.Text(" ")
    if definition.pmid:
        yield nodes.reference("", f"PMID {definition.pmid}", refuri=pubmed_address(definition.pmid))


def _marks() -> Iterator[nodes.Node]:
    yield nodes.rubric("", str(_("What the confidence marks mean")))
    items = [
        nodes.definition_list_item(
            "",
            nodes.term("", str(_(mark.label))),
            nodes.definition("", nodes.paragraph("", str(_(mark.doc)))),
        )
        for mark in Mark
    ]
    yield nodes.definition_list("", *items)


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("case-definitions", CaseDefinitions)
