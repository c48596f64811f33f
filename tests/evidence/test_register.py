"""The register of case definitions: the shipped one, and files that projects add."""

import pytest

from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.register import DEFINITION_STATUSES, Words, read_register, shipped_register
from sphinx_mecfs.evidence.vocabulary import Mark, PemStatus, Population

OWN = b"""
version = "1"
[[definitions]]
key = "own-2020"
name = "Own"
year = 2020
pem = "required"
mark = "A"
basis = "PEM is compulsory"
"""


def test_the_shipped_register_is_sound_and_in_order_of_year():
    register = shipped_register()
    years = [definition.year for definition in register.definitions.values()]
    assert len(years) == 22
    assert years == sorted(years)
    assert all(definition.pem in DEFINITION_STATUSES for definition in register.definitions.values())


def test_the_shipped_register_says_what_its_source_says():
    register = shipped_register()
    assert register["icc-2011"].pem is PemStatus.REQUIRED
    assert register["ccc-2003"].pem is PemStatus.REQUIRED_BROAD
    assert register["fukuda-1994"].pem is PemStatus.OPTIONAL
    assert register["oxford-1991"].pem is PemStatus.ABSENT
    assert register["lloyd-1990"].pem is PemStatus.UNCLEAR
    assert register["lloyd-1990"].mark is Mark.D
    assert register["who-pcc-2021"].neighbour


def test_a_title_names_the_year_once():
    register = shipped_register()
    assert register["fukuda-1994"].title == "CDC, Fukuda 1994"


def test_own_definitions_are_added_and_win_over_shipped_ones():
    own, findings = read_register(OWN)
    assert findings == ()
    both = shipped_register().extended(own)
    assert both["own-2020"].name == "Own"
    assert both.version == "2026.11 + 1"
    assert both.digest != shipped_register().digest
    shadow, _ = read_register(OWN.replace(b"own-2020", b"icc-2011"))
    assert shipped_register().extended(shadow)["icc-2011"].name == "Own"


def problem(old, new):
    register, findings = read_register(OWN.replace(old, new))
    assert not register.definitions
    return [finding.problem for finding in findings]


def test_each_fault_of_a_definition_is_named():
    assert problem(b'"own-2020"', b'"Own 2020"') == [Problem.KEY_FORMAT]
    assert problem(b'"own-2020"', b'"not-reported"') == [Problem.KEY_FORMAT]
    assert problem(b'"required"', b'"mixed"') == [Problem.VOCABULARY]
    assert problem(b'mark = "A"', b'mark = "E"') == [Problem.VOCABULARY]
    assert problem(b"year = 2020", b'year = "soon"') == [Problem.REGISTER]
    assert problem(b"year = 2020", b"") == [Problem.REGISTER]
    assert problem(b"basis", b"bassis") == [Problem.REGISTER]
    assert problem(b"[[definitions]]", b"[[definitions") == [Problem.REGISTER]


def test_one_wrong_definition_does_not_hide_the_others():
    second = OWN.split(b"[[definitions]]")[1].replace(b"own-2020", b"other-2021")
    register, findings = read_register(OWN.replace(b'"required"', b'"maybe"') + b"[[definitions]]" + second)
    assert set(register.definitions) == {"other-2021"}
    assert [finding.field for finding in findings] == ["own-2020"]


def test_a_key_defined_twice_is_named_and_the_first_stays():
    second = OWN.split(b"[[definitions]]")[1].replace(b'"Own"', b'"Again"')
    register, findings = read_register(OWN + b"[[definitions]]" + second)
    assert [finding.problem for finding in findings] == [Problem.KEY_DUPLICATE]
    assert register["own-2020"].name == "Own"


WORDS = b'version = "1"\n[words]\ncondition = "glimmer fever"\nfeature = "BLINK"\n'


def test_a_register_says_what_its_badges_tell_of():
    register, findings = read_register(WORDS)
    assert findings == ()
    assert (register.words.condition, register.words.feature) == ("glimmer fever", "BLINK")
    assert shipped_register().words.feature_name == "post-exertional malaise"


def test_definitions_that_are_added_leave_the_words_as_they_are():
    assert shipped_register().extended(read_register(WORDS)[0]).words == shipped_register().words


@pytest.mark.parametrize(
    "wrong", ['"100%"', '""', '"<b>x</b>"', '"two\\nlines"', "3", '"x"\nother = "y"', '"' + "x" * 300 + '"']
)
def test_words_that_are_wrong_are_reported_and_neutral_ones_used(wrong):
    register, (finding,) = read_register(f'version = "1"\n[words]\nfeature = {wrong}\n'.encode())
    assert finding.message.startswith("the table [words] is wrong: ")
    assert register.words == Words()


def test_a_register_says_whom_cards_may_be_about():
    assert shipped_register().words.accepted == (
        Population.ME_CFS,
        Population.LONG_COVID,
        Population.POST_INFECTIOUS,
        Population.OTHER,
    )
    assert read_register(WORDS)[0].words.accepted == (Population.CONDITION, Population.OTHER)
    more = WORDS + b'populations = ["post-infectious"]\n'
    assert read_register(more)[0].words.accepted == (
        Population.CONDITION,
        Population.POST_INFECTIOUS,
        Population.OTHER,
    )
    (finding,) = read_register(WORDS + b'populations = ["martians"]\n')[1]
    assert finding.message.startswith("the table [words] is wrong: ")
