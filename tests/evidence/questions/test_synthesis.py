"""What the studies behind a claim add up to, each figure worked out by hand."""

import itertools

import pytest
from studies import study

from sphinx_mecfs.evidence.questions import synthesis
from sphinx_mecfs.evidence.questions.synthesis import PemMix, People, Synthesis, pem_mix
from sphinx_mecfs.evidence.vocabulary import Design, Direction, PemStatus, PublicationStatus, Sensitivity

SUPPORTS, CONTRADICTS, MIXED = Direction.SUPPORTS, Direction.CONTRADICTS, Direction.MIXED
NO_DIFFERENCE, CONTEXT = Direction.NO_DIFFERENCE, Direction.CONTEXT
REQUIRED, BROAD, OPTIONAL = PemStatus.REQUIRED, PemStatus.REQUIRED_BROAD, PemStatus.OPTIONAL
RETRACTED, WITHDRAWN = PublicationStatus.RETRACTED, PublicationStatus.WITHDRAWN


def people(studies, *others):
    """The people in some studies of a base that holds others too."""
    studies = list(studies)
    return synthesis.people(studies, {one.key: one for one in [*others, *studies]}.get)


def synthesise(sources, *others):
    """The synthesis of some studies of a base that holds others too."""
    sources = list(sources)
    return synthesis.synthesise(sources, {one.key: one for one in [*others, *(s for _d, s in sources)]}.get)


def in_every_order(studies, expected):
    """Hold that `people` finds the same whatever the order; keys are compared as sets."""
    for ordered in itertools.permutations(studies):
        found = people(ordered)
        assert (found.total, found.studies, found.unstated) == expected[:3]
        assert set(found.shared) == expected[3]


# ---- who had to have PEM --------------------------------------------------------------------------------------------


def test_each_status_is_counted_apart_in_the_order_of_the_statuses():
    statuses = [*reversed(PemStatus), REQUIRED, BROAD, BROAD, OPTIONAL]
    mix = pem_mix(study(f"alpha-{year}", status) for year, status in enumerate(statuses, start=2001))
    assert mix.counts == (
        (REQUIRED, 2),
        (BROAD, 3),
        (OPTIONAL, 2),
        (PemStatus.ABSENT, 1),
        (PemStatus.MIXED, 1),
        (PemStatus.UNCLEAR, 1),
        (PemStatus.NOT_REPORTED, 1),
        (PemStatus.NOT_APPLICABLE, 1),
    )
    assert mix.total == 12


def test_a_status_that_no_study_has_is_left_out():
    mix = pem_mix([study("alpha-2001", PemStatus.UNCLEAR), study("beta-2002", PemStatus.UNCLEAR)])
    assert mix == PemMix(((PemStatus.UNCLEAR, 2),))


def test_no_study_has_no_status():
    assert pem_mix([]) == PemMix(())
    assert pem_mix([]).total == 0


# ---- how many people ------------------------------------------------------------------------------------------------


def test_people_of_different_studies_are_added_up():
    studies = [study("alpha-2001", participants=30), study("beta-2002", participants=12)]
    assert people(studies) == People(total=42, studies=2)


def test_no_study_has_no_people():
    assert people([]) == People()


def test_a_number_that_is_not_stated_is_counted_as_unstated_and_none_as_a_number():
    studies = [study("alpha-2001"), study("beta-2002", participants=0), study("gamma-2003", participants=7)]
    assert people(studies) == People(total=7, studies=2, unstated=1)


@pytest.mark.parametrize("relation", ["follows_up", "reanalyses"])
def test_a_study_of_the_same_people_adds_none(relation):
    first = study("alpha-2001", participants=30)
    second = study("beta-2002", participants=25, **{relation: ("alpha-2001",)})
    assert people([first, second]) == People(total=30, studies=1, shared=("beta-2002",))
    assert people([second, first]) == People(total=30, studies=1, shared=("beta-2002",))


@pytest.mark.parametrize("relation", ["replicates", "contradicts", "comments_on"])
def test_other_relations_share_no_people(relation):
    second = study("beta-2002", participants=25, **{relation: ("alpha-2001",)})
    assert people([study("alpha-2001", participants=30), second]) == People(total=55, studies=2)


def test_a_follow_up_of_a_study_that_is_not_counted_has_people_of_its_own():
    assert people([study("beta-2002", participants=25, follows_up=("alpha-2001",))]) == People(total=25, studies=1)


def test_a_study_that_shares_people_and_states_no_number_is_shared_and_not_unstated():
    studies = [study("alpha-2001", participants=30), study("beta-2002", follows_up=("alpha-2001",))]
    assert people(studies) == People(total=30, studies=1, shared=("beta-2002",))


