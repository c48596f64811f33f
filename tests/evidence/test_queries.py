"""Studies are chosen, sorted and counted by their fields."""

import datetime

import pytest
from studies import study
from timing import cpu_seconds

from sphinx_mecfs.evidence.fields import CARD_FIELDS
from sphinx_mecfs.evidence.problems import Finding, Problem
from sphinx_mecfs.evidence.queries import (
    QUERY_FIELDS,
    Condition,
    count_by,
    read_fields,
    read_filter,
    select,
    sort_studies,
    unknown_values,
    value_of,
)
from sphinx_mecfs.evidence.register import shipped_register
from sphinx_mecfs.evidence.vocabulary import CriteriaRule, Design, PemStatus, Population

REGISTER = shipped_register()
ALPHA = study(
    "alpha-2001",
    PemStatus.REQUIRED,
    design=Design.RCT,
    participants=30,
    criteria=("ccc-2003", "icc-2011"),
    criteria_rule=CriteriaRule.ALL,
    topics=("B cells", "drugs"),
    registration=("NCT00848692",),
    intervention="Rituximab and rest",
    status_notice="doi:10.1000/Notice",
)
BETA = study(
    "beta-2010",
    design=Design.SURVEY,
    participants=0,
    population=Population.LONG_COVID,
    topics=("drugs",),
    status_checked=datetime.date(2026, 6, 1),
    follows_up=("alpha-2001",),
)
GAMMA = study("gamma-1999", PemStatus.NOT_REPORTED, criteria=("not-reported",), curated_by=("A. Writer",))
UNDATED = study("delta-2020", PemStatus.UNCLEAR, year=None, participants=9)
STUDIES = (ALPHA, BETA, GAMMA, UNDATED)
ALL = "alpha beta gamma delta"


def names(studies):
    return " ".join(one.key.partition("-")[0] for one in studies)


def chosen(text):
    conditions, findings = read_filter(text, REGISTER)
    assert findings == ()
    return names(select(STUDIES, conditions))


def faults(text):
    conditions, findings = read_filter(text, REGISTER)
    assert {(finding.problem, finding.field) for finding in findings} <= {(Problem.QUERY, "filter")}
    return conditions, [finding.message for finding in findings]


# ---- fields ---------------------------------------------------------------------------------------------------------


def test_every_field_of_a_card_but_the_protocol_can_be_asked_for_and_five_more():
    card = {field.name for field in CARD_FIELDS} - {"pem", "pem-quote", "pem-locator"}
    assert set(QUERY_FIELDS) == card | {"study", "title", "year", "summary", "pem"}
    assert all(name == field.name for name, field in QUERY_FIELDS.items())


def test_every_field_has_a_value_and_pem_is_the_computed_status():
    values = {name: value_of(ALPHA, name) for name in QUERY_FIELDS}
    assert (values["study"], values["year"], values["pem"]) == ("alpha-2001", 2001, PemStatus.REQUIRED)
    assert (values["status-checked"], values["funding"]) == (datetime.date(2026, 1, 31), "")


# ---- reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("design = rct", Condition("design", "=", ("rct",))),
        ("design=rct", Condition("design", "=", ("rct",))),
        ("  year >=2010 ", Condition("year", ">=", ("2010",))),
        ("status-checked<2026-01-01", Condition("status-checked", "<", ("2026-01-01",))),
        ("design in rct,survey,, ", Condition("design", "in", ("rct", "survey"))),
        ("design not  in\n rct", Condition("design", "not in", ("rct",))),
        ("title contains a,  b", Condition("title", "contains", ("a, b",))),
        ("title = a = b", Condition("title", "=", ("a = b",))),
    ],
)
def test_a_condition_is_field_operator_and_values(text, condition):
    assert read_filter(text, REGISTER) == ((condition,), ())


