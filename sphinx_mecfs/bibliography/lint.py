"""Find what is wrong with entries that were read: keys, types, missing fields, TeX, malformed values."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..evidence.identifiers import fold_doi, is_pmid
from ..evidence.nearest import nearest
from ..evidence.problems import Finding, Problem
from ..evidence.records import KEY_PATTERN
from .build import doi_of, pmcid_of, pmid_of, year_of
from .fields import FIELD_ORDER, RENAMED, REQUIRED, UNPRINTED, VERBATIM
from .names import split_names, top_level_commas
from .texts import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .records import Bibliography, Entry

_KEY = re.compile(KEY_PATTERN)
_KNOWN_FIELDS = frozenset(FIELD_ORDER) | UNPRINTED
_NO_PROSE = VERBATIM | UNPRINTED
_TEX_SIGN = re.compile(r"[\\$%]")
_BARE_SIGN = re.compile(r"(?<!\\)(?:\\\\)*([$%])")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.?)")
_GROUP = re.compile(
    r"(?:group|committee|collaboration|consortium|council|institute|investigators|network|society|association"
    r"|organi[sz]ation|foundation|college|academy|agency|ministry|department)s?",
    re.IGNORECASE,
)


def lint(bibliography: Bibliography) -> tuple[Finding, ...]:
    """Return everything wrong with the entries of one file, in the order of the file."""
    entries = bibliography.entries.values()
    findings = [finding for entry in entries for finding in lint_entry(entry)]
    findings += [finding for _, finding in repeated_identifiers(entries)]
    return tuple(sorted(findings, key=lambda finding: finding.line))


def lint_entry(entry: Entry) -> Iterator[Finding]:
    """Find what is wrong with one entry by itself."""
    fields = entry.fields
    yield from _check_key(entry)
    yield from _check_type(entry)
    yield from _check_required(entry, frozenset(name for name, text in fields if text))
    for name, text in fields:
        if name not in _KNOWN_FIELDS:
            yield from _check_name(entry, name)
        if name not in _NO_PROSE and _TEX_SIGN.search(text):
            yield from _check_tex(entry, name, text)
        if name in _VALUE_CHECKS:
            yield from _VALUE_CHECKS[name](entry, name, text)


def repeated_identifiers(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Finding]]:
    """Find entries whose DOI or PubMed id an earlier entry has already."""
    first: dict[tuple[str, str], str] = {}
    for entry in entries:
        for field, shown, value in (("doi", "DOI", fold_doi(entry.doi)), ("pmid", "PMID", entry.pmid)):
            owner = first.setdefault((field, value), entry.key) if value else entry.key
            if owner != entry.key:
                message = f"entry {entry.key!r}: it has the same {shown} as {owner!r}: {value}"
                yield entry, Finding(Problem.BIB_DUPLICATE_ID, message, field, entry.line_of(field))


def out_of_order(bibliography: Bibliography) -> tuple[Entry, ...]:
    """Return the entries that stand after one whose key sorts behind theirs; none of a sorted file."""
    found, highest = [], ""
    for entry in bibliography.entries.values():
        if entry.key < highest:
            found.append(entry)
        highest = max(highest, entry.key)
    return tuple(found)


def _finding(entry: Entry, field: str, what: str) -> Finding:
    return Finding(Problem.BIB_FIELD, f"entry {entry.key!r}: {what}", field, entry.line_of(field))


# ---- key, type, fields


def _check_key(entry: Entry) -> Iterator[Finding]:
    if _KEY.fullmatch(entry.key):
        return
    words = "-".join(re.findall(r"[a-z0-9]+", entry.key.lower()))
    hint = f"; write it {words!r}" if _KEY.fullmatch(words) else ""
    message = f"key {entry.key!r} is not lower-case words and numbers joined by single hyphens{hint}"
    yield Finding(Problem.BIB_KEY, message, line=entry.line)


def _check_type(entry: Entry) -> Iterator[Finding]:
    if entry.type not in REQUIRED:
        likely = nearest(entry.type, REQUIRED) or "misc"
        yield _finding(entry, "", f"there is no type {entry.type!r}; did you mean {likely!r}?")


def _check_required(entry: Entry, given: frozenset[str]) -> Iterator[Finding]:
    if not entry.complete:  # its last fields are not known
        return
    for choice in REQUIRED.get(entry.type, ("title",)):
        names = choice.split("|")
        if given.isdisjoint(names):
            message = f"entry {entry.key!r} has no {' or '.join(names)}, which {entry.type!r} needs"
            yield Finding(Problem.BIB_REQUIRED, message, names[0], entry.line)


def _check_name(entry: Entry, name: str) -> Iterator[Finding]:
    if name in RENAMED:
        yield _finding(entry, name, f"BibTeX ignores field {name!r}; use {RENAMED[name]!r}")
    elif name == "crossref":
        yield _finding(entry, name, "'crossref' is not followed; give the fields in this entry")
    elif likely := get_close_matches(name, FIELD_ORDER, n=1, cutoff=0.8):
        yield _finding(entry, name, f"there is no field {name!r}; did you mean {likely[0]!r}?")


# ---- texts


def _check_tex(entry: Entry, name: str, text: str) -> Iterator[Finding]:
    signs = {sign[1] for sign in _BARE_SIGN.finditer(text)}
    if "%" in signs:
        yield _finding(entry, name, f"field {name!r} holds a bare '%', which begins a comment; write '\\%'")
    if "$" in signs:
        yield _finding(entry, name, f"field {name!r} holds TeX maths; write the signs themselves (CO₂, β)")
    command = _COMMAND.search(plain(text))
    if command:
        what = f"field {name!r} holds the TeX command {command[0]!r}; write the signs themselves"
        yield _finding(entry, name, what)


def _check_names(entry: Entry, name: str, text: str) -> Iterator[Finding]:
    for one in split_names(text):
        shown = one[:60]
        if top_level_commas(one) > 2:
            yield _finding(entry, name, f"{shown!r} has too many commas; names are joined by 'and'")
        elif _looks_like_group(one):
            yield _finding(entry, name, f"{shown!r} looks like a group, which needs braces: {{{shown}}}")


def _looks_like_group(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and "," not in name and "{" not in name and any(map(_GROUP.fullmatch, words))


# ---- values


def _check_year(entry: Entry, name: str, text: str) -> Iterator[Finding]:
    if year_of(text) is None:
        yield _finding(entry, name, f"{text[:60]!r} is not a year in four digits")


def _check_doi(entry: Entry, name: str, text: str) -> Iterator[Finding]:
    if not doi_of(text):
        yield _finding(entry, name, f"{text[:60]!r} is not a DOI, such as 10.1186/1471-2377-9-28")


def _check_pmid(entry: Entry, name: str, text: str) -> Iterator[Finding]:
    if not pmid_of(text):
        yield _finding(entry, name, f"{text[:60]!r} is not a PubMed id, which is a number")


def _check_pmcid(entry: Entry, name: str, text: str) -> Iterator[Finding]:
    if not pmcid_of(text):
        hint = f"; did you mean 'PMC{text}'?" if is_pmid(text) else ", such as PMC3719933"
        yield _finding(entry, name, f"{text[:60]!r} is not a PubMed Central id{hint}")


_VALUE_CHECKS: Mapping[str, Callable[[Entry, str, str], Iterator[Finding]]] = {
    "author": _check_names,
    "editor": _check_names,
    "year": _check_year,
    "doi": _check_doi,
    "pmid": _check_pmid,
    "pmcid": _check_pmcid,
}
