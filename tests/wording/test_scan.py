"""A scan finds words in prose at their place, leaves what is not prose alone, and knows excuses."""

import pytest
from timing import cpu_seconds

from sphinx_mecfs.evidence.fields import CARD_BODY
from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.sections import split_sections
from sphinx_mecfs.evidence.vocabulary import Design
from sphinx_mecfs.wording.checks import check_sections
from sphinx_mecfs.wording.prose import prose_of
from sphinx_mecfs.wording.rules import NO_RULES, Place, shipped_rules
from sphinx_mecfs.wording.scan import scan

COHORT = Place("summary", Design.COHORT)


def words(text, place=COHORT, **options):
    return [alarm.words for alarm in scan(text, shipped_rules(), place, **options).alarms]


def faults(text):
    return [(fault.line, fault.message) for fault in scan(text, shipped_rules(), COHORT).faults]


def test_an_alarm_knows_its_place_its_rule_and_what_to_write_instead():
    text = "One line.\n  It then *clearly* helps."
    (alarm,) = scan(text, shipped_rules(), COHORT).alarms
    assert (alarm.line, alarm.column, text[alarm.start : alarm.end]) == (2, 12, "clearly")
    assert alarm.message == "'clearly' (certain-adverb): leave the word out, or say how sure it is and why"


def test_cause_words_are_right_where_chance_decided_and_wrong_elsewhere():
    text = "The drug led to less pain."
    assert words(text) == ["led to"]
    assert words(text, Place("summary", Design.RCT)) == []
    assert words(text, Place("does-not-show", Design.COHORT)) == []
    assert words(text, Place("text")) == ["led to"]
    assert words(text, Place("claim")) == []


def test_blame_is_reported_in_questions_too():
    assert words("Do sufferers know what causes it?") == ["sufferers"]


def test_overlapping_words_of_one_group_are_one_alarm():
    assert words("The patients complained of pain.") == ["complained of"]


@pytest.mark.parametrize(
    "text",
    [
        "`clearly`",
        "``clearly ` clearly``",
        "{term}`clearly`",
        "{mecfs:study}`clearly-cures`",
        "[x](clearly)",
        "[x](https://x.example/clearly)",
        "<https://x.example/clearly>",
        "https://x.example/clearly",
        "$clearly$",
        "“clearly”",
        'the title "It clearly\nhelps"',
        "<!-- clearly -->",
        "<!--\nclearly\n-->",
        "% clearly",
        "```\nclearly\n```",
        "```{code-block} text\nclearly\n```",
        "```{note} x\n:class: clearly\n```",
        ":::{figure} clearly.png\n:alt: clearly\n:::",
        "---\ndescription: clearly\n---",
    ],
)
def test_what_is_not_prose_in_markdown_is_left_alone(text):
    assert words(f"Plain.\n\n{text}\n" if not text.startswith("---") else text) == []


@pytest.mark.parametrize(
    "text",
    [
        "**clearly**",
        "[clearly](x)",
        "- clearly",
        "| clearly |",
        "```{note}\nclearly\n```",
        ":::{tip}\n:class: x\n\nclearly\n:::",
        "“quoted” clearly “quoted”",
        "# clearly",
        "a ` clearly",
    ],
)
def test_prose_in_markup_is_scanned(text):
    assert words(text) == ["clearly"]


@pytest.mark.parametrize(
    "text",
    [
        ":term:`clearly`",
        "``clearly``",
        ".. clearly",
        ".. clearly\n   clearly",
        ".. code-block:: text\n\n   clearly",
        ".. note::\n   :class: clearly\n",
        "`text <clearly>`_",
        "A block::\n\n   clearly\n",
        ".. _clearly: https://x.example/",
    ],
)
def test_what_is_not_prose_in_restructuredtext_is_left_alone(text):
    assert words(text, markdown=False) == []


@pytest.mark.parametrize(
    "text", ["*clearly*", "`clearly <x>`_", ".. note::\n\n   clearly", "A block::\n\n   code\n\nclearly"]
)
def test_prose_in_restructuredtext_is_scanned(text):
    assert words(text, markdown=False) == ["clearly"]


