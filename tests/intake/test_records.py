"""What single records say, in the words of their formats."""

import json

import pytest
from shapes import correction, crossref_answer, crossref_work, entry, pubmed_article, pubmed_set, update

from sphinx_mecfs.bibliography.records import Person
from sphinx_mecfs.evidence.vocabulary import PublicationStatus
from sphinx_mecfs.intake.readers.files import read_records

FLUGE = entry("fluge-2009-clinical-impact")
LOMBARDI = entry("lombardi-2009-retracted-detection")


def one(data):
    reading = read_records(data if isinstance(data, bytes) else data.encode(), "file")
    (publication,) = reading.publications
    assert reading.findings == ()
    return publication


def ris(*lines):
    return one("\n".join(["TY  - JOUR", *lines, "ER  - ", ""]))


# ---- names and texts


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Fluge, Øystein", Person("Fluge", "Øystein")),
        ("van Weeghel, Michel", Person("Weeghel", "Michel", "van")),
        ("Smith, Ann, Jr", Person("Smith", "Ann", "", "Jr")),
        ("Smith, Jr, Ann", Person("Smith", "Ann", "", "Jr")),
        ("Smith, Ann III", Person("Smith", "Ann", "", "III")),
        ("Lipkin WI", Person("Lipkin", "WI")),
        ("van der Meer JW", Person("Meer", "JW", "van der")),
        ("The CFS Study Group", Person("The CFS Study Group", literal=True)),
    ],
)
def test_a_name_in_ris_is_taken_apart(written, person):
    assert ris("TI  - A title", f"AU  - {written}").authors == (person,)


def test_a_list_of_authors_that_is_cut_off_says_so():
    assert ris("TI  - A title", "AU  - Fluge, Ø", "AU  - et al.").others is True


def test_groups_stand_among_the_authors_of_every_service():
    group = {"name": "DecodeME Collaboration"}
    work = crossref_work(FLUGE, author=[{"family": "Ponting", "given": "Chris P", "suffix": "Jr"}, group])
    wanted = (Person("Ponting", "Chris P", "", "Jr"), Person("DecodeME Collaboration", literal=True))
    assert one(json.dumps(work)).authors == wanted
    nbib = "PMID- 1\nTI  - A title.\nFAU - Ponting, Chris P Jr\nAU  - Ponting CP Jr\nCN  - DecodeME Collaboration\n"
    assert one(nbib).authors == wanted
    csl = {"type": "article-journal", "title": "A title", "author": [{"literal": "DecodeME Collaboration"}]}
    assert one(json.dumps([csl])).authors == wanted[1:]


def test_old_records_of_medline_have_short_names_only():
    found = one("PMID- 1\nTI  - A title.\nAU  - van der Meer JW\nAU  - Holmes GP Jr\n")
    assert found.authors == (Person("Meer", "JW", "van der"), Person("Holmes", "GP", "", "Jr"))


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("V&#775;O<sub>2</sub> in <i>ME/CFS</i>", "V̇O₂ in ME/CFS"),
        ("CO<jats:sub>2</jats:sub> &amp; p &lt; 0.05", "CO₂ & p < 0.05"),
        ("10<sup>-3</sup> of <b>n</b><sup>a</sup>", "10⁻³ of na"),
        ("a  title\n  in lines", "a title in lines"),
    ],
)
def test_the_markup_of_a_title_becomes_signs(title, plain):
    assert one(json.dumps(crossref_work(FLUGE, title=[title]))).title == plain


def test_a_title_in_pubmed_keeps_its_signs_and_loses_the_full_stop():
    article = pubmed_article(FLUGE).replace(FLUGE.title, "Peak V<i>O</i><sub>2</sub> in <b>ten</b> people")
    assert one(pubmed_set(article)).title == "Peak VO₂ in ten people"


@pytest.mark.parametrize(
    ("pages", "written"),
    [
        ("1057-63", "1057–1063"),
        ("S88-S95", "S88–S95"),
        ("e00266-12", "e00266-12"),
        ("28", "28"),
        ("28-28", "28"),
        ("99-101", "99–101"),
    ],
)
def test_pages_are_written_in_full(pages, written):
    assert one(json.dumps(crossref_work(FLUGE, page=pages))).pages == written


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (("PY  - 2009/07/01/",), (2009, 7)),
        (("PY  - 2009", "DA  - 2009/03/15"), (2009, 3)),
        (("Y1  - 2009 Jul",), (2009, 7)),
        (("PY  - in press",), (None, 0)),
    ],
)
def test_the_date_of_a_ris_record_is_found(lines, date):
    found = ris("TI  - A title", *lines)
    assert (found.year, found.month) == date


def test_the_season_of_an_issue_is_a_year():
    article = pubmed_article(FLUGE)
    start, end = article.index("<PubDate>"), article.index("</PubDate>")
    article = f"{article[:start]}<PubDate><MedlineDate>2009 Jul-Aug</MedlineDate>{article[end:]}"
    found = one(pubmed_set(article))
    assert (found.year, found.month) == (2009, 7)


