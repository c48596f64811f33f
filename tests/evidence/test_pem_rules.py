"""The PEM status of a study follows from the definitions it used."""

import pytest

from sphinx_mecfs.evidence.pem import combined_status, is_stricter, stated_status
from sphinx_mecfs.evidence.register import DEFINITION_STATUSES
from sphinx_mecfs.evidence.vocabulary import CriteriaRule, PemStatus

REQUIRED, BROAD = PemStatus.REQUIRED, PemStatus.REQUIRED_BROAD
OPTIONAL, ABSENT, UNCLEAR, MIXED = PemStatus.OPTIONAL, PemStatus.ABSENT, PemStatus.UNCLEAR, PemStatus.MIXED
ALL, ANY, SUBSET = CriteriaRule.ALL, CriteriaRule.ANY, CriteriaRule.SUBSET


@pytest.mark.parametrize("status", DEFINITION_STATUSES)
def test_one_definition_gives_its_own_status(status):
    assert combined_status([status], None) is status


@pytest.mark.parametrize(
    ("rule", "statuses", "expected"),
    [
        (ALL, [OPTIONAL, REQUIRED], REQUIRED),
        (ALL, [BROAD, REQUIRED], REQUIRED),
        (ALL, [BROAD, ABSENT], BROAD),
        (ALL, [UNCLEAR, REQUIRED], REQUIRED),
        (ALL, [UNCLEAR, OPTIONAL], UNCLEAR),
        (ALL, [OPTIONAL, ABSENT], OPTIONAL),
        (ALL, [ABSENT, ABSENT], ABSENT),
        (ANY, [REQUIRED, REQUIRED], REQUIRED),
        (ANY, [REQUIRED, BROAD], BROAD),
        (ANY, [BROAD, BROAD], BROAD),
        (ANY, [REQUIRED, OPTIONAL], MIXED),
        (ANY, [BROAD, ABSENT], MIXED),
        (ANY, [REQUIRED, UNCLEAR], UNCLEAR),
        (ANY, [OPTIONAL, ABSENT], OPTIONAL),
        (ANY, [OPTIONAL, OPTIONAL], OPTIONAL),
        (ANY, [ABSENT, ABSENT], ABSENT),
        (SUBSET, [REQUIRED, REQUIRED], MIXED),
        (SUBSET, [OPTIONAL, BROAD], MIXED),
    ],
)
def test_several_definitions_combine_by_their_rule(rule, statuses, expected):
    assert combined_status(statuses, rule) is expected
    assert combined_status(statuses[::-1], rule) is expected


def test_several_definitions_without_a_rule_are_refused():
    with pytest.raises(ValueError, match=r"^several definitions need a rule$"):
        combined_status([REQUIRED, OPTIONAL], None)


def test_no_definition_at_all_is_refused():
    with pytest.raises(ValueError, match=r"^a status needs at least one definition$"):
        combined_status([], ALL)


def test_nothing_stated_is_not_reported_and_never_optional():
    assert stated_status(["not-reported"]) is PemStatus.NOT_REPORTED
    assert stated_status(["not-applicable"]) is PemStatus.NOT_APPLICABLE
    assert stated_status(["fukuda-1994"]) is None


@pytest.mark.parametrize(
    ("protocol", "computed", "stricter"),
    [
        (REQUIRED, BROAD, True),
        (REQUIRED, OPTIONAL, True),
        (BROAD, ABSENT, True),
        (REQUIRED, PemStatus.NOT_REPORTED, True),
        (REQUIRED, MIXED, True),
        (REQUIRED, REQUIRED, False),
        (BROAD, REQUIRED, False),
        (OPTIONAL, ABSENT, False),
        (REQUIRED, PemStatus.NOT_APPLICABLE, False),
    ],
)
def test_a_protocol_counts_only_where_it_is_stricter(protocol, computed, stricter):
    assert is_stricter(protocol, computed) is stricter


def test_every_status_has_words_of_its_own_and_a_symbol_and_a_group():
    assert len({status.label for status in PemStatus}) == len(PemStatus)
    assert {status.group for status in PemStatus} == {"required", "not-required", "other", "muted"}
    assert all(status.symbol for status in PemStatus)
    assert BROAD.group == REQUIRED.group
    assert BROAD.label != REQUIRED.label
