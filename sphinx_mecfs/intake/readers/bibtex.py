"""Read BibTeX, and the fields of BibLaTeX that reference managers write, through the reader of the bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ...bibliography.build import build_entry
from ...bibliography.fields import RENAMED, REQUIRED
from ...bibliography.reader import read_bibliography
from ...evidence.problems import Problem
from ..records import Publication, Reading
from ..texts import clean, month_in, pages_of, year_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...bibliography.records import Entry, Person

_LOST = frozenset({Problem.BIB_DUPLICATE_KEY})
_TYPES: Mapping[str, str] = {
    "collection": "book", "mvbook": "book", "mvcollection": "book", "reference": "book", "periodical": "misc",
    "inreference": "incollection", "suppbook": "inbook", "conference": "inproceedings", "mastersthesis": "thesis",
    "phdthesis": "thesis", "techreport": "report", "electronic": "online", "www": "online",
}  # fmt: skip


def read_bibtex(data: bytes) -> Reading:
    """Read a BibTeX file; of entries with one key the first is read, and a finding names the others."""
    bibliography = read_bibliography(data)
    publications = tuple(_publication(_renamed(entry)) for entry in bibliography.entries.values())
    lost = sum(finding.problem in _LOST for finding in bibliography.findings)
    return Reading("BibTeX", len(publications) + lost, publications, bibliography.findings)


def _renamed(entry: Entry) -> Entry:
    """Return an entry whose fields of BibLaTeX have the names that BibTeX reads."""
    fields = dict(entry.fields)
    changed = {RENAMED[name]: text for name, text in fields.items() if name in RENAMED and RENAMED[name] not in fields}
    if not changed:
        return entry
    made = build_entry(entry.key, entry.type, tuple({**fields, **changed}.items()))
    return msgspec.structs.replace(made, line=entry.line)


def _publication(entry: Entry) -> Publication:
    kind = _TYPES.get(entry.type, entry.type)
    date = entry.text("date") or entry.text("year")
    return Publication(
        type=kind if kind in REQUIRED else "misc",
        title=clean(entry.title),
        authors=tuple(map(_cleaned, entry.authors)),
        others=entry.others,
        editors=tuple(map(_cleaned, entry.editors)),
        container=clean(entry.journal or entry.booktitle),
        year=entry.year or year_in(date),
        month=month_in(entry.text("month")) or month_in(date),
        volume=clean(entry.volume),
        issue=clean(entry.number),
        pages=pages_of(entry.pages or entry.text("eid")),
        edition=clean(entry.edition),
        doi=entry.doi,
        pmid=entry.pmid,
        pmcid=entry.pmcid,
        url=entry.url,
        publisher=clean(entry.publisher or entry.institution),
        language=clean(entry.language),
        line=entry.line,
    )


def _cleaned(person: Person) -> Person:
    return msgspec.structs.replace(
        person,
        family=clean(person.family),
        given=clean(person.given),
        prefix=clean(person.prefix),
        suffix=clean(person.suffix),
    )
