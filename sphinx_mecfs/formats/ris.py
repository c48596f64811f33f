"""Write an entry as RIS, which reference managers import (Research Information Systems, RIS Format)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._text import container, one_line, publisher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..bibliography.records import Entry, Person

_TYPES: Mapping[str, str] = {
    "article": "JOUR",
    "book": "BOOK",
    "booklet": "PAMP",
    "proceedings": "CONF",
    "inbook": "CHAP",
    "incollection": "CHAP",
    "inproceedings": "CPAPER",
    "conference": "CPAPER",
    "techreport": "RPRT",
    "report": "RPRT",
    "manual": "RPRT",
    "phdthesis": "THES",
    "mastersthesis": "THES",
    "thesis": "THES",
    "online": "ELEC",
    "electronic": "ELEC",
    "www": "ELEC",
    "dataset": "DATA",
    "software": "COMP",
    "unpublished": "UNPB",
}


def to_ris(entry: Entry) -> str:
    """Return the entry as one RIS record, with the line ends CR LF.

    Each line is a tag, two spaces, a hyphen, a space and text on that line alone, whatever the entry holds.
    `AN` is the PubMed id and `C2` the PubMed Central id, as PubMed writes them.
    """
    lines = [("TY", _TYPES.get(entry.type, "GEN")), *_lines(entry), ("ER", "")]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in lines if text or tag == "ER")


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    first, last = entry.page_range
    yield from (("AU", _name(person)) for person in entry.authors)
    if entry.others:
        yield "AU", "et al."
    yield from (("A2", _name(person)) for person in entry.editors)
    yield "TI", one_line(entry.title)
    yield "T2", container(entry)
    yield "PY", "" if entry.year is None else str(entry.year)
    yield "VL", one_line(entry.volume)
    yield "IS", one_line(entry.number)
    yield "SP", one_line(first)
    yield "EP", one_line(last)
    yield "ET", one_line(entry.edition)
    yield "PB", publisher(entry)
    yield "DO", one_line(entry.doi)
    yield "AN", one_line(entry.pmid)
    yield "C2", one_line(entry.pmcid)
    yield "UR", one_line(entry.url)
    yield "LA", one_line(entry.language)
    yield "N1", one_line(entry.note)
    yield "ID", one_line(entry.key)


def _name(person: Person) -> str:
    """Write "Family, Given, Suffix"; a comma in the name of a group would make part of it a given name."""
    if person.literal:
        return one_line(person.family.replace(",", " "))
    parts = [part.replace(",", " ") for part in (person.surname, person.given, person.suffix)]
    if not person.suffix:
        parts.pop()
    return ", ".join(one_line(part) for part in parts).rstrip(", ")
