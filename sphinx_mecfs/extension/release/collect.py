"""Gather a release from the environment: the records of the base, each with the page on which it stands."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec

from ...evidence.sections import first_sentence
from ...formats.release.model import (
    TO_ROOT,
    ClaimItem,
    DefinitionItem,
    QuestionItem,
    Release,
    StudyItem,
    last_day,
    latest,
)
from ..writing.view import scope_of
from .about import about_base
from .metadata import held_on, said_on
from .plain import with_names
from .texts import CardText, texts_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ...evidence.records import Study
    from ...formats.jsonld import Answer, Card
    from ..domain.catalogue import Catalogue, Place
    from ..domain.domain import MecfsDomain
    from .spool import Spool


def collect(env: BuildEnvironment, spool: Spool | None = None, *, with_texts: bool = True) -> Release:
    """Return the release of the base as it has been read, if asked for without the texts of cards.

    Where there is a spool, the texts are put aside in it, page by page.
    """
    domain = _domain(env)
    catalogue = domain.catalogue
    register = domain.base.register
    builder = cast("Builder", domain.builder)
    records = [(place, card) for _key, (place, card) in sorted(catalogue.cards.items())]
    claims = [(place, record.claim) for _key, (place, record) in sorted(catalogue.claims.items())]
    questions = [(place, record.question) for _key, (place, record) in sorted(catalogue.questions.items())]
    said = _said(env, (place for place, _card in records), spool) if with_texts else {}
    studies = tuple(
        _study(card.study, _page(builder, place), said.get(place)) for place, card in records if card.study is not None
    )
    cards, answers = _linked(env, studies) if with_texts else ((), ())
    return Release(
        about_base(env),
        definitions=tuple(
            DefinitionItem(one, _page(builder, catalogue.definitions.get(one.key)))
            for one in register.definitions.values()
        ),
        studies=studies,
        questions=tuple(QuestionItem(one, _page(builder, place)) for place, one in questions if one is not None),
        claims=tuple(ClaimItem(one, _page(builder, place)) for place, one in claims if one is not None),
        entries=domain.base.entries,
        pages=tuple(_pages(env, builder, catalogue)),
        cards=cards,
        answers=answers,
    )


def _linked(env: BuildEnvironment, studies: Iterable[StudyItem]) -> tuple[tuple[Card, ...], tuple[Answer, ...]]:
    """Return the cards and questions of all pages as linked data has them, in the order of pages."""
    scope = scope_of(env)
    summaries = {item.study.key: item.study.summary for item in studies}
    builder = cast("Builder", scope.domain.builder)
    ways = {docname: TO_ROOT + builder.get_target_uri(docname) for docname in sorted(env.found_docs)}
    pages = [said_on(scope, held_on(scope, docname), way) for docname, way in ways.items()]
    found = (card for cards, _answers in pages for card in cards)
    cards = (card._replace(summary=summaries.get(card.paper.entry.key, card.summary)) for card in found)
    return tuple(cards), tuple(answer for _cards, answers in pages for answer in answers)


class _Said(NamedTuple):
    """What a card says: its texts by name, and the first sentence of its Summary."""

    sections: Mapping[str, str]
    summary: str


def _said(env: BuildEnvironment, places: Iterable[Place], spool: Spool | None) -> Mapping[Place, _Said]:
    """Return what cards say, by place; each page is looked up once, however many cards it has."""
    held: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        held[place.docname].append(place)
    said: dict[Place, _Said] = {}
    for docname, there in held.items():
        texts = texts_of(env, docname)
        for place in there:
            sections = _sections(env, texts.get(place.anchor))
            summary = first_sentence(sections.get("summary", ""))
            said[place] = _Said(spool.put(sections) if spool else sections, summary)
    return said


def _study(study: Study, page: str, said: _Said | None) -> StudyItem:
    if said is None:
        return StudyItem(study, {}, page)
    # The record of a study knows the keys of studies that its Summary names, not what they are called.
    summary = said.summary or study.summary
    kept = study if summary == study.summary else msgspec.structs.replace(study, summary=summary)
    return StudyItem(kept, said.sections, page)


def _sections(env: BuildEnvironment, text: CardText | None) -> Mapping[str, str]:
    base = _domain(env).base
    return {name: with_names(section, base) for name, section in text.sections.items()} if text else {}


def _page(builder: Builder, place: Place | None) -> str:
    return f"{builder.get_target_uri(place.docname)}#{place.anchor}" if place and place.docname else ""


def _pages(env: BuildEnvironment, builder: Builder, catalogue: Catalogue) -> Iterator[tuple[str, datetime.date | None]]:
    """Yield the address of each page, with the last day that a card or question on it names."""
    days: dict[str, list[datetime.date | None]] = defaultdict(list)
    for place, card in catalogue.cards.values():
        study: Study | None = card.study
        days[place.docname].append(last_day(study) if study else None)
    for place, record in catalogue.questions.values():
        days[place.docname].append(record.question.updated if record.question else None)
    for docname in sorted(env.found_docs):
        yield builder.get_target_uri(docname), latest(days.get(docname, ()))


def _domain(env: BuildEnvironment) -> MecfsDomain:
    return cast("MecfsDomain", env.domains["mecfs"])
