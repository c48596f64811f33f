"""Read the raw options and sections of a card into values, and find everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from .fields import CARD_BODY, CARD_FIELDS, RELATIONS
from .nearest import did_you_mean
from .options import Raw, check_gap, read_options
from .pem import combined_status, is_stricter, stated_status
from .problems import Finding, Problem
from .records import UNDEFINED_CRITERIA
from .vocabulary import Design, PemStatus, PublicationStatus

if TYPE_CHECKING:
    import datetime

    from .register import Register

PROTOCOL_FIELDS = ("pem", "pem-quote", "pem-locator")
PROTOCOL_STATUSES = (PemStatus.REQUIRED, PemStatus.REQUIRED_BROAD)


class Reading(msgspec.Struct, frozen=True):
    """What came of a card: the values by attribute of `Study`, the computed status, and all findings."""

    values: Mapping[str, Any]
    pem_status: PemStatus | None
    findings: tuple[Finding, ...]


def read_card(raw: Raw, register: Register, latest_day: datetime.date) -> Reading:
    """Validate a card.

    Takes the raw card, the register of definitions and the latest date that is not in the future. Returns the values
    that could be read with every finding; the card is sound when there are none.
    """
    values, option_findings = read_options(raw, CARD_FIELDS, latest_day)
    status, pem_findings = _pem(raw, values, register)
    findings = [
        *option_findings,
        *pem_findings,
        *_check_population(values, register),
        *_check_notice(raw, values),
        *_check_people(raw.key, values),
        *_check_sections(raw, values),
    ]
    return Reading({"population": register.words.population, **values}, status, tuple(findings))


def _pem(raw: Raw, values: Mapping[str, Any], register: Register) -> tuple[PemStatus | None, list[Finding]]:
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


def _check_population(values: Mapping[str, Any], register: Register) -> Iterator[Finding]:
    accepted = register.words.accepted
    population = values.get("population")
    if population is not None and population not in accepted:
        message = f"population {str(population)!r} is not in the register{did_you_mean(population, accepted)}"
        yield Finding(Problem.VOCABULARY, message, "population")


def _check_rule(raw: Raw, values: Mapping[str, Any]) -> Iterator[Finding]:
    several = len(values.get("criteria", ())) > 1
    given = bool(raw.options.get("criteria-rule", "").strip())
    if several and not given:
        message = "two or more criteria need 'criteria-rule': all, any or subset"
        yield Finding(Problem.CRITERIA_RULE, message, "criteria")
    elif given and not several and "criteria" in values:
        message = "'criteria-rule' is for two or more criteria"
        yield Finding(Problem.CRITERIA_RULE, message, "criteria-rule")


def _check_protocol(raw: Raw, values: Mapping[str, Any], computed: PemStatus | None) -> Iterator[Finding]:
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


def _check_notice(raw: Raw, values: Mapping[str, Any]) -> Iterator[Finding]:
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


def _check_sections(raw: Raw, values: Mapping[str, Any]) -> Iterator[Finding]:
    design = values.get("design")
    is_trial = isinstance(design, Design) and design.is_trial
    for section in CARD_BODY.sections:
        text = raw.sections.get(section.label.lower(), "").strip()
        if text:
            gap = check_gap(section.label, text)
            yield from [gap] if gap else []
            continue
        if section.required:
            yield Finding(Problem.SECTION_MISSING, f"section {section.label!r} is required", section.label)
        elif section.for_trials and is_trial:
            message = f"section {section.label!r} is required for a trial; 'Not reported' is an answer"
            yield Finding(Problem.SECTION_MISSING, message, section.label)
