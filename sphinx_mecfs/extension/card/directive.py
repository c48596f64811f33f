"""The directive `evidence-card`: from what an author wrote to a record and a card, or to a list of its faults."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
from sphinx.util.nodes import make_id

from ...bibliography.folding import aliases
from ...bibliography.reference import author_list, short_citation
from ...evidence.fields import CARD_BODY, RELATIONS
from ...evidence.nearest import did_you_mean
from ...evidence.problems import Finding, Problem
from ...evidence.records import Study
from ...evidence.sections import first_sentence
from ...evidence.validation import Reading, read_card
from ..domain.catalogue import CardRecord
from ..i18n import _
from ..reading.directive import EvidenceDirective, explained, latest_day_anywhere
from ..sources.citations import register_citation
from ..writing.view import make_view
from .nodes import card_title, evidence_card
from .view import CardView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

    from ...bibliography.records import Entry
    from ...evidence.options import Raw
    from ...evidence.sections import SectionText
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
            findings.append(self._not_in_bibliography(key))
        findings = explained(findings, CARD_BODY)
        self.report(findings)
        anchor = make_id(self.env, self.state.document, "", key)
        card = CardRecord(key, short_citation(entry) if entry else key, anchor, self.get_location())
        if findings or entry is None:
            title = _("This evidence card cannot be shown: %s") % (key or _("no key"))
            node: nodes.Element = self.error_box(title, anchor, findings)
            node += [self.parse_section(text) for text in sections if text.text.strip()]
        else:
            parsed = [self.parse_section(text) for text in sections if text.text.strip()]
            study = _study(raw, reading, entry, parsed)
            lines = {field.name: self.location(field.name) for field in RELATIONS if getattr(study, field.attribute)}
            card = msgspec.structs.replace(card, study=study, relation_lines=lines)
            node = self._card(card, study, entry, parsed)
        self.domain.note_card(self.env.docname, card)
        self.set_source_info(node)
        self.state.document.note_explicit_target(node)
        if entry is not None:
            register_citation(self.env, anchor, self.lineno, key)
        return node

    def _not_in_bibliography(self, key: str) -> Finding:
        hint = did_you_mean(key, self.domain.base.entries)
        return Finding(Problem.KEY_NOT_IN_BIB, f"key {key!r} has no entry in the bibliography{hint}")

    def _card(self, card: CardRecord, study: Study, entry: Entry, parsed: Sequence[section_block]) -> nodes.Element:
        node: nodes.Element = evidence_card("", ids=[card.anchor], classes=["mecfs-card"], key=card.key)
        node["aliases"] = " ".join(_aliases(entry, study))
        title = card_title(study.title, study.title)
        title["translatable"] = title["support_smartquotes"] = False
        node += title
        node += make_view(CardView(card.key, card.anchor, self.env.docname, "head"), _searchable(entry, study))
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
    return " ".join(child.astext() for child in section.children[1:])


def _study(raw: Raw, reading: Reading, entry: Entry, sections: Sequence[section_block]) -> Study:
    written = [raw.options, raw.sections, entry.digest]
    digest = hashlib.sha256(msgspec.json.encode(written, order="deterministic")).hexdigest()[:12]
    if reading.pem_status is None:
        raise ValueError(raw.key)
    return Study(
        key=raw.key,
        title=entry.title,
        label=short_citation(entry),
        year=entry.year,
        pem_status=reading.pem_status,
        digest=digest,
        summary=first_sentence(_summary(sections)),
        **reading.values,
    )


def _searchable(entry: Entry, study: Study) -> str:
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
    words += _aliases(entry, study)
    return ". ".join(word for word in words if word)


def _aliases(entry: Entry, study: Study) -> tuple[str, ...]:
    """Return the words of a study in the spelling in which they are typed, where that is another."""
    return aliases(f"{author_list(entry, len(entry.authors) or 1)} {entry.title} {entry.journal} {study.summary}")


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-card", EvidenceCard)
