"""The directive `evidence-card`: from what an author wrote to a record and a card, or to a list of its faults."""

from __future__ import annotations

import datetime
import hashlib
from typing import TYPE_CHECKING, ClassVar, cast

import msgspec
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_id

from ...bibliography.reference import author_list, short_citation
from ...evidence.fields import RELATIONS, SECTION_BY_LABEL
from ...evidence.nearest import did_you_mean
from ...evidence.problems import Finding, Problem
from ...evidence.records import Study
from ...evidence.sections import SectionText, split_sections
from ...evidence.validation import RawCard, Reading, read_card
from ..domain.catalogue import CardRecord
from ..i18n import _
from ..report import report
from ..sources.citations import register_citation
from .nodes import card_facts, card_heading, card_section, card_title, evidence_card
from .source import line_in_block, read_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from ...bibliography.records import Entry
    from ..domain.domain import MecfsDomain


class EvidenceCard(SphinxDirective):
    """The structured card of one published study."""

    # The key is checked with the rest, so that a card without one becomes a card with a message. Options are read
    # from the source (see `source`), so that no markup's own reading gets to drop them.
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[None] = None

    def run(self) -> list[nodes.Node]:
        """Read the card, note it in the domain and return its node."""
        domain = cast("MecfsDomain", self.env.domains["mecfs"])
        # MyST counts from the first line below the directive, and a blank line there ends the head before it begins.
        in_content = self.content_offset == 0
        argument = self.arguments[0] if self.arguments else ""
        written = read_head(argument, self.content.data, head_in_content=in_content)
        sections, section_findings = split_sections(self.content.data, written.body_start)
        texts = {text.section.label.lower(): text.text for text in sections}
        raw = RawCard(written.key, written.options, texts, written.repeated)
        reading = read_card(raw, domain.base.register, latest_day_anywhere())
        findings = [*written.findings, *reading.findings, *section_findings]
        return [self._noted(domain, raw, reading, findings, sections)]

    def _noted(
        self,
        domain: MecfsDomain,
        raw: RawCard,
        reading: Reading,
        findings: list[Finding],
        sections: Sequence[SectionText],
    ) -> nodes.Element:
        key = raw.key
        entry = domain.base.entries.get(key)
        if entry is None and key:
            findings.append(self._not_in_bibliography(key, domain))
        findings = [_explained(finding) for finding in findings]
        for finding in findings:
            report(finding.problem, finding.message, self._location(finding.field))
        anchor = make_id(self.env, self.state.document, "", key)
        card = CardRecord(key, short_citation(entry) if entry else key, anchor, self.get_location())
        if findings or entry is None:
            node = self._error_card(key, anchor, findings, sections)
        else:
            study = _study(raw, reading, entry)
            lines = {field.name: self._location(field.name) for field in RELATIONS if getattr(study, field.attribute)}
            card = msgspec.structs.replace(card, study=study, relation_lines=lines)
            node = self._card(card, study, entry, sections)
        domain.note_card(self.env.docname, card)
        self.set_source_info(node)
        self.state.document.note_explicit_target(node)
        if entry is not None:
            register_citation(self.env, anchor, self.lineno, key)
        return node

    def _not_in_bibliography(self, key: str, domain: MecfsDomain) -> Finding:
        hint = did_you_mean(key, domain.base.entries)
        return Finding(Problem.KEY_NOT_IN_BIB, f"key {key!r} has no entry in the bibliography{hint}")

    def _location(self, field: str) -> str:
        source, line = self.get_source_info()
        offset = line_in_block(self.block_text, field) if field else 0
        return f"{source}:{(line or 0) + offset}"

    # ---- nodes ----------------------------------------------------------------------------------------------------

    def _card(self, card: CardRecord, study: Study, entry: Entry, sections: Sequence[SectionText]) -> nodes.Element:
        node: nodes.Element = evidence_card("", ids=[card.anchor], classes=["mecfs-card"], key=card.key)
        title = card_title(study.title, study.title)
        title["translatable"] = title["support_smartquotes"] = False
        node += title
        node += self._facts(card, "head", _searchable(entry, study))
        node += [self._section(text) for text in sections if text.text.strip()]
        node += self._facts(card, "foot", "")
        return node

    def _facts(self, card: CardRecord, part: str, text: str) -> card_facts:
        return card_facts(
            "",
            text,
            part=part,
            key=card.key,
            anchor=card.anchor,
            docname=self.env.docname,
            translatable=False,
            support_smartquotes=False,
        )

    def _section(self, text: SectionText) -> card_section:
        section = card_section("", classes=[f"mecfs-section-{text.section.name}"])
        section += card_heading("", str(_(text.section.label)))
        lines = StringList(list(text.lines), items=self.content.items[text.start : text.start + len(text.lines)])
        self.state.nested_parse(lines, self.content_offset + text.start, section)
        return section

    def _error_card(
        self, key: str, anchor: str, findings: Sequence[Finding], sections: Sequence[SectionText]
    ) -> nodes.Element:
        node = nodes.admonition("", ids=[anchor], classes=["error", "mecfs-error"])
        node += nodes.title("", _("This evidence card cannot be shown: %s") % (key or _("no key")))
        items = [nodes.list_item("", nodes.paragraph("", finding.message)) for finding in findings]
        node += nodes.bullet_list("", *items)
        node += [self._section(text) for text in sections if text.text.strip()]
        return node


def _explained(finding: Finding) -> Finding:
    if finding.problem is Problem.OPTION_UNKNOWN and finding.field.lower() in SECTION_BY_LABEL:
        message = f"{finding.field!r} is a section: leave a blank line between the options and the sections"
        return Finding(finding.problem, message, finding.field)
    return finding


def latest_day_anywhere() -> datetime.date:
    """Return the latest calendar day that it is now in any time zone: what an author may call today (UTC+14)."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=14))).date()


def _study(raw: RawCard, reading: Reading, entry: Entry) -> Study:
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
    return ". ".join(word for word in words if word)


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-card", EvidenceCard)