@pytest.mark.parametrize("text", ["", "  ", ";", " ; ;"])
def test_an_empty_filter_has_no_condition_and_chooses_all(text):
    assert read_filter(text, REGISTER) == ((), ())
    assert chosen(text) == ALL


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("desing = rct", "unknown field 'desing'; did you mean 'design'?"),
        ("pem-quote = x", "unknown field 'pem-quote'"),
        ("design", "condition 'design' is not 'field operator value'"),
        ("origin", "condition 'origin' is not 'field operator value'"),
        ("designin rct", "condition 'designin rct' is not 'field operator value'"),
        ("design rct", "condition 'design rct' is not 'field operator value'"),
        ("design ~ rct", "condition 'design ~ rct' is not 'field operator value'"),
        ("= rct", "condition '= rct' is not 'field operator value'"),
        ("design IN rct", "condition 'design IN rct' is not 'field operator value'"),
        ("design or year = 1", "condition 'design or year = 1' is not 'field operator value'"),
        ("design =", "the condition on 'design' has no value"),
        ("design in , ,", "the condition on 'design' has no value"),
        ("design < rct", "field 'design' knows no '<'; it knows: = != in not in"),
        ("topics contains b", "field 'topics' knows no 'contains'; it knows: = != in not in"),
        ("year contains 2", "field 'year' knows no 'contains'; it knows: = != < <= > >= in not in"),
        ("title in a, b", "field 'title' knows no 'in'; it knows: = != contains"),
        ("status-notice > a", "field 'status-notice' knows no '>'; it knows: = != contains"),
        ("status-checked in 2026-01-01", "field 'status-checked' knows no 'in'; it knows: = != < <= > >="),
        ("design = rtc", "unknown design 'rtc'; did you mean 'rct'?"),
        ("design in rct, survei", "unknown design 'survei'; did you mean 'survey'?"),
        ("pem = Required", "unknown pem 'Required'; did you mean 'required'?"),
        ("criteria = fukuda-1993", "criteria 'fukuda-1993' is not in the register; did you mean 'fukuda-1994'?"),
        ("year = two", "year is compared with 'two', which is not a whole number"),
        ("year == 2010", "year is compared with '= 2010', which is not a whole number"),
        ("year >= -1", "year is compared with '-1', which is not a whole number"),
        ("participants < ²", "participants is compared with '²', which is not a whole number"),
        ("year = " + "9" * 5000, f"year is compared with '{'9' * 5000}', which is not a whole number"),
        ("status-checked = 2026", "status-checked is compared with '2026', which is not a date as YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_read_is_said_and_is_no_condition(text, message):
    conditions, messages = faults(text)
    assert conditions == ()
    assert len(messages) == 1
    assert messages[0].startswith(message)


def test_every_fault_of_a_filter_is_found_and_sound_conditions_are_kept():
    conditions, messages = faults("design in rtc, survei; year > 2000; nothing")
    assert conditions == (Condition("year", ">", ("2000",)),)
    assert len(messages) == 3


@pytest.mark.parametrize("unit", ["a", " ", "in ", "not ", "=", "a-", "a in ", ";"])
def test_a_hostile_filter_takes_no_more_than_linear_time(unit):
    assert cpu_seconds(lambda: read_filter((unit * 100_000)[:100_000], REGISTER), tries=1) < 2


def test_a_value_of_an_open_list_that_no_study_has_is_found():
    text = "topics = b-cells; study in alpha-2001, alpha-2002; curated-by = none; registration != NCT00848693"
    conditions, findings = read_filter(text, REGISTER)
    assert findings == ()
    assert unknown_values(conditions, STUDIES) == [
        Finding(Problem.QUERY, "no study of this base has the topics 'b-cells'; did you mean 'B cells'?", "filter"),
        Finding(
            Problem.QUERY, "no study of this base has the study 'alpha-2002'; did you mean 'alpha-2001'?", "filter"
        ),
        Finding(
            Problem.QUERY,
            "no study of this base has the registration 'NCT00848693'; did you mean 'NCT00848692'?",
            "filter",
        ),
    ]


def test_values_that_a_study_has_and_values_of_closed_lists_are_not_unknown():
    text = "topics in B cells, drugs; follows-up = alpha-2001; design = guideline; year = 1800; title contains zz"
    conditions, findings = read_filter(text, REGISTER)
    assert findings == ()
    assert unknown_values(conditions, STUDIES) == []


# ---- choosing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("design = rct", "alpha"),
        ("design != rct", "beta gamma delta"),
        ("design in rct, survey", "alpha beta"),
        ("design not in rct, survey", "gamma delta"),
        ("pem = unclear", "delta"),
        ("population = long-covid", "beta"),
        ("criteria-rule = all", "alpha"),
        ("criteria-rule = none", "beta gamma delta"),
        ("criteria-rule != none", "alpha"),
        ("criteria-rule != all", "beta gamma delta"),
        ("criteria-rule in any, none", "beta gamma delta"),
    ],
)
def test_terms(text, expected):
    assert chosen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("participants = 30", "alpha"),
        ("participants = 030", "alpha"),
        ("participants != 30", "beta gamma delta"),
        ("participants < 30", "beta delta"),
        ("participants <= 30", "alpha beta delta"),
        ("participants > 9", "alpha"),
        ("participants >= 9", "alpha delta"),
        ("participants in 0, 9", "beta delta"),
        ("participants not in 0, 9", "alpha gamma"),
        ("participants = 0", "beta"),
        ("participants = none", "gamma"),
        ("participants != none", "alpha beta delta"),
        ("participants >= none", ""),
        ("year >= 0", "alpha beta gamma"),
        ("year < 2001", "gamma"),
        ("year = none", "delta"),
    ],
)
def test_numbers_and_a_missing_one_is_neither_less_nor_more(text, expected):
    assert chosen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status-checked = 2026-06-01", "beta"),
        ("status-checked != 2026-06-01", "alpha gamma delta"),
        ("status-checked < 2026-06-01", "alpha gamma delta"),
        ("status-checked <= 2026-06-01", ALL),
        ("status-checked > 2026-01-31", "beta"),
        ("status-checked >= 2026-01-31", ALL),
        ("status-checked = none", ""),
    ],
)
def test_dates(text, expected):
    assert chosen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("intervention = rituximab AND rest", "alpha"),
        ("intervention != rituximab and rest", "beta gamma delta"),
        ("intervention contains REST", "alpha"),
        ("intervention = rest", ""),
        ("intervention contains none", ""),
        ("intervention = none", "beta gamma delta"),
        ("intervention != none", "alpha"),
        ("title contains by g", "gamma"),
        ("status-notice contains NOTICE", "alpha"),
        ("status-notice = doi:10.1000/notice", "alpha"),
        ("status-notice = none", "beta gamma delta"),
    ],
)
def test_texts_and_capitals_do_not_matter(text, expected):
    assert chosen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("study = beta-2010", "beta"),
        ("study not in beta-2010, alpha-2001", "gamma delta"),
        ("topics = drugs", "alpha beta"),
        ("topics = Drugs", ""),
        ("topics != B cells", "beta gamma delta"),
        ("topics in B cells, none", "alpha gamma delta"),
        ("topics not in drugs, none", ""),
        ("topics = none", "gamma delta"),
        ("criteria = icc-2011", "alpha"),
        ("criteria in icc-2011, not-reported", "alpha gamma"),
        ("criteria != fukuda-1994", "alpha gamma"),
        ("follows-up = alpha-2001", "beta"),
        ("follows-up = none", "alpha gamma delta"),
        ("registration = NCT00848692", "alpha"),
        ("curated-by = A. Writer", "gamma"),
    ],
)
def test_lists_hold_a_value_as_it_is_written(text, expected):
    assert chosen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("topics = drugs; participants > 0", "alpha"),
        ("year > 1999; year < 2010", "alpha"),
        ("design = rct; design = survey", ""),
        ("topics = drugs; topics = B cells;", "alpha"),
    ],
)
def test_all_conditions_have_to_hold(text, expected):
    assert chosen(text) == expected