def test_the_year_of_print_goes_before_that_of_the_web():
    work = crossref_work(FLUGE, issued={"date-parts": [[2008, 12]]})
    work["published-print"] = {"date-parts": [["2009", "7"]]}
    assert one(json.dumps(work)).year == 2009


# ---- identifiers are the record's own


def test_pubmed_gives_the_ids_of_the_article_and_never_of_its_references():
    found = one(pubmed_set(pubmed_article(FLUGE)))
    assert (found.doi, found.pmid, found.pmcid) == (FLUGE.doi, FLUGE.pmid, FLUGE.pmcid)
    bare = pubmed_article(FLUGE).replace(f'<ArticleId IdType="doi">{FLUGE.doi}</ArticleId>', "")
    assert one(pubmed_set(bare)).doi == ""


def test_a_doi_of_pubmed_that_is_marked_as_wrong_is_not_taken():
    article = pubmed_article(FLUGE).replace(f'<ArticleId IdType="doi">{FLUGE.doi}</ArticleId>', "")
    place = '<ELocationID EIdType="doi" ValidYN="{}">10.1000/own</ELocationID><Pagination>'
    assert one(pubmed_set(article.replace("<Pagination>", place.format("N")))).doi == ""
    assert one(pubmed_set(article.replace("<Pagination>", place.format("Y")))).doi == "10.1000/own"


def test_nbib_takes_no_id_from_what_it_cites():
    found = one("PMID- 19566965\nTI  - A title.\nSO  - J. 2009. doi: 10.1/no.\nCIN - J. PMID: 11111111\n")
    assert (found.doi, found.pmid) == ("", "19566965")


def test_an_accession_number_is_a_pubmed_id_only_in_pubmed():
    assert ris("TI  - A title", "AN  - 19566965").pmid == "19566965"
    assert ris("TI  - A title", "DB  - PubMed", "AN  - 19566965").pmid == "19566965"
    assert ris("TI  - A title", "DB  - Scopus", "AN  - 19566965").pmid == ""


def test_zotero_writes_ids_into_the_note():
    item = {"id": 1, "type": "article-journal", "title": "A title"}
    found = one(json.dumps([{**item, "note": "a word\nPMID: 19566965\nPMCID: PMC2711959"}]))
    assert (found.pmid, found.pmcid) == ("19566965", "PMC2711959")
    assert one(json.dumps([{**item, "note": "It comments on PMID: 19566965."}])).pmid == ""


ZOTERO = {
    "itemType": "journalArticle",
    "title": "A title",
    "creators": [
        {"creatorType": "author", "firstName": "Øystein", "lastName": "Fluge"},
        {"creatorType": "author", "name": "A group"},
        {"creatorType": "translator", "lastName": "Other"},
        {"creatorType": "editor", "firstName": "O", "lastName": "Mella"},
    ],
    "publicationTitle": "BMC Neurology",
    "date": "2009-07-01",
    "volume": "9",
    "pages": "28-9",
    "DOI": FLUGE.doi,
    "extra": "PMID: 19566965",
}


@pytest.mark.parametrize("wrap", [lambda one: {"items": [one]}, lambda one: [{"key": "A", "version": 1, "data": one}]])
def test_the_own_json_of_zotero_is_read(wrap):
    found = one(json.dumps(wrap(ZOTERO)))
    assert found.authors == (Person("Fluge", "Øystein"), Person("A group", literal=True))
    assert (found.editors[0].family, found.container, found.year, found.month) == ("Mella", "BMC Neurology", 2009, 7)
    assert (found.pages, found.doi, found.pmid) == ("28–29", FLUGE.doi, "19566965")


def test_what_hangs_on_an_item_of_zotero_is_left_out_by_name():
    reading = read_records(json.dumps([ZOTERO, {"itemType": "attachment", "title": "PDF"}]).encode(), "file")
    assert (reading.format, reading.count, len(reading.publications)) == ("Zotero JSON", 2, 1)
    assert [one.message for one in reading.findings] == ["record 2 of the list is no publication: attachment"]


def test_json_of_another_kind_is_left_out_by_name():
    reading = read_records(b'[{"title": "A title", "authorships": []}]', "file")
    assert [one.message for one in reading.findings] == [
        "record 1 of the list is neither an item of CSL or Zotero nor a work of Crossref"
    ]


def test_a_malformed_identifier_is_none():
    found = one(json.dumps([{"type": "article-journal", "title": "A", "DOI": "n/a", "PMID": "PMC1", "PMCID": 7}]))
    assert (found.doi, found.pmid, found.pmcid) == ("", "", "")


# ---- notices


def test_crossref_tells_what_a_work_was_updated_by():
    notice = update("10.1126/science.334.6063.1636-a", "retraction", (2011, 12, 23))
    version = update("10.1000/v2", "new_version", (2010, 1, 1))
    found = one(crossref_answer(LOMBARDI, **{"updated-by": [version, notice]}))
    assert [(one.status, one.doi, str(one.day)) for one in found.notices] == [
        (PublicationStatus.RETRACTED, "10.1126/science.334.6063.1636-a", "2011-12-23")
    ]
    assert found.notice_of == ()


