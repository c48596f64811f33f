"""Write an entry as COinS: an OpenURL in the title of a span, which reference managers read from pages.

The context object is in key/encoded-value form (ANSI/NISO Z39.88-2004) with the formats `journal`, `book`,
`dissertation` and `dc` (info:ofi/fmt:kev:mtx). Where the standard leaves a choice, this writer does what Zotero reads
right (zotero/utilities, `openurl.js`, read in 2026):

* spaces are `%20`, since `+` is read as a space. `%2B` is too, so that "CD8+" loses its plus there;
* each author stands in `rft.au` as "Family, Given". A name with nothing after its comma is kept whole, so that the
  name of a group gets one, and commas within it are left out;
* `rft.aulast` and `rft.aufirst` name the first author once more. They are taken for the same person only if the given
  name begins the one in `rft.au`, to which full stops have been added by then ("K S" has become "K. S.").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from ._text import container, one_line, publisher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..bibliography.records import Entry, Person


class _Kind(NamedTuple):
    """How a type of entry is written: the format, its genre if it has any, and the keys of title and container."""

    format: str
    genre: str = ""
    title: str = "rft.title"
    container: str = ""


_ARTICLE = _Kind("journal", "article", "rft.atitle", "rft.jtitle")
_BOOK = _Kind("book", "book", "rft.btitle")
_CHAPTER = _Kind("book", "bookitem", "rft.atitle", "rft.btitle")
_PAPER = _Kind("book", "proceeding", "rft.atitle", "rft.btitle")
_REPORT = _Kind("book", "report", "rft.btitle")
_THESIS = _Kind("dissertation")
_PAGE = _Kind("dc")
_DOCUMENT = _Kind("book", "document")

_KINDS: Mapping[str, _Kind] = {
    "article": _ARTICLE,
    "book": _BOOK,
    "proceedings": _BOOK,
    "inbook": _CHAPTER,
    "incollection": _CHAPTER,
    "inproceedings": _PAPER,
    "conference": _PAPER,
    "techreport": _REPORT,
    "report": _REPORT,
    "manual": _REPORT,
    "phdthesis": _THESIS,
    "mastersthesis": _THESIS,
    "thesis": _THESIS,
    "online": _PAGE,
    "electronic": _PAGE,
    "www": _PAGE,
}

_INITIALS = re.compile(r"[A-Z]{2,3}")
_BETWEEN_NAMES = re.compile(r"[\s.\-\u00ad\u2010-\u2015\u2212]+")


def to_coins(entry: Entry) -> str:
    """Return the context object of an entry, to be escaped and put into the title of a span of class `Z3988`.

    What the entry lacks is left out. A list of authors that is cut off ends with "et al.", as it does in RIS.
    """
    return "&".join(f"{key}={quote(line, safe='')}" for key, text in _pairs(entry) if (line := one_line(text)))


def _pairs(entry: Entry) -> Iterator[tuple[str, str]]:
    # What has a journal is an article, whatever its type says.
    kind = _ARTICLE if entry.journal else _KINDS.get(entry.type, _DOCUMENT)
    first, last = entry.page_range
    yield "url_ver", "Z39.88-2004"
    yield "ctx_ver", "Z39.88-2004"
    yield "rfr_id", "info:sid/mecfs"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{kind.format}"
    yield "rft.genre", kind.genre
    yield kind.title, entry.title
    if kind.container:
        yield kind.container, container(entry)
    yield "rft.date", "" if entry.year is None else str(entry.year)
    yield "rft.volume", entry.volume
    yield "rft.issue", entry.number if kind is _ARTICLE else ""
    yield "rft.pages", f"{first}-{last}" if last else first
    yield "rft.edition", entry.edition
    yield "rft.inst" if kind is _THESIS else "rft.pub", publisher(entry)
    yield from _people(entry, "rft.creator" if kind is _PAGE else "rft.au")
    yield "rft_id", entry.doi and f"info:doi/{entry.doi}"
    yield "rft_id", entry.pmid and f"info:pmid/{entry.pmid}"
    yield "rft_id", entry.url


def _people(entry: Entry, key: str) -> Iterator[tuple[str, str]]:
    for first in entry.authors[:1]:
        surname, given = _surname(first), _first_name(first)
        # A full stop in a surname is changed by the reader too, so that it would count two people.
        if given and "." not in surname:
            yield "rft.aulast", surname
            yield "rft.aufirst", given
    yield from ((key, _name(person)) for person in entry.authors)
    if entry.authors and entry.others:
        yield key, "et al.,"


def _name(person: Person) -> str:
    given = "" if person.literal else f"{person.given} {person.suffix}"
    return f"{_surname(person)}, {_without_commas(given)}".rstrip()


def _surname(person: Person) -> str:
    return _without_commas(person.family if person.literal else person.surname)


def _first_name(person: Person) -> str:
    """Return the first given name, or the first initial; "" for a group."""
    name = "" if person.literal else _without_commas(person.given)
    first = _BETWEEN_NAMES.split(name, 1)[0]
    return first[:1] if _INITIALS.fullmatch(first) else first


def _without_commas(text: str) -> str:
    return one_line(text.replace(",", " "))
