"""A claim is read, and each fault and remark is found, within it and from its studies."""

import datetime

import pytest
from studies import study
from timing import cpu_seconds

from sphinx_mecfs.evidence.options import Raw
from sphinx_mecfs.evidence.problems import Finding, Problem
from sphinx_mecfs.evidence.questions.checks import check_claim
from sphinx_mecfs.evidence.questions.fields import CLAIM_FIELDS
from sphinx_mecfs.evidence.questions.reading import read_claim
from sphinx_mecfs.evidence.questions.records import Claim, Question, Statistic
from sphinx_mecfs.evidence.records import Search
from sphinx_mecfs.evidence.vocabulary import (
    Certainty,
    CertaintyDomain,
    ClaimKind,
    Direction,
    PemStatus,
    PublicationStatus,
)

TODAY = datetime.date(2026, 11, 22)
OPTIONS = {"kind": "effect", "supports": "alpha-2001", "contradicts": "beta-2002", "certainty": "low"}
SECTIONS = {"claim": "The drug helps."}
QUESTION = Question("drugs", "Do drugs help?", "No one knows.", TODAY)
SEARCHED = Question("drugs", "Do drugs help?", "No one knows.", TODAY, searched=Search("PubMed", "drugs", TODAY))


def read(sections=SECTIONS, key="drug-helps", **options):
    written = {name.replace("_", "-"): value for name, value in options.items()}
    merged = {name: value for name, value in {**OPTIONS, **written}.items() if value is not None}
    return read_claim(Raw(key, merged, sections), TODAY)


def faults(**changes):
    return [(finding.problem, finding.field) for finding in read(**changes).faults]


def remarks(**changes):
    return [(finding.problem, finding.message) for finding in read(**changes).remarks]


def with_section(label, text):
    return {**SECTIONS, label: text}


def claim(**changes):
    return Claim("drug-helps", "The drug helps.", ClaimKind.EFFECT, **{"contradicts": ("beta-2002",), **changes})


def checked(made, studies=(), question=None):
    found = check_claim(
        made, {one.key: one for one in studies}, searched=question is not None and question.searched is not None
    )
    return [(finding.problem, finding.field) for finding in found]


# ---- reading --------------------------------------------------------------------------------------------------------


def test_a_sound_claim_has_no_findings_and_typed_values():
    reading = read()
    assert (reading.faults, reading.remarks) == ((), ())
    assert reading.values == {
        "kind": ClaimKind.EFFECT,
        "supports": ("alpha-2001",),
        "contradicts": ("beta-2002",),
        "certainty": Certainty.LOW,
        "statistics": (),
        "has_dissent": False,
    }


def test_the_record_has_an_attribute_for_every_declared_field_and_no_other():
    own = {"key", "text", "question", "statistics", "has_dissent"}
    assert set(Claim.__struct_fields__) - own == {field.attribute for field in CLAIM_FIELDS}


def test_the_record_gives_its_studies_and_reasons_in_the_order_of_the_lists():
    made = claim(context=("delta-2004",), supports=("gamma-2003", "alpha-2001"), large_effect="b", risk_of_bias="a")
    assert made.sources == (
        (Direction.SUPPORTS, "gamma-2003"),
        (Direction.SUPPORTS, "alpha-2001"),
        (Direction.CONTRADICTS, "beta-2002"),
        (Direction.CONTEXT, "delta-2004"),
    )
    assert made.reasons == ((CertaintyDomain.RISK_OF_BIAS, "a"), (CertaintyDomain.LARGE_EFFECT, "b"))


