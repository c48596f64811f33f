"""Read the raw options and sections of a claim or a question into values, and find what is wrong within it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from ..nearest import did_you_mean
from ..options import Raw, read_options
from ..problems import Finding, Problem
from ..vocabulary import ClaimKind, Direction
from .fields import CLAIM_BODY, CLAIM_FIELDS, DIRECTION_FIELDS, QUESTION_BODY, QUESTION_FIELDS
from .statistics import read_statistics

if TYPE_CHECKING:
    import datetime

    from ..fields import Body
    from .records import Statistic

_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]+[\"'”’)*_]*(?=\s+[\"'“‘(*_]*[A-Z0-9])")
_NOT_AN_END = re.compile(r"\b(?:e\.g|i\.e|vs?|et al|cf|approx|no|Dr|[A-Z])$")
_LONGEST_ABBREVIATION = len("approx")
_CAUSE = re.compile(
    r"\b(?:caus(?:es?|ed|ing)|leads? to|led to|leading to|results? in|resulted in|due to|because of|triggers?|triggered"
    r"|produces?|produced|brings? about|brought about|responsible for|induces?|induced)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?m)^[^\S\n]*[-*]\s+")


class Reading(msgspec.Struct, frozen=True):
    """What came of a claim or question: values by attribute of its record; faults that stop it; remarks that do not."""

    values: Mapping[str, Any]
    faults: tuple[Finding, ...]
    remarks: tuple[Finding, ...] = ()


def read_claim(raw: Raw, latest_day: datetime.date) -> Reading:
    """Validate a claim; it is sound when there are no faults."""
    values, findings = read_options(raw, CLAIM_FIELDS, latest_day)
    named = [key for field in DIRECTION_FIELDS for key in values.get(field.attribute, ())]
    statistics, statistic_findings = _statistics(raw.sections.get("statistics", ""), named)
    values |= {"statistics": statistics, "has_dissent": bool(raw.sections.get("dissent", "").strip())}
    faults = (*findings, *_repeated(values), *statistic_findings, *_missing_sections(raw, CLAIM_BODY))
    return Reading(values, faults, tuple(_claim_remarks(raw, values)))


def read_question(raw: Raw, latest_day: datetime.date) -> Reading:
    """Validate a question; it is sound when there are no faults."""
    values, findings = read_options(raw, QUESTION_FIELDS, latest_day)
    faults = (*findings, *_self_review(values), *_missing_sections(raw, QUESTION_BODY))
    answer = raw.sections.get("short answer", "")
    remarks: tuple[Finding, ...] = ()
    if sentence_count(answer) > 2:
        message = f"the short answer has {sentence_count(answer)} sentences; two are the most"
        remarks = (Finding(Problem.SHORT_ANSWER, message, "Short answer"),)
    return Reading(values, faults, remarks)


def sentence_count(text: str) -> int:
    """Return how many sentences a text has: ends of sentences before a capital or figure, and the last one."""
    squeezed = " ".join(text.split())
    if not squeezed:
        return 0
    ends = (match.start() for match in _SENTENCE_END.finditer(squeezed))
    before = (squeezed[max(0, end - _LONGEST_ABBREVIATION - 1) : end] for end in ends)
    return 1 + sum(not _NOT_AN_END.search(words) for words in before)


def _repeated(values: Mapping[str, Any]) -> Iterator[Finding]:
    directions = [(field.name, key) for field in DIRECTION_FIELDS for key in values.get(field.attribute, ())]
    counts = Counter(key for _name, key in directions)
    for key in (key for key, count in counts.items() if count > 1):
        names = [name for name, other in directions if other == key]
        message = f"study {key!r} is named under {' and '.join(map(repr, names))}; a claim names a study once"
        yield Finding(Problem.DIRECTION_REPEATED, message, names[-1])


def _statistics(text: str, named: list[str]) -> tuple[tuple[Statistic, ...], list[Finding]]:
    statistics: list[Statistic] = []
    findings: list[Finding] = []
    for item in (item.strip() for item in _ITEM.split(text) if item.strip()):
        study, colon, figures = item.partition(":")
        if not colon or study.strip() not in named or not figures.strip():
            hint = did_you_mean(study, named)
            message = f"figure {' '.join(item.split())!r} is not 'study: figures' of a study that the claim names{hint}"
            findings.append(Finding(Problem.STATISTIC_STUDY, message, "Statistics"))
            continue
        read, faults = read_statistics(study.strip(), figures)
        statistics += read
        findings += faults
    return tuple(statistics), findings


def _claim_remarks(raw: Raw, values: Mapping[str, Any]) -> Iterator[Finding]:
    counted = [direction for direction in Direction if direction is not Direction.CONTEXT]
    if not any(values.get(direction.value.replace("-", "_")) for direction in counted):
        yield Finding(Problem.CLAIM_NO_STUDY, f"claim {raw.key!r} names no study for, against or in between")
    if "certainty" not in values:
        yield Finding(Problem.CLAIM_CERTAINTY, f"claim {raw.key!r} has no certainty: high, moderate, low or very-low")
    cause = _CAUSE.search(raw.sections.get("claim", ""))
    if values.get("kind") is ClaimKind.ASSOCIATION and cause:
        message = f"{cause.group()!r} says that one thing brings about another, in a claim of kind 'association'"
        yield Finding(Problem.CLAIM_WORDING, message)


def _self_review(values: Mapping[str, Any]) -> Iterator[Finding]:
    writers = {name.casefold() for name in values.get("authors", ())}
    for name in values.get("reviewers", ()):
        if name.casefold() in writers:
            message = f"{name!r} wrote this page and cannot be its second reader"
            yield Finding(Problem.REVIEW_SELF, message, "reviewers")


def _missing_sections(raw: Raw, body: Body) -> Iterator[Finding]:
    for section in body.sections:
        if section.required and not raw.sections.get(section.label.lower(), "").strip():
            yield Finding(Problem.SECTION_MISSING, f"section {section.label!r} is required", section.label)