def test_a_follow_up_counts_where_the_first_study_states_no_number():
    studies = [study("alpha-2001"), study("beta-2002", participants=25, follows_up=("alpha-2001",))]
    assert people(studies) == People(total=25, studies=1, shared=("alpha-2001",))


def test_a_chain_of_follow_ups_has_the_people_of_the_first():
    chain = [
        study("alpha-2001", participants=30),
        study("beta-2002", participants=20, follows_up=("alpha-2001",)),
        study("gamma-2003", participants=10, reanalyses=("beta-2002",)),
    ]
    in_every_order(chain, (30, 1, 0, {"beta-2002", "gamma-2003"}))


def test_a_chain_leads_through_a_study_without_a_number():
    chain = [
        study("alpha-2001", participants=30),
        study("beta-2002", follows_up=("alpha-2001",)),
        study("gamma-2003", participants=10, follows_up=("beta-2002",)),
    ]
    in_every_order(chain, (30, 1, 0, {"beta-2002", "gamma-2003"}))


def test_several_follow_ups_of_one_study_and_one_of_several():
    studies = [
        study("alpha-2001", participants=30),
        study("beta-2002", participants=12),
        study("gamma-2003", participants=25, follows_up=("alpha-2001",)),
        study("delta-2004", participants=40, follows_up=("alpha-2001", "beta-2002")),
    ]
    in_every_order(studies, (42, 2, 0, {"gamma-2003", "delta-2004"}))


def test_studies_that_name_one_another_are_counted_once_by_the_largest():
    circle = [
        study("alpha-2001", participants=30, reanalyses=("gamma-2003",)),
        study("beta-2002", participants=50, follows_up=("alpha-2001",)),
        study("gamma-2003", participants=10, follows_up=("beta-2002",)),
    ]
    in_every_order(circle, (50, 1, 0, {"alpha-2001", "gamma-2003"}))


def test_of_equals_that_name_one_another_one_counts():
    pair = [
        study("alpha-2001", participants=30, follows_up=("beta-2002",)),
        study("beta-2002", participants=30, follows_up=("alpha-2001",)),
    ]
    in_every_order(pair, (30, 1, 0, {"beta-2002"}))


def test_a_circle_that_follows_up_a_study_outside_adds_nothing():
    studies = [
        study("alpha-2001", participants=30, follows_up=("beta-2002",)),
        study("beta-2002", participants=90, follows_up=("alpha-2001", "gamma-2003")),
        study("gamma-2003", participants=40),
    ]
    in_every_order(studies, (40, 1, 0, {"alpha-2001", "beta-2002"}))


def test_in_a_circle_a_study_without_a_number_leaves_it_to_one_that_has_it():
    pair = [
        study("alpha-2001", follows_up=("beta-2002",)),
        study("beta-2002", participants=5, follows_up=("alpha-2001",)),
    ]
    in_every_order(pair, (5, 1, 0, {"alpha-2001"}))


def test_a_study_that_names_itself_counts():
    assert people([study("alpha-2001", participants=30, follows_up=("alpha-2001",))]) == People(total=30, studies=1)


@pytest.mark.parametrize("design", [Design.SYSTEMATIC_REVIEW, Design.META_ANALYSIS, Design.NARRATIVE_REVIEW])
def test_a_review_adds_no_people_and_is_never_unstated(design):
    studies = [
        study("alpha-2001", participants=30),
        study("beta-2002", design=design, participants=900),
        study("gamma-2003", design=design),
        study("delta-2004", design=design, follows_up=("alpha-2001",)),
    ]
    assert people(studies) == People(total=30, studies=1, reviews=("beta-2002", "gamma-2003", "delta-2004"))


def test_a_reanalysis_of_a_review_has_people_of_its_own_since_the_review_adds_none():
    review = study("alpha-2001", design=Design.META_ANALYSIS, participants=900)
    again = study("beta-2002", participants=80, reanalyses=("alpha-2001",))
    assert people([review, again]) == People(total=80, studies=1, reviews=("alpha-2001",))


# ---- all of a claim -------------------------------------------------------------------------------------------------


def test_nothing_adds_up_to_nothing():
    assert synthesise([]) == Synthesis(PemMix(), (), Sensitivity.TOO_FEW, (), 0, (), ())


