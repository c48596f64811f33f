"""Choose, sort and count studies by their fields.

A filter is data: conditions of the form `field operator value`, parted by semicolons, all of which have to hold.
Nothing is evaluated. A filter that names something unknown selects nothing; it never selects all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from .fields import CARD_FIELDS, Field, Kind
from .identifiers import parse_iso_date
from .nearest import did_you_mean
from .problems import Finding, Problem
from .records import UNDEFINED_CRITERIA, Study
from .vocabulary import PemStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .register import Register

NONE = "none"
"""The value that stands for: nothing is stated."""

_PROTOCOL = ("pem", "pem-quote", "pem-locator")
_COMPUTED: tuple[tuple[Field, str], ...] = (
    (Field("study", "Study", Kind.KEYS, "The key of the study."), "key"),
    (Field("title", "Title", Kind.TEXT, "The title of the paper."), "title"),
    (Field("year", "Year", Kind.NUMBER, "The year of publication."), "year"),
    (Field("summary", "In a sentence", Kind.TEXT, "The first sentence of the card's Summary."), "summary"),
    (Field("pem", "PEM", Kind.TERM, "Whether PEM was required to take part.", PemStatus), "pem_status"),
)
QUERY_FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (*(f for f, _a in _COMPUTED), *CARD_FIELDS)
    if field not in CARD_FIELDS or field.name not in _PROTOCOL
}
_ATTRIBUTES = {field.name: attribute for field, attribute in _COMPUTED}

_CONDITION = re.compile(
    r"\s*(?P<field>[\w-]++)\s*(?P<operator>not\s+in\b|in\b|contains\b|<=|>=|!=|=|<|>)\s*(?P<values>.*)", re.DOTALL
)
_ORDERED = ("<", "<=", ">", ">=")
_OPERATORS: Mapping[Kind, tuple[str, ...]] = {
    Kind.NUMBER: ("=", "!=", *_ORDERED, "in", "not in"),
    Kind.DATE: ("=", "!=", *_ORDERED),
    Kind.TEXT: ("=", "!=", "contains"),
    Kind.NOTICE: ("=", "!=", "contains"),
}
_MEMBERSHIP = ("=", "!=", "in", "not in")


class Condition(msgspec.Struct, frozen=True):
    """One condition: a field, an operator and the values that an author wrote."""

    field: str
    operator: str
    values: tuple[str, ...]


def operators_of(field: Field) -> tuple[str, ...]:
    """Return the operators that a condition on a field may use."""
    return _OPERATORS.get(field.kind, _MEMBERSHIP)


def value_of(study: Study, name: str) -> Any:  # noqa: ANN401  (the fields of a study have many types)
    """Return the value of a field: None, an empty text or an empty tuple where nothing is stated."""
    return getattr(study, _ATTRIBUTES.get(name) or QUERY_FIELDS[name].attribute)


# ---- reading --------------------------------------------------------------------------------------------------------


def read_filter(text: str, register: Register) -> tuple[tuple[Condition, ...], tuple[Finding, ...]]:
    """Return the conditions of a filter, and what is wrong with it."""
    conditions: list[Condition] = []
    findings: list[Finding] = []
    for part in (part for part in text.split(";") if part.strip()):
        match = _CONDITION.fullmatch(part)
        if match is None:
            findings.append(_finding(f"condition {part.strip()!r} is not 'field operator value'"))
            continue
        operator = " ".join(match["operator"].split())
        listed = match["values"].split(",") if operator.endswith("in") else [match["values"]]
        values = tuple(value for one in listed if (value := " ".join(one.split())))
        condition = Condition(match["field"], operator, values)
        faults = _condition_faults(condition, register)
        findings += [_finding(message) for message in faults]
        conditions += [] if faults else [condition]
    return tuple(conditions), tuple(findings)


def read_fields(
    text: str, option: str, allowed: Collection[str], *, signed: bool = False
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Return the names of fields in a list parted by commas, if `signed` perhaps with a minus sign before them."""
    names = tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip())))
    unknown = [name for name in names if (name.removeprefix("-") if signed else name) not in allowed]
    findings = [
        Finding(Problem.QUERY, f"{option} names {name!r}, which is no field{did_you_mean(name, allowed)}", option)
        for name in unknown
    ]
    return tuple(name for name in names if name not in unknown), tuple(findings)


def _condition_faults(condition: Condition, register: Register) -> list[str]:
    field = QUERY_FIELDS.get(condition.field)
    if field is None:
        return [f"unknown field {condition.field!r}{did_you_mean(condition.field, QUERY_FIELDS)}"]
    operators = operators_of(field)
    if condition.operator not in operators:
        return [f"field {field.name!r} knows no {condition.operator!r}; it knows: {' '.join(operators)}"]
    if not condition.values:
        return [f"the condition on {field.name!r} has no value"]
    return [
        message for value in condition.values if value != NONE and (message := _value_fault(field, value, register))
    ]


