"""Read items as Zotero's own JSON gives them: from its Web API, or from the export "Better BibTeX JSON".

The fields are those of Zotero's schema (zotero/zotero-schema). Its export "CSL JSON" is read in `csl`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.identifiers import is_pmcid, is_web_address
from ..names import MOST, group, person
from ..records import Publication
from ..texts import doi_from, month_in, pages_of, pmid_from, year_in
from .csl import noted_ids
from .values import Item, first_of, item, items, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...bibliography.records import Person

_TYPES: Mapping[str, str] = {
    "journalArticle": "article", "magazineArticle": "article", "newspaperArticle": "article", "book": "book",
    "bookSection": "incollection", "encyclopediaArticle": "incollection", "dictionaryEntry": "incollection",
    "conferencePaper": "inproceedings", "report": "report", "standard": "report", "thesis": "thesis",
    "webpage": "online", "blogPost": "online", "forumPost": "online", "dataset": "dataset",
    "computerProgram": "software", "manuscript": "unpublished",
}  # fmt: skip
NO_PUBLICATION = frozenset({"attachment", "note", "annotation"})
"""Kinds of items that hang on others, or are the reader's own words."""


def zotero_item(record: Item) -> Item | None:
    """Return the members of an item of Zotero, which its Web API puts into `data`; None where it is no such item."""
    for one in (record, item(record.get("data"))):
        if isinstance(one.get("itemType"), str):
            return one
    return None


def from_zotero(record: Item) -> Publication:
    """Make a publication of an item; identifiers stand in DOI, PMID, PMCID or on lines of their own in `extra`."""
    noted = noted_ids(record.get("extra"))
    kind = text_of(record.get("itemType"))
    date = first_of(record, "date")
    pmcid = (first_of(record, "PMCID") or noted.get("PMCID", "")).upper()
    return Publication(
        type=_TYPES.get(kind, "misc"),
        title=first_of(record, "title"),
        authors=tuple(_people(record, "author")),
        editors=tuple(_people(record, "editor")),
        container=first_of(record, "publicationTitle", "bookTitle", "proceedingsTitle", "repository", "websiteTitle"),
        year=year_in(date),
        month=month_in(date),
        volume=first_of(record, "volume"),
        issue=first_of(record, "issue", "reportNumber"),
        pages=pages_of(first_of(record, "pages")),
        edition=first_of(record, "edition"),
        doi=doi_from(record.get("DOI")) or doi_from(noted.get("DOI")),
        pmid=pmid_from(record.get("PMID")) or pmid_from(noted.get("PMID")),
        pmcid=pmcid if is_pmcid(pmcid) else "",
        url=address if is_web_address(address := text_of(record.get("url"))) else "",
        publisher=first_of(record, "publisher", "institution", "university"),
        language=first_of(record, "language"),
        is_preprint=kind == "preprint",
    )


def _people(record: Item, role: str) -> Iterator[Person]:
    for creator in items(record.get("creators"))[:MOST]:
        if text_of(creator.get("creatorType")) in {role, ""}:
            name = text_of(creator.get("name"))
            one = group(name) if name else person(text_of(creator.get("lastName")), text_of(creator.get("firstName")))
            yield from [one] if one else []
