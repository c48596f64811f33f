"""Write the tags by which Google Scholar and reference managers know a page: Highwire's `citation_…`.

The tags describe a page of the base and never the paper that it is about, since a card that said "I am this article of
that journal" would pose as the paper (the paper has COinS). So a page is a technical report of its base. Names and
forms are those of Google Scholar's inclusion guidelines; where these leave a choice, the writer does what Zotero reads
right (zotero/translators, `Embedded Metadata.js`, read in 2026): a page without an author would get the names in the
first element whose class has "byline" in it, which on a card are those of the paper; and a name that ends with a comma
is kept whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ._text import container, is_group, one_line

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from ..bibliography.records import Entry


class Page(NamedTuple):
    """A page of a base.

    `institution` is the name of the base, which stands for authors where none are named; `number` tells versions of the
    page apart; `references` are the studies that it is about or cites; `address` may be "".
    """

    title: str
    institution: str
    day: datetime.date
    language: str
    address: str
    authors: tuple[str, ...] = ()
    number: str = ""
    keywords: tuple[str, ...] = ()
    references: tuple[Entry, ...] = ()


def to_highwire(page: Page) -> list[tuple[str, str]]:
    """Return the tags of a page as pairs of name and content, not escaped; what is empty is left out."""
    return [(name, line) for name, text in _tags(page) if (line := one_line(text))]


def _tags(page: Page) -> Iterator[tuple[str, str]]:
    yield "citation_title", page.title
    yield from (("citation_author", _group(name) if is_group(name) else name) for name in page.authors)
    if not page.authors:
        yield "citation_author", _group(page.institution)
    yield "citation_publication_date", page.day.strftime("%Y/%m/%d")
    yield "citation_technical_report_institution", page.institution
    yield "citation_technical_report_number", page.number
    yield "citation_language", page.language
    yield "citation_keywords", "; ".join(keyword.replace(";", ",") for keyword in page.keywords)
    yield "citation_fulltext_html_url", page.address
    yield from (("citation_reference", _reference(entry)) for entry in page.references)


def _group(name: str) -> str:
    return f"{name.replace(',', ' ')},"


def _reference(entry: Entry) -> str:
    """Return a reference as tags in one line, parted by semicolons, as `citation_reference` holds them."""
    pairs = [
        ("title", entry.title),
        *(("author", _author_of(name.surname, "" if name.literal else name.given)) for name in entry.authors),
        ("publication_date", "" if entry.year is None else str(entry.year)),
        ("journal_title", container(entry)),
        ("volume", entry.volume),
        ("issue", entry.number if entry.journal else ""),
        ("firstpage", entry.page_range[0]),
        ("lastpage", entry.page_range[1]),
        ("doi", entry.doi),
        ("pmid", entry.pmid),
    ]
    return ";".join(f"citation_{name}={line.replace(';', ',')}" for name, text in pairs if (line := one_line(text)))


def _author_of(surname: str, given: str) -> str:
    return f"{surname}, {given}" if given else surname
