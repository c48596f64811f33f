"""The records of questions and claims: plain, immutable, small."""

from __future__ import annotations

import datetime

import msgspec

from ..records import Search
from ..vocabulary import Certainty, CertaintyDomain, ClaimKind, Direction


class Statistic(msgspec.Struct, frozen=True, omit_defaults=True):
    """A figure as a study reports it, word for word, and what could be read of it.

    `low` and `high` are the bounds of an interval that covers `level` per cent; `p` is a p value and `p_relation` the
    sign before it.
    """

    study: str
    text: str
    estimate: float | None = None
    level: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    p_relation: str = ""


class Claim(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement and the studies behind it.

    `text` is the statement without markup, `question` the key of the question that it belongs to. The other
    attributes are the options of the directive, `fields.CLAIM_FIELDS`, and `has_dissent` tells of its section.
    """

    key: str
    text: str
    kind: ClaimKind
    question: str = ""
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    no_difference: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    certainty: Certainty | None = None
    risk_of_bias: str = ""
    inconsistency: str = ""
    indirectness: str = ""
    imprecision: str = ""
    publication_bias: str = ""
    large_effect: str = ""
    dose_response: str = ""
    opposing_confounding: str = ""
    statistics: tuple[Statistic, ...] = ()
    has_dissent: bool = False

    @property
    def sources(self) -> tuple[tuple[Direction, str], ...]:
        """The key of each study with its direction, in the order of directions."""
        return tuple((direction, key) for direction in Direction for key in self.studies(direction))

    @property
    def reasons(self) -> tuple[tuple[CertaintyDomain, str], ...]:
        """The reasons for the certainty, by domain."""
        found = ((domain, str(getattr(self, domain.value.replace("-", "_")))) for domain in CertaintyDomain)
        return tuple((domain, reason) for domain, reason in found if reason)

    def studies(self, direction: Direction) -> tuple[str, ...]:
        """Return the keys of the studies of one direction."""
        keys: tuple[str, ...] = getattr(self, direction.value.replace("-", "_"))
        return keys


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question, its frame and how it was worked on.

    `title` is the question, `short_answer` the answer, both without markup, `claims` the keys of its claims in their
    order; `digest` is a hash of all that its page says, its claims included. The other attributes are the options of
    the directive, `fields.QUESTION_FIELDS`.
    """

    key: str
    title: str
    short_answer: str
    updated: datetime.date
    claims: tuple[str, ...] = ()
    population: str = ""
    intervention: str = ""
    comparator: str = ""
    outcomes: str = ""
    searched: Search | None = None
    authors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    digest: str = ""
