"""The entry types and fields that BibTeX knows, and the fields of an entry as BibTeX text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .texts import to_tex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .records import Entry, Person

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "article": ("author", "title", "journal", "year"),
    "book": ("author|editor", "title", "publisher", "year"),
    "booklet": ("title",),
    "conference": ("author", "title", "booktitle", "year"),
    "dataset": ("author|editor|institution|organization", "title", "year"),
    "electronic": ("title", "url|doi|howpublished"),
    "inbook": ("author|editor", "title", "publisher", "year"),
    "incollection": ("author", "title", "booktitle", "publisher", "year"),
    "inproceedings": ("author", "title", "booktitle", "year"),
    "manual": ("title",),
    "mastersthesis": ("author", "title", "school|institution", "year"),
    "misc": ("title",),
    "online": ("title", "url|doi|howpublished"),
    "phdthesis": ("author", "title", "school|institution", "year"),
    "proceedings": ("title", "year"),
    "report": ("author|institution", "title", "year"),
    "software": ("title",),
    "techreport": ("author|institution", "title", "year"),
    "thesis": ("author", "title", "school|institution", "year"),
    "unpublished": ("author", "title", "note|howpublished"),
    "www": ("title", "url|doi|howpublished"),
}
"""What an entry of each type must have; `a|b` is one of the two.

The types are those of BibTeX (O. Patashnik, BibTeXing, 3.1), less strict for reports, with the types of
BibLaTeX for reports, theses, data, software and web pages.
"""

FIELD_ORDER = (
    "author", "editor", "title", "journal", "booktitle", "edition", "chapter", "series",
    "publisher", "institution", "school", "organization", "howpublished", "address", "type",
    "year", "month", "day", "volume", "number", "pages", "eid",
    "doi", "pmid", "pmcid", "url", "urldate", "isbn", "issn", "language", "note",
)  # fmt: skip
"""The fields that are known, in the order in which an entry is written."""

UNPRINTED = frozenset(
    {
        "abstract", "annote", "copyright", "eissn", "eprint", "eprinttype", "file", "key", "keyword",
        "keywords", "langid", "lccn", "owner", "shorttitle", "timestamp",
    }
)  # fmt: skip
"""Fields that are known and that no reference shows."""

VERBATIM = frozenset({"doi", "url", "file", "eprint"})
"""Fields that are addresses rather than prose: in them `%`, `~` and `_` mean themselves."""

RENAMED: Mapping[str, str] = {
    "date": "year",
    "journaltitle": "journal",
    "location": "address",
    "issue": "number",
    "pubmed": "pmid",
    "pubmedid": "pmid",
    "pmc": "pmcid",
    "eventtitle": "booktitle",
    "maintitle": "booktitle",
    "subtitle": "title",
    "annotation": "annote",
}
"""Fields of BibLaTeX, and common slips, that BibTeX ignores, with the field that it reads."""


_TEXT_ATTRIBUTES = (
    "title", "journal", "booktitle", "edition", "publisher", "institution", "volume", "number", "pages",
    "pmid", "pmcid", "language", "note",
)  # fmt: skip


def raw_fields(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return an entry's fields as BibTeX text: those that were read or, if none, made from its attributes."""
    return entry.fields or _written(entry)


def _written(entry: Entry) -> tuple[tuple[str, str], ...]:
    own = {
        "author": _names(entry.authors, others=entry.others),
        "editor": _names(entry.editors, others=entry.others and not entry.authors),
        "year": "" if entry.year is None else str(entry.year),
        "doi": entry.doi,
        "url": entry.url,
    }
    texts = {name: to_tex(getattr(entry, name)) for name in _TEXT_ATTRIBUTES}
    written = own | texts
    return tuple((name, written[name]) for name in FIELD_ORDER if written.get(name))


def _names(persons: tuple[Person, ...], *, others: bool) -> str:
    return " and ".join([*(_name(person) for person in persons), *(["others"] if others else [])])


def _name(person: Person) -> str:
    """Write a name so that it is read the same: "van der Meer, Jr, Jos", a group in braces."""
    if person.literal:
        return f"{{{to_tex(person.family)}}}"
    surname = f"{to_tex(person.prefix)} {_guarded(person.family)}".strip()
    if person.suffix:
        return f"{surname}, {_guarded(person.suffix, particles=False)}, {_guarded(person.given)}".rstrip()
    if person.given:
        return f"{surname}, {_guarded(person.given)}"
    return f"{surname}," if " " in surname else surname


_SEPARATOR = re.compile(r",|\sand\s", re.IGNORECASE)


def _guarded(name: str, *, particles: bool = True) -> str:
    """Put braces around what BibTeX would take apart: a comma, "and" in any case, a word with a small first letter."""
    text = to_tex(name)
    return f"{{{text}}}" if _SEPARATOR.search(text) or (particles and _has_particle(name)) else text


def _has_particle(name: str) -> bool:
    return any(word[0].islower() for word in name.split())