def test_directions_are_added_up_apart_and_in_their_order():
    synthesis = synthesise(
        [
            (NO_DIFFERENCE, study("alpha-2001", REQUIRED, participants=1)),
            (MIXED, study("beta-2002", OPTIONAL, participants=20)),
            (SUPPORTS, study("gamma-2003", BROAD, participants=300)),
            (SUPPORTS, study("delta-2004", REQUIRED, participants=4000)),
            (CONTRADICTS, study("epsilon-2005", REQUIRED)),
        ]
    )
    assert synthesis.people == (
        (SUPPORTS, People(total=4300, studies=2)),
        (CONTRADICTS, People(unstated=1)),
        (MIXED, People(total=20, studies=1)),
        (NO_DIFFERENCE, People(total=1, studies=1)),
    )
    assert synthesis.required == ((SUPPORTS, 2), (CONTRADICTS, 1), (NO_DIFFERENCE, 1))
    assert synthesis.mix == PemMix(((REQUIRED, 3), (BROAD, 1), (OPTIONAL, 1)))


def test_people_are_counted_once_within_a_direction_and_again_in_another():
    first, second = study("alpha-2001", participants=30), study("beta-2002", participants=9, follows_up=("alpha-2001",))
    assert synthesise([(SUPPORTS, first), (CONTRADICTS, second)]).people == (
        (SUPPORTS, People(total=30, studies=1)),
        (CONTRADICTS, People(total=9, studies=1)),
    )


def test_context_is_not_counted_anywhere():
    sources = [
        (CONTEXT, study("alpha-2001", REQUIRED, participants=30)),
        (CONTEXT, study("beta-2002", REQUIRED, status=RETRACTED)),
        (CONTEXT, study("gamma-2003", REQUIRED, status=PublicationStatus.CORRECTED)),
    ]
    assert synthesise(sources) == synthesise([])


@pytest.mark.parametrize("status", [RETRACTED, WITHDRAWN])
def test_studies_that_do_not_stand_are_listed_and_not_counted(status):
    gone = [study(key, REQUIRED, participants=30, status=status) for key in ("alpha-2001", "beta-2002")]
    synthesis = synthesise([(SUPPORTS, gone[0]), (CONTRADICTS, gone[1])])
    assert synthesis == Synthesis(PemMix(), (), Sensitivity.TOO_FEW, (), 0, tuple(gone), ())


def test_a_follow_up_of_a_retracted_study_counts_its_own_people():
    first = study("alpha-2001", participants=30, status=RETRACTED)
    second = study("beta-2002", participants=9, follows_up=("alpha-2001",))
    assert synthesise([(SUPPORTS, first), (SUPPORTS, second)]).people == ((SUPPORTS, People(total=9, studies=1)),)


@pytest.mark.parametrize(
    "status", [PublicationStatus.CORRECTED, PublicationStatus.CONCERN, PublicationStatus.REPUBLISHED]
)
def test_corrected_questioned_and_republished_studies_count_and_are_marked(status):
    marked, plain = study("alpha-2001", REQUIRED, participants=3, status=status), study("beta-2002")
    synthesis = synthesise([(SUPPORTS, plain), (SUPPORTS, marked)])
    assert synthesis.marked == (marked,)
    assert synthesis.withdrawn == ()
    assert synthesis.mix.total == 2
    assert synthesis.people == ((SUPPORTS, People(total=3, studies=1, unstated=1)),)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], Sensitivity.TOO_FEW),
        ([(SUPPORTS, REQUIRED)], Sensitivity.TOO_FEW),
        ([(CONTRADICTS, BROAD)], Sensitivity.TOO_FEW),
        ([(SUPPORTS, REQUIRED), (SUPPORTS, OPTIONAL)], Sensitivity.TOO_FEW),
        ([(SUPPORTS, REQUIRED), (CONTEXT, REQUIRED)], Sensitivity.TOO_FEW),
        ([(SUPPORTS, REQUIRED), (SUPPORTS, PemStatus.MIXED)], Sensitivity.TOO_FEW),
        ([(SUPPORTS, PemStatus.UNCLEAR), (SUPPORTS, PemStatus.NOT_APPLICABLE)], Sensitivity.TOO_FEW),
        ([(SUPPORTS, REQUIRED), (SUPPORTS, REQUIRED)], Sensitivity.YES),
        ([(SUPPORTS, BROAD), (SUPPORTS, BROAD)], Sensitivity.YES),
        ([(SUPPORTS, REQUIRED), (CONTRADICTS, REQUIRED)], Sensitivity.YES),
        ([(SUPPORTS, BROAD), (MIXED, REQUIRED), (NO_DIFFERENCE, REQUIRED)], Sensitivity.YES),
        ([(CONTRADICTS, REQUIRED), (NO_DIFFERENCE, BROAD)], Sensitivity.NO),
        ([(MIXED, REQUIRED), (MIXED, REQUIRED)], Sensitivity.NO),
        ([(SUPPORTS, OPTIONAL), (CONTRADICTS, REQUIRED), (CONTRADICTS, REQUIRED)], Sensitivity.NO),
    ],
)
def test_sensitivity_needs_two_studies_that_required_pem_and_support_from_one(sources, expected):
    studies = [(direction, study(f"alpha-{2001 + n}", pem)) for n, (direction, pem) in enumerate(sources)]
    assert synthesise(studies).sensitivity is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [(RETRACTED, Sensitivity.TOO_FEW), (WITHDRAWN, Sensitivity.TOO_FEW), (PublicationStatus.CONCERN, Sensitivity.YES)],
)
def test_a_study_that_does_not_stand_does_not_bear_on_sensitivity(status, expected):
    sources = [(SUPPORTS, study("alpha-2001", REQUIRED)), (SUPPORTS, study("beta-2002", REQUIRED, status=status))]
    assert synthesise(sources).sensitivity is expected


