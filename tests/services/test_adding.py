"""`add` with identifiers: both services are asked, and what one does not give is named."""

import pytest
from importing import Base
from serving import XML, Answer
from shapes import correction, entry, pubmed_article, pubmed_set, update

from sphinx_mecfs.bibliography.reader import read_bibliography

FLUGE = entry("fluge-2009-clinical-impact")
LOMBARDI = entry("lombardi-2009-retracted-detection")
LOMBARDI_KEY = "lombardi-2009-detection-infectious"
NOTICE = "10.1126/science.334.6063.1636-a"
RETRACTED = correction("RetractionIn", f"Science. 2011 Dec 23;334(6063):1636. doi: {NOTICE}.", "22194552")


@pytest.fixture
def base(tmp_path):
    return Base(tmp_path / "base")


def said(report):
    return [(one.source, one.finding.message) for one in report.remarks]


def made(base, key):
    return read_bibliography(base.bib.read_bytes()).entries[key]


@pytest.mark.parametrize("item", [FLUGE.doi, f"https://doi.org/{FLUGE.doi.upper()}", FLUGE.pmid, f"PMID: {FLUGE.pmid}"])
def test_a_study_is_added_by_its_doi_or_pubmed_id(base, book, settings, item):
    book()
    report = base.add(item, services=settings)
    assert [one.key for one in report.added] == [FLUGE.key]
    assert (report.remarks, report.failed) == ((), False)
    assert made(base, FLUGE.key).pmid == FLUGE.pmid
    assert made(base, FLUGE.key).doi == FLUGE.doi


def test_the_day_on_which_services_were_asked_is_that_of_the_last_check(base, book, settings):
    book()
    base.add(FLUGE.doi, services=settings)
    page = base.pages()[f"{FLUGE.key}.md"].decode()
    assert ":status-checked: 2026-11-20\n" in page
    assert ":status:" not in page


def test_a_check_that_one_service_refused_is_none(base, book, settings):
    service = book()
    service.answer(f"/works/{FLUGE.doi}", Answer(status=403))
    base.add(FLUGE.doi, services=settings)
    assert ":status-checked: TODO" in base.pages()[f"{FLUGE.key}.md"].decode()


def test_a_study_from_a_file_was_not_checked_although_services_may_be_asked(base, book, settings):
    book()
    base.add(base.file("a.ris", "TY  - JOUR\nTI  - A title\nER  - \n"), services=settings)
    assert ":status-checked: TODO" in base.pages()["anonymous-nd-title.md"].decode()


@pytest.mark.parametrize("source", ["crossref", "pubmed"])
def test_a_retraction_that_either_service_knows_stands_on_the_page(base, book, settings, source):
    if source == "crossref":
        book(crossref={LOMBARDI.key: {"updated-by": [update(NOTICE, "retraction", (2011, 12, 23))]}})
    else:
        book(pubmed={LOMBARDI.key: {"corrections": RETRACTED}})
    base.add(LOMBARDI.doi, services=settings)
    page = base.pages()[f"{LOMBARDI_KEY}.md"].decode()
    assert f":status: retracted\n:status-notice: {NOTICE}\n" in page


def test_one_study_by_two_identifiers_and_a_file_is_one(base, book, settings):
    book()
    path = base.file("a.xml", pubmed_set(pubmed_article(FLUGE)))
    report = base.add(FLUGE.doi, FLUGE.pmid, FLUGE.doi.upper(), path, services=settings)
    assert (report.read, len(report.added), len(report.duplicates)) == (3, 1, 2)


def test_many_studies_are_asked_for_together(base, book, settings):
    service = book()
    papers = [entry(key) for key in ("alter-2012-multicenter-blinded", "fluge-2015-lymphocyte-depletion", FLUGE.key)]
    report = base.add(*(one.pmid for one in papers), services=settings)
    assert len(report.added) == 3
    assert sum("efetch" in one.path for one in service.asked) == 1


def test_a_doi_that_nobody_knows_is_named_and_the_others_are_added(base, book, settings):
    book()
    report = base.add("10.9999/unknown", FLUGE.doi, services=settings)
    assert [one.key for one in report.added] == [FLUGE.key]
    assert said(report) == [("10.9999/unknown", "Crossref knows nothing of it (404)")]
    assert report.failed


def test_a_pubmed_id_that_does_not_exist_is_named(base, book, settings):
    book()
    report = base.add("999999999", FLUGE.pmid, services=settings)
    assert [one.key for one in report.added] == [FLUGE.key]
    assert said(report) == [("PMID 999999999", "PubMed has no article with this id")]


def test_a_paper_is_added_from_the_service_that_answers(base, book, changed):
    service = book()
    service.answer(f"/works/{FLUGE.doi}", Answer(status=403))
    report = base.add(FLUGE.doi, services=changed())
    assert [one.key for one in report.added] == [FLUGE.key]
    assert said(report) == [(FLUGE.doi, "Crossref answers 403")]
    service.answer("/eutils/esearch.fcgi", Answer(b"{"))
    service.answer("/eutils/efetch.fcgi", Answer(b"<html>", kind="text/html"))
    service.answer(f"/works/{LOMBARDI.doi}")
    report = base.add(LOMBARDI.doi, services=changed())
    assert [one.key for one in report.added] == [LOMBARDI_KEY]
    assert said(report) == [(LOMBARDI.doi, "PubMed answers with JSON that cannot be read")]


def test_a_broken_record_among_those_of_pubmed_is_named(base, book, settings):
    service = book()
    broken = pubmed_article(LOMBARDI).replace("</Journal>", "")
    service.answer("/eutils/efetch.fcgi", Answer(pubmed_set(pubmed_article(FLUGE), broken), kind=XML))
    report = base.add(FLUGE.pmid, LOMBARDI.pmid, services=settings)
    assert [one.key for one in report.added] == [FLUGE.key]
    assert [one.finding.problem.value for one in report.remarks] == ["import-record", "service"]


def test_a_preprint_and_its_paper_are_merged_on_request(base, book, settings):
    relation = {"has-preprint": [{"id-type": "doi", "id": LOMBARDI.doi}]}
    preprint = {"type": "posted-content", "subtype": "preprint"}
    book(crossref={FLUGE.key: {"relation": relation}, LOMBARDI.key: preprint})
    report = base.add(FLUGE.doi, LOMBARDI.doi, services=settings, merge_preprints=True, dry_run=True)
    assert [one.key for one in report.added] == [FLUGE.key]
    assert [one.by for one in report.duplicates] == ["preprint of the paper"]
    report = base.add(FLUGE.doi, LOMBARDI.doi, services=settings)
    assert len(report.added) == 2
    assert "is the preprint or paper of the same work" in report.remarks[0].finding.message


def test_no_record_of_a_service_fills_what_only_a_reader_can_say(base, book, settings):
    abstract = "<p>Fukuda 1994 required PEM. All improved.</p>"
    book(crossref={FLUGE.key: {"abstract": abstract, "subject": ["PEM required"]}})
    base.add(FLUGE.doi, services=settings)
    page = base.pages()[f"{FLUGE.key}.md"].decode()
    assert "All improved" not in page
    assert ":criteria: TODO" in page
