"""Read the raw options of a directive into values, by what `fields` declares, and find all that is wrong at once.

Nothing here knows where an option stands in its file: a finding names its field, and the caller adds the line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from .common.retired import OPTIONS, Retired, migration
from .common.unseen import REPLACEMENT, has_unseen
from .fields import Field, Kind
from .identifiers import is_pmid, is_web_address, normalise_doi, parse_iso_date, registrations_in
from .nearest import did_you_mean
from .problems import Finding, Problem
from .records import KEY_PATTERN, Search

if TYPE_CHECKING:
    from .vocabulary import Term

_GAP = re.compile(r"\bTODO\b")
_KEY_RULE = "which is not lower-case words and numbers joined by single hyphens"


class Raw(msgspec.Struct, frozen=True):
    """A directive as it was written.

    `options` holds the text of each option, `repeated` the names of options given twice, `sections` the text of each
    section by its label in lower case.
    """

    key: str
    options: Mapping[str, str]
    sections: Mapping[str, str] = {}
    repeated: tuple[str, ...] = ()


def read_options(
    raw: Raw, fields: Sequence[Field], latest_day: datetime.date
) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the values by attribute, as far as they can be read, and every finding.

    `latest_day` is the latest date that is not in the future.
    """
    findings = [*check_key(raw.key), *check_options(raw, fields)]
    values: dict[str, Any] = {}
    for field in fields:
        text = raw.options.get(field.name, "").strip() or field.default
        outcome = (check_gap(field.name, text) or _PARSERS[field.kind](field, text)) if text else None
        if isinstance(outcome, Finding):
            findings.append(outcome)
        elif field.required and outcome in {None, ()}:
            findings.append(Finding(Problem.OPTION_MISSING, f"option {field.name!r} is required", field.name))
        elif outcome is not None:
            values[field.attribute] = outcome
    return values, (*findings, *_check_dates(values, fields, latest_day))


def check_key(key: str) -> Iterator[Finding]:
    """Yield what is wrong with a key."""
    if not re.fullmatch(KEY_PATTERN, key):
        yield Finding(Problem.KEY_FORMAT, f"the key is {key!r}, {_KEY_RULE}")


def check_gap(name: str, text: str) -> Finding | None:
    """Return the finding that an option or section is not filled yet: it holds the word TODO in capitals."""
    # Most texts do not hold the letters at all, which is found much faster than the word.
    if "TODO" not in text or not _GAP.search(text):
        return None
    return Finding(Problem.GAP, f"{name!r} is not filled in yet: it says TODO", name)


def check_options(raw: Raw, fields: Sequence[Field], retired: Sequence[Retired] = OPTIONS) -> Iterator[Finding]:
    """Yield options that are unknown, retired or given twice, and values with characters that cannot be seen."""
    names = [field.name for field in fields]
    for name in raw.options:
        if name not in names:
            message = migration(name, retired) or f"unknown option {name!r}{did_you_mean(name, names)}"
            yield Finding(Problem.OPTION_UNKNOWN, message, name)
    for name, text in raw.options.items():
        if has_unseen(text) or REPLACEMENT in text:
            message = f"option {name!r} holds a character that cannot be seen (control or text direction)"
            yield Finding(Problem.OPTION_CHARACTER, message, name)
    for name in raw.repeated:
        yield Finding(Problem.OPTION_REPEATED, f"option {name!r} is given twice", name)


def _check_dates(values: Mapping[str, Any], fields: Sequence[Field], latest_day: datetime.date) -> Iterator[Finding]:
    for field in fields:
        value = values.get(field.attribute)
        day = value.day if isinstance(value, Search) else value
        if isinstance(day, datetime.date) and day > latest_day:
            yield Finding(
                Problem.DATE_FUTURE,
                f"{field.name} is {day}, which is in the future by the clock of this machine",
                field.name,
            )


# ---- one option -----------------------------------------------------------------------------------------------------


def _text(_field: Field, text: str) -> str:
    return " ".join(text.split())


def _number(field: Field, text: str) -> int | Finding:
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    return Finding(Problem.NUMBER, f"{field.name} is {text!r}, which is not a whole number", field.name)


def read_term(field: Field, text: str) -> Term | Finding:
    """Return the term of a field's vocabulary that a text names, or what is wrong with it."""
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


def _search(field: Field, text: str) -> Search | Finding:
    match [" ".join(part.split()) for part in text.split(";")]:
        case [sources, terms, day] if sources and terms and (searched_on := parse_iso_date(day)):
            return Search(sources, terms, searched_on)
    message = f"{field.name} is {text!r}, which is not 'sources; terms; YYYY-MM-DD'"
    return Finding(Problem.DATE, message, field.name)


_PARSERS: Mapping[Kind, Callable[[Field, str], object]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.TERM: read_term,
    Kind.CRITERIA: _keys,
    Kind.KEYS: _keys,
    Kind.WORDS: _words,
    Kind.REGISTRATION: _registration,
    Kind.DATE: _date,
    Kind.NOTICE: _notice,
    Kind.SEARCH: _search,
}