def test_crossref_tells_what_a_notice_is_on():
    found = one(crossref_answer(LOMBARDI, **{"update-to": [update(FLUGE.doi, "correction", (2011, 1, 1))]}))
    assert (found.notices, found.notice_of) == ((), (FLUGE.doi,))


NOTICES = [
    ("RetractionIn", "RIN", PublicationStatus.RETRACTED),
    ("ExpressionOfConcernIn", "ECI", PublicationStatus.CONCERN),
    ("ErratumIn", "EIN", PublicationStatus.CORRECTED),
    ("PartialRetractionIn", "PRIN", PublicationStatus.CORRECTED),
    ("RetractedandRepublishedIn", "RRI", PublicationStatus.REPUBLISHED),
]
SOURCE = "Science. 2011 Dec 23;334(6063):1636. doi: 10.1126/science.334.6063.1636-a."


@pytest.mark.parametrize(("in_xml", "in_nbib", "status"), NOTICES)
def test_pubmed_tells_of_notices_in_both_formats(in_xml, in_nbib, status):
    xml = one(pubmed_set(pubmed_article(LOMBARDI, corrections=correction(in_xml, SOURCE, "22194552"))))
    nbib = one(f"PMID- 19815723\nTI  - A title.\n{in_nbib:<4}- {SOURCE} PMID: 22194552\n")
    assert xml.notices == nbib.notices
    (notice,) = xml.notices
    assert (notice.status, notice.doi, notice.pmid) == (status, "10.1126/science.334.6063.1636-a", "22194552")
    assert str(notice.day) == "2011-12-23"


@pytest.mark.parametrize("kind", ["CommentIn", "RepublishedIn", "UpdateIn", "CommentOn", "SummaryForPatientsIn"])
def test_comments_and_reprints_are_no_notices(kind):
    article = pubmed_article(LOMBARDI, corrections=correction(kind, SOURCE, "22194552"))
    assert (one(pubmed_set(article)).notices, one(pubmed_set(article)).notice_of) == ((), ())


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("RETRACTED: A title", PublicationStatus.RETRACTED),
        ("Retracted Article: A title", PublicationStatus.RETRACTED),
        ("WITHDRAWN: A title", PublicationStatus.WITHDRAWN),
    ],
)
def test_a_mark_before_the_title_tells_of_a_retraction(title, status):
    (notice,) = ris(f"TI  - {title}").notices
    assert (notice.status, notice.reference) == (status, "")


def test_a_type_of_publication_tells_of_a_retraction():
    article = pubmed_article(LOMBARDI)
    marked = article.replace("Journal Article", "Retracted Publication")
    assert [notice.status for notice in one(pubmed_set(marked)).notices] == [PublicationStatus.RETRACTED]
    assert [notice.status for notice in one("PMID- 1\nTI  - A.\nPT  - Retracted Publication\n").notices] == [
        PublicationStatus.RETRACTED
    ]


# ---- preprints and registrations


def test_a_preprint_names_its_paper_and_the_paper_its_preprint():
    to_paper = {"is-preprint-of": [{"id-type": "doi", "id": FLUGE.doi, "asserted-by": "subject"}]}
    preprint = one(json.dumps(crossref_work(FLUGE, type="posted-content", subtype="preprint", relation=to_paper)))
    assert (preprint.is_preprint, preprint.published_as) == (True, FLUGE.doi)
    to_preprint = {"has-preprint": [{"id-type": "doi", "id": "10.1101/2009.1", "asserted-by": "object"}]}
    paper = one(json.dumps(crossref_work(FLUGE, relation=to_preprint)))
    assert (paper.is_preprint, paper.preprints) == (False, ("10.1101/2009.1",))


@pytest.mark.parametrize(
    ("line", "preprint"),
    [
        ("T2  - medRxiv", True),
        ("T2  - bioRxiv : the preprint server for biology", True),
        ("DO  - 10.1101/2025.08.06.25333109", True),
        ("DO  - 10.21203/rs.3.rs-1/v1", True),
        ("DO  - 10.1101/gr.123.1", False),
        ("T2  - Research in Squares", False),
    ],
)
def test_a_preprint_in_a_file_is_known_by_its_server(line, preprint):
    assert ris("TI  - A title", line).is_preprint is preprint


def test_registrations_of_trials_are_kept():
    bank = (
        "<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>"
        "<AccessionNumber>NCT00848692</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"
    )
    assert one(pubmed_set(pubmed_article(FLUGE, banks=bank))).registration == ("NCT00848692",)
    number = [{"clinical-trial-number": "nct00848692", "registry": "10.18810/clinical-trials-gov"}]
    assert one(json.dumps(crossref_work(FLUGE, **{"clinical-trial-number": number}))).registration == ("NCT00848692",)
    assert one("PMID- 1\nTI  - A.\nSI  - ClinicalTrials.gov/NCT00848692\n").registration == ("NCT00848692",)
