"""The end of a message names the value that was most likely meant."""

import pytest

from sphinx_mecfs.evidence.nearest import did_you_mean, nearest, suggested


def test_the_choice_most_like_a_value_is_named_whatever_its_capitals():
    assert nearest(" ABSTRACTS ", ["Abstract", "registry"]) == "Abstract"
    assert nearest("zzz", ["abstract", "registry"]) is None


def test_where_none_is_near_all_choices_are_named_if_they_are_few():
    assert did_you_mean("zzz", ["abstract"]) == "; it is one of: abstract"
    assert did_you_mean("zzz", ["abstract", "registry"]) == "; it is one of: abstract, registry"
    assert did_you_mean("zzz", [f"a{number}" for number in range(30)]).startswith("; it is one of: a0, a1, ")
    assert did_you_mean("zzz", [f"a{number}" for number in range(31)]) == ""
    assert did_you_mean("zzz", []) == ""


@pytest.mark.parametrize("choice", ["abstract", "a'b", 'say "x"'])
def test_an_editor_finds_the_choice_that_a_message_names(choice):
    assert suggested("unknown value" + did_you_mean(choice + "s", [choice])) == choice


def test_a_message_without_a_choice_names_none():
    assert suggested("unknown value" + did_you_mean("zzz", ["abstract"])) == ""
    assert suggested("") == ""
