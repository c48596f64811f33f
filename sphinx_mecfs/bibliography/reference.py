"""The one place that formats a reference: the card, the bibliography list and every export of text use it.

The form is that of the Vancouver style (NLM, Citing Medicine, 2nd ed.), with titles and journals as they are
written, and without its notes on the medium.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from .build import address_of
from .texts import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .records import Entry, Person

MOST_AUTHORS = 6
"""Authors that a reference names before "et al.", as in the sample references of the ICMJE."""

NO_DATE = "n.d."
_LEAD_WORDS = 6


class Piece(msgspec.Struct, frozen=True):
    """A run of text in one style: "" (none), "emphasis" or "strong"; with `url`, it is a link."""

    text: str
    style: str = ""
    url: str = ""


Sentence = tuple[Piece, ...]


def format_reference(entry: Entry) -> tuple[Piece, ...]:
    """Return the full reference as pieces of text; what the entry lacks is left out with its punctuation."""
    sentences = [_plain(_byline(entry)), *_form(entry)(entry), _plain(entry.note), *_identifiers(entry)]
    return _joined([sentence for sentence in sentences if sentence])


def author_list(entry: Entry, limit: int = MOST_AUTHORS) -> str:
    """Return "Fluge Ø, Mella O", or the first `limit` names and "et al." where there are more, or ""."""
    return _list(entry.authors, limit, more=entry.others)


def short_citation(entry: Entry) -> str:
    """Return "Fluge 2009": the first author, or who or what stands in for one, and the year or "n.d."."""
    return f"{_lead(entry)} {entry.year or NO_DATE}"


def in_text(entry: Entry) -> str:
    """Return "Fluge and Mella 2009" or "Fluge et al. 2011", as running text cites it."""
    persons = entry.authors or entry.editors
    lead = _lead(entry)
    if len(persons) > 2 or (persons and entry.others):
        lead += " et al."
    elif len(persons) == 2:
        lead += f" and {persons[1].surname}"
    return f"{lead} {entry.year or NO_DATE}"


def doi_address(doi: str) -> str:
    """Return the web address of a DOI, with what an address cannot hold escaped (DOI Handbook)."""
    return "https://doi.org/" + quote(doi, safe="/:;(),.@!*'+=&$~")


def pubmed_address(pmid: str) -> str:
    """Return the web address of a PubMed record."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def _lead(entry: Entry) -> str:
    persons = entry.authors or entry.editors
    if persons and not persons[0].literal:
        return persons[0].surname
    # The whole name of a body or a whole title is too long for a label.
    whole = persons[0].surname if persons else entry.institution or entry.title
    return _first_words(whole) or entry.key


def _first_words(title: str) -> str:
    words = title.split()
    return " ".join(words) if len(words) <= _LEAD_WORDS else f"{' '.join(words[:_LEAD_WORDS])} …"


# ---- sentences


def _plain(text: str) -> Sentence:
    return (Piece(text),) if text else ()


def _title(text: str) -> Sentence:
    return (Piece(text, "emphasis"),) if text else ()


def _byline(entry: Entry) -> str:
    return author_list(entry) or _editors(entry, more=entry.others)


def _editors(entry: Entry, *, more: bool = False) -> str:
    names = _list(entry.editors, MOST_AUTHORS, more=more)
    return f"{names}, editor{'s' if more or len(entry.editors) > 1 else ''}" if names else ""


def _list(persons: tuple[Person, ...], limit: int, *, more: bool) -> str:
    names = [_name(person) for person in persons[:limit]]
    if names and (more or len(persons) > limit):
        names.append("et al.")
    return ", ".join(names)


def _name(person: Person) -> str:
    return " ".join(part for part in (person.surname, person.initials, person.suffix.rstrip(".")) if part)


def _year(entry: Entry) -> str:
    return "" if entry.year is None else str(entry.year)


def _pages(entry: Entry) -> str:
    first, last = entry.page_range
    return f"{first}–{last}" if last else first


def _edition(entry: Entry) -> str:
    edition = _ordinal(entry.edition) if entry.edition.isdecimal() else entry.edition
    return edition if not edition or _SAYS_EDITION.search(edition) else f"{edition} ed."


def _ordinal(number: str) -> str:
    return number + ("th" if number[-2:-1] == "1" else _ORDINALS.get(number[-1], "th"))


_SAYS_EDITION = re.compile(r"\bed(?:ition|n)?\b", re.IGNORECASE)
_ORDINALS: Mapping[str, str] = {"1": "st", "2": "nd", "3": "rd"}


