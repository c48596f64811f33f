"""What the cards and questions of a page are to machines: gathered from the base as plain records for `formats`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ...bibliography.reference import doi_address, pubmed_address
from ...evidence.records import UNDEFINED_CRITERIA
from ...evidence.vocabulary import PublicationStatus
from ...formats import highwire, jsonld
from ...formats.release.describe import site_of
from ..i18n import _
from ..language import said, within
from ..question.views import References
from ..writing.parts import notice_link
from ..writing.snapshot import address_of
from .about import about_base

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator

    from ...bibliography.records import Entry
    from ...evidence.questions.records import Claim, Question
    from ...evidence.records import Definition, Study
    from ..writing.view import Scope


class HeldCard(NamedTuple):
    """A sound card of a page: its record, its entry, its anchor."""

    study: Study
    entry: Entry
    anchor: str


class HeldQuestion(NamedTuple):
    """A sound question of a page, and its anchor."""

    question: Question
    anchor: str


class Held(NamedTuple):
    """The sound cards and questions of a page."""

    docname: str
    cards: tuple[HeldCard, ...]
    questions: tuple[HeldQuestion, ...]

    @property
    def card(self) -> HeldCard | None:
        """The one card that the page is for, or None where it is for something else, or for several."""
        return self.cards[0] if len(self.cards) == 1 and not self.questions else None

    @property
    def question(self) -> HeldQuestion | None:
        """The one question that the page is for, or None."""
        return self.questions[0] if len(self.questions) == 1 else None


def held_on(scope: Scope, docname: str) -> Held:
    """Return the sound cards and questions of a page."""
    domain = scope.domain
    entries = domain.base.entries
    cards = tuple(
        HeldCard(card.study, entries[card.key], card.anchor)
        for card in domain.cards.get(docname, ())
        if card.study is not None and card.key in entries
    )
    noted = domain.data["questions"].get(docname, ())
    questions = tuple(HeldQuestion(r.question, r.anchor) for r in noted if r.question is not None)
    return Held(docname, cards, questions)


def title_of(scope: Scope, held: Held) -> str:
    """Return the title under which a page is known to machines: that of a card says that it is one, and of what."""
    title = scope.titles[held.docname]
    if held.card is None:
        return title
    study = held.card.study
    mark = f", {within(study.status)}" if study.status.needs_mark else ""
    return f"{_('Evidence card:')} {title} ({study.label}{mark})"


def description_of(held: Held) -> str:
    """Return what a page says in a sentence or two: of a card, what was found and its badge; "" for other pages."""
    if held.question is not None:
        return held.question.question.short_answer
    if held.card is None:
        return ""
    study = held.card.study
    warning = f"{_(study.status.label)}. " if study.status.needs_mark else ""
    return f"{warning}{study.summary} {_(study.pem_status.label)}."


def dates_of(held: Held) -> jsonld.Dates:
    """Return when the card or question of a page was added and last changed, as far as known."""
    if held.question is not None:
        return jsonld.Dates(modified=held.question.question.updated)
    return jsonld.Dates(held.card.study.added, held.card.study.updated) if held.card else jsonld.Dates()


# ---- the tags of the page


def highwire_page(scope: Scope, held: Held) -> highwire.Page | None:
    """Return what Highwire's tags say of a page; None for one that is not for one card or one question."""
    if held.question is not None:
        question, entries = held.question.question, scope.domain.base.entries
        cited = tuple(entries[key] for key in _cited(scope, held.docname) if key in entries)
        page = _blank(scope, held, question.updated)
        return page._replace(authors=question.authors, number=f"{question.key} {question.digest}", references=cited)
    if held.card is not None:
        study = held.card.study
        page = _blank(scope, held, study.updated or study.added or study.status_checked)
        return page._replace(
            authors=study.curated_by,
            number=f"{study.key} {study.digest}",
            keywords=_keywords(scope, study),
            references=(held.card.entry,),
        )
    return None


def _blank(scope: Scope, held: Held, day: datetime.date) -> highwire.Page:
    return highwire.Page(
        title=title_of(scope, held),
        institution=about_base(scope.env).title,
        day=day,
        language=about_base(scope.env).language,
        address=address_of(scope, held.docname),
    )


def _cited(scope: Scope, docname: str) -> Iterator[str]:
    """Yield the keys in the lists of references of a page, in their order."""
    for record in scope.domain.data["views"].get(docname, ()):
        if isinstance(record.view, References):
            yield from record.view.numbers


