"""One question to a service: polite, within limits, and with one clear sentence when it goes wrong."""

import datetime
import email.utils
import json
import os
import time

import pytest
from serving import XML, Answer
from shapes import crossref_answer, entry, pubmed_article, pubmed_set
from support import ROOT

from sphinx_mecfs.services.client import ServiceError
from sphinx_mecfs.services.crossref import Crossref
from sphinx_mecfs.services.pubmed import PubMed
from sphinx_mecfs.services.settings import VARIABLES, ServiceSettings

FLUGE = entry("fluge-2009-clinical-impact")
PATH = f"/works/{FLUGE.doi}"
GOOD = Answer(crossref_answer(FLUGE))
FETCH = "/eutils/efetch.fcgi"
ARTICLES = Answer(pubmed_set(pubmed_article(FLUGE)), kind=XML)


def fault(settings, waits, doi=FLUGE.doi):
    with pytest.raises(ServiceError) as error:
        Crossref(settings, waits.clock()).work(doi)
    return str(error.value)


# ---- a good answer


def test_a_work_is_found_by_its_doi(service, settings, waits):
    service.answer(PATH, GOOD)
    found = Crossref(settings, waits.clock()).work(FLUGE.doi)
    assert (found.title, found.year, found.source) == (FLUGE.title, 2009, f"Crossref {FLUGE.doi}")


@pytest.mark.parametrize("doi", ["10.1016/S0140-6736(11)60096-2", "10.1000/a#c?d=e&f%2F", "10.1000/ä/ö"])
def test_a_doi_with_odd_signs_arrives_whole(service, settings, waits, doi):
    service.answer(f"/works/{doi}", Answer(json.dumps({"message": {"DOI": doi, "title": ["A"]}}).encode()))
    assert Crossref(settings, waits.clock()).work(doi).doi == doi
    assert service.asked[0].path == f"/works/{doi}"


def test_both_services_are_told_who_asks(service, settings, waits):
    service.answer(PATH, GOOD)
    service.answer(FETCH, ARTICLES)
    Crossref(settings, waits.clock()).work(FLUGE.doi)
    list(PubMed(settings, waits.clock()).records([FLUGE.pmid]))
    crossref, pubmed = service.asked
    assert crossref.query == {"mailto": "writer@base.example"}
    assert crossref.headers["User-Agent"].endswith("(mailto:writer@base.example)")
    assert (pubmed.query["email"], pubmed.query["tool"]) == ("writer@base.example", "sphinx-mecfs")


def test_nobody_is_asked_without_a_contact(service, changed, waits):
    assert fault(changed(mail=""), waits) == "Crossref is not asked without a contact: give your mail address"
    assert service.asked == []


@pytest.mark.parametrize("address", ["file:///etc", "ftp://base.example", "base.example"])
def test_only_addresses_of_the_web_are_asked(changed, waits, address):
    assert fault(changed(crossref=address), waits) == "the address of Crossref begins with neither https:// nor http://"


def test_questions_keep_their_distance(service, changed, waits):
    service.answer(PATH, GOOD)
    crossref = Crossref(changed(crossref_rate=5), waits.clock())
    for _ in range(3):
        crossref.work(FLUGE.doi)
    assert waits.waits == [0.2, 0.2]


def test_a_key_of_ncbi_lets_pubmed_be_asked_faster(service, changed, waits):
    service.answer(FETCH, ARTICLES)
    pubmed = PubMed(changed(pubmed_rate=3, api_key="abc"), waits.clock())
    list(pubmed.records([FLUGE.pmid]))
    list(pubmed.records([FLUGE.pmid]))
    assert waits.waits == [0.1]
    assert service.asked[0].query["api_key"] == "abc"


def test_a_title_without_end_is_cut(service, settings, waits):
    service.answer(PATH, Answer(crossref_answer(FLUGE, title=["word " * 1_000_000])))
    assert len(Crossref(settings, waits.clock()).work(FLUGE.doi).title) == 4000


# ---- trying again


@pytest.mark.parametrize(
    "bad",
    [
        Answer(status=500),
        Answer(status=502, body=b"<html>Bad gateway</html>", kind="text/html"),
        Answer(status=503),
        Answer(status=429),
        Answer(GOOD.body, cut=100),
        Answer(close=True),
        Answer(GOOD.body, delay=1),
    ],
    ids=["500", "502", "503", "429", "cut off", "closed", "slow"],
)
def test_a_fault_that_passes_is_waited_out(service, settings, waits, bad):
    service.answer(PATH, bad, bad, GOOD)
    assert Crossref(settings, waits.clock()).work(FLUGE.doi).title == FLUGE.title
    assert [wait for wait in waits.waits if wait >= 1] == [1.0, 2.0]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (Answer(status=500), "Crossref answers 500 (asked 4 times)"),
        (Answer(status=429), "Crossref answers 429 (asked 4 times)"),
        (Answer(GOOD.body, cut=100), "Crossref breaks its answer off (asked 4 times)"),
        (Answer(close=True), "Crossref cannot be reached, or closes the connection (asked 4 times)"),
        (Answer(GOOD.body, delay=1), "Crossref does not answer in time (asked 4 times)"),
    ],
    ids=["500", "429", "cut off", "closed", "slow"],
)
def test_a_fault_that_stays_is_said_in_one_sentence(service, changed, waits, bad, message):
    service.answer(PATH, bad)
    assert fault(changed(deadline=60), waits) == message
    assert len(service.asked) == 4