def _value_fault(field: Field, value: str, register: Register) -> str:
    if field.kind is Kind.NUMBER and not re.fullmatch(r"[0-9]{1,9}", value):
        return f"{field.name} is compared with {value!r}, which is not a whole number"
    if field.kind is Kind.DATE and parse_iso_date(value) is None:
        return f"{field.name} is compared with {value!r}, which is not a date as YYYY-MM-DD"
    if field.vocabulary is not None and field.vocabulary.parse(value) is None:
        return f"unknown {field.name} {value!r}{did_you_mean(value, field.vocabulary)}"
    if field.kind is Kind.CRITERIA and value not in register and value not in UNDEFINED_CRITERIA:
        hint = did_you_mean(value, [*register.definitions, *UNDEFINED_CRITERIA])
        return f"criteria {value!r} is not in the register{hint}"
    return ""


def unknown_values(conditions: Iterable[Condition], studies: Sequence[Study]) -> list[Finding]:
    """Return a finding for each value of an open list (keys, topics, names) that no study of the base has."""
    findings = []
    for condition in conditions:
        field = QUERY_FIELDS[condition.field]
        if field.kind not in {Kind.KEYS, Kind.WORDS, Kind.REGISTRATION}:
            continue
        known = {str(one) for study in studies for one in _as_tuple(value_of(study, field.name))}
        for value in condition.values:
            if value not in known and value != NONE:
                message = f"no study of this base has the {field.name} {value!r}{did_you_mean(value, sorted(known))}"
                findings.append(_finding(message))
    return findings


def _finding(message: str) -> Finding:
    return Finding(Problem.QUERY, message, "filter")


# ---- selecting ------------------------------------------------------------------------------------------------------


def select(studies: Iterable[Study], conditions: Sequence[Condition]) -> list[Study]:
    """Return the studies for which all conditions hold."""
    return [study for study in studies if all(_holds(study, condition) for condition in conditions)]


def _holds(study: Study, condition: Condition) -> bool:
    value = value_of(study, condition.field)
    kind = QUERY_FIELDS[condition.field].kind
    held = {_comparable(kind, one) for one in _as_tuple(value)} or {NONE}
    wanted = [NONE if one == NONE else _comparable(kind, one) for one in condition.values]
    match condition.operator:
        case "=" | "in":
            return any(one in held for one in wanted)
        case "!=" | "not in":
            return not any(one in held for one in wanted)
        case "contains":
            return any(str(one) in str(own) for one in wanted for own in held - {NONE})
        case operator:
            return held != {NONE} and all(_compare(own, operator, wanted[0]) for own in held)


def _comparable(kind: Kind, value: object) -> Any:  # noqa: ANN401  (numbers, dates and texts are compared)
    if kind is Kind.NUMBER:
        return int(str(value))
    if kind is Kind.DATE:
        return str(value)
    return str(value).casefold() if kind in {Kind.TEXT, Kind.NOTICE} else str(value)


def _compare(own: Any, operator: str, other: Any) -> bool:  # noqa: ANN401
    if other == NONE:
        return False
    return bool({"<": own < other, "<=": own <= other, ">": own > other, ">=": own >= other}[operator])


def _as_tuple(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None or value == "" else (value,)


# ---- sorting and counting -------------------------------------------------------------------------------------------


def sort_studies(studies: Iterable[Study], names: Sequence[str]) -> list[Study]:
    """Return studies in order: by the fields named, "-" before a name turning it around, then by label and key.

    What is not stated comes last in either direction.
    """
    ordered = sorted(studies, key=lambda study: (study.label.casefold(), study.key))
    for name in reversed(names):
        field = name.removeprefix("-")
        stated = [study for study in ordered if _as_tuple(value_of(study, field))]
        unstated = [study for study in ordered if not _as_tuple(value_of(study, field))]
        ordered = sorted(stated, key=lambda study: _sort_key(study, field), reverse=name.startswith("-")) + unstated
    return ordered


def _sort_key(study: Study, name: str) -> Any:  # noqa: ANN401
    field, value = QUERY_FIELDS[name], value_of(study, name)
    if name == "study":
        return study.label.casefold()
    if field.vocabulary is not None:
        return list(field.vocabulary).index(value)
    return value if field.kind in {Kind.NUMBER, Kind.DATE} else [str(one).casefold() for one in _as_tuple(value)]


def count_by(studies: Iterable[Study], name: str) -> list[tuple[str, int]]:
    """Return how many studies have each value of a field in the order of its terms, last "" for none stated.

    A study with several values, such as topics, counts under each.
    """
    counts: dict[str, int] = {}
    for study in studies:
        for value in _as_tuple(value_of(study, name)) or ("",):
            counts[str(value)] = counts.get(str(value), 0) + 1
    field = QUERY_FIELDS[name]
    if field.vocabulary is not None:
        return [(value, counts[value]) for value in (*(term.value for term in field.vocabulary), "") if value in counts]
    in_order = int if field.kind is Kind.NUMBER else str.casefold
    stated = sorted((value for value in counts if value), key=in_order)
    return [(value, counts[value]) for value in (*stated, "") if value in counts]
