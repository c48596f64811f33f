"""Highwire's tags describe a page of the base, and never the paper that it is about."""

from __future__ import annotations

import datetime

from sphinx_mecfs.bibliography.records import Entry, Person
from sphinx_mecfs.formats.highwire import Page, to_highwire

FLUGE = Entry(
    "fluge-2009-clinical-impact", "article",
    title="Clinical impact; a series",
    authors=(Person("Fluge", "Øystein"), Person("Meer", "Jos", "van der"), Person("Group, The", literal=True)),
    journal="BMC Neurology", year=2009, volume="9", number="1", pages="28–30",
    doi="10.1186/1471-2377-9-28", pmid="19566965",
)  # fmt: skip
REFERENCE = (
    "citation_title=Clinical impact, a series;citation_author=Fluge, Øystein;citation_author=van der Meer, Jos;"
    "citation_author=Group, The;citation_publication_date=2009;citation_journal_title=BMC Neurology;citation_volume=9;"
    "citation_issue=1;citation_firstpage=28;citation_lastpage=30;citation_doi=10.1186/1471-2377-9-28;"
    "citation_pmid=19566965"
)
PAGE = Page(
    title="Evidence card: Rituximab\n(Fluge 2009)",
    institution="The Base, of ME/CFS",
    day=datetime.date(2026, 11, 2),
    language="en",
    address="https://base.example/studies/fluge.html",
    authors=("Ann Curator", "Bo Curator"),
    number="fluge-2009-clinical-impact 0123",
    keywords=("ME/CFS", "PEM; not reported"),
    references=(FLUGE,),
)


def test_a_page_is_a_report_of_its_base():
    assert to_highwire(PAGE) == [
        ("citation_title", "Evidence card: Rituximab (Fluge 2009)"),
        ("citation_author", "Ann Curator"),
        ("citation_author", "Bo Curator"),
        ("citation_publication_date", "2026/11/02"),
        ("citation_technical_report_institution", "The Base, of ME/CFS"),
        ("citation_technical_report_number", "fluge-2009-clinical-impact 0123"),
        ("citation_language", "en"),
        ("citation_keywords", "ME/CFS; PEM, not reported"),
        ("citation_fulltext_html_url", "https://base.example/studies/fluge.html"),
        ("citation_reference", REFERENCE),
    ]


def test_no_tag_of_the_page_is_one_of_the_paper():
    names = {name for name, _content in to_highwire(PAGE)}
    assert not names & {"citation_doi", "citation_pmid", "citation_journal_title", "citation_pdf_url"}


def test_the_base_stands_for_authors_that_are_not_named():
    # Without an author, Zotero takes the names in the byline, which are those of the paper.
    tags = to_highwire(PAGE._replace(authors=()))
    assert [content for name, content in tags if name == "citation_author"] == ["The Base of ME/CFS,"]


def test_the_name_of_a_group_is_kept_whole():
    tags = to_highwire(PAGE._replace(authors=("The makers of the base", "Ann Curator")))
    authors = [content for name, content in tags if name == "citation_author"]
    assert authors == ["The makers of the base,", "Ann Curator"]


def test_what_is_not_known_is_left_out():
    tags = to_highwire(Page("Title", "Base", datetime.date(2026, 1, 1), "en", ""))
    assert [name for name, _content in tags] == [
        "citation_title",
        "citation_author",
        "citation_publication_date",
        "citation_technical_report_institution",
        "citation_language",
    ]