def test_every_direction_and_domain_can_be_read_back_from_the_record():
    for direction in Direction:
        made = Claim("a", "b", ClaimKind.HARM, **{direction.value.replace("-", "_"): ("alpha-2001",)})
        assert made.sources == ((direction, "alpha-2001"),)
    for domain in CertaintyDomain:
        made = Claim("a", "b", ClaimKind.HARM, **{domain.value.replace("-", "_"): "why"})
        assert made.reasons == ((domain, "why"),)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"key": "Drug helps"}, (Problem.KEY_FORMAT, "")),
        ({"kind": None}, (Problem.OPTION_MISSING, "kind")),
        ({"kind": "effects"}, (Problem.VOCABULARY, "kind")),
        ({"certainty": "very low"}, (Problem.VOCABULARY, "certainty")),
        ({"no_difference": "Gamma 2003"}, (Problem.KEY_FORMAT, "no-difference")),
        ({"support": "gamma-2003"}, (Problem.OPTION_UNKNOWN, "support")),
        ({"sections": {}}, (Problem.SECTION_MISSING, "Claim")),
        ({"sections": {"claim": " \n "}}, (Problem.SECTION_MISSING, "Claim")),
    ],
)
def test_a_fault_in_an_option_or_section_stops_the_claim(changes, expected):
    assert faults(**changes) == [expected]


def test_a_study_that_is_named_under_two_directions_is_a_fault():
    (fault,) = read(no_difference="beta-2002, alpha-2001", contradicts=None).faults
    assert (fault.problem, fault.field) == (Problem.DIRECTION_REPEATED, "no-difference")
    assert (
        fault.message == "study 'alpha-2001' is named under 'supports' and 'no-difference'; a claim names a study once"
    )


def test_context_is_a_direction_too_and_each_study_has_one_fault():
    (first, second) = read(mixed="alpha-2001", context="alpha-2001, beta-2002").faults
    assert (first.problem, first.field) == (Problem.DIRECTION_REPEATED, "context")
    assert "'supports' and 'mixed' and 'context'" in first.message
    assert (second.problem, second.field) == (Problem.DIRECTION_REPEATED, "context")
    assert "'contradicts' and 'context'" in second.message


def test_a_study_that_is_written_twice_in_one_direction_is_read_once():
    reading = read(supports="alpha-2001, alpha-2001")
    assert reading.values["supports"] == ("alpha-2001",)
    assert reading.faults == ()


def test_the_figures_are_read_study_by_study():
    text = "\n  \n- alpha-2001: HR 0.27, 95% CI 0.10-0.70;\n  p = 0.007\n\n* beta-2002 : 3 of 9 improved: all women\n"
    reading = read(sections=with_section("statistics", text))
    assert reading.faults == ()
    assert reading.values["statistics"] == (
        Statistic("alpha-2001", "HR 0.27, 95% CI 0.10-0.70", 0.27, 95.0, 0.10, 0.70),
        Statistic("alpha-2001", "p = 0.007", p=0.007, p_relation="="),
        Statistic("beta-2002", "3 of 9 improved: all women"),
    )


def test_a_figure_may_stand_without_a_list():
    reading = read(sections=with_section("statistics", "alpha-2001: HR 2"))
    assert reading.values["statistics"] == (Statistic("alpha-2001", "HR 2", 2.0),)


def test_a_minus_sign_at_the_start_of_a_line_begins_no_figure():
    reading = read(sections=with_section("statistics", "- alpha-2001: MD\n  -3.5"))
    assert reading.values["statistics"] == (Statistic("alpha-2001", "MD -3.5", -3.5),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "- alpha-2002: HR 2",
            "figure 'alpha-2002: HR 2' is not 'study: figures' of a study that the claim names; did you mean 'alpha-2001'?",
        ),
        (
            "- HR 2,\n  p = 1",
            "figure 'HR 2, p = 1' is not 'study: figures' of a study that the claim names; it is one of: alpha-2001, beta-2002",
        ),
    ],
)
def test_a_figure_names_a_study_of_the_claim(text, message):
    reading = read(sections=with_section("statistics", text))
    assert reading.faults == (Finding(Problem.STATISTIC_STUDY, message, "Statistics"),)
    assert reading.values["statistics"] == ()


