"""The directive `case-definitions`: the register as a list, each definition with its badge, reason and users.

Anchors begin with `definition-`, so that a card on the paper of a definition may keep the bare key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.nodes import make_id

from ...bibliography.reference import doi_address, format_reference, pubmed_address
from ...evidence.vocabulary import Mark
from ..domain.badge import status_badge
from ..i18n import _
from ..language import labelled, said
from ..reading.directive import EvidenceDirective
from ..sources.citations import register_citation
from ..writing.blocks import Block, Line, Link, Part, joined
from ..writing.parts import reference_parts, study_link
from ..writing.view import Scope, View, make_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from ...evidence.records import Definition


class DefinitionView(View, frozen=True):
    """Where a definition was published, and which studies used it."""

    key: str

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return the reference and the studies."""
        register = scope.domain.base.register
        if self.key not in register:
            return ()
        source = tuple(_source(register[self.key], scope))
        users = scope.catalogue.users.get(self.key, ())
        lines = [Line("reference", source)] if source else []
        if users:
            says = labelled(_("Studies in this base that used it"), "")
            lines.append(Line("users", (says, *joined([(study_link(scope.catalogue, key),) for key in users]))))
        return tuple(lines)


class CaseDefinitions(EvidenceDirective):
    """List the whole register; each definition becomes a target of `mecfs:definition`."""

    has_content = False
    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the version, the list of definitions and what the marks mean."""
        base = self.domain.base
        items: list[nodes.Node] = []
        listed: dict[str, tuple[str, str]] = {}
        for definition in base.register.definitions.values():
            anchor = make_id(self.env, self.state.document, "", f"definition-{definition.key}")
            items.append(self._item(definition, anchor))
            listed[definition.key] = (anchor, definition.title)
            if definition.key in base.entries:
                register_citation(self.env, anchor, self.lineno, definition.key)
        self.domain.note_definitions(self.env.docname, listed)
        version = nodes.paragraph("", _("Version of the register: %s.") % base.register.version)
        listing = nodes.definition_list("", *items, classes=["mecfs-definitions"])
        return [version, listing, *_marks()]

    def _item(self, definition: Definition, anchor: str) -> nodes.definition_list_item:
        term = nodes.term("", "", nodes.strong("", definition.title), nodes.Text(" "), ids=[anchor])
        term += status_badge(definition.pem)
        self.state.document.note_explicit_target(term)
        view = DefinitionView(definition.key)
        self.domain.note_view(self.env.docname, view, {})
        return nodes.definition_list_item("", term, nodes.definition("", *_about(definition), make_view(view)))


def _about(definition: Definition) -> Iterator[nodes.Node]:
    yield nodes.paragraph("", f"{said(definition.basis)}.")
    if definition.neighbour:
        yield nodes.paragraph("", str(_("This defines a neighbouring condition.")))
    yield nodes.paragraph(
        "", f"{_('Confidence')} {_(definition.mark.label)}. {_('Key:')} ", nodes.literal("", definition.key)
    )


def _source(definition: Definition, scope: Scope) -> Iterator[Part]:
    entry = scope.domain.base.entries.get(definition.key)
    if entry is not None:
        yield from reference_parts(format_reference(entry))
        return
    if definition.cite:
        yield f"{definition.cite}. "
    if definition.doi:
        yield Link(f"doi:{definition.doi}", uri=doi_address(definition.doi))
        yield " "
    if definition.pmid:
        yield Link(f"PMID {definition.pmid}", uri=pubmed_address(definition.pmid))


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