@pytest.mark.parametrize("markdown", [True, False])
def test_blanking_keeps_every_character_in_its_place(markdown):
    text = "a `b` “c”\n\n```\nd\n```\n.. e\n   f\n\n[g](h) <i> {j}`k` \N{GRINNING FACE} l"
    prose = prose_of(text, markdown=markdown)
    assert len(prose) == len(text)
    assert [i for i, letter in enumerate(prose) if letter == "\n"] == [i for i, x in enumerate(text) if x == "\n"]
    assert all(new in {old, " "} for old, new in zip(text, prose, strict=True))


def test_sections_are_checked_without_a_build_and_know_their_line_in_the_body():
    body = [":Summary: It helps.", "  It clearly helps.", ":Findings:", "  % wording cure: r", "  - It led to more."]
    sections = split_sections(body, CARD_BODY).sections
    found = [(one.problem, one.field, one.line) for one in check_sections(sections, shipped_rules(), Design.COHORT)]
    assert found == [
        (Problem.WORDING, "Summary", 2),
        (Problem.WORDING_EXCUSE, "Findings", 4),
        (Problem.WORDING, "Findings", 5),
    ]
    assert [one.line for one in check_sections(sections, shipped_rules(), Design.RCT)] == [2, 4]
    assert list(check_sections(sections, NO_RULES)) == []


def test_an_excuse_with_a_reason_holds_for_the_paragraph_below_it_and_no_further():
    text = "% wording certainty: quoted from the minutes\nIt clearly helps.\nClearly.\n\nIt clearly helps."
    assert [alarm.line for alarm in scan(text, shipped_rules(), COHORT).alarms] == [5]
    assert faults(text) == []


@pytest.mark.parametrize("name", ["certain-adverb", "certainty", "cause, certainty", "cause certain-adverb"])
def test_an_excuse_names_rules_or_groups(name):
    assert words(f"% wording {name}: a reason\nIt clearly helps.") == []


def test_an_excuse_in_restructuredtext_has_a_blank_line_below_it():
    assert words(".. wording certainty: a reason\n\nIt clearly helps.", markdown=False) == []


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("wording: a reason", "an excuse is written 'wording', the names of rules, a colon, and the reason"),
        ("wording certainty", "an excuse is written 'wording', the names of rules, a colon, and the reason"),
        ("wording certainty:", "an excuse is written 'wording', the names of rules, a colon, and the reason"),
        ("wording certanty: r", "'certanty' is no rule of wording; did you mean 'certainty'?"),
        ("wording cause: r", "there is nothing to excuse from cause in the paragraph below"),
    ],
)
def test_a_wrong_or_idle_excuse_is_a_fault_and_excuses_nothing(comment, message):
    text = f"% {comment}\nIt clearly helps."
    assert faults(text) == [(1, message)]
    assert words(text) == ["clearly"]


def test_an_excuse_from_a_rule_that_is_left_out_is_no_fault():
    text = "% wording certain-adverb: r\nIt clearly helps."
    fewer = shipped_rules().without(["certainty"])
    assert scan(text, fewer, COHORT) == scan("", fewer, COHORT)
    assert scan("% wording cause: r\nIt clearly helps.", fewer, COHORT).faults != ()


def test_an_excuse_without_a_paragraph_is_a_fault():
    assert faults("Text.\n% wording cause: r") == [(2, "there is nothing to excuse from cause in the paragraph below")]


def test_other_comments_are_no_excuses():
    assert faults("% words\n% The wording is mine: yes\nText.") == []


HOSTILE = ["`", "``", "“", '"', "](", "<", "{a", ":a", "$", "not ", "people ", "clearly ", ".", ")", "\n", "\n\n",
           "- ", "```\n", ":::{a}\n", "<!--", "% wording a: b\n", "% wording certainty: r\nclearly\n\n", "a:", "https://", ".)", "*", "lead to ", "__", "::\n", ".. "]  # fmt: skip


@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_linear_time(piece, markdown):
    def seconds(count):
        text = "x" + piece * count
        return cpu_seconds(lambda: scan(text, shipped_rules(), COHORT, markdown=markdown))

    # Ten times as much may take ten times as long, and some more for noise; a square would take a hundred times.
    small = max(seconds(2_000), 0.002)
    assert seconds(20_000) < 40 * small