def test_a_figure_that_cannot_be_right_is_a_fault_and_the_rest_is_read():
    reading = read(sections=with_section("statistics", "- alpha-2001: p = 7\n- beta-2002: p = 0.7"))
    message = "alpha-2001: 'p = 7' has a p value that is not between 0 and 1"
    assert reading.faults == (Finding(Problem.STATISTIC, message, "Statistics"),)
    assert [one.p for one in reading.values["statistics"]] == [7.0, 0.7]


@pytest.mark.parametrize("unit", ["\n", " ", " \n", "- ", "-\n", "* a:"])
def test_hostile_figures_take_no_more_than_linear_time(unit):
    text = (unit * 100_000)[:100_000]
    sections = with_section("statistics", text)
    assert cpu_seconds(lambda: read(sections=sections, supports=None, contradicts=None), tries=1) < 2


@pytest.mark.parametrize(("text", "dissent"), [("Some disagree.", True), (" \n", False)])
def test_dissent_is_there_where_the_section_says_something(text, dissent):
    assert read(sections=with_section("dissent", text)).values["has_dissent"] is dissent


def test_a_claim_without_a_study_is_remarked_and_context_is_none():
    expected = [(Problem.CLAIM_NO_STUDY, "claim 'drug-helps' names no study for, against or in between")]
    assert remarks(supports=None, contradicts=None) == expected
    assert remarks(supports=None, contradicts=None, context="alpha-2001") == expected


@pytest.mark.parametrize("direction", ["supports", "contradicts", "mixed", "no_difference"])
def test_a_study_of_any_counted_direction_will_do(direction):
    assert remarks(**{"supports": None, "contradicts": None, direction: "alpha-2001"}) == []


def test_a_claim_without_a_certainty_is_remarked():
    message = "claim 'drug-helps' has no certainty: high, moderate, low or very-low"
    assert remarks(certainty=None) == [(Problem.CLAIM_CERTAINTY, message)]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Infection causes ME/CFS.", "causes"),
        ("Illness CAUSED by infection.", "CAUSED"),
        ("Effort leads to PEM.", "leads to"),
        ("PEM is due to effort.", "due to"),
        ("It triggers and then produces symptoms.", "triggers"),
        ("It brought about a change.", "brought about"),
        ("It is responsible for most.", "responsible for"),
    ],
)
def test_a_causal_word_in_an_association_is_remarked(text, cause):
    message = f"{cause!r} says that one thing brings about another, in a claim of kind 'association'"
    assert remarks(kind="association", sections={"claim": text}) == [(Problem.CLAIM_WORDING, message)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("effect", "Infection causes ME/CFS."),
        ("association", "Infection and ME/CFS are seen together."),
        ("association", "Causality is open, because nobody looked."),
        ("association", "Leading theories misled to some degree."),
    ],
)
def test_other_wordings_and_other_kinds_are_left_alone(kind, text):
    assert remarks(kind=kind, sections={"claim": text}) == []


# ---- what the studies give rise to ----------------------------------------------------------------------------------


def test_what_the_studies_give_rise_to_is_said_in_full():
    studies = {"alpha-2001": study("alpha-2001", status=PublicationStatus.RETRACTED)}
    alone = claim(supports=("alpha-2001",), contradicts=())
    dissent = (
        "claim 'drug-helps' names nothing that speaks against it, and there is no word on what was searched: "
        "add a section 'Dissent', or 'searched' to its question"
    )
    indirect = (
        "no study that supports claim 'drug-helps' is known to have required PEM; say under 'indirectness' "
        "what that means for the claim"
    )
    retracted = "all studies of claim 'drug-helps' have been retracted or withdrawn"
    assert [finding.message for finding in check_claim(alone, studies, searched=False)] == [retracted, dissent]
    standing = {"alpha-2001": study("alpha-2001")}
    assert [finding.message for finding in check_claim(alone, standing, searched=True)] == [indirect]


