"""Broken and hostile files: no traceback, no record lost without a word, and no more time than their length asks for."""

import json

import pytest
from shapes import ARTICLES, entry, nbib_record, pubmed_article, pubmed_set
from timing import cpu_seconds

from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.formats.bibtex import to_bibtex
from sphinx_mecfs.formats.csl import to_csl
from sphinx_mecfs.formats.ris import to_ris
from sphinx_mecfs.intake.readers.files import read_records

PAPERS = [one for one in ARTICLES.values() if one.pmid][:4]
FLUGE = entry("fluge-2009-clinical-impact")
TEXTS = {
    "bib": "".join(map(to_bibtex, PAPERS)),
    "ris": "".join(map(to_ris, PAPERS)),
    "nbib": "".join(map(nbib_record, PAPERS)),
    "csl": json.dumps([to_csl(one) for one in PAPERS]),
    "xml": pubmed_set(*map(pubmed_article, PAPERS)).decode(),
}


def read(data):
    return read_records(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data, "file")


def said(reading):
    return [(one.line, one.problem.value, one.message) for one in reading.findings]


# ---- one fault hides nothing


def test_a_ris_record_without_its_end_is_read_and_so_is_the_next():
    reading = read("TY  - JOUR\nTI  - First\nTY  - JOUR\nTI  - Second\nER  - \n")
    assert [one.title for one in reading.publications] == ["First", "Second"]
    assert said(reading) == [(3, "import-value", "the record has no line 'ER  -'; the next one begins here")]


def test_a_ris_file_that_breaks_off_keeps_its_last_record():
    reading = read("TY  - JOUR\nTI  - First\nER  - \nTY  - JOUR\nTI  - Second\nAU  - Fluge, Ø")
    assert [one.title for one in reading.publications] == ["First", "Second"]
    assert said(reading) == [
        (4, "import-value", "the file ends without a line 'ER  -'; its last record may lack fields")
    ]


def test_lines_outside_of_records_are_named():
    reading = read("by a database\nTY  - JOUR\ncontinues nothing\nTI  - First\n  and goes on\nER  - \nodd\n")
    assert [one.title for one in reading.publications] == ["First and goes on"]
    assert [(line, kind) for line, kind, _message in said(reading)] == [(1, "import-value"), (7, "import-value")]


def test_an_odd_line_in_nbib_is_named_and_nothing_is_lost():
    reading = read("PMID- 1\nTI  - First.\nodd line\n\nPMID- 2\nTI  - Second\n      goes on.\nPMID- 3\nTI  - Third.\n")
    assert [one.title for one in reading.publications] == ["First", "Second goes on", "Third"]
    assert said(reading) == [(3, "import-value", "the line belongs to no record and is left out")]


def test_a_broken_article_of_pubmed_is_named_at_its_line_and_the_others_are_read():
    articles = [pubmed_article(one) for one in PAPERS]
    articles[1] = articles[1].replace("</Journal>", "", 1)
    reading = read(pubmed_set(*articles))
    assert (reading.count, len(reading.publications)) == (4, 3)
    ((line, kind, message),) = said(reading)
    assert kind == "import-record"
    assert message.startswith("the record is no XML that can be read: mismatched tag")
    lines = pubmed_set(*articles).decode().splitlines()
    assert "</Article>" in lines[line - 1]


def test_pubmed_xml_that_breaks_off_names_its_last_record():
    data = pubmed_set(*map(pubmed_article, PAPERS))
    reading = read(data[: data.rindex(b"<ReferenceList>")])
    assert (reading.count, len(reading.publications)) == (4, 3)
    ((_line, kind, message),) = said(reading)
    assert (kind, message.startswith("the record has no end")) == ("import-record", True)


def test_a_chapter_of_a_book_is_named():
    reading = read("<PubmedArticleSet>\n<PubmedBookArticle><BookDocument/></PubmedBookArticle></PubmedArticleSet>")
    assert [(line, kind) for line, kind, _message in said(reading)] == [(2, "import-record")]


def test_json_that_breaks_off_is_named_at_its_line():
    text = json.dumps([to_csl(FLUGE)], indent=1)
    reading = read(text[:-20])
    ((line, kind, message),) = said(reading)
    assert (kind, reading.publications) == ("import-file", ())
    assert "no JSON that can be read" in message
    assert line in {1, text[:-20].count("\n") + 1}


def test_a_record_of_a_list_that_is_none_is_named():
    reading = read(json.dumps([to_csl(FLUGE), 7, None, {}, to_csl(FLUGE)]))
    assert (reading.count, len(reading.publications)) == (5, 2)
    assert [message for _line, _kind, message in said(reading)] == [
        f"record {number} of the list is no object with members" for number in (2, 3, 4)
    ]


def test_a_record_without_a_title_is_left_out_by_name():
    reading = read("TY  - JOUR\nDO  - 10.1000/x\nER  - \n")
    assert said(reading) == [(1, "import-record", "a record has no title (DOI 10.1000/x)")]


def test_a_repeated_key_in_bibtex_is_named():
    text = to_bibtex(FLUGE)
    reading = read(text + text)
    assert (reading.count, len(reading.publications)) == (2, 1)
    assert [one.problem for one in reading.findings] == [Problem.BIB_DUPLICATE_KEY]


