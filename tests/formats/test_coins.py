"""COinS, key by key, and what Zotero makes of them."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from zotero import context_object

from sphinx_mecfs.bibliography.records import Entry, Person, pack_fields
from sphinx_mecfs.formats.coins import to_coins

FLUGE = Entry(
    "fluge-2009-clinical-impact", "article",
    title="Clinical impact of B-cell depletion",
    authors=(Person("Fluge", "Øystein"), Person("Meer", "Jos W M", "van der", "Jr"), Person("Group, The", literal=True)),
    journal="BMC Neurology", year=2009, volume="9", number="1", pages="28–30",
    doi="10.1186/1471-2377-9-28", pmid="19566965", url="https://example.org/x?a=1&b=2",
)  # fmt: skip


def pairs(entry):
    return parse_qsl(to_coins(entry), strict_parsing=True)


def test_an_article_is_written_key_by_key():
    assert pairs(FLUGE) == [
        ("url_ver", "Z39.88-2004"),
        ("ctx_ver", "Z39.88-2004"),
        ("rfr_id", "info:sid/mecfs"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", "Clinical impact of B-cell depletion"),
        ("rft.jtitle", "BMC Neurology"),
        ("rft.date", "2009"),
        ("rft.volume", "9"),
        ("rft.issue", "1"),
        ("rft.pages", "28-30"),
        ("rft.aulast", "Fluge"),
        ("rft.aufirst", "Øystein"),
        ("rft.au", "Fluge, Øystein"),
        ("rft.au", "van der Meer, Jos W M Jr"),
        ("rft.au", "Group The,"),
        ("rft_id", "info:doi/10.1186/1471-2377-9-28"),
        ("rft_id", "info:pmid/19566965"),
        ("rft_id", "https://example.org/x?a=1&b=2"),
    ]


def test_spaces_are_written_as_percent_20_and_nothing_can_leave_its_value():
    text = to_coins(Entry("x", "article", title="CD8+ T & <b> = \n%41\x00", journal="J"))
    assert "rft.atitle=CD8%2B%20T%20%26%20%3Cb%3E%20%3D%20%2541&" in text
    assert "+" not in text


def test_zotero_reads_an_article_right():
    item = context_object(to_coins(FLUGE))
    assert item.type == "journalArticle"
    assert item.authors == [("Fluge", "Øystein"), ("van der Meer", "Jos W. M. Jr"), ("Group The", "")]
    assert item.fields == {
        "title": "Clinical impact of B-cell depletion",
        "publicationTitle": "BMC Neurology",
        "date": "2009",
        "volume": "9",
        "issue": "1",
        "pages": "28-30",
        "DOI": "10.1186/1471-2377-9-28",
        "url": "https://example.org/x?a=1&b=2",
    }


@pytest.mark.parametrize(
    ("kind", "zotero"),
    [
        ("article", "journalArticle"), ("book", "book"), ("incollection", "bookSection"), ("report", "report"),
        ("inproceedings", "conferencePaper"), ("phdthesis", "thesis"), ("online", "webpage"), ("misc", "document"),
    ],
)  # fmt: skip
def test_zotero_knows_the_title_and_the_author_of_each_type(kind, zotero):
    item = context_object(to_coins(Entry("x", kind, title="A title", authors=(Person("Rowe", "K S"),), year=1998)))
    assert (item.type, item.fields["title"], item.fields["date"]) == (zotero, "A title", "1998")
    assert item.authors == [("Rowe", "K. S.")]


def test_a_chapter_has_a_book_and_a_report_a_publisher():
    chapter = context_object(to_coins(Entry("x", "incollection", title="A", booktitle="B", pages="1–2")))
    assert (chapter.fields["publicationTitle"], chapter.fields["pages"]) == ("B", "1-2")
    report = context_object(to_coins(Entry("x", "report", title="A", institution="NICE", number="7")))
    assert report.fields == {"title": "A", "publisher": "NICE"}
    thesis = context_object(to_coins(Entry("x", "thesis", title="A", institution="Bergen")))
    assert thesis.fields == {"title": "A", "publisher": "Bergen"}


def test_what_stands_in_a_journal_is_an_article_whatever_its_type_says():
    assert context_object(to_coins(Entry("x", "misc", title="A", journal="J"))).type == "journalArticle"


@pytest.mark.parametrize(
    ("person", "read"),
    [
        (Person("Rowe", "K S"), ("Rowe", "K. S.")),
        (Person("Rowe", "KS"), ("Rowe", "K. S.")),
        (Person("Rowe", "K.S."), ("Rowe", "K. S.")),
        (Person("Lin", "Jin-Mann S."), ("Lin", "Jin-Mann S.")),
        (Person("Lin", "Jin\u2010Mann"), ("Lin", "Jin-Mann")),
        (Person("Lin", "J.-P."), ("Lin", "J.-P.")),
        (Person("Ærø", "Ø"), ("Ærø", "Ø")),
        (Person("Clair", "Ann", "St."), ("St. Clair", "Ann")),
        (Person("Beta"), ("Beta", "")),
        (Person("WHO", "AB"), ("WHO", "AB")),
        (Person("Institute of Medicine, Committee on ME/CFS", literal=True), ("Institute of Medicine Committee on ME/CFS", "")),
    ],
)  # fmt: skip
def test_zotero_reads_the_first_author_once_and_whole(person, read):
    assert context_object(to_coins(Entry("x", "article", title="A", journal="J", authors=(person,)))).authors == [read]


def test_a_list_of_authors_that_is_cut_off_says_so():
    item = context_object(to_coins(Entry("x", "article", title="A", authors=(Person("Fluge", "Ø"),), others=True)))
    assert item.authors == [("Fluge", "Ø"), ("et al", "")]


def test_what_is_missing_is_left_out():
    assert pairs(Entry("x", "misc")) == [
        ("url_ver", "Z39.88-2004"),
        ("ctx_ver", "Z39.88-2004"),
        ("rfr_id", "info:sid/mecfs"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "document"),
    ]


def test_the_fields_of_a_file_that_has_no_key_here_do_no_harm():
    entry = Entry("x", "report", title="A", packed=pack_fields([("address", "London & Rome")]))
    assert context_object(to_coins(entry)).fields == {"title": "A"}
