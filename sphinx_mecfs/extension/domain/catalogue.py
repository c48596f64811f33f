"""The whole base at a glance: which card, claim or question stands where, and what points at what.

The environment stores them by document, so that a document can be dropped or merged by itself. A `Catalogue` turns
that around once, after reading, for everything that looks a key up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

import msgspec

from ...evidence.fields import RELATIONS
from ...evidence.questions.records import Claim, Question
from ...evidence.records import Study
from ..i18n import _
from ..language import within

if TYPE_CHECKING:
    from ...evidence.vocabulary import Certainty, Direction, PublicationStatus

Kind = Literal["study", "definition", "badge", "claim", "question"]
"""What a page shows of a key: the name of the thing, or the badge of a study or definition."""


class CardRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A card as the environment stores it.

    `study` is None for a wrong card, which can be referred to all the same. `location` is its file and line,
    `relation_lines` the lines of its options that name other studies.
    """

    key: str
    label: str
    anchor: str
    location: str
    study: Study | None = None
    relation_lines: Mapping[str, str] = {}


class ClaimRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A claim as the environment stores it; `claim` is None for a wrong one, `label` what a reference says."""

    key: str
    label: str
    anchor: str
    location: str
    claim: Claim | None = None


class QuestionRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question as the environment stores it; `question` is None for a wrong one, `label` is its title."""

    key: str
    label: str
    anchor: str
    location: str
    question: Question | None = None


class ViewRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A view as the environment stores it, with the file and line of each option that may be wrong, and of all ("")."""

    view: msgspec.Struct
    lines: Mapping[str, str] = {}


class Noted(NamedTuple):
    """What the environment stores, by document; of definitions, the anchor and label by key."""

    cards: Mapping[str, Sequence[CardRecord]]
    definitions: Mapping[str, Mapping[str, tuple[str, str]]]
    claims: Mapping[str, Sequence[ClaimRecord]]
    questions: Mapping[str, Sequence[QuestionRecord]]


class Place(NamedTuple):
    """Where a thing stands and what a reference to it says."""

    docname: str
    anchor: str
    label: str


class Usage(NamedTuple):
    """What points at a study.

    Pages that cite it, other studies by the label of their relation to it, and claims with the direction it has there.
    """

    documents: tuple[str, ...] = ()
    relations: tuple[tuple[str, tuple[str, ...]], ...] = ()
    claims: tuple[tuple[Direction, str], ...] = ()


class Catalogue(NamedTuple):
    """Everything by key; of several with one key, the first by document name.

    `usage` says what points at a study, `users` which studies used a definition.
    """

    cards: Mapping[str, tuple[Place, CardRecord]]
    definitions: Mapping[str, Place]
    claims: Mapping[str, tuple[Place, ClaimRecord]]
    questions: Mapping[str, tuple[Place, QuestionRecord]]
    usage: Mapping[str, Usage]
    users: Mapping[str, tuple[str, ...]]

    @property
    def holds_entries(self) -> bool:
        """Whether there is any card, claim or question."""
        return any((self.cards, self.claims, self.questions))

    def study(self, key: str) -> Study | None:
        """Return the record of a sound card, or None."""
        found = self.cards.get(key)
        return found[1].study if found else None

    def studies(self, keys: Iterable[str]) -> list[Study]:
        """Return the records of those studies that have a sound card."""
        return [study for key in keys if (study := self.study(key)) is not None]

    def within(self, documents: AbstractSet[str]) -> Catalogue:
        """Return what of the catalogue stands in these documents; what stands elsewhere keeps its record, no place."""

        def located(place: Place) -> Place:
            return place if place.docname in documents else place._replace(docname="")

        cards = {key: (located(place), card) for key, (place, card) in self.cards.items()}
        claims = {key: (located(place), claim) for key, (place, claim) in self.claims.items()}
        questions = {key: (located(place), question) for key, (place, question) in self.questions.items()}
        definitions = {key: place for key, place in self.definitions.items() if place.docname in documents}
        usage = {
            key: used._replace(documents=tuple(docname for docname in used.documents if docname in documents))
            for key, used in self.usage.items()
        }
        return Catalogue(cards, definitions, claims, questions, usage, self.users)

    def mark(self, key: str) -> str:
        """Return what has to follow the name of a study whose paper was retracted or questioned: " (retracted)"."""
        study = self.study(key)
        return status_mark(study.status) if study else ""


def status_mark(status: PublicationStatus) -> str:
    """Return what has to follow the name of a study whose paper has this status: " (retracted)", or nothing."""
    return f" ({within(status)})" if status.needs_mark else ""


def certainty_words(certainty: Certainty | None) -> str:
    """Return how certain a claim is, in words that follow it."""
    return within(certainty) if certainty else str(_("no certainty"))


def build_catalogue(noted: Noted, pointers: Iterable[tuple[str, Iterable[str]]]) -> Catalogue:
    """Build the catalogue; `pointers` are pairs of a document and the study keys that it points at."""
    cards, claims, questions = _placed(noted.cards), _placed(noted.claims), _placed(noted.questions)
    definitions: dict[str, Place] = {}
    for docname in sorted(noted.definitions):
        for key, (anchor, label) in noted.definitions[docname].items():
            definitions.setdefault(key, Place(docname, anchor, label))
    records = [claim for _place, claim in claims.values()]
    return Catalogue(cards, definitions, claims, questions, _usage(cards, records, pointers), _users(cards))


_Record = TypeVar("_Record", CardRecord, ClaimRecord, QuestionRecord)


def _placed(by_document: Mapping[str, Sequence[_Record]]) -> dict[str, tuple[Place, _Record]]:
    placed: dict[str, tuple[Place, _Record]] = {}
    for docname in sorted(by_document):
        for record in by_document[docname]:
            placed.setdefault(record.key, (Place(docname, record.anchor, record.label), record))
    return placed


def _users(placed: Mapping[str, tuple[Place, CardRecord]]) -> dict[str, tuple[str, ...]]:
    users: dict[str, list[str]] = defaultdict(list)
    for key in sorted(placed):
        study = placed[key][1].study
        for criterion in study.criteria if study else ():
            users[criterion].append(key)
    return {criterion: tuple(keys) for criterion, keys in users.items()}


def _usage(
    placed: Mapping[str, tuple[Place, CardRecord]],
    claims: Iterable[ClaimRecord],
    pointers: Iterable[tuple[str, Iterable[str]]],
) -> dict[str, Usage]:
    documents: dict[str, set[str]] = defaultdict(set)
    for docname, keys in pointers:
        for key in keys:
            if key in placed and placed[key][0].docname != docname:
                documents[key].add(docname)
    used: dict[str, list[tuple[Direction, str]]] = defaultdict(list)
    for record in claims:
        for direction, key in record.claim.sources if record.claim else ():
            used[key].append((direction, record.key))
    related = _related(placed)
    return {
        key: Usage(tuple(sorted(documents.get(key, ()))), related.get(key, ()), tuple(used.get(key, ())))
        for key in documents.keys() | related.keys() | used.keys()
    }


def _related(placed: Mapping[str, tuple[Place, CardRecord]]) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return, for each study, the keys of those that name it, by the label of the relation seen from there."""
    related: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for key in sorted(placed):
        study = placed[key][1].study
        for field in RELATIONS:
            for other in getattr(study, field.attribute) if study else ():
                related[other].setdefault(field.back, []).append(key)
    return {
        key: tuple((field.back, tuple(by_label[field.back])) for field in RELATIONS if field.back in by_label)
        for key, by_label in related.items()
    }