def _keywords(scope: Scope, study: Study) -> tuple[str, ...]:
    terms = (study.population, study.pem_status, study.design)
    titles = [definition.title for definition in _definitions(scope, study)]
    return (*(str(_(term.label)) for term in terms), *titles, *study.topics)


# ---- the graph


def graph(scope: Scope, held: Held) -> str:
    """Return the JSON-LD of a page."""
    return jsonld.to_jsonld(site_of(about_base(scope.env)), *said_on(scope, held))


def said_on(scope: Scope, held: Held, way: str = "") -> tuple[list[jsonld.Card], list[jsonld.Answer]]:
    """Return the cards and questions of a page as linked data has them.

    `way` leads to the page from where the data stand, which counts where the address of the website is not known.
    """
    address = partial(_address, scope, held.docname, way)
    cards = [_card(scope, held, card, address(card.anchor)) for card in held.cards]
    return cards, [_answer(scope, held.docname, question, address) for question in held.questions]


def _card(scope: Scope, held: Held, card: HeldCard, address: str) -> jsonld.Card:
    study = card.study
    alone = held.card is not None
    return jsonld.Card(
        paper=_paper(card.entry, study),
        title=title_of(scope, held) if alone else f"{_('Evidence card:')} {study.title}",
        summary=study.summary,
        authors=study.curated_by,
        reviewers=study.reviewed_by,
        dates=jsonld.Dates(study.added, study.updated),
        keywords=_keywords(scope, study),
        terms=tuple(_terms(scope, study)),
        address=address,
        is_page=alone,
    )


def _paper(entry: Entry, study: Study) -> jsonld.Paper:
    if study.status is PublicationStatus.CURRENT:
        return jsonld.Paper(entry, study.design)
    return jsonld.Paper(entry, study.design, str(_(study.status.label)), notice_link(study.status_notice).uri)


def _terms(scope: Scope, study: Study) -> Iterator[jsonld.Term]:
    status = study.pem_status
    vocabulary = str(_("Whether post-exertional malaise (PEM) was required of participants"))
    yield jsonld.Term(str(_(status.label)), status.value, str(_(status.doc)), vocabulary)
    for definition in _definitions(scope, study):
        source = doi_address(definition.doi) if definition.doi else ""
        source = source or (pubmed_address(definition.pmid) if definition.pmid else "")
        yield jsonld.Term(definition.title, definition.key, said(definition.basis), str(_("Case definitions")), source)


def _definitions(scope: Scope, study: Study) -> list[Definition]:
    register = scope.domain.base.register
    return [register[key] for key in study.criteria if key not in UNDEFINED_CRITERIA and key in register]


def _answer(scope: Scope, docname: str, held: HeldQuestion, address: Callable[[str], str]) -> jsonld.Answer:
    question = held.question
    return jsonld.Answer(
        title=question.title,
        text=question.short_answer,
        authors=question.authors,
        reviewers=question.reviewers,
        dates=jsonld.Dates(modified=question.updated),
        address=address(held.anchor),
        statements=tuple(_statements(scope, docname, question, address)),
    )


def _statements(
    scope: Scope, docname: str, question: Question, address: Callable[[str], str]
) -> Iterator[jsonld.Statement]:
    for record in scope.domain.data["claims"].get(docname, ()):
        claim: Claim | None = record.claim
        if claim is not None and claim.key in question.claims:
            yield jsonld.Statement(
                text=claim.text,
                certainty=_certainty(claim),
                address=address(record.anchor),
                papers=tuple(_papers(scope, claim)),
            )


def _certainty(claim: Claim) -> str:
    if claim.certainty is None:
        return str(_("No certainty given"))
    return f"{_(claim.certainty.label)}. {_(claim.certainty.doc)}"


def _papers(scope: Scope, claim: Claim) -> Iterator[jsonld.Paper]:
    """Yield the papers behind a claim with what the page says of them: not all that their cards do."""
    entries = scope.domain.base.entries
    for _direction, key in claim.sources:
        study = scope.catalogue.study(key)
        if key in entries:
            marked = study is not None and study.status.needs_mark
            yield jsonld.Paper(entries[key], status=str(_(study.status.label)) if study and marked else "")


def _address(scope: Scope, docname: str, way: str, anchor: str) -> str:
    """Return the address of a thing; where that of the website is not known, its anchor after the way to its page."""
    return address_of(scope, docname, anchor) or f"{way}#{anchor}"
