"""What a claim, a question and its list of references show, in the words of `writing.blocks`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...bibliography.reference import format_reference
from ...evidence.fields import Kind, Place
from ...evidence.questions.fields import QUESTION_FIELDS
from ...evidence.questions.synthesis import Synthesis, pem_mix, synthesise
from ...evidence.vocabulary import Direction
from ...formats.coins import to_coins
from ..i18n import _
from ..language import day, labelled, listed, within
from ..writing.blocks import Block, Item, Line, Link, Numbered, Part, Parts, Row, Rows, Tag, joined
from ..writing.parts import reference_parts, study_parts
from ..writing.snapshot import Snapshot, address_of, settings_of, snapshot_lines
from .citations import reference_anchor
from .words import mix_sentence, people_sentence, sensitivity_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...evidence.questions.records import Claim, Question
    from ...evidence.records import Study
    from ..writing.view import Scope


class Numbering:
    """The numbers that a question or claim gives its studies, and where its list of references stands."""

    def __init__(self, numbers: Mapping[str, int], docname: str, anchor: str) -> None:
        self._numbers, self._docname, self._anchor = numbers, docname, anchor

    def link(self, key: str) -> Parts:
        """Return the number of a study in brackets, linked to its reference."""
        number = self._numbers.get(key)
        if number is None:
            return ()
        return (" ", Link(f"[{number}]", docname=self._docname, anchor=reference_anchor(self._anchor, number)))


# ---- a claim --------------------------------------------------------------------------------------------------------


def claim_head(claim: Claim) -> tuple[Block, ...]:
    """Return the labels above a claim: its certainty and its kind."""
    certainty = str(_(claim.certainty.label)) if claim.certainty else str(_("No certainty given"))
    return (Line("badges", (Tag(certainty), Tag(f"{_('Kind:')} {within(claim.kind)}"))),)


def claim_foot(claim: Claim, scope: Scope, numbering: Numbering) -> tuple[Block, ...]:
    """Return what stands below the text of a claim."""
    studies = _sources(claim, scope)
    synthesis = synthesise(studies, scope.catalogue.study)
    rows = [
        Row(f"{direction.symbol} {_(direction.label)}", _studies(claim, direction, scope, numbering))
        for direction in Direction
        if claim.studies(direction)
    ]
    if not rows:
        rows.append(Row(str(_("Studies")), (str(_("No study is named.")),)))
    rows += [*_computed(synthesis, scope), *_certainty(claim)]
    return (Rows(tuple(rows)),)


def _sources(claim: Claim, scope: Scope) -> list[tuple[Direction, Study]]:
    found = ((direction, scope.catalogue.study(key)) for direction, key in claim.sources)
    return [(direction, study) for direction, study in found if study is not None]


def _studies(claim: Claim, direction: Direction, scope: Scope, numbering: Numbering) -> Parts:
    return joined([_source(claim, key, scope, numbering) for key in claim.studies(direction)])


def _source(claim: Claim, key: str, scope: Scope, numbering: Numbering) -> Parts:
    name, *badge = study_parts(scope.catalogue, key)
    figures = [statistic.text for statistic in claim.statistics if statistic.study == key]
    return (name, *numbering.link(key), *badge, *([labelled("", listed(figures))] if figures else []))


def _computed(synthesis: Synthesis, scope: Scope) -> Iterator[Row]:
    yield Row(str(_("PEM in these studies")), (mix_sentence(synthesis.mix),))
    if synthesis.people:
        sentences = [people_sentence(direction, people) for direction, people in synthesis.people]
        yield Row(str(_("People")), (". ".join(sentences) + ".",))
    if synthesis.mix.total:
        label = _("If only studies that required PEM count")
        yield Row(str(label), (sensitivity_sentence(synthesis),))
    if synthesis.withdrawn:
        names = joined([study_parts(scope.catalogue, study.key) for study in synthesis.withdrawn])
        yield Row(str(_("Retracted or withdrawn, not counted")), names)
    if synthesis.marked:
        names = joined([_marked(study, scope) for study in synthesis.marked])
        yield Row(str(_("With a notice of the journal")), names)


def _marked(study: Study, scope: Scope) -> Parts:
    return (*study_parts(scope.catalogue, study.key), f" {within(study.status)}")


def _certainty(claim: Claim) -> Iterator[Row]:
    if claim.certainty is None:
        return
    parts: list[Part] = [f"{_(claim.certainty.label)}. {_(claim.certainty.doc)}"]
    parts += [f" {labelled(_(domain.label), reason.rstrip('.'))}." for domain, reason in claim.reasons]
    yield Row(str(_("Certainty (GRADE)")), tuple(parts))


# ---- a question -----------------------------------------------------------------------------------------------------


def question_overview(question: Question, scope: Scope) -> tuple[Block, ...]:
    """Return what the head of a question ends with: its dates, whether it was checked, the mix of its studies."""
    tags: list[Part] = []
    if question.searched:
        tags.append(Tag(f"{_('Searched')} {day(question.searched.day)}"))
    tags.append(Tag(f"{_('Updated')} {day(question.updated)}"))
    tags.append(Tag(str(_("Checked by a second reader")) if question.reviewers else str(_("No second reader yet"))))
    records = [scope.catalogue.claims[key][1].claim for key in question.claims if key in scope.catalogue.claims]
    sources = {study.key: study for claim in records if claim for study in _bearing(claim, scope)}
    meaning = _("PEM is post-exertional malaise, a worsening after effort.")
    rows = [Row(str(_("Studies behind the answer")), (f"{mix_sentence(pem_mix(sources.values()))} {meaning}",))]
    if not records:
        rows = [Row(str(_("Studies behind the answer")), (str(_("This page makes no claims yet.")),))]
    return (Line("badges", tuple(tags)), Rows(tuple(rows)))


def _bearing(claim: Claim, scope: Scope) -> Iterable[Study]:
    return (s for d, s in _sources(claim, scope) if d is not Direction.CONTEXT and s.status.stands)


def question_frame(question: Question, scope: Scope) -> tuple[Block, ...]:
    """Return the frame of a question: whom and what it is about, how it was worked on, and how to cite it."""
    rows = [
        Row(str(_(field.label)), (str(value),))
        for field in QUESTION_FIELDS
        if field.place is Place.FACTS and (value := getattr(question, field.attribute))
    ]
    search = question.searched
    searched = f"{search.sources}; {search.terms}; {day(search.day)}" if search else str(_("Not stated"))
    rows.append(Row(str(_("Searched")), (searched,)))
    rows.append(Row(str(_("Updated")), (day(question.updated),)))
    people = [field for field in QUESTION_FIELDS if field.kind is Kind.WORDS]
    rows += [
        Row(str(_(field.label)), (listed(getattr(question, field.attribute)) or str(_("Nobody yet")),))
        for field in people
    ]
    note = Line("note", (str(_("This page is not medical advice.")),))
    words = str(_("Report a problem with this answer"))
    return (Rows(tuple(rows)), note, *snapshot_lines(_snapshot(question, scope), settings_of(scope.env), words))


def _snapshot(question: Question, scope: Scope) -> Snapshot:
    found = scope.catalogue.questions.get(question.key)
    place = found[0] if found else None
    return Snapshot(
        key=question.key,
        name=f"{_('Question')} {question.key} ({question.title})",
        day=f"{_('Updated')} {question.updated.isoformat()}",
        digest=question.digest,
        register=scope.domain.base.register.version,
        address=address_of(scope, place.docname, place.anchor) if place and place.docname else "",
    )


# ---- references -----------------------------------------------------------------------------------------------------


def references(numbers: Mapping[str, int], anchor: str, scope: Scope) -> tuple[Block, ...]:
    """Return the numbered list of references, each with the way to its card."""
    items = [
        Item(reference_anchor(anchor, number), _reference(key, scope), _coins(key, scope))
        for key, number in numbers.items()
    ]
    return (Numbered(tuple(items)),) if items else ()


def _coins(key: str, scope: Scope) -> str:
    entry = scope.domain.base.entries.get(key)
    return to_coins(entry) if entry else ""


def _reference(key: str, scope: Scope) -> Parts:
    entry = scope.domain.base.entries.get(key)
    parts = reference_parts(format_reference(entry)) if entry else (key,)
    found = scope.catalogue.cards.get(key)
    if found is None:
        return (*parts, f" {_('No card.')}")
    place, card = found
    mark = scope.catalogue.mark(key)
    name = f"{_('Card')}{mark}"
    link: Part = Link(name, docname=place.docname, anchor=place.anchor) if place.docname else name
    return (*parts, " ", link, *((" ", card.study.pem_status) if card.study else ()))
