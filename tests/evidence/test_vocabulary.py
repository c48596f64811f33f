"""Which terms of a vocabulary a rule applies to: each list in full, so that none can be left out unseen."""

import pytest

from sphinx_mecfs.evidence.vocabulary import Design, Direction, PemStatus, PublicationStatus


def those(vocabulary, rule):
    return {term.value for term in vocabulary if getattr(term, rule)}


def test_a_trial_is_a_design_in_which_people_are_given_a_treatment():
    trials = {"single-arm-trial", "nonrandomised-trial", "rct", "crossover-trial", "cluster-rct"}
    assert those(Design, "is_trial") == trials


def test_a_review_has_the_people_of_other_studies():
    assert those(Design, "is_review") == {"systematic-review", "meta-analysis", "narrative-review"}


def test_findings_that_were_taken_back_do_not_stand():
    assert those(PublicationStatus, "stands") == {
        "current",
        "corrected",
        "expression-of-concern",
        "retracted-republished",
    }


def test_a_study_in_doubt_or_taken_back_is_not_named_without_a_word_on_it():
    marked = {"expression-of-concern", "retracted", "retracted-republished", "withdrawn"}
    assert those(PublicationStatus, "needs_mark") == marked


@pytest.mark.parametrize(
    ("group", "statuses"),
    [
        ("required", "required required-broad"),
        ("not-required", "optional absent"),
        ("other", "mixed unclear not-reported"),
        ("muted", "not-applicable"),
    ],
)
def test_a_status_is_shown_among_its_like(group, statuses):
    assert " ".join(status.value for status in PemStatus if status.group == group) == statuses


def test_each_direction_and_status_has_a_sign_that_tells_it_apart_without_colour():
    assert [direction.symbol for direction in Direction] == ["+", "−", "±", "=", "·"]
    assert [status.symbol for status in PemStatus] == ["●", "◉", "○", "○", "◐", "?", "–", "·"]
