"""The directive `evidence-card`: from what an author wrote to a record and a card, or to a list of its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from docutils import nodes
from sphinx.util.nodes import make_id

from ...bibliography.folding import aliases
from ...bibliography.reference import author_list, short_citation
from ...evidence.fields import CARD_BODY, RELATIONS
from ...evidence.problems import Finding, Problem
from ...evidence.sections import first_sentence
from ...evidence.validation import read_card
from ...manuscript.head import explained, latest_day_anywhere
from ...manuscript.records import make_study, not_in_bibliography
from ..domain.catalogue import CardRecord
from ..i18n import _
from ..reading.directive import EvidenceDirective
from ..sources.citations import register_citation
from ..writing.view import make_view
from .nodes import card_title, evidence_card
from .view import CardView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from ...bibliography.records import Entry
    from ...evidence.options import Raw
    from ...evidence.records import Study
    from ...evidence.sections import SectionText
    from ...evidence.validation import Reading
    from ..writing.nodes import section_block


class EvidenceCard(EvidenceDirective):
    """The structured card of one published study."""

    def run(self) -> list[nodes.Node]:
        """Read the card, note it in the domain and return its node."""
        raw, split, findings = self.written(CARD_BODY)
        reading = read_card(raw, self.domain.base.register, latest_day_anywhere())
        return [self._noted(raw, reading, [*findings, *reading.findings], split.sections)]

    def _noted(
        self, raw: Raw, reading: Reading, findings: list[Finding], sections: Sequence[SectionText]
    ) -> nodes.Element:
        key = raw.key
        entry = self.domain.base.entries.get(key)
        if entry is None and key:
            findings.append(not_in_bibliography(key, self.domain.base.entries))
        findings = explained(findings, CARD_BODY)
        self.report(findings)
        self.check_wording(sections, reading.values.get("design"))
        anchor = make_id(self.env, self.state.document, "", key)
        card = CardRecord(key, short_citation(entry) if entry else key, anchor, self.get_location())
        if findings or entry is None:
            unfinished = entry is not None and all(finding.problem is Problem.GAP for finding in findings)
            shown = _("This evidence card cannot be shown: %s")
            title = (_("This evidence card is not finished: %s") if unfinished else shown) % (key or _("no key"))
            node: nodes.Element = self.error_box(title, anchor, findings)
            node += [self.parse_section(text) for text in sections if text.text.strip()]
        else:
            parsed = [self.parse_section(text) for text in sections if text.text.strip()]
            study = make_study(raw, reading, entry, first_sentence(_summary(parsed)))
            lines = {field.name: self.location(field.name) for field in RELATIONS if getattr(study, field.attribute)}
            card = msgspec.structs.replace(card, study=study, relation_lines=lines)
            node = self._card(card, study, entry, parsed)
        self.domain.note_card(self.env.docname, card)
        self.set_source_info(node)
        self.state.document.note_explicit_target(node)
        if entry is not None:
            register_citation(self.env, anchor, self.lineno, key)
        return node

    def _card(self, card: CardRecord, study: Study, entry: Entry, parsed: Sequence[section_block]) -> nodes.Element:
        node: nodes.Element = evidence_card("", ids=[card.anchor], classes=["mecfs-card"], key=card.key)
        other_spellings = _aliases(entry, study)
        node["aliases"] = " ".join(other_spellings)
        title = card_title(study.title, study.title)
        title["translatable"] = title["support_smartquotes"] = False
        node += title
        node += make_view(
            CardView(card.key, card.anchor, self.env.docname, "head"), _searchable(entry, study, other_spellings)
        )
        self._check_grade(parsed)
        node += parsed
        node += make_view(CardView(card.key, card.anchor, self.env.docname, "foot"))
        return node

    def _check_grade(self, sections: Sequence[section_block]) -> None:
        """Report a summary that is harder to read than the project allows."""
        highest = self.config.mecfs_reading_grade
        if not highest:
            return
        # A library that only projects need which measure.
        from .readability import reading_grade  # noqa: PLC0415

        grade = reading_grade(_summary(sections))
        if grade > highest:
            message = f"the summary reads at grade {grade:.1f}; the highest is {highest:g}"
            self.report([Finding(Problem.READING_GRADE, message, "Summary")])


def _summary(sections: Sequence[section_block]) -> str:
    """Return the words of the Summary, which every sound card has."""
    section = next(section for section in sections if "mecfs-section-summary" in section["classes"])
    return " ".join(child.astext() for child in section.children[1:] if not isinstance(child, nodes.Invisible))


def _searchable(entry: Entry, study: Study, other_spellings: Sequence[str]) -> str:
    authors = author_list(entry, len(entry.authors) or 1)
    words = [
        authors,
        entry.journal,
        str(entry.year or ""),
        entry.doi,
        entry.pmid,
        str(_(study.pem_status.label)),
    ]
    words += [str(_(study.design.label)), study.intervention, *study.registration, *study.topics]
    words += other_spellings
    return ". ".join(word for word in words if word)


def _aliases(entry: Entry, study: Study) -> tuple[str, ...]:
    """Return the words of a study in the spelling in which they are typed, where that is another."""
    return aliases(f"{author_list(entry, len(entry.authors) or 1)} {entry.title} {entry.journal} {study.summary}")


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-card", EvidenceCard)
