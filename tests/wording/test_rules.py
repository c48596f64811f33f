"""Rules for wording are data that is checked when it is read."""

import re
from pathlib import Path

import pytest

import sphinx_mecfs.wording
from sphinx_mecfs.evidence.vocabulary import Design
from sphinx_mecfs.wording.phrases import parse_phrase, parse_surroundings
from sphinx_mecfs.wording.rules import NO_RULES, SECTIONS, Place, read_rules, shipped_rules
from sphinx_mecfs.wording.scan import find

GROUP = """
version = "1"
[[groups]]
id = "g"
title = "G"
why = "w"
source = "s"
instead = "i"
"""
RULE = '[[rules]]\nid = "r"\ngroup = "g"\nwords = ["bad word"]\n'


def rules(text=GROUP + RULE):
    return read_rules(text.encode())


def test_every_shipped_rule_has_a_reason_a_source_and_something_to_write_instead():
    shipped = shipped_rules()
    assert re.fullmatch(r"\d{4}\.\d{2}", shipped.version)
    assert [one.rule.id for one in shipped.compiled if not (one.instead and one.group.why and one.group.source)] == []
    assert [group.id for group in shipped.groups if group.id not in {one.group.id for one in shipped.compiled}] == []


def test_every_pattern_of_every_shipped_rule_finds_its_own_words():
    # A gap is filled with a word that no rule names; of words to choose from the first is taken.
    silent = []
    for one in shipped_rules().compiled:
        for pattern in one.rule.words:
            words = " ".join(part.split("|")[0] for part in pattern.removeprefix("^ ").split()).replace("...", "zebra")
            found = find(words, shipped_rules(), Place("summary", Design.COHORT))
            if one.group.id not in {alarm.found.group.id for alarm in found}:
                silent.append((one.rule.id, pattern))
    assert silent == []


def test_the_sections_are_those_of_cards_questions_and_claims():
    assert {"summary", "does-not-show", "short-answer", "claim", "text"} <= set(SECTIONS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GROUP + RULE.replace('"g"', '"h"'), "rule 'r' is of no group"),
        (GROUP + RULE + RULE, "'r' is the id of two"),
        (GROUP + RULE + 'not-in = ["sumary"]\n', "'r' names no section 'sumary'"),
        (GROUP + RULE + 'not-for = ["rtc"]\n', "Invalid enum value 'rtc'"),
        (GROUP + RULE + "colour = 1\n", "unknown field `colour`"),
        (GROUP + RULE.replace("bad word", "... word"), "no word at its beginning"),
        (GROUP + RULE.replace("bad word", "(bad"), "'(bad', which is no word"),
        (GROUP + RULE.replace("bad word", "a ... b ... c ... d"), "more than 2 gaps"),
        (GROUP + RULE + 'allowed = ["not"]\n', "needs one '@'"),
        (GROUP + RULE + 'allowed = ["not @ ..."]\n', "begins or ends with a gap"),
    ],
)
def test_a_wrong_file_of_rules_is_refused_with_what_is_wrong(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        rules(text)


@pytest.mark.parametrize("pattern", ["", "^", "...", "word ...", "a||b", "a*"])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(ValueError, match="pattern"):
        parse_phrase(pattern)


@pytest.mark.parametrize("pattern", ["@", "@ @ x", "... @", "x"])
def test_what_is_no_pattern_of_surroundings_is_refused(pattern):
    with pytest.raises(ValueError, match="pattern"):
        parse_surroundings(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("bad word", "A bad\nword.", ["bad\nword"]),
        ("bad|worse word|words", "Worse words, bad word", ["Worse words", "bad word"]),
        ("bad ... word", "bad a b c d e f word", ["bad a b c d e f word"]),
        ("bad ... word", "bad a b c d e f g word", []),
        ("bad ... word", "bad. A word", []),
        ("^ do not", "We do not. Do not.\n- do not", ["Do not", "do not"]),
        ("don't", "Don’t", ["Don’t"]),
        ("game-changing", "game-changing game changing", ["game-changing"]),
        ("bad word", "a bad\n\nword", []),
    ],
)
def test_a_pattern_finds_words_of_one_sentence(pattern, text, found):
    one = rules(GROUP + RULE.replace("bad word", pattern))
    assert [alarm.words for alarm in find(text, one, Place())] == found


def test_rules_and_groups_can_be_left_out_and_the_version_says_so():
    shipped = shipped_rules()
    fewer = shipped.without(["marvel", "advice"])
    assert fewer.version == f"{shipped.version} without advice, marvel"
    assert fewer.digest != shipped.digest
    assert {one.group.id for one in shipped.compiled} - {one.group.id for one in fewer.compiled} == {"advice"}
    assert "marvel" not in fewer.ids
    assert shipped.without([]) is shipped
    assert shipped.without([group.id for group in shipped.groups]).version == NO_RULES.version


def test_the_room_of_wording_needs_no_sphinx():
    folder = Path(sphinx_mecfs.wording.__file__).parent
    assert [path.name for path in folder.glob("*.py") if re.search(r"sphinx\.|docutils", path.read_text())] == []