# ---- people in common, as a base of more studies than the claim names can tell --------------------------------------

FIRST = study("alpha-2001", REQUIRED, participants=100)
SECOND = study("beta-2002", REQUIRED, participants=90, follows_up=("alpha-2001",))
THIRD = study("gamma-2003", REQUIRED, participants=80, follows_up=("beta-2002",))
SIBLING = study("delta-2004", REQUIRED, participants=70, reanalyses=("alpha-2001",))


@pytest.mark.parametrize(
    ("named", "total"),
    [
        ([FIRST, THIRD], 100),
        ([SECOND, SIBLING], 90),
        ([THIRD, SIBLING], 80),
        ([FIRST, SECOND, THIRD, SIBLING], 100),
    ],
)
def test_people_are_counted_once_though_the_claim_does_not_name_what_lies_between(named, total):
    assert people(named, FIRST, SECOND, THIRD, SIBLING).total == total


def test_a_study_that_nobody_has_a_card_of_can_still_tell_that_people_are_the_same():
    pair = [
        study("beta-2002", participants=90, follows_up=("zeta-1999",)),
        study("gamma-2003", participants=80, reanalyses=("zeta-1999",)),
    ]
    assert people(pair).total == 90


def test_reanalyses_of_a_retracted_study_share_its_people():
    gone = study("alpha-2001", REQUIRED, participants=100, status=RETRACTED)
    found = synthesise([(SUPPORTS, gone), (SUPPORTS, SECOND), (SUPPORTS, SIBLING)])
    assert found.people == ((SUPPORTS, People(total=90, studies=1, shared=("delta-2004",))),)


def test_work_on_the_same_review_shares_no_people():
    review = study("alpha-2001", design=Design.META_ANALYSIS)
    pair = [
        study("beta-2002", participants=9, reanalyses=("alpha-2001",)),
        study("gamma-2003", participants=8, reanalyses=("alpha-2001",)),
    ]
    assert people(pair, review).total == 17


def test_a_trial_and_its_own_follow_up_are_too_few_for_a_sensitivity():
    found = synthesise([(SUPPORTS, FIRST), (SUPPORTS, SECOND)])
    assert (found.sensitivity, found.required, found.independent) == (Sensitivity.TOO_FEW, ((SUPPORTS, 2),), 1)


def test_a_study_that_follows_up_two_chains_has_the_people_of_both_beginnings():
    base = [
        study("alpha-2001", participants=30),
        study("beta-2002", participants=20),
        study("gamma-2003", follows_up=("alpha-2001",)),
        study("delta-2004", follows_up=("beta-2002",)),
        study("epsilon-2005", participants=10, follows_up=("gamma-2003", "delta-2004", "alpha-2001")),
    ]
    found = synthesis.origins(base[-1], {one.key: one for one in base}.get)
    assert found == {"alpha-2001", "beta-2002"}


def test_a_path_that_was_gone_already_ends_no_other():
    base = [
        study("alpha-2001", participants=30),
        study("beta-2002", participants=20),
        study("gamma-2003", participants=5, follows_up=("beta-2002", "alpha-2001", "alpha-2001")),
    ]
    assert synthesis.origins(base[-1], {one.key: one for one in base}.get) == {"alpha-2001", "beta-2002"}


def test_the_people_of_a_study_that_the_base_does_not_hold_are_those_that_its_record_names():
    first, second = study("alpha-2001"), study("beta-2002", follows_up=("alpha-2001",))
    assert synthesis.origins(second, {"alpha-2001": first}.get) == {"alpha-2001"}


def test_of_studies_that_name_one_another_one_person_is_more_than_none():
    studies = [
        study("alpha-2001", participants=0, reanalyses=("beta-2002",)),
        study("beta-2002", participants=1, reanalyses=("alpha-2001",)),
    ]
    assert people(studies).total == 1
