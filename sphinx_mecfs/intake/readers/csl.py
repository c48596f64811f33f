"""Read items of CSL-JSON (CSL 1.0.2, csl-data.json), which Zotero and others export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...evidence.identifiers import is_pmcid, is_web_address
from ..names import MOST, group, is_more, person
from ..records import Publication
from ..texts import clean, doi_from, month_in, pages_of, pmid_from, year_in
from .values import Item, date_parts, first_of, item, items, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...bibliography.records import Person

_TYPES: Mapping[str, str] = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "review": "article",
    "article": "misc", "book": "book", "pamphlet": "booklet", "chapter": "incollection", "entry": "incollection",
    "entry-encyclopedia": "incollection", "paper-conference": "inproceedings", "report": "report", "standard": "report",
    "thesis": "thesis", "webpage": "online", "post-weblog": "online", "post": "online", "dataset": "dataset",
    "software": "software", "manuscript": "unpublished",
}  # fmt: skip
_LINE_OF_NOTE = re.compile(r"(DOI|PMID|PMCID)\s*:\s*(\S+)", re.IGNORECASE)
_PREPRINT = re.compile(r"preprint", re.IGNORECASE)


def from_csl(record: Item, line: int = 0) -> Publication:
    """Make a publication of an item; identifiers stand in DOI, PMID, PMCID, or on a line of their own in `note`.

    Zotero writes those of its field "Extra" into the note: `PMID: 19566965`.
    """
    noted = noted_ids(record.get("note"))
    authors, others = _people(record.get("author"))
    issued = item(record.get("issued"))
    year, month, _day = date_parts(issued)
    said = first_of(issued, "raw", "literal")
    kind = _TYPES.get(text_of(record.get("type")), "misc")
    return Publication(
        type=kind,
        title=first_of(record, "title"),
        authors=authors,
        others=others,
        editors=_people(record.get("editor"))[0],
        container=first_of(record, "container-title", "container-title-short", "journalAbbreviation"),
        year=year or year_in(said),
        month=month or month_in(said),
        volume=first_of(record, "volume"),
        issue=first_of(record, "issue") or (first_of(record, "number") if kind == "report" else ""),
        pages=pages_of(first_of(record, "page") or (first_of(record, "number") if kind == "article" else "")),
        edition=first_of(record, "edition"),
        doi=doi_from(record.get("DOI")) or doi_from(noted.get("DOI")),
        pmid=pmid_from(record.get("PMID")) or pmid_from(noted.get("PMID")),
        pmcid=_pmcid(text_of(record.get("PMCID")) or noted.get("PMCID", "")),
        url=address if is_web_address(address := text_of(record.get("URL"))) else "",
        publisher=first_of(record, "publisher"),
        language=first_of(record, "language"),
        is_preprint=_PREPRINT.search(first_of(record, "genre")) is not None,
        line=line,
    )


def _pmcid(text: str) -> str:
    return text.upper() if is_pmcid(text.upper()) else ""


def noted_ids(value: object) -> dict[str, str]:
    """Return the identifiers of a note that stand on lines of their own (`PMID: 19566965`), by their kind."""
    lines = value.splitlines()[:1000] if isinstance(value, str) else []
    found = [match for line in lines if (match := _LINE_OF_NOTE.fullmatch(line.strip()))]
    return {match[1].upper(): clean(match[2]) for match in reversed(found)}


def _people(value: object) -> tuple[tuple[Person, ...], bool]:
    names = items(value)[:MOST]
    found = [_name(name) for name in names]
    others = any(is_more(text_of(name.get("literal"))) for name in names)
    return tuple(one for one in found if one), others


def _name(name: Item) -> Person | None:
    literal = text_of(name.get("literal"))
    if literal:
        return None if is_more(literal) else group(literal)
    particles = [text_of(name.get(part)) for part in ("dropping-particle", "non-dropping-particle")]
    prefix = " ".join(filter(None, particles))
    family, given = text_of(name.get("family")), text_of(name.get("given"))
    return person(family, given, text_of(name.get("suffix")), prefix)
