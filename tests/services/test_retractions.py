"""`retractions`: what the cards say against what Crossref, PubMed and Retraction Watch know, and writing it down."""

import datetime
import json
import shutil
from csv import field_size_limit

import msgspec
import pytest
from serving import Answer
from shapes import correction, entry, update
from support import ROOT

from sphinx_mecfs.cli.retractions import retractions, retractions_text
from sphinx_mecfs.evidence.vocabulary import PublicationStatus
from sphinx_mecfs.intake.base.layout import find_layout
from sphinx_mecfs.intake.notices.comparing import Held, compare
from sphinx_mecfs.intake.records import Notice

TODAY = datetime.date(2026, 11, 25)
FLUGE = entry("fluge-2009-clinical-impact")
LOMBARDI = entry("lombardi-2009-retracted-detection")
NOTICE = "10.1126/science.334.6063.1636-a"
RETRACTION = update(NOTICE, "retraction", (2011, 12, 23))
KEYS = (FLUGE.key, LOMBARDI.key)


@pytest.fixture
def base(tmp_path):
    """Two cards of the book: one on a paper that has been retracted, one not."""
    studies = tmp_path / "docs/studies"
    studies.mkdir(parents=True)
    for key in KEYS:
        shutil.copy(ROOT / f"docs/studies/{key}.md", studies)
    shutil.copy(ROOT / "refs.bib", tmp_path)
    return tmp_path


def page(base, key):
    return base / f"docs/studies/{key}.md"


def check(base, services=None, **options):
    return retractions(find_layout(base), today=TODAY, services=services, **options)


def forget(base):
    """Let the card of the retracted paper say nothing of it, in the line ends of Windows and with an odd byte."""
    path = page(base, LOMBARDI.key)
    text = path.read_text(encoding="utf-8").replace(f":status: retracted\n:status-notice: {NOTICE}\n", "")
    path.write_bytes(text.replace("\n", "\r\n").encode() + b"% caf\xe9\r\n")
    return path


def told(report):
    return [(one.key, one.kind, one.found.value, one.notice, one.sources) for one in report.differences]


# ---- comparing


def test_a_base_that_says_what_is_known_has_no_differences(base, book, settings):
    book(crossref={LOMBARDI.key: {"updated-by": [RETRACTION]}})
    report = check(base, settings)
    assert (report.studies, report.checked, report.differences, report.remarks) == (2, 2, (), ())
    assert not report.open
    assert retractions_text(report).startswith("2 of 2 studies checked: 0 differences")


def test_a_retraction_that_a_card_does_not_know_is_listed(base, book, settings):
    forget(base)
    source = correction("RetractionIn", f"Science. 2011 Dec 23. doi: {NOTICE}.", "22194552")
    book(crossref={LOMBARDI.key: {"updated-by": [RETRACTION]}}, pubmed={LOMBARDI.key: {"corrections": source}})
    report = check(base, settings)
    assert told(report) == [(LOMBARDI.key, "status", "retracted", NOTICE, ("Crossref", "PubMed"))]
    assert report.open
    assert (
        f"{LOMBARDI.key}: the card says current; found retracted (Crossref, PubMed, 2011-12-23), notice {NOTICE}\n"
        in retractions_text(report)
    )
    assert json.loads(json.dumps(msgspec.to_builtins(report)))["differences"][0]["found"] == "retracted"


@pytest.mark.parametrize(("source", "asked"), [("crossref", "/works/"), ("pubmed", "/eutils/")])
def test_only_the_services_that_are_wanted_are_asked(base, book, settings, source, asked):
    service = book()
    check(base, settings, sources=(source,))
    assert service.asked
    assert all(one.path.startswith(asked) for one in service.asked)


def test_a_status_that_no_source_confirms_is_named_and_never_lowered(base, book, settings):
    book()
    before = page(base, LOMBARDI.key).read_bytes()
    report = check(base, settings, write=True, stamp=True)
    assert told(report) == [(LOMBARDI.key, "unconfirmed", "current", "", ("Crossref", "PubMed"))]
    assert page(base, LOMBARDI.key).read_bytes() == before


def test_a_service_that_fails_says_so_and_nothing_is_concluded(base, book, settings):
    service = book()
    for one in (FLUGE, LOMBARDI):
        service.answer(f"/works/{one.doi}", Answer(status=403))
    report = check(base, settings, sources=("crossref",))
    assert (report.checked, report.differences) == (0, ())
    assert [one.finding.message for one in report.remarks] == ["Crossref answers 403"] * 2
    assert report.open


def test_a_service_that_fails_again_and_again_is_left_alone(tmp_path, service, settings):
    shutil.copytree(ROOT / "docs/studies", tmp_path / "studies")
    shutil.copy(ROOT / "refs.bib", tmp_path)
    service.answer_by(lambda _asked: Answer(status=403))
    report = retractions(find_layout(tmp_path), today=TODAY, services=settings)
    said = [one.finding.message for one in report.remarks]
    assert "Crossref failed 5 times in a row and is asked no more" in said
    assert len(service.asked) < 20