# ---- sorting and counting -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ((), "alpha beta delta gamma"),
        (("study",), "alpha beta delta gamma"),
        (("-study",), "gamma delta beta alpha"),
        (("year",), "gamma alpha beta delta"),
        (("-year",), "beta alpha gamma delta"),
        (("participants",), "beta delta alpha gamma"),
        (("-participants",), "alpha delta beta gamma"),
        (("pem",), "alpha beta delta gamma"),
        (("-pem",), "gamma delta beta alpha"),
        (("design",), "alpha delta gamma beta"),
        (("-design", "-study"), "beta gamma delta alpha"),
        (("-status-checked",), "beta alpha delta gamma"),
        (("status-checked", "-year"), "alpha gamma delta beta"),
        (("criteria-rule", "participants"), "alpha beta delta gamma"),
        (("topics",), "alpha beta delta gamma"),
        (("-topics", "title"), "beta alpha delta gamma"),
    ],
)
def test_studies_are_sorted_by_fields_then_label_and_what_is_missing_comes_last(sort, expected):
    assert names(sort_studies(STUDIES[::-1], sort)) == expected


def test_capitals_in_labels_do_not_matter():
    studies = [study("a-2001", label="Zeta"), study("b-2001", label="van Dam"), study("c-2001", label="Van Eck")]
    assert names(sort_studies(studies, ())) == "b c a"
    assert names(sort_studies(studies, ("-study",))) == "a c b"