@pytest.mark.parametrize("status", [PublicationStatus.RETRACTED, PublicationStatus.WITHDRAWN])
def test_a_claim_whose_studies_have_all_gone_is_found(status):
    gone, other_gone = study("alpha-2001", status=status), study("beta-2002", status=status)
    stands = study("beta-2002", status=PublicationStatus.CONCERN)
    made = claim(supports=("alpha-2001",), indirectness="yes")
    assert checked(made, [gone, other_gone]) == [(Problem.CLAIM_RETRACTED, "")]
    assert checked(made, [gone, stands]) == []


def test_context_cannot_save_a_claim_whose_studies_have_gone_and_an_unknown_study_is_no_study():
    gone = study("beta-2002", status=PublicationStatus.RETRACTED)
    assert checked(claim(context=("alpha-2001",)), [gone, study("alpha-2001")]) == [(Problem.CLAIM_RETRACTED, "")]
    assert checked(claim(), []) == []


@pytest.mark.parametrize(
    ("statuses", "indirect"),
    [
        ([PemStatus.OPTIONAL], True),
        ([PemStatus.ABSENT], True),
        ([PemStatus.MIXED], True),
        ([PemStatus.UNCLEAR, PemStatus.NOT_REPORTED], True),
        ([PemStatus.NOT_APPLICABLE, PemStatus.OPTIONAL], True),
        ([PemStatus.NOT_APPLICABLE], False),
        ([PemStatus.REQUIRED], False),
        ([PemStatus.REQUIRED_BROAD, PemStatus.OPTIONAL], False),
        ([], False),
    ],
)
def test_support_without_required_pem_needs_a_word_on_indirectness(statuses, indirect):
    studies = [study(f"alpha-{2001 + n}", pem) for n, pem in enumerate(statuses)]
    supports = tuple(one.key for one in studies)
    expected = [(Problem.CLAIM_INDIRECT, "supports")] if indirect else []
    assert checked(claim(supports=supports), studies) == expected
    assert checked(claim(supports=supports, indirectness="PEM was not required."), studies) == []


def test_a_retracted_study_that_required_pem_does_not_make_support_direct():
    studies = [
        study("alpha-2001", PemStatus.REQUIRED, status=PublicationStatus.RETRACTED),
        study("gamma-2003", PemStatus.OPTIONAL),
    ]
    assert checked(claim(supports=("alpha-2001", "gamma-2003")), studies) == [(Problem.CLAIM_INDIRECT, "supports")]
    assert checked(claim(supports=("alpha-2001",)), [*studies, study("beta-2002")]) == []


def test_a_claim_that_nothing_speaks_against_needs_a_word_on_dissent_or_on_the_search():
    alone = claim(supports=("alpha-2001",), contradicts=())
    studies = [study("alpha-2001", PemStatus.REQUIRED)]
    assert checked(alone, studies) == [(Problem.CLAIM_DISSENT, "")]
    assert checked(alone, studies, QUESTION) == [(Problem.CLAIM_DISSENT, "")]
    assert checked(alone, studies, SEARCHED) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"contradicts": ("beta-2002",)}, []),
        ({"mixed": ("beta-2002",)}, []),
        ({"no_difference": ("beta-2002",)}, []),
        ({"has_dissent": True}, []),
        ({"context": ("beta-2002",)}, [(Problem.CLAIM_DISSENT, "")]),
        ({"inconsistency": "none"}, [(Problem.CLAIM_DISSENT, "")]),
    ],
)
def test_what_counts_as_dissent(changes, expected):
    assert checked(claim(**{"contradicts": (), **changes})) == expected


def test_a_figure_behind_one_of_a_foreign_study_is_read_too():
    reading = read(with_section("statistics", "- gamma-2003: p = 0.1\n- alpha-2001: p = 0.2"))
    assert [finding.problem for finding in reading.faults] == [Problem.STATISTIC_STUDY]
    assert [one.study for one in reading.values["statistics"]] == ["alpha-2001"]


def test_a_claim_without_its_words_is_told_so():
    (finding,) = read({}).faults
    assert (finding.field, finding.message) == ("Claim", "section 'Claim' is required")