A = "fluge-2009-clinical-impact"
DAY = datetime.date(2011, 1, 1)
STATUS = PublicationStatus


def notice(status, doi="10.1000/n", day=DAY):
    return Notice(STATUS(status), doi, "", day)


@pytest.mark.parametrize(
    ("held", "notices", "outcome"),
    [
        ("current", [], None),
        ("current", ["corrected"], ("status", "corrected")),
        ("corrected", ["retracted", "corrected"], ("status", "retracted")),
        ("retracted", ["expression-of-concern"], ("unconfirmed", "expression-of-concern")),
        ("retracted", ["retracted"], None),
        ("withdrawn", ["retracted"], None),
        ("retracted-republished", ["retracted"], None),
        ("retracted", ["retracted-republished"], ("status", "retracted-republished")),
        ("current", ["retracted", "retracted-republished"], ("status", "retracted-republished")),
    ],
)
def test_the_gravest_notice_counts(held, notices, outcome):
    base = [Held(A, STATUS(held), "" if held == "current" else "10.1000/N", "10.1000/a")]
    found = list(compare(base, {"Crossref": {A: tuple(map(notice, notices))}}))
    assert [(one.kind, one.found.value) for one in found] == ([outcome] if outcome else [])


def test_a_reinstatement_takes_back_what_was_before_it():
    base = [Held(A, STATUS.CURRENT, "", "10.1000/a")]
    back = Notice(STATUS.CURRENT, day=datetime.date(2012, 1, 1))
    assert list(compare(base, {"Retraction Watch": {A: (notice("retracted"), back)}})) == []
    again = notice("retracted", day=datetime.date(2013, 1, 1))
    assert len(list(compare(base, {"Retraction Watch": {A: (notice("retracted"), back, again)}}))) == 1


@pytest.mark.parametrize(
    ("written", "differs"),
    [
        ("10.1000/N", False),
        ("https://doi.org/10.1000/n", False),
        ("PMID 22194552", False),
        ("https://journal.example/notice", False),
        ("10.1000/other", True),
        ("PMID 1", True),
    ],
)
def test_another_notice_than_that_on_the_card_is_named(written, differs):
    base = [Held(A, STATUS.RETRACTED, written, "10.1000/a")]
    found = list(compare(base, {"PubMed": {A: (Notice(STATUS.RETRACTED, "10.1000/n", "22194552", DAY),)}}))
    assert [one.kind for one in found] == (["notice"] if differs else [])


def test_a_study_that_a_source_did_not_answer_on_is_not_unconfirmed():
    base = [Held(A, STATUS.RETRACTED, "10.1000/n", "10.1000/a")]
    assert list(compare(base, {"Crossref": {}})) == []


# ---- writing


def test_status_and_notice_are_written_and_nothing_else(base, book, settings):
    path = forget(base)
    other = page(base, FLUGE.key).read_bytes()
    before = path.read_bytes()
    book(crossref={LOMBARDI.key: {"updated-by": [RETRACTION]}})
    report = check(base, settings, write=True)
    after = path.read_bytes()
    added = f":status: retracted\r\n:status-notice: {NOTICE}\r\n".encode()
    assert after == before.replace(b":status-checked:", added + b":status-checked:", 1)
    assert ([one.written for one in report.differences], report.changed, report.open) == ([True], (str(path),), False)
    assert page(base, FLUGE.key).read_bytes() == other
    assert check(base, settings).differences == ()


def test_the_day_of_the_check_is_written_on_request(base, book, settings):
    book(crossref={LOMBARDI.key: {"updated-by": [RETRACTION]}})
    report = check(base, settings, write=True, stamp=True)
    assert len(report.changed) == 2
    for key in KEYS:
        original = (ROOT / f"docs/studies/{key}.md").read_bytes()
        wanted = original.replace(b":status-checked: 2026-11-22", b":status-checked: 2026-11-25")
        assert page(base, key).read_bytes() == wanted != original


def test_no_day_is_written_where_a_service_did_not_answer(base, book, settings):
    service = book(crossref={LOMBARDI.key: {"updated-by": [RETRACTION]}})
    service.answer("/eutils/efetch.fcgi", Answer(status=403))
    report = check(base, settings, write=True, stamp=True)
    assert report.changed == ()


def test_nothing_is_written_unless_it_is_asked_for(base, book, settings):
    path = forget(base)
    before = path.read_bytes()
    book(crossref={LOMBARDI.key: {"updated-by": [RETRACTION]}})
    check(base, settings, stamp=True)
    assert path.read_bytes() == before


def test_a_retraction_without_a_notice_that_can_be_named_is_not_written(base, book, settings):
    path = forget(base)
    before = path.read_bytes()
    book(pubmed={LOMBARDI.key: {"corrections": correction("RetractionIn", "Science. 2011 Dec 23;334:1636.")}})
    report = check(base, settings, write=True)
    assert path.read_bytes() == before
    assert [(one.kind, one.written) for one in report.differences] == [("status", False)]
    assert "notice not known" in retractions_text(report)


