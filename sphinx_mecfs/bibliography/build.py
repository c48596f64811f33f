"""Make an entry from the texts of its fields, the same way for a file and for pybtex."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from ..evidence.identifiers import is_pmcid, is_pmid, is_web_address, normalise_doi
from .names import read_names
from .records import Entry, pack_fields
from .texts import plain, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterable

_YEAR = re.compile(r"[0-9]{4}")
_PMID_LABEL = re.compile(r"^PMID[:\s]*", re.IGNORECASE)
_PMCID_LABEL = re.compile(r"^PMCID[:\s]*", re.IGNORECASE)

Fields = tuple[tuple[str, str], ...]


def build_entry(key: str, kind: str, fields: Fields, offsets: tuple[int, ...] = ()) -> Entry:
    """Make an entry of the type `kind`, without its line and digest.

    `fields` are pairs of a lower-case name and BibTeX text, each name once. An identifier or year that is
    malformed is left empty in the attributes; an address that is not one of the web must have been removed
    from `fields` before (`without_foreign_address`). `offsets` are their lines below that of the entry.
    """
    get = defaultdict(str, fields).__getitem__
    authors, others = read_names(get("author"))
    editors, more_editors = read_names(get("editor"))
    return Entry(
        key=key,
        type=kind,
        title=plain(get("title")),
        authors=authors,
        editors=editors,
        journal=plain(get("journal")),
        year=year_of(get("year")),
        volume=plain(get("volume")),
        number=plain(get("number")),
        pages=plain(get("pages")),
        doi=doi_of(get("doi")),
        pmid=pmid_of(get("pmid")),
        pmcid=pmcid_of(get("pmcid")),
        url=address_of(get("url")) or address_of(get("howpublished")),
        publisher=plain(get("publisher")),
        institution=plain(get("institution") or get("school") or get("organization")),
        booktitle=plain(get("booktitle")),
        edition=plain(get("edition")),
        note=plain(get("note")),
        language=plain(get("language")),
        others=others or (more_editors and not authors),
        packed=pack_fields(fields, offsets),
    )


def year_of(text: str) -> int | None:
    """Return the year in the text of a field, or None where it is not written in four digits."""
    year = plain(text)
    return int(year) if _YEAR.fullmatch(year) else None


def doi_of(text: str) -> str:
    """Return the bare DOI in the text of a field, or ""."""
    return (text and normalise_doi(verbatim(text))) or ""


def pmid_of(text: str) -> str:
    """Return the PubMed id in the text of a field, which may begin with `PMID:`, or ""."""
    pmid = text and _PMID_LABEL.sub("", plain(text))
    return pmid if is_pmid(pmid) else ""


def pmcid_of(text: str) -> str:
    """Return the PubMed Central id in the text of a field, which may begin with `PMCID:`, or ""."""
    pmcid = text and _PMCID_LABEL.sub("", plain(text)).upper()
    return pmcid if is_pmcid(pmcid) else ""


def address_of(text: str) -> str:
    """Return the http or https address in the text of a field, or ""."""
    address = text and verbatim(text)
    return address if is_web_address(address) else ""


def without_foreign_address(fields: Iterable[tuple[str, str]]) -> Fields:
    """Leave out a `url` that is no http or https address, since it would be shown as a link."""
    return tuple((name, text) for name, text in fields if name != "url" or address_of(text))


def digest_of(*texts: str) -> str:
    """Return a hash of texts, 32 hexadecimal digits long."""
    return hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