def test_lists_are_sorted_item_by_item_whatever_the_signs_in_them():
    topics = {"alpha-2001": ("a", "b"), "beta-2002": ("a",), "gamma-2003": ("B's",), "delta-2004": ("c",)}
    studies = [study(key, topics=listed) for key, listed in topics.items()]
    assert names(sort_studies(studies, ("topics",))) == "beta alpha gamma delta"


def test_studies_alike_in_all_fields_are_in_the_order_of_their_keys_in_either_direction():
    studies = [study(key, label="Same") for key in ("c-2001", "a-2001", "b-2001")]
    assert names(sort_studies(studies, ("year",))) == "a b c"
    assert names(sort_studies(studies, ("-year",))) == "a b c"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("design", [("rct", 1), ("cohort", 2), ("survey", 1)]),
        ("pem", [("required", 1), ("optional", 1), ("unclear", 1), ("not-reported", 1)]),
        ("population", [("me-cfs", 3), ("long-covid", 1)]),
        ("criteria-rule", [("all", 1), ("", 3)]),
        ("topics", [("B cells", 1), ("drugs", 2), ("", 2)]),
        ("criteria", [("ccc-2003", 1), ("fukuda-1994", 2), ("icc-2011", 1), ("not-reported", 1)]),
        ("year", [("1999", 1), ("2001", 1), ("2010", 1), ("", 1)]),
        ("participants", [("0", 1), ("9", 1), ("30", 1), ("", 1)]),
    ],
)
def test_studies_are_counted_in_the_order_of_terms_numbers_or_letters_and_none_stated_last(name, expected):
    assert count_by(STUDIES[::-1], name) == expected


@pytest.mark.parametrize("name", ["design", "topics", "year"])
def test_no_study_has_no_counts(name):
    assert count_by([], name) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ()), (" , ", ()), ("year", ("year",)), ("-year,  study,, -year ", ("-year", "study")), ("--year", ())],
)
def test_a_list_of_fields_is_read_once_each(text, expected):
    assert read_fields(text, "sort", QUERY_FIELDS, signed=True)[0] == expected


def test_a_minus_sign_is_for_sorting_only():
    names, (finding,) = read_fields("study, -year", "columns", QUERY_FIELDS)
    assert (names, finding.field) == (("study",), "columns")


def test_an_unknown_field_in_a_list_is_found_with_the_nearest_one():
    fields, findings = read_fields("yaer, study", "columns", QUERY_FIELDS)
    assert fields == ("study",)
    message = "columns names 'yaer', which is no field; did you mean 'year'?"
    assert findings == (Finding(Problem.QUERY, message, "columns"),)


def test_what_follows_a_condition_that_cannot_be_read_is_read():
    conditions, messages = faults("nothing; design = rct")
    assert conditions == (Condition("design", "=", ("rct",)),)
    assert messages == ["condition 'nothing' is not 'field operator value'"]


def test_a_value_that_no_study_has_is_found_behind_a_condition_on_a_closed_list():
    conditions, _ = read_filter("design = rct; topics = unheard-of", REGISTER)
    assert len(unknown_values(conditions, STUDIES)) == 1