def test_a_page_that_cannot_be_written_is_named(base, book, settings, monkeypatch):
    path = forget(base)

    def refuse(_self, _target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    book(crossref={LOMBARDI.key: {"updated-by": [RETRACTION]}})
    report = check(base, settings, write=True)
    assert [one.finding.message for one in report.remarks] == ["cannot write the page: Permission denied"]
    assert [one.written for one in report.differences] == [False]
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".")] == []


# ---- Retraction Watch

HEAD = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,RetractionDOI,"
    "RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes,\n"
)


def row(**values):
    columns = HEAD.strip().split(",")
    return ",".join(f'"{values.get(name, "")}"' for name in columns) + "\n"


ROW = {
    "Record ID": "1",
    "Title": "A title, with a comma\nand a line",
    "RetractionDate": "12/23/2011 0:00",
    "RetractionDOI": f"https://doi.org/{NOTICE.upper()}",
    "RetractionPubMedID": "22194552",
    "OriginalPaperDOI": LOMBARDI.doi.upper(),
    "OriginalPaperPubMedID": "0",
    "RetractionNature": "Retraction",
}


@pytest.fixture
def csv(tmp_path):
    def write(text):
        path = tmp_path / "retraction_watch.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.mark.parametrize(
    "ids",
    [{}, {"OriginalPaperDOI": "unavailable", "OriginalPaperPubMedID": LOMBARDI.pmid}],
    ids=["by DOI", "by PubMed id"],
)
def test_the_file_of_retraction_watch_needs_no_network(base, csv, ids):
    forget(base)
    report = check(base, retraction_watch=csv("\ufeff" + HEAD + row(**ROW | ids)))
    assert told(report) == [(LOMBARDI.key, "status", "retracted", NOTICE.upper(), ("Retraction Watch",))]
    assert str(report.differences[0].day) == "2011-12-23"
    assert report.checked == 2


def test_papers_of_others_do_not_matter(base, csv):
    other = ROW | {"OriginalPaperDOI": "10.1000/other", "OriginalPaperPubMedID": "0"}
    report = check(base, retraction_watch=csv(HEAD + row(**other) + row(**ROW)))
    assert report.differences == ()


def test_a_kind_of_notice_that_is_not_known_is_named_at_its_line(base, csv):
    odd = ROW | {"RetractionNature": "Unpublished", "Title": "One line"}
    report = check(base, retraction_watch=csv(HEAD + row(**odd)))
    assert [(one.place, one.finding.message) for one in report.remarks] == [
        ("retraction_watch.csv:2", "'unpublished' is no kind of notice that is known")
    ]


@pytest.fixture
def usual_limit():
    """The length of a field at which Python's reader gives up, which other packages change for a whole process."""
    before = field_size_limit(131_072)
    yield
    field_size_limit(before)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file has no column 'OriginalPaperDOI', as that of Retraction Watch"),
        ("a,b\n1,2\n", "the file has no column 'OriginalPaperDOI', as that of Retraction Watch"),
        (HEAD + '"' + "x" * 200_000 + '"\n', "the file cannot be read on: field larger than field limit (131072)"),
    ],
)
@pytest.mark.usefixtures("usual_limit")
def test_a_file_that_is_none_answers_nothing(base, csv, text, message):
    report = check(base, retraction_watch=csv(text))
    assert [one.finding.message for one in report.remarks] == [message]
    assert (report.checked, report.differences) == (0, ())


@pytest.mark.parametrize("text", [HEAD + "short\n", HEAD + "a," * 60 + "\n", HEAD + "\x00\n", HEAD + '"open\n'])
def test_odd_rows_do_no_harm(base, csv, text):
    assert check(base, retraction_watch=csv(text)).studies == 2


def test_a_file_that_is_not_there_is_named(base, tmp_path):
    report = check(base, retraction_watch=tmp_path / "none.csv")
    assert [one.finding.message for one in report.remarks] == ["cannot read the file: No such file or directory"]


# ---- cards that cannot be compared


def test_cards_without_identifiers_or_with_a_wrong_status_are_named(base, csv):
    path = forget(base)
    path.write_bytes(path.read_bytes().replace(b":status-checked:", b":status: retrcted\r\n:status-checked:"))
    other = page(base, FLUGE.key)
    other.write_text(other.read_text(encoding="utf-8").replace(FLUGE.key, "fluge-2009-other"), encoding="utf-8")
    report = check(base, retraction_watch=csv(HEAD))
    assert [(one.place, one.finding.message) for one in report.remarks] == [
        (
            f"{FLUGE.key}.md:7",
            "'fluge-2009-other' has no entry in the bibliography, so that nobody can be asked for notices",
        ),
        (f"{LOMBARDI.key}.md:14", "the status 'retrcted' is none that there is, so that it cannot be compared"),
    ]
