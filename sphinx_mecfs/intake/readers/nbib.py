"""Read NBIB, the MEDLINE format that PubMed exports (NLM, MEDLINE/PubMed Data Element Descriptions)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...evidence.identifiers import is_pmcid, registrations_in
from ...evidence.vocabulary import PublicationStatus
from ..names import MOST, from_commas, from_short, group, is_more
from ..records import Notice, Publication, Reading, with_mark
from ..texts import clean, day_in, doi_from, doi_in, month_in, pages_of, pmid_from, pmid_in, year_in
from .tagged import cut_medline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...bibliography.records import Person
    from .tagged import Tagged

# NLM, Errata, Retractions, and Other Linked Citations in PubMed: partial retractions count as errata, and what is
# "republished in" (RPI) is a reprint.
_NOTICES: Mapping[str, PublicationStatus] = {
    "RIN": PublicationStatus.RETRACTED,
    "ECI": PublicationStatus.CONCERN,
    "EIN": PublicationStatus.CORRECTED,
    "CRI": PublicationStatus.CORRECTED,
    "PRIN": PublicationStatus.CORRECTED,
    "RRI": PublicationStatus.REPUBLISHED,
}
_NOTICE_OF = ("ROF", "PROF", "ECF", "EFR")
_IDENTIFIER = re.compile(r"(.+?)\s*\[(\w+)\]$")


def read_nbib(text: str) -> Reading:
    """Read a file in the MEDLINE format; identifiers come from PMID, PMC, LID and AID."""
    records, findings = cut_medline(text)
    return Reading("NBIB", len(records), tuple(map(_publication, records)), tuple(findings))


def _publication(record: Tagged) -> Publication:
    types = {text.lower() for text in record.all("PT")}
    preprint = "preprint" in types
    authors, others = _authors(record)
    return Publication(
        type="article" if record.first("JT", "TA") else "book" if record.first("BTI") else "misc",
        title=unmarked(record.first("TI", "BTI")),
        authors=authors,
        others=others,
        editors=tuple(person for name in record.all("FED")[:MOST] if (person := from_commas(name))),
        container=clean(record.first("JT", "TA")),
        year=year_in(record.first("DP", "DEP")),
        month=month_in(record.first("DP")),
        volume=clean(record.first("VI")),
        issue=clean(record.first("IP")),
        pages=pages_of(record.first("PG")),
        edition=clean(record.first("EN")),
        doi=_identifier(record, "doi"),
        pmid=pmid_from(record.first("PMID")),
        pmcid=next((one for text in record.all("PMC") if is_pmcid(one := clean(text).upper())), ""),
        publisher=clean(record.first("PB")),
        language=clean(record.first("LA")),
        registration=tuple(found.id for text in record.all("SI") for found in registrations_in(text)),
        notices=with_mark(tuple(_notices(record)), types),
        notice_of=tuple(doi_in(text) or pmid_in(text) or clean(text)[:80] for text in record.all(*_NOTICE_OF)),
        is_preprint=preprint,
        published_as=doi_in(record.first("UIN")) if preprint else "",
        preprints=() if preprint else tuple(doi for text in record.all("UOF") if (doi := doi_in(text))),
        line=record.line,
    )


def unmarked(title: str) -> str:
    """Return a title as PubMed gives it, without its last full stop and the brackets around a translation."""
    title = clean(title)
    if title.endswith(".") and not title.endswith(".."):
        title = title[:-1]
    if title.startswith("[") and title.endswith("]"):
        title = title[1:-1].removesuffix(".")
    return title


def _authors(record: Tagged) -> tuple[tuple[Person, ...], bool]:
    full = [(tag, text) for tag, text in record.fields if tag in {"FAU", "CN"}]
    short = [(tag, text) for tag, text in record.fields if tag in {"AU", "CN"}]
    # Records from before 2002 have no full names; some have them for a few authors only.
    names = full if len(full) >= len(short) else short
    found: list[Person] = []
    for tag, text in names[:MOST]:
        make = group if tag == "CN" else from_commas if tag == "FAU" else from_short
        person = None if is_more(text) else make(text)
        found += [person] if person else []
    return tuple(found), any(is_more(text) for _tag, text in names)


def _identifier(record: Tagged, kind: str) -> str:
    for text in record.all("LID", "AID"):
        match = _IDENTIFIER.fullmatch(clean(text))
        if match and match[2] == kind and (doi := doi_from(match[1])):
            return doi
    return ""


def _notices(record: Tagged) -> Iterator[Notice]:
    for tag, text in record.fields:
        if tag in _NOTICES:
            yield Notice(_NOTICES[tag], doi_in(text), pmid_in(text), day_in(text))
