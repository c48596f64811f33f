"""What an author is told of each fault of a card, word for word: a message that is wrong sends people astray."""

import datetime

import pytest

from sphinx_mecfs.evidence.fields import Field, Kind
from sphinx_mecfs.evidence.options import Raw, read_options
from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.register import shipped_register
from sphinx_mecfs.evidence.validation import read_card
from sphinx_mecfs.evidence.vocabulary import PemStatus

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
TWO = {"criteria": "fukuda-1994, ccc-2003"}
PROTOCOL = {"pem-quote": "PEM in most", "pem-locator": "p. 3"}


def read(options=None, sections=None, key="alpha-2001", repeated=()):
    raw = Raw(key, {**OPTIONS, **(options or {})}, {**SECTIONS, **(sections or {})}, repeated)
    return read_card(raw, REGISTER, TODAY)


def told(**card):
    return [(finding.problem, finding.field, finding.message) for finding in read(**card).findings]


@pytest.mark.parametrize(
    ("options", "problem", "field", "message"),
    [
        ({"criteria": ""}, Problem.OPTION_MISSING, "criteria", "option 'criteria' is required"),
        ({"groups": "TODO: ask"}, Problem.GAP, "groups", "'groups' is not filled in yet: it says TODO"),
        ({"participants": "many"}, Problem.NUMBER, "participants", "participants is 'many', which is not a whole number"),
        (
            {"replicates": "beta-2002, Bad Key"}, Problem.KEY_FORMAT, "replicates",
            "replicates names 'Bad Key', which is not lower-case words and numbers joined by single hyphens",
        ),
        (
            {"registration": "NCT123"}, Problem.REGISTRATION, "registration",
            "registration 'NCT123' fits no known trial register (such as NCT00848692 or ISRCTN54285094)",
        ),
        (
            {"status-checked": "22.11.2026"}, Problem.DATE, "status-checked",
            "status-checked is '22.11.2026', which is not a date as YYYY-MM-DD",
        ),
        (
            {"status-checked": "2026-11-23"}, Problem.DATE_FUTURE, "status-checked",
            "status-checked is 2026-11-23, which is in the future by the clock of this machine",
        ),
        (
            {"status": "corrected", "status-notice": "see journal"}, Problem.IDENTIFIER, "status-notice",
            "status-notice is 'see journal', which is neither a DOI, nor a PMID, nor a web address",
        ),
        (
            {"status": "corrected", "status-notice": "PMIDX22194552"}, Problem.IDENTIFIER, "status-notice",
            "status-notice is 'PMIDX22194552', which is neither a DOI, nor a PMID, nor a web address",
        ),
        (TWO, Problem.CRITERIA_RULE, "criteria", "two or more criteria need 'criteria-rule': all, any or subset"),
        ({"criteria-rule": "all"}, Problem.CRITERIA_RULE, "criteria-rule", "'criteria-rule' is for two or more criteria"),
        (
            {"criteria": "not-reported, ccc-2003", "criteria-rule": "all"}, Problem.CRITERIA_RULE, "criteria",
            "criteria 'not-reported' stands alone, without other keys",
        ),
        (
            {"population": "condition"}, Problem.VOCABULARY, "population",
            "population 'condition' is not in the register; it is one of: me-cfs, long-covid, post-infectious, other",
        ),
        (
            {"pem": "absent", **PROTOCOL}, Problem.PEM_NOT_STRICTER, "pem",
            "pem 'absent' is not stricter than the definition used, from which 'optional' follows; leave 'pem' out",
        ),
        (
            {"status": "retracted"}, Problem.STATUS_NOTICE, "status",
            "status 'retracted' needs 'status-notice': the DOI, PMID or address of the notice",
        ),
        (
            {"status-notice": "10.1000/xyz"}, Problem.STATUS_NOTICE, "status-notice",
            "'status-notice' is given but the status is 'current'",
        ),
        (
            {"curated-by": "A. Writer", "reviewed-by": "a. writer"}, Problem.REVIEW_SELF, "reviewed-by",
            "'a. writer' wrote this card and cannot be its second reader",
        ),
        ({"replicates": "alpha-2001"}, Problem.RELATION_SELF, "replicates", "replicates names the study itself"),
    ],
)  # fmt: skip
def test_a_fault_of_an_option_is_told_in_words_that_say_what_to_do(options, problem, field, message):
    assert told(options=options) == [(problem, field, message)]