def test_a_service_that_says_how_long_to_wait_is_obeyed(service, settings, waits):
    service.answer(PATH, Answer(status=429, headers={"Retry-After": "3"}), GOOD)
    assert Crossref(settings, waits.clock()).work(FLUGE.doi).title == FLUGE.title
    assert 3.0 in waits.waits


def test_a_date_to_wait_for_is_obeyed(service, changed, waits):
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=30)
    service.answer(PATH, Answer(status=503, headers={"Retry-After": email.utils.format_datetime(later)}), GOOD)
    assert Crossref(changed(deadline=60), waits.clock()).work(FLUGE.doi).title == FLUGE.title
    assert 27 <= max(waits.waits) <= 30


def test_nobody_waits_for_a_day(service, settings, waits):
    service.answer(PATH, Answer(status=429, headers={"Retry-After": "86400"}))
    assert fault(settings, waits) == "Crossref answers 429 (asked once; it asks to wait 86400 s)"
    assert len(service.asked) == 1


@pytest.mark.parametrize("text", ["soon", "-1", "", "9" * 400, "Fri, 99 Foo 2026", "1e9", "²"])
def test_an_odd_wait_is_none(service, settings, waits, text):
    service.answer(PATH, Answer(status=429, headers={"Retry-After": text.encode().decode("latin-1")}), GOOD)
    assert Crossref(settings, waits.clock()).work(FLUGE.doi).title == FLUGE.title


# ---- what no second try mends

WRONG = {
    "not there": (Answer(status=404), "Crossref knows nothing of it (404)"),
    "forbidden": (Answer(status=403), "Crossref answers 403"),
    "a page": (
        Answer(b"<html>Log in</html>", kind="text/html"),
        "Crossref answers with 'text/html' instead of json",
    ),
    "half of JSON": (Answer(GOOD.body[:-50]), "Crossref answers with JSON that cannot be read"),
    "no JSON": (Answer(b"\xff\xfe\x00"), "Crossref answers with JSON that cannot be read"),
    "deep JSON": (Answer(b"[" * 100_000), "Crossref answers with JSON that cannot be read"),
    "nothing": (Answer(b""), "Crossref answers with JSON that cannot be read"),
    "a list": (Answer(b"[]"), "Crossref answers with JSON that holds no work"),
    "null": (Answer(b'{"message": null}'), "Crossref answers with JSON that holds no work"),
    "an empty work": (Answer(b'{"message": {}}'), "Crossref answers with JSON that holds no work"),
    "a work without a title": (
        Answer(crossref_answer(FLUGE, title=[])),
        "Crossref answers with a work that has no title",
    ),
    "another work": (
        Answer(crossref_answer(entry("lombardi-2009-retracted-detection"))),
        "Crossref answers on another DOI: 10.1126/SCIENCE.1179052",
    ),
    "too much": (Answer(b" " * 2_000_000), "Crossref answers with more than 1000000 bytes"),
    "a compressed flood": (
        Answer(__import__("gzip").compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"}),
        "Crossref answers with more than 1000000 bytes",
    ),
    "a circle": (Answer(status=302, headers={"Location": PATH}), "Crossref cannot be asked: TooManyRedirects"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_is_said_in_one_sentence(service, changed, waits, name):
    answer, message = WRONG[name]
    service.answer(PATH, answer)
    assert fault(changed(longest=1_000_000, timeout=5), waits) == message


def test_an_answer_that_trickles_is_cut_off(service, changed):
    service.answer(PATH, Answer(GOOD.body, drip=0.02))
    started = time.monotonic()
    with pytest.raises(ServiceError, match=r"Crossref answers too slowly: [0-9]+ bytes in 1 s"):
        Crossref(changed(deadline=0.6)).work(FLUGE.doi)
    assert time.monotonic() - started < 5


def test_a_host_that_is_not_there_is_said_in_one_sentence(changed, waits):
    message = fault(changed(crossref="http://127.0.0.1:9", deadline=60), waits)
    assert message == "Crossref cannot be reached, or closes the connection (asked 4 times)"


WRONG_PUBMED = {
    "a page": (Answer(b"<html></html>", kind="text/html"), "PubMed answers with 'text/html' instead of xml"),
    "no XML": (Answer(b"no XML", kind=XML), "PubMed answers with XML that cannot be read"),
    "an error": (
        Answer(b"<eFetchResult><ERROR>x</ERROR></eFetchResult>", kind=XML),
        "PubMed answers with XML that cannot be read",
    ),
    "half": (Answer(ARTICLES.body[:-400], kind=XML), "PubMed answers with XML that breaks off"),
}


@pytest.mark.parametrize("name", WRONG_PUBMED)
def test_a_wrong_answer_of_pubmed_is_said_in_one_sentence(service, settings, waits, name):
    answer, message = WRONG_PUBMED[name]
    service.answer(FETCH, answer)
    with pytest.raises(ServiceError) as error:
        list(PubMed(settings, waits.clock()).records([FLUGE.pmid]))
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"{", "PubMed answers with JSON that cannot be read"),
        (b'{"error": "API rate limit exceeded"}', "PubMed answers with JSON that holds no result of a search"),
        (b"[1]", "PubMed answers with JSON that holds no result of a search"),
    ],
)
def test_a_wrong_result_of_a_search_is_said_in_one_sentence(service, settings, waits, body, message):
    service.answer("/eutils/esearch.fcgi", Answer(body))
    with pytest.raises(ServiceError) as error:
        PubMed(settings, waits.clock()).find(FLUGE.doi)
    assert str(error.value) == message


