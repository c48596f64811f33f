"""A question is read, and each fault and remark is found, within it and from the day on which it is asked."""

import datetime

import pytest
from timing import cpu_seconds

from sphinx_mecfs.evidence.fields import Field, Kind
from sphinx_mecfs.evidence.options import Raw, read_options
from sphinx_mecfs.evidence.problems import Finding, Problem
from sphinx_mecfs.evidence.questions.checks import check_search
from sphinx_mecfs.evidence.questions.fields import QUESTION_BODY, QUESTION_FIELDS
from sphinx_mecfs.evidence.questions.reading import read_question, sentence_count
from sphinx_mecfs.evidence.questions.records import Question
from sphinx_mecfs.evidence.records import Search

TODAY = datetime.date(2026, 11, 22)
OPTIONS = {"updated": "2026-11-22"}
SECTIONS = {"short answer": "No one knows.", "what is not known": "Nearly all of it."}


def read(sections=SECTIONS, key="do-drugs-help", **options):
    merged = {name: value for name, value in {**OPTIONS, **options}.items() if value is not None}
    return read_question(Raw(key, merged, sections), TODAY)


def faults(**changes):
    return [(finding.problem, finding.field) for finding in read(**changes).faults]


def read_search(text):
    values, findings = read_options(Raw("a", {"last": text}), [Field("last", "Last", Kind.SEARCH, "")], TODAY)
    return values.get("last"), findings


def asked(search_day):
    search = None if search_day is None else Search("PubMed", "drugs", datetime.date.fromisoformat(search_day))
    return Question("drugs", "Do drugs help?", "No one knows.", TODAY, searched=search)


# ---- reading --------------------------------------------------------------------------------------------------------


def test_a_sound_question_has_no_findings_and_typed_values():
    reading = read(
        population="People with\n  ME/CFS",
        searched="PubMed, Europe PMC; rituximab AND ME/CFS; 2026-11-01",
        authors="A. Writer, B. Writer",
        reviewers="C. Reader",
    )
    assert (reading.faults, reading.remarks) == ((), ())
    assert reading.values == {
        "population": "People with ME/CFS",
        "searched": Search("PubMed, Europe PMC", "rituximab AND ME/CFS", datetime.date(2026, 11, 1)),
        "updated": TODAY,
        "authors": ("A. Writer", "B. Writer"),
        "reviewers": ("C. Reader",),
    }


def test_the_record_has_an_attribute_for_every_declared_field_and_no_other():
    own = {"key", "title", "short_answer", "claims", "digest"}
    assert set(Question.__struct_fields__) - own == {field.attribute for field in QUESTION_FIELDS}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"key": "Do drugs help?"}, (Problem.KEY_FORMAT, "")),
        ({"updated": None}, (Problem.OPTION_MISSING, "updated")),
        ({"updated": "2026-11-31"}, (Problem.DATE, "updated")),
        ({"updated": "2026-11-23"}, (Problem.DATE_FUTURE, "updated")),
        ({"searched": "PubMed; drugs; 2026-11-23"}, (Problem.DATE_FUTURE, "searched")),
        ({"searched": "PubMed, 2026-11-01"}, (Problem.DATE, "searched")),
        ({"author": "A. Writer"}, (Problem.OPTION_UNKNOWN, "author")),
    ],
)
def test_a_fault_in_an_option_stops_the_question(changes, expected):
    assert faults(**changes) == [expected]


@pytest.mark.parametrize("label", [section.label for section in QUESTION_BODY.sections if section.required])
def test_a_required_section_may_be_neither_absent_nor_empty(label):
    rest = {name: text for name, text in SECTIONS.items() if name != label.lower()}
    assert faults(sections=rest) == [(Problem.SECTION_MISSING, label)]
    assert faults(sections={**rest, label.lower(): " \n "}) == [(Problem.SECTION_MISSING, label)]


def test_a_question_has_two_required_sections():
    assert faults(sections={}) == [
        (Problem.SECTION_MISSING, "Short answer"),
        (Problem.SECTION_MISSING, "What is not known"),
    ]


def test_a_second_reader_is_not_a_writer_whatever_the_capitals():
    reading = read(authors="A. Writer, B. Writer", reviewers="C. Reader, b. WRITER")
    message = "'b. WRITER' wrote this page and cannot be its second reader"
    assert reading.faults == (Finding(Problem.REVIEW_SELF, message, "reviewers"),)


def test_readers_without_writers_are_left_alone():
    assert faults(reviewers="C. Reader") == []


def test_a_short_answer_of_three_sentences_is_remarked_and_one_of_two_is_not():
    assert read(sections={**SECTIONS, "short answer": "It may. No one knows."}).remarks == ()
    reading = read(sections={**SECTIONS, "short answer": "It may.\nNo one knows. We wait."})
    message = "the short answer has 3 sentences; two are the most"
    assert reading.faults == ()
    assert reading.remarks == (Finding(Problem.SHORT_ANSWER, message, "Short answer"),)


