"""Read a page as Zotero does, by the rules of its translators COinS and Embedded Metadata, as far as our pages need them.

The rules were read in zotero/translators (`COinS.js`, `Embedded Metadata.js`) and zotero/utilities (`openurl.js`,
`utilities.js`) in 2026. Zotero offers what the translator of the lowest priority number finds first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

COINS, EMBEDDED_METADATA = 310, 320


@dataclass
class Item:
    """What Zotero would save; authors are pairs of last and first name."""

    type: str
    fields: dict[str, str] = field(default_factory=dict)
    authors: list[tuple[str, str]] = field(default_factory=list)


class _Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.metas: list[tuple[str, str]] = []
        self.spans: list[str] = []
        self.bylines = 0
        self._in_head = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "head":
            self._in_head = True
        elif tag == "body":
            self._in_head = False
        if tag == "meta" and self._in_head:
            self.metas.append((given.get("name") or given.get("property", ""), given.get("content", "")))
        if tag == "span" and "Z3988" in given.get("class", "").split() and given.get("title"):
            self.spans.append(given["title"])
        self.bylines += "byline" in given.get("class", "").lower()

    def handle_endtag(self, tag):
        if tag == "head":
            self._in_head = False


def offers(page: str) -> list[tuple[int, list[Item]]]:
    """What Zotero offers to save, in the order in which it offers it: what the first finds is saved by a click."""
    found = _Page(page)
    coins = [item for text in found.spans if (item := context_object(text)) is not None]
    embedded = embedded_metadata(found)
    return [(COINS, coins)] * bool(coins) + [(EMBEDDED_METADATA, [embedded])] * (embedded is not None)


# ---- names


def clean_author(text: str, *, comma: bool) -> tuple[str, str]:
    """Last and first name, as `cleanAuthor` parts them and sets full stops after initials."""
    strip = " \t\n\u00a0.,/[]:"
    text = text.lstrip(strip).rstrip(strip)
    if comma:
        text = re.sub(r"\.([^ ])", r". \1", text, count=1)
        parts = re.split(r"[,،] ?", text)
        last, first = (parts[0], parts[1]) if len(parts) > 1 else (text, "")
    else:
        first, _space, last = text.rpartition(" ")
    if re.fullmatch(r"[A-ZЀ-Я]{1,3}", first) and (len(first) == 1 or last.upper() != last):
        first = " ".join(f"{letter}." for letter in first)
    names = re.split(r"[\s.]+|(?=-)", re.sub(r"\s*([-\u00ad\u2010-\u2015\u2212])\s*", "-", first.strip(" .,")))
    dotted = [f"{name}." if re.fullmatch(r"-?[A-ZЀ-Я]", name) else name for name in names if name]
    return last, " ".join(dotted).replace(" -", "-").strip()


# ---- COinS

_TYPES = {"bookitem": "bookSection", "conference": "conferencePaper", "proceeding": "conferencePaper"}
_TYPES |= {"report": "report", "document": "document"}
_FORMATS = {"journal": "journalArticle", "dissertation": "thesis", "patent": "patent", "dc": "webpage"}
_PLAIN = {"rft.date": "date", "rft.volume": "volume", "rft.issue": "issue", "rft.pages": "pages"}
_PLAIN |= {"rft.pub": "publisher", "rft.publisher": "publisher", "rft.edition": "edition", "rft.stitle": "abbreviation"}


def context_object(text: str) -> Item | None:
    """The item of a context object; None where it has no format that is known."""
    pairs = [part.split("=")[:2] for part in text.split("&")]
    kind = _item_type(pairs)
    if kind is None:
        return None
    item = Item(kind)
    complex_authors: list[dict[str, str | int]] = []
    for key, raw in pairs:
        value = unquote(re.sub(r"\+|%2[bB]", " ", raw))
        if not value:
            continue
        if key in {"rft.aulast", "rft.aufirst"}:
            part = "last" if key == "rft.aulast" else "first"
            if complex_authors and part not in complex_authors[-1]:
                complex_authors[-1][part] = value
            else:
                complex_authors.append({part: value, "at": len(item.authors)})
        elif key in {"rft.au", "rft.creator"}:
            item.authors.append(clean_author(value, comma="," in value))
        else:
            _read_field(item, key, value)
    _add_complex(item, complex_authors)
    return item


def _item_type(pairs) -> str | None:
    for key, value in pairs:
        if key == "rft_val_fmt":
            name = unquote(value).removeprefix("info:ofi/fmt:kev:mtx:")
            if name == "book":
                genres = [genre for part, genre in pairs if part == "rft.genre"]
                return next((_TYPES[genre] for genre in genres if genre in _TYPES), "book")
            return _FORMATS.get(name)
    return None


def _read_field(item: Item, key: str, value: str) -> None:
    within = item.type in {"journalArticle", "bookSection", "conferencePaper"}
    names = dict(_PLAIN)
    names["rft.title"] = "publicationTitle" if within else "title"
    if within:
        names["rft.atitle"] = "title"
        names["rft.jtitle" if item.type == "journalArticle" else "rft.btitle"] = "publicationTitle"
    elif item.type in {"book", "report"}:
        names["rft.btitle"] = "title"
    elif item.type == "thesis":
        names["rft.inst"] = "publisher"
    if key == "rft_id":
        _read_identifier(item, value)
    elif key in names:
        item.fields[names[key]] = value


def _read_identifier(item: Item, value: str) -> None:
    # `info:pmid` is among what is not read.
    for start, name in (("info:doi", "DOI"), ("urn:isbn", "ISBN")):
        if value.lower().startswith(start):
            item.fields[name] = value[9:]
    if re.match(r"https?://", value):
        item.fields["url"] = value


def _add_complex(item: Item, found: list[dict[str, str | int]]) -> None:
    """Add an author of `rft.aulast` and `rft.aufirst` beside those of `rft.au`, unless it is one of them."""
    inserted = 0
    for one in found:
        last, first = str(one.get("last", "")), str(one.get("first", ""))
        if any(family == last and given and given.startswith(first) for family, given in item.authors):
            continue
        item.authors.insert(int(one["at"]) + inserted, (last, first))
        inserted += 1


# ---- Embedded Metadata

_FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_cover_date": "date",
    "citation_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_technical_report_institution": "institution",
    "citation_technical_report_number": "number",
    "citation_publisher": "publisher",
    "citation_abstract": "abstractNote",
    "citation_doi": "DOI",
    "citation_public_url": "url",
    "citation_language": "language",
}
_BY_TAG = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_conference": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
_GUESSED = {"citation_title": "journalArticle", "citation_series_title": "journalArticle", "citation_isbn": "book"}


def embedded_metadata(page: _Page) -> Item | None:
    """The item that the tags in the head describe; None for a page without any that Zotero takes for one."""
    kind = guess = None
    for name, _content in page.metas:
        short = name[name.rfind("citation_") :] if "citation_" in name else name
        kind = _BY_TAG.get(short, kind)
        guess = guess or _GUESSED.get(short)
    if (kind or guess) is None:
        return None
    item = Item(kind or guess)
    for tag, zotero in _FIELDS.items():
        if value := " ".join(_first(page, tag).split()):
            item.fields[zotero] = value
    item.authors = _authors(page)
    if not item.authors and page.bylines:
        # Zotero would take the names in the element for the authors.
        item.authors = [("byline", "")]
    if pmid := _first(page, "citation_pmid"):
        item.fields["extra"] = f"PMID: {pmid}"
    address = _first(page, "citation_abstract_html_url") or _first(page, "citation_fulltext_html_url")
    item.fields.setdefault("url", address)
    return item


def _first(page: _Page, name: str) -> str:
    """The content of the first tag whose name ends so."""
    return next((content for tag, content in page.metas if tag.endswith(name) and content), "")


def _authors(page: _Page) -> list[tuple[str, str]]:
    tags = [content for tag, content in page.metas if tag.endswith("citation_author")]
    names: list[str] = []
    for content in tags:
        parts = re.split(r"\s*;\s*", content)
        by_comma = re.split(r"\s*,\s*", parts[0])
        if len(parts) == len(tags) == 1 and len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]:
            parts = by_comma
        names += [part for part in parts if re.search(r"[^\s,-.;]", part)]
    return [clean_author(name, comma="," in name) for name in names]
