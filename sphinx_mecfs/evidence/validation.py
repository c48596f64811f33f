"""Read the raw options and sections of a card into values, and find everything that is wrong with them at once.

Nothing here knows where an option stands in its file: a finding names its field, and the caller adds the line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from .fields import CARD_FIELDS, CARD_SECTIONS, FIELD_BY_NAME, RELATIONS, Field, Kind
from .identifiers import is_pmid, is_web_address, normalise_doi, parse_iso_date, registrations_in
from .nearest import did_you_mean
from .pem import combined_status, is_stricter, stated_status
from .problems import Finding, Problem
from .records import KEY_PATTERN, UNDEFINED_CRITERIA
from .vocabulary import Design, PemStatus, PublicationStatus

if TYPE_CHECKING:
    from .register import Register

_UNSEEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\u202a-\\u202e\\u2066-\\u2069]")

PROTOCOL_FIELDS = ("pem", "pem-quote", "pem-locator")
PROTOCOL_STATUSES = (PemStatus.REQUIRED, PemStatus.REQUIRED_BROAD)


class RawCard(msgspec.Struct, frozen=True):
    """A card as it was written.

    `options` holds the text of each option, `repeated` the names of options given twice, `sections` the text of each
    section by its label in lower case.
    """

    key: str
    options: Mapping[str, str]
    sections: Mapping[str, str]
    repeated: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """What came of a card: the values by attribute of `Study`, the computed status, and all findings."""

    values: Mapping[str, Any]
    pem_status: PemStatus | None
    findings: tuple[Finding, ...]


def read_card(raw: RawCard, register: Register, latest_day: datetime.date) -> Reading:
    """Validate a card.

    Takes the raw card, the register of definitions and the latest date that is not in the future. Returns the values
    that could be read with every finding; the card is sound when there are none.
    """
    findings = [*_check_key(raw.key), *_check_names(raw)]
    values: dict[str, Any] = {}
    for field in CARD_FIELDS:
        text = raw.options.get(field.name, "").strip() or field.default
        if text:
            outcome = _PARSERS[field.kind](field, text)
            if isinstance(outcome, Finding):
                findings.append(outcome)
            elif outcome == () and field.required:
                findings.append(Finding(Problem.OPTION_MISSING, f"option {field.name!r} is required", field.name))
            else:
                values[field.attribute] = outcome
        elif field.required:
            findings.append(Finding(Problem.OPTION_MISSING, f"option {field.name!r} is required", field.name))
    status, pem_findings = _pem(raw, values, register)
    findings += [
        *_check_dates(values, latest_day),
        *pem_findings,
        *_check_notice(raw, values),
        *_check_people(raw.key, values),
        *_check_sections(raw, values),
    ]
    return Reading(values, status, tuple(findings))


# ---- one option -----------------------------------------------------------------------------------------------------


def _text(_field: Field, text: str) -> str:
    return " ".join(text.split())


def _number(field: Field, text: str) -> int | Finding:
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    return Finding(Problem.NUMBER, f"{field.name} is {text!r}, which is not a whole number", field.name)


def _term(field: Field, text: str) -> str | Finding:
    if field.vocabulary is None:
        raise TypeError(field.name)
    term = field.vocabulary.parse(text)
    if term is None:
        hint = did_you_mean(text, field.vocabulary)
        return Finding(Problem.VOCABULARY, f"unknown {field.name} {text!r}{hint}", field.name)
    return term


def _words(_field: Field, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for part in text.split(",") if (word := " ".join(part.split()))))


def _keys(field: Field, text: str) -> tuple[str, ...] | Finding:
    keys = _words(field, text)
    for key in keys:
        if not re.fullmatch(KEY_PATTERN, key):
            return Finding(Problem.KEY_FORMAT, f"{field.name} names {key!r}, {_KEY_RULE}", field.name)
    return keys


def _registration(field: Field, text: str) -> tuple[str, ...] | Finding:
    ids = _words(field, text)
    for one in ids:
        if not registrations_in(one):
            message = f"registration {one!r} fits no known trial register (such as NCT00848692 or ISRCTN54285094)"
            return Finding(Problem.REGISTRATION, message, field.name)
    return ids


def _date(field: Field, text: str) -> datetime.date | Finding:
    day = parse_iso_date(text)
    if day is None:
        return Finding(Problem.DATE, f"{field.name} is {text!r}, which is not a date as YYYY-MM-DD", field.name)
    return day


def _notice(field: Field, text: str) -> str | Finding:
    doi = normalise_doi(text)
    pmid = text.removeprefix("PMID").lstrip(" :")
    if doi is not None:
        return f"doi:{doi}"
    if is_pmid(pmid):
        return f"pmid:{pmid}"
    if is_web_address(text):
        return text
    message = f"{field.name} is {text!r}, which is neither a DOI, nor a PMID, nor a web address"
    return Finding(Problem.IDENTIFIER, message, field.name)


_PARSERS: Mapping[Kind, Callable[[Field, str], object]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.TERM: _term,
    Kind.CRITERIA: _keys,
    Kind.KEYS: _keys,
    Kind.WORDS: _words,
    Kind.REGISTRATION: _registration,
    Kind.DATE: _date,
    Kind.NOTICE: _notice,
}

# ---- the card as a whole --------------------------------------------------------------------------------------------

_KEY_RULE = "which is not lower-case words and numbers joined by single hyphens"


def _check_key(key: str) -> Iterator[Finding]:
    if not re.fullmatch(KEY_PATTERN, key):
        yield Finding(Problem.KEY_FORMAT, f"the key is {key!r}, {_KEY_RULE}")


def _check_names(raw: RawCard) -> Iterator[Finding]:
    for name in raw.options:
        if name not in FIELD_BY_NAME:
            hint = did_you_mean(name, FIELD_BY_NAME)
            yield Finding(Problem.OPTION_UNKNOWN, f"unknown option {name!r}{hint}", name)
    for name, text in raw.options.items():
        if _UNSEEN.search(text):
            message = f"option {name!r} holds a character that cannot be seen (control or text direction)"
            yield Finding(Problem.OPTION_CHARACTER, message, name)
    for name in raw.repeated:
        yield Finding(Problem.OPTION_REPEATED, f"option {name!r} is given twice", name)


def _check_dates(values: Mapping[str, Any], latest_day: datetime.date) -> Iterator[Finding]:
    day = values.get("status_checked")
    if isinstance(day, datetime.date) and day > latest_day:
        yield Finding(Problem.DATE_FUTURE, f"status-checked is {day}, which is in the future", "status-checked")


def _pem(raw: RawCard, values: Mapping[str, Any], register: Register) -> tuple[PemStatus | None, list[Finding]]:
    criteria: tuple[str, ...] = values.get("criteria", ())
    findings = [*_check_criteria(criteria, register), *_check_rule(raw, values)]
    lacks_rule = len(criteria) > 1 and "criteria_rule" not in values
    if findings or not criteria or lacks_rule:
        return None, [*findings, *_check_protocol(raw, values, None)]
    computed = stated_status(criteria) or combined_status(
        [register[key].pem for key in criteria], values.get("criteria_rule")
    )
    findings = [*_check_protocol(raw, values, computed)]
    protocol: PemStatus | None = values.get("pem")
    return (computed if protocol is None else protocol), findings


def _check_criteria(criteria: tuple[str, ...], register: Register) -> Iterator[Finding]:
    for key in criteria:
        if key in UNDEFINED_CRITERIA and len(criteria) > 1:
            yield Finding(Problem.CRITERIA_RULE, f"criteria {key!r} stands alone, without other keys", "criteria")
        elif key not in UNDEFINED_CRITERIA and key not in register:
            hint = did_you_mean(key, [*register.definitions, *UNDEFINED_CRITERIA])
            message = f"criteria {key!r} is not in the register of case definitions{hint}"
            yield Finding(Problem.CRITERIA_UNKNOWN, message, "criteria")


def _check_rule(raw: RawCard, values: Mapping[str, Any]) -> Iterator[Finding]:
    several = len(values.get("criteria", ())) > 1
    given = bool(raw.options.get("criteria-rule", "").strip())
    if several and not given:
        message = "two or more criteria need 'criteria-rule': all, any or subset"
        yield Finding(Problem.CRITERIA_RULE, message, "criteria")
    elif given and not several and "criteria" in values:
        message = "'criteria-rule' is for two or more criteria"
        yield Finding(Problem.CRITERIA_RULE, message, "criteria-rule")


def _check_protocol(raw: RawCard, values: Mapping[str, Any], computed: PemStatus | None) -> Iterator[Finding]:
    given = [name for name in PROTOCOL_FIELDS if raw.options.get(name, "").strip()]
    if not given:
        return
    for name in PROTOCOL_FIELDS:
        if name not in given:
            message = f"{given[0]!r} is given without {name!r}: a stricter protocol needs its quote and its place"
            yield Finding(Problem.PEM_INCOMPLETE, message, given[0])
    protocol = values.get("pem")
    if protocol is None:
        return
    if protocol not in PROTOCOL_STATUSES or (computed is not None and not is_stricter(protocol, computed)):
        message = f"pem {protocol.value!r} is not stricter than the definition used"
        if computed is not None:
            message += f", from which {computed.value!r} follows; leave 'pem' out"
        yield Finding(Problem.PEM_NOT_STRICTER, message, "pem")


def _check_notice(raw: RawCard, values: Mapping[str, Any]) -> Iterator[Finding]:
    status = values.get("status")
    has_notice = bool(raw.options.get("status-notice", "").strip())
    if status is None:
        return
    if status is PublicationStatus.CURRENT and has_notice:
        message = "'status-notice' is given but the status is 'current'"
        yield Finding(Problem.STATUS_NOTICE, message, "status-notice")
    elif status is not PublicationStatus.CURRENT and not has_notice:
        message = f"status {status.value!r} needs 'status-notice': the DOI, PMID or address of the notice"
        yield Finding(Problem.STATUS_NOTICE, message, "status")


def _check_people(key: str, values: Mapping[str, Any]) -> Iterator[Finding]:
    writers = {name.casefold() for name in values.get("curated_by", ())}
    for name in values.get("reviewed_by", ()):
        if name.casefold() in writers:
            yield Finding(
                Problem.REVIEW_SELF,
                f"{name!r} wrote this card and cannot be its second reader",
                "reviewed-by",
            )
    for field in RELATIONS:
        if key in values.get(field.attribute, ()):
            yield Finding(Problem.RELATION_SELF, f"{field.name} names the study itself", field.name)


def _check_sections(raw: RawCard, values: Mapping[str, Any]) -> Iterator[Finding]:
    design = values.get("design")
    is_trial = isinstance(design, Design) and design.is_trial
    for section in CARD_SECTIONS:
        if raw.sections.get(section.label.lower(), "").strip():
            continue
        if section.required:
            yield Finding(Problem.SECTION_MISSING, f"section {section.label!r} is required", section.label)
        elif section.for_trials and is_trial:
            message = f"section {section.label!r} is required for a trial; 'Not reported' is an answer"
            yield Finding(Problem.SECTION_MISSING, message, section.label)
