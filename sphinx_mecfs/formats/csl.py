"""Write an entry as an item of CSL-JSON, the data of citeproc tools (CSL 1.0.2, csl-data.json)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._text import container, one_line, publisher

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..bibliography.records import Entry, Person

_TYPES: Mapping[str, str] = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "proceedings": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "techreport": "report",
    "report": "report",
    "manual": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "dataset": "dataset",
    "software": "software",
    "unpublished": "manuscript",
}


def to_csl(entry: Entry) -> dict[str, object]:
    """Return the entry as a CSL-JSON item, ready for `json.dumps`; what the entry lacks is left out.

    A list that ends with "and others" gets a last name "et al.", since CSL has no sign for it.
    """
    first, last = entry.page_range
    kind = _TYPES.get(entry.type, "document")
    number = "number" if kind == "report" else "issue"
    texts = {
        "title": entry.title,
        "container-title": container(entry),
        "volume": entry.volume,
        number: entry.number,
        "page": f"{first}-{last}" if last else first,
        "edition": entry.edition,
        "publisher": publisher(entry),
        "publisher-place": entry.text("address"),
        "language": entry.language,
        "note": entry.note,
        "DOI": entry.doi,
        "PMID": entry.pmid,
        "PMCID": entry.pmcid,
        "URL": entry.url,
    }
    item: dict[str, object] = {"id": one_line(entry.key), "type": kind}
    item |= _people(entry)
    if entry.year is not None:
        item["issued"] = {"date-parts": [[entry.year]]}
    return item | {name: line for name, text in texts.items() if (line := one_line(text))}


def _people(entry: Entry) -> dict[str, list[dict[str, str]]]:
    more = [{"literal": "et al."}] if entry.others else []
    people = {
        "author": [_name(person) for person in entry.authors],
        "editor": [_name(person) for person in entry.editors],
    }
    role = "author" if entry.authors else "editor"
    people[role] += more
    return {role: names for role, names in people.items() if names}


def _name(person: Person) -> dict[str, str]:
    if person.literal:
        return {"literal": one_line(person.family)}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.prefix,
        "suffix": person.suffix,
    }
    return {name: line for name, text in parts.items() if (line := one_line(text))}
