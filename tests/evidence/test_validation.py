"""Every rule of a card's options and sections, without Sphinx."""

import datetime

import pytest

from sphinx_mecfs.evidence.fields import CARD_BODY, CARD_FIELDS, FIELD_BY_NAME
from sphinx_mecfs.evidence.options import Raw
from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.records import Study
from sphinx_mecfs.evidence.register import shipped_register
from sphinx_mecfs.evidence.validation import read_card
from sphinx_mecfs.evidence.vocabulary import Design, PemStatus, PublicationStatus

REGISTER = shipped_register()
TODAY = datetime.date(2026, 11, 22)
OPTIONS = {
    "design": "case-series",
    "participants": "3",
    "criteria": "fukuda-1994",
    "source-read": "abstract",
    "status-checked": "2026-11-22",
}
SECTIONS = {"summary": "Three people.", "does not show": "That it works."}


def read(sections=SECTIONS, key="alpha-2001", repeated=(), **options):
    written = {name.replace("_", "-"): value for name, value in options.items()}
    merged = {name: value for name, value in {**OPTIONS, **written}.items() if value is not None}
    return read_card(Raw(key, merged, sections, repeated), REGISTER, TODAY)


def problems(**changes):
    return [(finding.problem, finding.field) for finding in read(**changes).findings]


def test_a_sound_card_has_no_findings_and_typed_values():
    reading = read()
    assert reading.findings == ()
    assert reading.values["design"] is Design.CASE_SERIES
    assert reading.values["participants"] == 3
    assert reading.values["status_checked"] == TODAY
    assert reading.values["status"] is PublicationStatus.CURRENT
    assert reading.pem_status is PemStatus.OPTIONAL


def test_the_record_has_an_attribute_for_every_declared_field_and_no_other():
    own = {"key", "title", "label", "year", "pem_status", "digest", "summary"}
    assert set(Study.__struct_fields__) - own == {field.attribute for field in CARD_FIELDS}


def test_every_term_field_names_its_vocabulary():
    for field in CARD_FIELDS:
        assert (field.vocabulary is not None) == (field.kind.value == "term"), field.name


@pytest.mark.parametrize("name", [field.name for field in CARD_FIELDS if field.required])
def test_a_required_option_may_be_neither_absent_nor_empty(name):
    assert (Problem.OPTION_MISSING, name) in problems(**{name: None})
    assert (Problem.OPTION_MISSING, name) in problems(**{name: "  "})


@pytest.mark.parametrize("key", ["Alpha-2001", "alpha_2001", "2001-alpha", "alpha--2001", "-a", "", "../etc", "a b"])
def test_a_key_is_lower_case_words_joined_by_hyphens(key):
    assert problems(key=key) == [(Problem.KEY_FORMAT, "")]


def test_all_problems_are_found_at_once():
    found = problems(design="rtc", participants="about 3", status_checked="2027-01-01", criteria="fukuda-1995")
    assert found == [
        (Problem.VOCABULARY, "design"),
        (Problem.NUMBER, "participants"),
        (Problem.DATE_FUTURE, "status-checked"),
        (Problem.CRITERIA_UNKNOWN, "criteria"),
    ]


@pytest.mark.parametrize(
    ("option", "value", "nearest"),
    [
        ("design", "case-serie", "case-series"),
        ("source-read", "abstracts", "abstract"),
        ("population", "long-covit", "long-covid"),
        ("status", "retract", "retracted"),
        ("criteria", "fukuda-1993", "fukuda-1994"),
    ],
)
def test_an_unknown_term_is_reported_with_the_nearest_one(option, value, nearest):
    findings = read(**{option: value}).findings
    assert findings[0].field == option
    assert f"did you mean {nearest!r}?" in findings[0].message


def test_a_card_is_about_people_whom_the_register_lists():
    findings = read(population="condition").findings
    assert [(found.problem, found.field) for found in findings] == [(Problem.VOCABULARY, "population")]
    assert findings[0].message.endswith("it is one of: me-cfs, long-covid, post-infectious, other")
    assert read(population="long-covid").findings == ()


def test_an_unknown_option_is_reported_with_the_nearest_one():
    (finding,) = read(particpants="4").findings
    assert finding.problem is Problem.OPTION_UNKNOWN
    assert "did you mean 'participants'?" in finding.message


def test_an_option_given_twice_is_reported():
    assert problems(repeated=("design",)) == [(Problem.OPTION_REPEATED, "design")]


@pytest.mark.parametrize("value", ["-3", "3.5", "three", "1e3", "٣"])
def test_participants_are_a_whole_number(value):
    assert problems(participants=value) == [(Problem.NUMBER, "participants")]


@pytest.mark.parametrize("value", ["2026-13-01", "2026-02-30", "22.11.2026", "2026-1-2", "20261122"])
def test_a_date_is_a_real_day_as_year_month_day(value):
    assert problems(status_checked=value) == [(Problem.DATE, "status-checked")]


def test_today_is_not_in_the_future_and_tomorrow_is():
    assert problems(status_checked="2026-11-22") == []
    assert problems(status_checked="2026-11-23") == [(Problem.DATE_FUTURE, "status-checked")]


