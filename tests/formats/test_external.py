"""The data file of another base: what is read of it, and what a hostile one cannot do."""

import json

import pytest

from sphinx_mecfs.evidence.vocabulary import Certainty, PemStatus, PublicationStatus
from sphinx_mecfs.formats import external
from sphinx_mecfs.formats.external import ExternalDataError, read_external

STUDY = {
    "key": "alpha-2001",
    "label": "Ærø 2001",
    "pem": {"status": "required"},
    "page": "studies/alpha-2001.html#alpha-2001",
}
CLAIM = {"key": "helps", "text": "It helps.", "certainty": "low", "page": "q.html#helps"}


def file(**changes):
    return json.dumps({"version": "1.0", "base": {"title": "Base"}, **changes}).encode()


def read_study(**changes):
    return read_external(file(studies=[{**STUDY, **changes}])).find("study", "alpha-2001")


def test_things_are_found_by_kind_and_key():
    published = read_external(
        file(
            studies=[{**STUDY, "title": "A title", "summary": "One.", "status": "retracted"}],
            definitions=[{"key": "fukuda-1994", "title": "Fukuda 1994", "pem": "optional", "page": ""}],
            claims=[CLAIM],
            questions=[{"key": "drug", "title": "Does it?", "short_answer": "No.", "page": "q.html#drug"}],
        )
    )
    study = published.find("study", "alpha-2001")
    assert (study.label, study.title, study.summary) == ("Ærø 2001", "A title", "One.")
    assert (study.pem, study.status) == (PemStatus.REQUIRED, PublicationStatus.RETRACTED)
    assert published.find("definition", "fukuda-1994").pem is PemStatus.OPTIONAL
    assert published.find("claim", "helps").certainty is Certainty.LOW
    assert published.find("question", "drug").summary == "No."
    assert published.find("study", "drug") is None
    assert (published.title, published.left_out) == ("Base", 0)


def test_badges_have_the_words_of_their_base():
    labels = {"required": "BLINK \u202erequired\n", "partly": "BLINK in part", "absent": "", "optional": "x" * 9000}
    read = read_external(file(labels={"pem": labels})).labels
    assert read == {PemStatus.REQUIRED: "BLINK required", PemStatus.OPTIONAL: "x" * 100}
    assert read_external(file()).labels == {}


def test_a_later_minor_version_with_fields_and_words_that_are_new_is_read():
    data = file(version="1.12", new={"a": [1]}, studies=[{**STUDY, "pem": {"status": "partly"}, "new": [{}]}])
    assert read_external(data).find("study", "alpha-2001").pem is None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no data file"),
        (b"<html>Not found</html>", "no data file"),
        (b"[]", "no data file"),
        (b'{"version": 1}', "no data file"),
        (b"{}", "no data file"),
        (b'{"version": "1.0", "studies": {}}', "no data file"),
        (b'{"version": "1.0", "labels": {"pem": [1]}}', "no data file"),
        (b'\xff{"version": "1.0"}', "no data file"),
        (file(version="2.0"), "its format is version '2.0', and only 1 can be read here"),
        (file(version="1"), "its format is version '1'"),
        (file(version="\x1b[31m1.0"), "its format is version '[31m1.0'"),
        (b'{"version": "1.0", "x": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "nested too deeply"),
        (b'{"version": "1.0", "studies": [' + b'{"a":' * 200_000, "nested too deeply"),
    ],
)
def test_what_is_no_data_file_is_refused_with_a_reason(data, why):
    with pytest.raises(ExternalDataError) as error:
        read_external(data)
    assert why in str(error.value)
    assert "\x1b" not in str(error.value)


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch):
    monkeypatch.setattr(external, "LARGEST_FILE", 100)
    with pytest.raises(ExternalDataError, match="larger than"):
        read_external(file(studies=[STUDY]))


def test_a_file_that_lists_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(external, "MOST_THINGS", 2)
    with pytest.raises(ExternalDataError, match="more than 2"):
        read_external(file(studies=[STUDY] * 3))


def test_one_wrong_entry_is_left_out_and_counted():
    wrong = [
        3,
        None,
        {},
        {**STUDY, "key": "Alpha"},
        {**STUDY, "key": "b", "label": " "},
        {**STUDY, "key": "c", "pem": 1},
    ]
    published = read_external(file(studies=[*wrong, STUDY]))
    assert set(published.things["study"]) == {"alpha-2001"}
    assert published.left_out == 6


def test_a_study_of_a_status_that_is_not_known_here_is_not_named_as_if_it_stood():
    assert read_study(status="very-retracted") is None


def test_a_claim_of_a_certainty_that_is_not_known_here_is_not_named_without_one():
    assert read_external(file(claims=[{**CLAIM, "certainty": "sure"}])).left_out == 1


@pytest.mark.parametrize(
    "page",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "https://evil.example/",
        "//evil.example/x",
        "/etc/passwd",
        "../x.html",
        "a/../../x.html",
        "a/%2e%2e/x.html",
        "a/%252e%252e/x.html",
        "a%2f%2fevil.example",
        "%2Fx",
        "..%5cx.html",
        "a\\..\\x.html",
        "x.html?next=https://evil.example",
        "x.html#a\nb",
        "x.html\n",
        'x.html#"onclick="alert(1)',
        "x.html#<script>",
        " x.html",
        "\u202exlmth.html",
        "x" * 5000,
        "",
    ],
)
def test_a_page_leads_nowhere_but_below_the_address_of_the_base(page):
    assert read_study(page=page) is None


@pytest.mark.parametrize(
    "page", ["studies/a.html#a", "a/", "a/#a-b", "%C3%A6rlig.html#x", "ærlig.html", "a.b/c_d~e.html"]
)
def test_a_page_as_builders_name_it_is_kept(page):
    assert read_study(page=page).page == page


def test_texts_hold_no_control_characters_and_end_somewhere():
    study = read_study(label="A\x1b[31m\u202eB\n2001", title="x" * 10_000)
    assert study.label == "A[31mB 2001"
    assert len(study.title) == 4_000