# ---- counting sentences ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n ", 0),
        ("No one knows", 1),
        ("No one knows.", 1),
        ("One.\n\n  Two.\nThree.", 3),
        ("Does it help? No! Or so we think...", 3),
        ("Really?! Yes... Then what?", 3),
    ],
)
def test_sentences_are_counted_by_their_ends(text, count):
    assert sentence_count(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "Some tests, e.g. Western blots, failed.",
        "The criteria, i.e. Fukuda, are wide.",
        "Drug vs. Placebo was no contest.",
        "Drug v. Placebo was no contest.",
        "Fluge et al. 2009 say so.",
        "See cf. Table 2 for more.",
        "There were approx. 30 people.",
        "Trial no. 3 went on.",
        "As Dr. Smith said.",
        "As J. K. Smith said.",
        "In the U.S. Army it was seen.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text):
    assert sentence_count(text) == 1


@pytest.mark.parametrize(
    "text", ["They have ME/CFS. It is ill understood.", "It is a volcano. It grows.", "Ask R2D. We did."]
)
def test_a_word_that_ends_like_an_abbreviation_ends_a_sentence(text):
    assert sentence_count(text) == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It fell by 3.5 points.", 1),
        ("p = 0.05 and .5 are figures.", 1),
        ("It fell by 3. 5 people left.", 2),
        ("It fell. 30 people left.", 2),
        ("It was known as version 1.2.3 of the list.", 1),
    ],
)
def test_a_point_within_a_figure_ends_no_sentence(text, count):
    assert sentence_count(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('They said "it helps." We doubt it.', 2),
        ("They said “it helps.” “Does it?” (No.) We doubt it.", 4),
        ("It helps. 'Perhaps.'", 2),
        ("**No.** There is no proof. *None* at all. __Really.__", 4),
        ("It helps (e.g. in mice). They are small.", 2),
        ("It stopped. and went on.", 1),
    ],
)
def test_quotes_brackets_and_emphasis_stand_around_the_end_of_a_sentence(text, count):
    assert sentence_count(text) == count


@pytest.mark.parametrize("unit", [".", "?!", "A. ", "a. A", '." ', '."', "*", " ", "no. 5 "])
def test_counting_takes_no_more_than_linear_time(unit):
    text = (unit * 100_000)[:100_000]
    assert cpu_seconds(lambda: sentence_count(text), tries=1) < 2


# ---- searches -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PubMed; drugs; 2026-11-22", Search("PubMed", "drugs", TODAY)),
        (
            " PubMed,\n  Embase ;drugs  OR pills;2020-02-29 ",
            Search("PubMed, Embase", "drugs OR pills", datetime.date(2020, 2, 29)),
        ),
    ],
)
def test_a_search_is_sources_terms_and_day(text, expected):
    assert read_search(text) == (expected, ())


@pytest.mark.parametrize(
    "text",
    [
        "PubMed",
        "PubMed; drugs",
        "PubMed; 2026-11-01",
        "; drugs; 2026-11-01",
        "PubMed; ; 2026-11-01",
        "PubMed; drugs; ",
        "PubMed; drugs; 1 November 2026",
        "PubMed; drugs; 2026-02-29",
        "PubMed; drugs; 2026-11-01;",
        "PubMed; drugs; pills; 2026-11-01",
        ";;",
    ],
)
def test_a_search_in_another_form_is_a_fault(text):
    message = f"last is {text.strip()!r}, which is not 'sources; terms; YYYY-MM-DD'"
    assert read_search(text) == (None, (Finding(Problem.DATE, message, "last"),))


def test_a_search_in_the_future_is_a_fault_and_one_of_today_is_none():
    search, findings = read_search("PubMed; drugs; 2026-11-23")
    assert search == Search("PubMed", "drugs", datetime.date(2026, 11, 23))
    assert findings == (
        Finding(Problem.DATE_FUTURE, "last is 2026-11-23, which is in the future by the clock of this machine", "last"),
    )


def test_an_empty_search_is_no_search():
    assert read_search("  ") == (None, ())


@pytest.mark.parametrize(
    ("day", "longest", "stale"),
    [
        ("2026-11-12", 10, False),
        ("2026-11-11", 10, True),
        ("2026-11-22", 1, False),
        ("1999-01-01", 0, False),
        (None, 10, False),
    ],
)
def test_a_search_is_stale_on_the_day_after_the_longest_age(day, longest, stale):
    findings = list(check_search(asked(day), TODAY, longest))
    message = f"question 'drugs' was last searched 11 days ago, on {day}"
    assert findings == ([Finding(Problem.SEARCH_STALE, message, "searched")] if stale else [])


def test_an_abbreviation_counts_as_one_only_as_a_whole():
    assert sentence_count("See approx. Ten people came.") == 1
    assert sentence_count("No. Ten came.") == 2
    assert sentence_count("The vapprox. Ten came.") == 2