def test_two_criteria_need_a_rule_and_one_must_not_have_it():
    assert problems(criteria="fukuda-1994, ccc-2003") == [(Problem.CRITERIA_RULE, "criteria")]
    assert problems(criteria_rule="all") == [(Problem.CRITERIA_RULE, "criteria-rule")]
    assert read(criteria="fukuda-1994, icc-2011", criteria_rule="all").pem_status is PemStatus.REQUIRED


def test_not_reported_stands_alone():
    assert problems(criteria="not-reported, ccc-2003", criteria_rule="all") == [(Problem.CRITERIA_RULE, "criteria")]
    assert read(criteria="not-reported").pem_status is PemStatus.NOT_REPORTED


def test_a_stricter_protocol_needs_its_quote_and_place_and_then_sets_the_status():
    assert problems(pem="required") == [(Problem.PEM_INCOMPLETE, "pem"), (Problem.PEM_INCOMPLETE, "pem")]
    assert problems(pem_quote="PEM was compulsory") == [
        (Problem.PEM_INCOMPLETE, "pem-quote"),
        (Problem.PEM_INCOMPLETE, "pem-quote"),
    ]
    reading = read(pem="required", pem_quote="PEM was compulsory", pem_locator="p. 3")
    assert reading.findings == ()
    assert reading.pem_status is PemStatus.REQUIRED


def test_a_protocol_that_is_not_stricter_is_refused():
    protocol = {"pem_quote": "PEM in most", "pem_locator": "p. 3"}
    assert problems(pem="absent", **protocol) == [(Problem.PEM_NOT_STRICTER, "pem")]
    assert problems(pem="required", criteria="icc-2011", **protocol) == [(Problem.PEM_NOT_STRICTER, "pem")]


def test_a_retracted_study_needs_its_notice():
    assert problems(status="retracted") == [(Problem.STATUS_NOTICE, "status")]
    assert problems(status_notice="10.1000/xyz") == [(Problem.STATUS_NOTICE, "status-notice")]
    assert problems(status="retracted", status_notice="10.1126/science.334.6063.1636-a") == []


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("10.1126/science.334.6063.1636-a", "doi:10.1126/science.334.6063.1636-a"),
        ("https://doi.org/10.1126/abc", "doi:10.1126/abc"),
        ("22194552", "pmid:22194552"),
        ("PMID: 22194552", "pmid:22194552"),
        ("https://example.org/notice", "https://example.org/notice"),
    ],
)
def test_a_notice_is_a_doi_a_pmid_or_a_web_address(written, stored):
    assert read(status="corrected", status_notice=written).values["status_notice"] == stored


@pytest.mark.parametrize("notice", ["javascript:alert(1)", "data:text/html,x", "10.12", "see journal", "ftp://x.org/a"])
def test_a_malformed_notice_is_refused(notice):
    assert problems(status="corrected", status_notice=notice) == [(Problem.IDENTIFIER, "status-notice")]


def test_registration_ids_are_checked_by_pattern():
    ids = "NCT00848692, ISRCTN54285094, EudraCT 2014-000795-25"
    assert read(registration=ids).values["registration"] == tuple(ids.split(", "))
    assert problems(registration="NCT123") == [(Problem.REGISTRATION, "registration")]


def test_topics_are_left_as_they_are_written():
    assert read(topics="B cells,  b-cells, rituximab,,").values["topics"] == (
        "B cells",
        "b-cells",
        "rituximab",
    )


def test_the_second_reader_is_not_the_writer():
    assert problems(curated_by="A. Writer", reviewed_by="a. writer") == [(Problem.REVIEW_SELF, "reviewed-by")]
    assert problems(curated_by="A. Writer", reviewed_by="B. Reader") == []


def test_a_study_does_not_relate_to_itself():
    assert problems(replicates="alpha-2001") == [(Problem.RELATION_SELF, "replicates")]
    assert problems(replicates="Alpha 2001") == [(Problem.KEY_FORMAT, "replicates")]


@pytest.mark.parametrize("label", [section.label for section in CARD_BODY.sections if section.required])
def test_a_required_section_may_not_be_missing(label):
    rest = {name: text for name, text in SECTIONS.items() if name != label.lower()}
    assert problems(sections=rest) == [(Problem.SECTION_MISSING, label)]


@pytest.mark.parametrize("design", [design for design in Design if design.is_trial])
def test_a_trial_has_to_address_harms(design):
    assert problems(design=design.value) == [(Problem.SECTION_MISSING, "Harms")]
    assert problems(design=design.value, sections={**SECTIONS, "harms": "Not reported."}) == []


def test_the_declared_options_are_those_of_the_design_and_the_dates_of_the_card():
    assert set(FIELD_BY_NAME) == {
        "design",
        "participants",
        "groups",
        "criteria",
        "criteria-rule",
        "pem",
        "pem-quote",
        "pem-locator",
        "source-read",
        "population",
        "intervention",
        "comparator",
        "duration",
        "primary-outcome",
        "registration",
        "funding",
        "topics",
        "status",
        "status-notice",
        "status-checked",
        "added",
        "updated",
        "replicates",
        "contradicts",
        "follows-up",
        "reanalyses",
        "comments-on",
        "curated-by",
        "reviewed-by",
    }
