"""The rules do as well on labelled sentences as the manual says; a change that makes them worse is noticed."""

import pytest
from wording_figures import PARTS, figures, sentences

from sphinx_mecfs.evidence.vocabulary import Design
from sphinx_mecfs.wording.rules import SECTIONS, shipped_rules
from sphinx_mecfs.wording.scan import scan

GROUPS = [group.id for group in shipped_rules().groups]
# The lowest precision and recall that were measured, by part and group.
FLOORS = {
    "tuning": {
        **dict.fromkeys(GROUPS, (1.0, 1.0)),
        "cause": (0.96, 0.83),
        "cure": (0.87, 0.93),
        "advice": (1.0, 0.94),
        "blame": (1.0, 0.95),
    },
    "held_out": {**dict.fromkeys(GROUPS, (1.0, 1.0)), "cause": (0.92, 1.0), "cure": (0.88, 1.0)},
    "later": {
        "cause": (0.6, 0.3),
        "proof": (1.0, 0.4),
        "cure": (0.66, 0.4),
        "advice": (0.75, 0.6),
        "blame": (1.0, 0.4),
        "certainty": (1.0, 0.4),
    },
}


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("part", FLOORS)
def test_precision_and_recall_are_not_lower_than_was_measured(part, group):
    precision, recall = FLOORS[part][group]
    found = figures(part)[group]
    assert found.precision >= precision
    assert found.recall >= recall


def test_the_labelled_sentences_are_many_and_cover_every_design_and_group():
    everything = [one for part in PARTS for one in sentences(part)]
    assert len(everything) >= 150
    assert len({one.text for one in everything}) == len(everything)
    assert {one.place.design for one in everything} == {*Design, None}
    assert {one.place.section for one in everything} <= set(SECTIONS)
    for part in PARTS:
        assert set().union(*(one.expected for one in sentences(part))) == set(GROUPS)


def test_every_rule_is_raised_by_a_sentence():
    raised = {
        alarm.found.rule.id
        for part in PARTS
        for one in sentences(part)
        for alarm in scan(one.text, shipped_rules(), one.place).alarms
    }
    assert {one.rule.id for one in shipped_rules().compiled} - raised == set()
