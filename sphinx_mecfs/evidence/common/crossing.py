"""What is wrong as only all records of a base together can tell: keys used twice, and keys that nothing has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fields import RELATIONS
from ..nearest import did_you_mean
from ..problems import Finding, Problem
from ..vocabulary import PemStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..questions.records import Claim
    from ..records import Study


def duplicate_card(key: str, docname: str) -> Finding:
    """Return what is said of a second card; `docname` is the document with the first."""
    return Finding(Problem.KEY_DUPLICATE, f"study {key!r} already has a card in {docname!r}")


def twin(what: str, key: str, docname: str) -> Finding:
    """Return what is said of a second claim or question with one key."""
    return Finding(Problem.KEY_DUPLICATE, f"{what} {key!r} already stands in {docname!r}")


def unknown_relations(study: Study, cards: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each study that a card relates to and that has no card."""
    for field in RELATIONS:
        for key in getattr(study, field.attribute):
            if key not in cards:
                message = f"{field.name} names study {key!r}, which has no card{did_you_mean(key, cards)}"
                yield Finding(Problem.STUDY_UNKNOWN, message, field.name)


def unknown_sources(claim: Claim, cards: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each study that a claim names and that has no card."""
    for direction, key in claim.sources:
        if key not in cards:
            message = f"{direction.value} names study {key!r}, which has no card{did_you_mean(key, cards)}"
            yield Finding(Problem.STUDY_UNKNOWN, message, direction.value)


def unknown_study(key: str, cards: Collection[str]) -> Finding:
    """Return what is said of a reference to a study without a card."""
    return Finding(Problem.STUDY_UNKNOWN, f"study {key!r} has no card{did_you_mean(key, cards)}")


def unknown_target(kind: str, target: str, known: Mapping[str, Collection[str]]) -> Finding | None:
    """Return what is said of a reference to a key that nothing has; None where something has it.

    `kind` is study, definition, claim, question or badge, `known` holds the keys of the first four. A badge is that
    of a status, a study or a definition.
    """
    if kind == "badge":
        if PemStatus.parse(target) or target in known["study"] or target in known["definition"]:
            return None
    elif target in known[kind]:
        return None
    return missing(kind, target, known)


def missing(kind: str, target: str, known: Mapping[str, Collection[str]]) -> Finding:
    """Return what is said of a key that nothing has."""
    match kind:
        case "badge":
            choices = [*PemStatus, *known["study"], *known["definition"]]
            message = f"badge {target!r} is neither a status, nor a study, nor a case definition"
            return Finding(Problem.BADGE_UNKNOWN, message + did_you_mean(target, choices))
        case "study":
            return unknown_study(target, known["study"])
        case "claim":
            hint = did_you_mean(target, known["claim"])
            return Finding(Problem.CLAIM_UNKNOWN, f"there is no claim {target!r}{hint}")
        case "question":
            hint = did_you_mean(target, known["question"])
            return Finding(Problem.QUESTION_UNKNOWN, f"there is no question {target!r}{hint}")
        case _:
            hint = did_you_mean(target, known["definition"])
            return Finding(Problem.DEFINITION_UNKNOWN, f"case definition {target!r} is not in the register{hint}")


def citation_place(keys: str) -> Finding:
    """Return what is said of a numbered citation that nothing numbers."""
    named = " ".join(keys.split()) or "nothing"
    message = f"numbered citation of {named} stands outside a question or claim; use 'cite:p' there"
    return Finding(Problem.CITATION_PLACE, message)
