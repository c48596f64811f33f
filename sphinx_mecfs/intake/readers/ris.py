"""Read RIS, as reference managers export it (Research Information Systems, RIS Format Specifications)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...evidence.identifiers import is_pmcid, is_web_address
from ..names import MOST, from_commas, is_more
from ..records import Publication, Reading
from ..texts import clean, doi_from, month_in, pages_of, pmid_from, year_in
from .tagged import cut_ris

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...bibliography.records import Person
    from .tagged import Tagged

_TYPES: Mapping[str, str] = {
    "JOUR": "article", "EJOUR": "article", "JFULL": "article", "MGZN": "article", "NEWS": "article", "ABST": "article",
    "INPR": "article", "BOOK": "book", "EBOOK": "book", "WHOLE": "book", "EDBOOK": "book", "SER": "book",
    "PAMP": "booklet", "CONF": "proceedings", "CHAP": "incollection", "ECHAP": "incollection",
    "CPAPER": "inproceedings",
    "RPRT": "report", "GOVDOC": "report", "STAND": "report", "THES": "thesis", "ELEC": "online", "BLOG": "online",
    "WEB": "online", "ICOMM": "online", "DATA": "dataset", "AGGR": "dataset", "COMP": "software", "UNPB": "unpublished",
    "MANSCPT": "unpublished",
}  # fmt: skip
_PUBMED = re.compile(r"pubmed|medline|nlm", re.IGNORECASE)
_JOURNAL = ("T2", "JF", "JO", "JA", "J2", "J1", "BT")


def read_ris(text: str) -> Reading:
    """Read a RIS file; `AN` counts as the PubMed id where no other database is named, `C2` as the PMC id."""
    records, findings = cut_ris(text)
    return Reading("RIS", len(records), tuple(map(_publication, records)), tuple(findings))


def _publication(record: Tagged) -> Publication:
    kind = _TYPES.get(record.first("TY").upper(), "misc")
    authors, others = _people(record, ("AU", "A1"))
    editors, _more = _people(record, ("A2", "ED") if kind != "article" else ("ED",))
    date = record.first("PY", "Y1", "DA")
    number = pmid_from(record.first("AN"))
    database = record.first("DB", "DP")
    return Publication(
        type=kind,
        title=clean(record.first("TI", "T1", "CT") or (record.first("BT") if kind == "book" else "")),
        authors=authors,
        others=others,
        editors=editors,
        container="" if kind == "book" else clean(record.first(*_JOURNAL)),
        year=year_in(date),
        month=month_in(record.first("DA") or date),
        volume=clean(record.first("VL")),
        issue=clean(record.first("IS", "CP")),
        pages=pages_of(record.first("SP") or record.first("C7"), record.first("EP")),
        edition=clean(record.first("ET")),
        doi=doi_from(record.first("DO")),
        pmid=number if not database or _PUBMED.search(database) else "",
        pmcid=next((one for text in record.all("C2") if is_pmcid(one := clean(text).upper())), ""),
        url=next((one for text in record.all("UR") if is_web_address(one := clean(text))), ""),
        publisher=clean(record.first("PB")),
        language=clean(record.first("LA")),
        line=record.line,
    )


def _people(record: Tagged, tags: tuple[str, ...]) -> tuple[tuple[Person, ...], bool]:
    names = record.all(*tags)[:MOST]
    found = [from_commas(name) for name in names if not is_more(name)]
    return tuple(person for person in found if person), any(map(is_more, names))
