"""What a card shows, in which order: the banner, badges and byline above its sections, and all that follows them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from ...bibliography.reference import author_list, doi_address, format_reference, pubmed_address
from ...evidence.fields import CARD_FIELDS, FIELD_BY_NAME, RELATIONS, Field, Kind, Place
from ...evidence.identifiers import registrations_in
from ...evidence.records import UNDEFINED_CRITERIA, Study
from ...evidence.vocabulary import PemStatus, PublicationStatus
from ...formats.coins import to_coins
from ..domain.catalogue import Catalogue, Usage
from ..i18n import _
from ..language import counted, day, labelled, listed, quoted, said, within
from ..writing.blocks import Block, Code, Coins, Emphasis, Heading, Line, Link, Part, Parts, Row, Rows, Tag, joined
from ..writing.parts import notice_link, reference_parts, study_list
from ..writing.snapshot import Settings, Snapshot, snapshot_lines
from .exports import EXPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...bibliography.records import Entry
    from ...evidence.register import Register
    from ...evidence.vocabulary import Direction

BYLINE_AUTHORS = 6
"""How many authors a byline names before "et al."."""


class CardFacts(NamedTuple):
    """All that a card is made from, but for its sections."""

    study: Study
    entry: Entry
    register: Register
    catalogue: Catalogue
    titles: Mapping[str, str]
    settings: Settings
    address: str


def head_blocks(facts: CardFacts) -> tuple[Block, ...]:
    """Return what stands above the sections."""
    banner = _banner(facts.study)
    blocks: list[Block] = [
        Line("badges", tuple(_badges(facts.study))),
        # Nobody has to remember an abbreviation from another page.
        Line("note", (str(_("PEM is post-exertional malaise, a worsening after effort.")),)),
        Line("byline", tuple(_byline(facts.entry))),
    ]
    return tuple([banner, *blocks] if banner else blocks)


def foot_blocks(facts: CardFacts) -> tuple[Block, ...]:
    """Return what stands below the sections."""
    return (*_pem(facts), *_facts(facts), *_usage(facts), *_cite_study(facts), *_cite_card(facts))


# ---- above the sections ---------------------------------------------------------------------------------------------


def _banner(study: Study) -> Line | None:
    if study.status is PublicationStatus.CURRENT:
        return None
    says = f"{_(study.status.label)}. {_(study.status.doc)} {_('Notice:')} "
    return Line("banner", (says, notice_link(study.status_notice), "."))


def _badges(study: Study) -> Iterator[Part]:
    yield study.pem_status
    yield Tag(str(_(study.design.label)))
    if study.participants is None:
        yield Tag(str(_("Participants: not stated")))
    else:
        yield Tag(counted("%s participant", "%s participants", study.participants))
    yield Tag(f"{_('Read:')} {_(study.source_read.label)}")
    yield Tag(str(_("Checked by a second reader")) if study.reviewed_by else str(_("No second reader yet")))


def _byline(entry: Entry) -> Iterator[Part]:
    authors = author_list(entry, BYLINE_AUTHORS)
    yield authors if authors.endswith(".") or not authors else f"{authors}."
    if entry.journal:
        yield from (" ", Emphasis(entry.journal), ",")
    if entry.year is not None:
        yield f" {entry.year}"
    if entry.doi:
        yield from (". ", Link(f"doi:{entry.doi}", uri=doi_address(entry.doi)))
    if entry.pmid:
        yield from (". ", Link(f"PubMed {entry.pmid}", uri=pubmed_address(entry.pmid)))


# ---- PEM and facts --------------------------------------------------------------------------------------------------


def _pem(facts: CardFacts) -> Iterator[Block]:
    study, settings = facts.study, facts.settings
    rows = [Row(str(_("Status")), (study.pem_status, f" {_(study.pem_status.doc)}"))]
    rows.append(Row(str(_("Why")), tuple(_reason(study))))
    rows += [Row(str(_("Case definition")), _definition(facts, key)) for key in study.criteria if _is_named(key)]
    if study.criteria_rule is not None:
        rule = f"{_(study.criteria_rule.label)}. {_(study.criteria_rule.doc)}"
        rows.append(Row(str(_("Definitions combined")), (rule,)))
    meaning = str(_("The badge says who could take part. It is not a verdict on the study."))
    if settings.badge_page in facts.titles:
        meaning_parts: Parts = (
            f"{meaning} ",
            Link(str(_("What the badge means")), docname=settings.badge_page),
        )
    else:
        meaning_parts = (meaning,)
    rows.append(Row(str(_("Meaning")), meaning_parts))
    yield Heading(str(_("Was post-exertional malaise (PEM) required?")))
    yield Rows(tuple(rows))


def _is_named(key: str) -> bool:
    return key not in UNDEFINED_CRITERIA


def _reason(study: Study) -> Iterator[Part]:
    if study.pem is not None:
        yield f"{_('The protocol was stricter than the definition:')} {quoted(study.pem_quote)} ({study.pem_locator})."
    elif study.pem_status is PemStatus.NOT_REPORTED:
        yield str(_("What was read names no case definition, so nothing can be said."))
    elif study.pem_status is PemStatus.NOT_APPLICABLE:
        yield str(_("The work has no participants."))
    else:
        yield str(_("Computed from the case definition used."))


def _definition(facts: CardFacts, key: str) -> Parts:
    definition = facts.register[key]
    place = facts.catalogue.definitions.get(key)
    name: Part = Link(definition.title, docname=place.docname, anchor=place.anchor) if place else definition.title
    says = f"{said(definition.basis)}. {_('Confidence')} {_(definition.mark.label)}."
    alone = len(facts.study.criteria) == 1
    return (name, f". {says}") if alone else (name, " ", definition.pem, f" {says}")


def _facts(facts: CardFacts) -> Iterator[Block]:
    rows = [
        Row(str(_(field.label)), parts)
        for field in CARD_FIELDS
        if field.place is Place.FACTS and (parts := _value(field, getattr(facts.study, field.attribute)))
    ]
    people = [(name, getattr(facts.study, FIELD_BY_NAME[name].attribute)) for name in ("curated-by", "reviewed-by")]
    rows += [Row(_label(name), (listed(names),)) for name, names in people if names]
    population = facts.study.population
    rows.insert(0, Row(_label("population"), (str(_(population.label)),)))
    status = f"{_(facts.study.status.label)}. {_(facts.study.status.doc)}"
    checked = f"{_('Last checked')} {day(facts.study.status_checked)}."
    rows.append(Row(str(_("Corrections and retractions")), (f"{status} {checked}",)))
    yield Heading(str(_("Facts")))
    yield Rows(tuple(rows))


def _label(name: str) -> str:
    return str(_(FIELD_BY_NAME[name].label))


def _value(field: Field, value: object) -> Parts:
    if field.kind is Kind.REGISTRATION and isinstance(value, tuple):
        return joined([(registration_link(str(one)),) for one in value])
    if isinstance(value, tuple):
        return (listed(value),) if value else ()
    if isinstance(value, datetime.date):
        return (day(value),)
    return (str(value),) if value else ()


def registration_link(registration: str) -> Part:
    """Return a registration id, linked where its register has an address that is made from the id."""
    (found, *_more) = registrations_in(registration) or (None,)
    address = _REGISTER_ADDRESSES.get(found.registry) if found and found.id == registration else None
    return Link(registration, uri=address.format(registration)) if address else registration


_REGISTER_ADDRESSES = {
    "ClinicalTrials.gov": "https://clinicaltrials.gov/study/{}",
    "ISRCTN": "https://www.isrctn.com/{}",
}

# ---- use and citation -----------------------------------------------------------------------------------------------


def _usage(facts: CardFacts) -> Iterator[Block]:
    usage = facts.catalogue.usage.get(facts.study.key, Usage())
    rows = [
        Row(str(_(field.label)), study_list(facts.catalogue, keys))
        for field in RELATIONS
        if (keys := getattr(facts.study, field.attribute))
    ]
    rows += [Row(str(_(label)), study_list(facts.catalogue, keys)) for label, keys in usage.relations]
    rows += [_question_row(facts, question, uses) for question, uses in _by_question(facts, usage).items()]
    named_above = {facts.catalogue.claims[key][0].docname for _direction, key in usage.claims}
    documents = [docname for docname in usage.documents if docname not in named_above]
    if documents:
        pages: list[Parts] = [(Link(facts.titles.get(docname, docname), docname=docname),) for docname in documents]
        rows.append(Row(str(_("Pages that cite it")), joined(pages)))
    if rows:
        yield Heading(str(_("Where this study is used")))
        yield Rows(tuple(rows))


def _by_question(facts: CardFacts, usage: Usage) -> dict[str, list[tuple[Direction, str]]]:
    by_question: dict[str, list[tuple[Direction, str]]] = {}
    for direction, key in usage.claims:
        claim = facts.catalogue.claims[key][1].claim
        by_question.setdefault(claim.question if claim else "", []).append((direction, key))
    return by_question


def _question_row(facts: CardFacts, question: str, uses: list[tuple[Direction, str]]) -> Row:
    """Return where a study is used in a question: the question, then each claim with the direction of the study."""
    claims: list[Parts] = []
    for direction, key in uses:
        place, record = facts.catalogue.claims[key]
        words = quoted(record.label)
        link: Part = Link(words, docname=place.docname, anchor=place.anchor) if place.docname else words
        certainty = record.claim.certainty if record.claim else None
        after = f" ({within(certainty)})" if certainty else ""
        claims.append((f"{direction.symbol} {labelled(_(direction.label), '')}", link, after))
    found = facts.catalogue.questions.get(question)
    if found is None:
        return Row(str(_("Claims")), joined(claims))
    place = found[0]
    name: Part = Link(place.label, docname=place.docname, anchor=place.anchor) if place.docname else place.label
    return Row(str(_("Question")), (name, " ", *joined(claims)))


def _cite_study(facts: CardFacts) -> Iterator[Block]:
    entry = facts.entry
    yield Heading(str(_("Cite the study")))
    yield Line("reference", reference_parts(format_reference(entry)))
    yield Coins(to_coins(entry))
    for export in EXPORTS:
        file = export.file(facts.study.key)
        yield Code(export.label, export.write(entry), screen_only=not export.on_paper, file=file)


def _cite_card(facts: CardFacts) -> Iterator[Block]:
    study = facts.study
    snapshot = Snapshot(
        key=study.key,
        name=f"{_('Evidence card')} {study.key} ({study.label})",
        day=f"{_('Checked')} {study.status_checked.isoformat()}",
        digest=study.digest,
        register=facts.register.version,
        address=facts.address,
    )
    yield Heading(str(_("Cite this card")))
    yield from snapshot_lines(snapshot, facts.settings, str(_("Report a problem with this card")))