@pytest.mark.parametrize("hidden", ["\u202e", "\x00", "\ufffd"])
def test_a_character_that_cannot_be_seen_is_told_with_its_option(hidden):
    message = "option 'groups' holds a character that cannot be seen (control or text direction)"
    assert told(options={"groups": f"a{hidden}b"}) == [(Problem.OPTION_CHARACTER, "groups", message)]


def test_a_key_and_an_option_given_twice_are_told():
    rule = "the key is 'A b', which is not lower-case words and numbers joined by single hyphens"
    assert told(key="A b") == [(Problem.KEY_FORMAT, "", rule)]
    assert told(repeated=("design",)) == [(Problem.OPTION_REPEATED, "design", "option 'design' is given twice")]


@pytest.mark.parametrize(
    ("options", "sections", "problem", "field", "message"),
    [
        ({}, {"findings": "TODO"}, Problem.GAP, "Findings", "'Findings' is not filled in yet: it says TODO"),
        ({}, {"summary": " "}, Problem.SECTION_MISSING, "Summary", "section 'Summary' is required"),
        (
            {"design": "rct"}, {}, Problem.SECTION_MISSING, "Harms",
            "section 'Harms' is required for a trial; 'Not reported' is an answer",
        ),
    ],
)  # fmt: skip
def test_a_fault_of_a_section_is_told(options, sections, problem, field, message):
    assert told(options=options, sections=sections) == [(problem, field, message)]


def test_each_part_that_a_stricter_protocol_lacks_is_told():
    wanted = "is given without {}: a stricter protocol needs its quote and its place"
    assert told(options={"pem": "required"}) == [
        (Problem.PEM_INCOMPLETE, "pem", "'pem' " + wanted.format("'pem-quote'")),
        (Problem.PEM_INCOMPLETE, "pem", "'pem' " + wanted.format("'pem-locator'")),
    ]


def test_a_protocol_is_judged_by_itself_where_nothing_can_be_computed():
    unknown = {"criteria": "fukuda-1993", **PROTOCOL}
    for status in ("required", "required-broad"):
        assert [problem for problem, *_ in told(options={**unknown, "pem": status})] == [Problem.CRITERIA_UNKNOWN]
    assert told(options={**unknown, "pem": "absent"})[1:] == [
        (Problem.PEM_NOT_STRICTER, "pem", "pem 'absent' is not stricter than the definition used"),
    ]


@pytest.mark.parametrize("status", [PemStatus.REQUIRED, PemStatus.REQUIRED_BROAD])
def test_a_protocol_may_require_pem_in_either_wording(status):
    reading = read(options={**PROTOCOL, "pem": status.value})
    assert (reading.findings, reading.pem_status) == ((), status)


def test_a_rule_that_cannot_be_read_is_one_fault_and_gives_no_status():
    reading = read(options={**TWO, "criteria-rule": "both"})
    assert [(finding.problem, finding.field) for finding in reading.findings] == [(Problem.VOCABULARY, "criteria-rule")]
    assert reading.pem_status is None


def test_three_definitions_are_combined_as_two_are():
    three = {"criteria": "fukuda-1994, ccc-2003, icc-2011"}
    assert read(options={**three, "criteria-rule": "all"}).pem_status is PemStatus.REQUIRED
    assert read(options=three).pem_status is None


def test_a_study_is_of_the_people_of_the_register_unless_its_card_says_otherwise():
    assert read().values["population"] == REGISTER.words.population
    assert read(options={"population": "long-covid"}).values["population"] == "long-covid"


def test_a_question_whose_search_has_a_part_too_many_or_too_few_is_told():
    fields = [Field("searched", "Searched", Kind.SEARCH, "")]
    for text in (
        "PubMed; drugs",
        "PubMed; drugs; 2026-11-01; x",
        "; drugs; 2026-11-01",
        "PubMed; ; 2026-11-01",
        "a; b; c",
    ):
        _values, (finding,) = read_options(Raw("a", {"searched": text}), fields, TODAY)
        assert finding.message == f"searched is {text!r}, which is not 'sources; terms; YYYY-MM-DD'"
        assert (finding.problem, finding.field) == (Problem.DATE, "searched")