def test_a_search_that_drifts_to_another_paper_finds_nothing(book, settings, waits):
    service = book()
    other = entry("lombardi-2009-retracted-detection")
    service.answer("/eutils/esearch.fcgi", Answer(json.dumps({"esearchresult": {"idlist": [other.pmid]}}).encode()))
    assert PubMed(settings, waits.clock()).find(FLUGE.doi) is None


def test_many_ids_are_asked_for_in_few_questions(book, settings, waits):
    service = book()
    readings = list(PubMed(settings, waits.clock()).records([str(number) for number in range(1, 451)]))
    assert [len(batch) for batch, _reading in readings] == [200, 200, 50]
    assert len(service.asked) == 3


# ---- answers that are kept


def test_an_answer_is_kept_and_the_contact_is_not(service, changed, waits, tmp_path):
    service.answer(PATH, GOOD)
    cache = tmp_path / "cache"
    Crossref(changed(cache=cache), waits.clock()).work(FLUGE.doi)
    Crossref(changed(cache=cache, mail="other@base.example"), waits.clock()).work(FLUGE.doi)
    assert len(service.asked) == 1
    for path in cache.rglob("*"):
        assert path.is_dir() or b"writer@base.example" not in path.read_bytes()


def test_an_old_answer_is_asked_for_again(service, changed, waits, tmp_path):
    service.answer(PATH, GOOD)
    settings = changed(cache=tmp_path, cache_days=7)
    Crossref(settings, waits.clock()).work(FLUGE.doi)
    (kept,) = (path for path in tmp_path.rglob("*") if path.is_file())
    old = time.time() - 8 * 86400
    os.utime(kept, (old, old))
    Crossref(settings, waits.clock()).work(FLUGE.doi)
    assert len(service.asked) == 2


@pytest.mark.parametrize("data", [b"", b"broken", b"mecfs answer 1\n" + b"0" * 16 + b"{}"])
def test_a_kept_answer_that_is_broken_is_asked_for_again(service, changed, waits, tmp_path, data):
    service.answer(PATH, GOOD)
    settings = changed(cache=tmp_path)
    Crossref(settings, waits.clock()).work(FLUGE.doi)
    (kept,) = (path for path in tmp_path.rglob("*") if path.is_file())
    kept.write_bytes(data)
    assert Crossref(settings, waits.clock()).work(FLUGE.doi).title == FLUGE.title
    assert len(service.asked) == 2


def test_a_wrong_answer_is_not_kept(service, changed, waits, tmp_path):
    service.answer(PATH, Answer(b"{"), GOOD)
    settings = changed(cache=tmp_path)
    fault(settings, waits)
    assert Crossref(settings, waits.clock()).work(FLUGE.doi).title == FLUGE.title


def test_a_cache_that_cannot_be_written_does_no_harm(service, changed, waits, tmp_path):
    place = tmp_path / "a file"
    place.write_text("x", encoding="utf-8")
    service.answer(PATH, GOOD)
    assert Crossref(changed(cache=place), waits.clock()).work(FLUGE.doi).title == FLUGE.title


# ---- settings


def test_the_manual_names_every_variable_and_default():
    page = (ROOT / "docs/extension/adding.md").read_text(encoding="utf-8")
    for name in (*VARIABLES, ServiceSettings().crossref, ServiceSettings().pubmed):
        assert f"`{name}`" in page


def test_settings_come_from_the_environment_and_from_what_is_given(tmp_path):
    environment = {"MECFS_MAIL": "a@base.example", "MECFS_CROSSREF": "http://one", "MECFS_CACHE": str(tmp_path)}
    made = ServiceSettings.from_environment(environment, crossref="http://two", pubmed=None, timeout=5)
    assert (made.mail, made.crossref, made.cache, made.timeout) == ("a@base.example", "http://two", tmp_path, 5)
    assert made.pubmed == ServiceSettings().pubmed