# ---- what is no file of records


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"  \n\n", "the file is empty"),
        (b"just words", "the file is in no format that can be imported"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "the file is in no format that can be imported"),
        (b"<html><body>Log in</body></html>", "the XML holds no PubmedArticle"),
        (b"<?xml version='1.0'?>\n<rdf:RDF xmlns:z='x'></rdf:RDF>", "Zotero RDF cannot be imported"),
        (b'{"a": 1}', "the file is JSON, but neither CSL-JSON nor an answer of Crossref"),
        (b'{"a": ', "the file is no JSON that can be read"),
    ],
)
def test_what_cannot_be_imported_is_said_in_one_sentence(data, message):
    reading = read(data)
    assert reading.publications == ()
    assert [one.problem for one in reading.findings] == [Problem.IMPORT_FILE]
    assert message in reading.findings[0].message


def test_an_empty_answer_of_pubmed_is_no_fault():
    assert read("<PubmedArticleSet></PubmedArticleSet>").findings == ()


# ---- encodings


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_does_no_harm(name, encoding):
    reading = read(TEXTS[name].encode(encoding))
    assert len(reading.publications) == 4


def test_lines_of_an_old_file_are_read_as_windows_1252():
    data = "TY  - JOUR\nTI  - Médecine ".encode() + b"caf\xe9\n" + "AU  - Fluge, Øystein\nER  - \n".encode()
    data = data.replace("Médecine".encode(), b"M\xe9decine")
    reading = read(data)
    (found,) = reading.publications
    assert (found.title, found.authors[0].given) == ("Médecine café", "Øystein")
    assert said(reading) == [(2, "import-value", "the file is not UTF-8; lines that are not are read as Windows-1252")]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_any_line_end_will_do(name, end):
    text = TEXTS[name].replace("\r\n", "\n").replace("\n", end)
    assert len(read(text).publications) == 4


# ---- hostile values

HOSTILE = {
    "null bytes": "A\x00B",
    "text that turns around": "A\u202eB\u2066",
    "unseen signs": "A\u200bB\ufeff",
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", TEXTS)
def test_signs_that_cannot_be_seen_are_left_out(name, value):
    old = PAPERS[0].journal
    written = json.dumps(value)[1:-1] if name == "csl" else value
    reading = read(TEXTS[name].replace(old, written))
    if name == "xml" and "\x00" in value:
        assert [one.problem for one in reading.findings] == [Problem.IMPORT_RECORD]
        return
    assert reading.publications[0].container == "AB"


def test_lone_surrogates_do_no_harm():
    text = r'[{"title": "A \ud800 B \udc00 C \ud83d\ude00", "type": "book"}, {"title": "D", "type": "book"}]'
    assert [one.title for one in read(text).publications] == ["A \ufffd B \ufffd C \U0001f600", "D"]


LONG = "word " * 2_000_000
DEEP = 100_000
HUGE = {
    "a title of ten million letters in RIS": f"TY  - JOUR\nTI  - {LONG}\nER  - \n",
    "one in NBIB": f"PMID- 1\nTI  - {LONG}\n",
    "one in JSON": json.dumps([{"type": "article-journal", "title": LONG}]),
    "one in XML": pubmed_set(pubmed_article(FLUGE).replace(FLUGE.title, LONG)).decode(),
    "one in BibTeX": f"@article{{a-2001,\n  title = {{{LONG}}},\n}}\n",
    "a million lines that go on": "TY  - JOUR\nTI  - A\n" + " on\n" * 1_000_000 + "ER  - \n",
    "a million stray lines": "TY  - JOUR\nTI  - A\nER  - \n" + "odd\n" * 1_000_000,
    "deep lists": "[" * DEEP,
    "deep objects": '{"title":' * DEEP,
    "deep elements": pubmed_set(
        pubmed_article(FLUGE).replace(FLUGE.title, f"A{'<b>' * DEEP}b{'</b>' * DEEP}")
    ).decode(),
    "starts of articles": "<PubmedArticleSet>" + "<PubmedArticle>" * DEEP,
    "markup without end": json.dumps([{"title": ["<" * 1_000_000], "DOI": "10.1000/x"}]),
    "markup that never closes": json.dumps([{"title": ["<i " * 500_000], "DOI": "10.1000/x"}]),
    "entities that grow": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    + pubmed_article(FLUGE).replace(FLUGE.title, "&b;"),
    "an entity from a file": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    + pubmed_article(FLUGE).replace(FLUGE.title, "&a;"),
    "ten thousand authors": json.dumps([{"title": "A", "author": [{"family": "Fluge", "given": "Ø"}] * 50_000}]),
}


@pytest.mark.parametrize("name", HUGE)
def test_no_file_takes_long_or_fails(name):
    readings = []
    assert cpu_seconds(lambda: readings.append(read(HUGE[name])), tries=1) < 15
    (reading,) = readings
    assert reading.publications or reading.findings
    for publication in reading.publications:
        assert len(publication.title) <= 4000
        assert len(publication.authors) <= 10_000


def test_entities_are_not_replaced():
    for name in ("entities that grow", "an entity from a file"):
        reading = read(HUGE[name])
        assert reading.publications == ()
        assert "undefined entity" in reading.findings[0].message