def _imprint(entry: Entry) -> str:
    """Return "Place: Publisher; year" without what is missing, or what the byline says already."""
    publisher = entry.publisher or entry.institution or _how_published(entry)
    if [publisher] == [person.family for person in entry.authors]:
        publisher = ""
    place = ": ".join(part for part in (entry.text("address"), publisher) if part)
    return "; ".join(part for part in (place, _year(entry)) if part)


def _how_published(entry: Entry) -> str:
    raw = entry.raw("howpublished")
    return "" if address_of(raw) else plain(raw)


def _volume(entry: Entry) -> str:
    """Return "2009;9(2):28–30"."""
    issue = entry.volume + (f"({entry.number})" if entry.number else "")
    numbered = ";".join(part for part in (_year(entry), issue) if part)
    return ":".join(part for part in (numbered, _pages(entry)) if part)


# ---- forms


def _article(entry: Entry) -> list[Sentence]:
    return [_plain(entry.title), _title(entry.journal), _plain(_volume(entry))]


def _book(entry: Entry) -> list[Sentence]:
    return [_title(entry.title), _plain(_edition(entry)), _plain(_imprint(entry)), _pages_alone(entry)]


def _chapter(entry: Entry) -> list[Sentence]:
    if not entry.booktitle:
        return _book(entry)
    editors = _editors(entry) if entry.authors else ""
    book = (Piece(f"In: {editors}. " if editors else "In: "), *_title(entry.booktitle))
    return [_plain(entry.title), book, *_book(entry)[1:]]


def _report(entry: Entry) -> list[Sentence]:
    number = _plain(f"Report No. {entry.number}") if entry.number else ()
    return [_title(entry.title), _plain(_edition(entry)), _plain(_imprint(entry)), number]


def _thesis(entry: Entry) -> list[Sentence]:
    kind = entry.text("type") or ("Master's thesis" if entry.type == "mastersthesis" else "Thesis")
    return [_title(entry.title), _plain(kind), _plain(_imprint(entry))]


def _web_page(entry: Entry) -> list[Sentence]:
    return [_title(entry.title), _plain(_imprint(entry))]


def _pages_alone(entry: Entry) -> Sentence:
    return _plain(f"p. {_pages(entry)}") if entry.pages else ()


_FORMS: Mapping[str, Callable[[Entry], list[Sentence]]] = {
    "article": _article,
    "inbook": _chapter,
    "incollection": _chapter,
    "inproceedings": _chapter,
    "conference": _chapter,
    "techreport": _report,
    "report": _report,
    "phdthesis": _thesis,
    "mastersthesis": _thesis,
    "thesis": _thesis,
    "online": _web_page,
    "electronic": _web_page,
    "www": _web_page,
}


def _form(entry: Entry) -> Callable[[Entry], list[Sentence]]:
    if entry.journal:
        return _article
    return _FORMS.get(entry.type, _web_page if entry.url and not entry.publisher else _book)


def _identifiers(entry: Entry) -> list[Sentence]:
    found: list[Sentence] = []
    if entry.doi:
        found.append((Piece(f"doi:{entry.doi}", url=doi_address(entry.doi)),))
    if entry.pmid:
        found.append((Piece(f"PMID {entry.pmid}", url=pubmed_address(entry.pmid)),))
    if entry.pmcid:
        found.append((Piece(f"PMCID {entry.pmcid}", url=f"https://pmc.ncbi.nlm.nih.gov/articles/{entry.pmcid}/"),))
    if entry.url and not entry.doi:
        seen = entry.text("urldate")
        found.append((Piece(entry.url, url=entry.url), *_plain(f" (accessed {seen})" if seen else "")))
    return found


# ---- joining


def _joined(sentences: list[Sentence]) -> tuple[Piece, ...]:
    """End each sentence with a full stop unless it has an end, and put a space between sentences."""
    pieces: list[Piece] = []
    for sentence in sentences:
        if pieces:
            _append(pieces, Piece(" "))
        for piece in sentence:
            _append(pieces, piece)
        if sentence[-1].url or not sentence[-1].text.endswith((".", "?", "!")):
            _append(pieces, Piece("."))
    return tuple(pieces)


def _append(pieces: list[Piece], piece: Piece) -> None:
    """Add a piece, to the last one if both are bare text."""
    if pieces and not (piece.style or piece.url or pieces[-1].style or pieces[-1].url):
        pieces[-1] = Piece(pieces[-1].text + piece.text)
    else:
        pieces.append(piece)
