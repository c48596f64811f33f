"""The body of a card is split into sections as text."""

import pytest

from sphinx_mecfs.evidence.fields import CARD_BODY
from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.questions.fields import QUESTION_BODY
from sphinx_mecfs.evidence.sections import LONGEST_SENTENCE, first_sentence, split_sections


def split(text):
    found = split_sections(text.splitlines(), CARD_BODY)
    return {section.section.name: section.text for section in found.sections}, found.findings


def test_sections_lose_their_marker_and_indent():
    sections, findings = split(":Summary: One.\n  Two.\n:Findings:\n  - a\n    b\n  - c\n")
    assert findings == ()
    assert sections == {"summary": "One.\nTwo.", "findings": "\n- a\n  b\n- c"}


def test_a_list_may_begin_on_the_line_of_the_marker():
    sections, _ = split(":Findings: - a\n  - b")
    assert sections["findings"] == "- a\n- b"


def test_a_plain_body_is_the_summary():
    assert split("Just text.\n\nMore.")[0] == {"summary": "Just text.\n\nMore."}


def test_text_before_the_first_section_is_the_summary():
    sections, findings = split("Text.\n\n:Does not show: That.")
    assert findings == ()
    assert sections == {"summary": "Text.\n", "does-not-show": "That."}


def test_sections_come_in_the_order_of_the_card_whatever_the_order_written():
    sections, _ = split(":Does not show: b\n:Summary: a")
    assert list(sections) == ["summary", "does-not-show"]


def test_an_unknown_section_is_reported_with_the_nearest_one():
    _, (finding,) = split(":Sumary: x")
    assert finding.problem is Problem.SECTION_UNKNOWN
    assert finding.field == "Sumary"
    assert "did you mean 'Summary'?" in finding.message


def test_a_section_given_twice_is_reported():
    _, findings = split("Text\n:Summary: x\n:Harms: a\n:Harms: b")
    assert [(f.problem, f.field) for f in findings] == [
        (Problem.SECTION_REPEATED, "Summary"),
        (Problem.SECTION_REPEATED, "Harms"),
    ]


def test_roles_and_fenced_text_are_not_taken_for_sections():
    sections, findings = split("```\n:Nothing: here\n```\n:ref:`x` too\n:Harms: none")
    assert findings == ()
    assert set(sections) == {"summary", "harms"}


def test_labels_may_be_written_in_any_case():
    assert set(split(":SUMMARY: a\n:does NOT show: b")[0]) == {"summary", "does-not-show"}


# ---- a body with free text ------------------------------------------------------------------------------------------


def freely(text, begin=0):
    found = split_sections(text.splitlines(), QUESTION_BODY, begin)
    sections = {section.section.name: (section.start, section.text.rstrip()) for section in found.sections}
    return sections, [(start, "\n".join(lines).strip()) for start, lines in found.free], found.findings


def test_a_section_goes_on_as_long_as_lines_are_indented_and_the_rest_is_free():
    text = (
        "Before.\n:Short answer: No.\n  Perhaps.\n\n  And more.\n\nAfter.\n  Indented.\n:Harms:\n  - a\n  - b\n\nEnd."
    )
    sections, free, findings = freely(text)
    assert findings == ()
    assert sections == {"short-answer": (1, "No.\nPerhaps.\n\nAnd more."), "harms": (8, "\n- a\n- b")}
    assert free == [(0, "Before."), (6, "After.\n  Indented."), (12, "End.")]


def test_lines_of_blanks_neither_end_a_section_nor_count_as_its_indent():
    sections, free, _ = freely(":Harms:\n    a\n \n    b\nText.")
    assert sections == {"harms": (0, "\na\n\nb")}
    assert free == [(4, "Text.")]


def test_free_text_is_never_a_section_of_its_own():
    assert freely("Just text.\n\nMore.") == ({}, [(0, "Just text.\n\nMore.")], ())


def test_blank_lines_between_sections_are_no_free_text():
    sections, free, _ = freely(" \n:Short answer: No.\n \n\n:Harms: none\n\n  ")
    assert sections == {"short-answer": (1, "No."), "harms": (4, "none")}
    assert free == []


def test_sections_of_a_free_body_come_in_the_order_of_the_question():
    assert list(freely(":What is not known: a\nText.\n:Short answer: b")[0]) == ["short-answer", "what-is-not-known"]


def test_what_resembles_no_section_is_free_text():
    sections, free, findings = freely(":Date: 2026\n:Harms: none\n\n:ref:`x` too")
    assert findings == ()
    assert sections == {"harms": (1, "none")}
    assert free == [(0, ":Date: 2026"), (3, ":ref:`x` too")]


def test_what_resembles_a_section_is_a_fault_and_is_not_shown_as_text():
    sections, free, (finding,) = freely(":Short anwser: No.\n  Never.\n\nText.")
    assert (finding.problem, finding.field) == (Problem.SECTION_UNKNOWN, "Short anwser")
    assert "did you mean 'Short answer'?" in finding.message
    assert (sections, free) == ({}, [(3, "Text.")])


def test_a_section_given_twice_in_a_free_body_is_reported_and_the_first_one_kept():
    sections, free, (finding,) = freely(":Harms: a\n\nText.\n:HARMS: b")
    assert (finding.problem, finding.field) == (Problem.SECTION_REPEATED, "HARMS")
    assert (sections, free) == ({"harms": (0, "a")}, [(2, "Text.")])


def test_options_of_a_directive_within_free_text_are_no_sections():
    text = ":Harms: none\n\n::::{claim} a\n:harms: b\n:::{note}\n:harms: c\n:::\n::::\n\n:Short answer: No."
    sections, free, findings = freely(text)
    assert findings == ()
    assert sections == {"harms": (0, "none"), "short-answer": (9, "No.")}
    assert free == [(2, "::::{claim} a\n:harms: b\n:::{note}\n:harms: c\n:::\n::::")]


def test_a_free_body_is_split_from_its_beginning_on():
    sections, free, findings = freely(":Harms: option\nOption.\n:Harms: none\n\nText.", begin=2)
    assert findings == ()
    assert (sections, free) == ({"harms": (2, "none")}, [(4, "Text.")])


def test_the_text_of_each_section_is_found_by_its_label_in_lower_case():
    split_up = split_sections([":Who was left out: Men.", "  All."], QUESTION_BODY)
    assert split_up.texts == {"who was left out": "Men.\nAll."}


@pytest.mark.parametrize("text", [":Short answer: Nobody knows.\nA second sentence.", ":Key messages:\n- One.\n- Two."])
def test_a_line_right_below_a_section_that_is_not_indented_is_a_fault(text):
    _sections, _free, (finding,) = freely(text)
    label = text[1:].partition(":")[0]
    assert (finding.problem, finding.field) == (Problem.SECTION_INDENT, label)
    assert finding.message == f"the line after {label!r} is not indented, so that it would not belong to the section"


def test_a_section_in_a_comment_is_none():
    sections, _free, findings = freely("<!--\n:Harms: hidden\n-->\n\n:Short answer: No.")
    assert (list(sections), findings) == (["short-answer"], ())


def test_in_restructuredtext_an_underline_hides_no_section():
    lines = ["Deeper", "~~~~~~", "", ":Harms: none"]
    assert "harms" in split_sections(lines, QUESTION_BODY, markdown=False).texts
    assert "harms" not in split_sections(lines, QUESTION_BODY).texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three people were treated. All said so.", "Three people were treated."),
        ("Fluge et al. Nature reports it. Second.", "Fluge et al. Nature reports it."),
        ("The p value was .05 in J. Smith's\n  group. Next.", "The p value was .05 in J. Smith's group."),
        ("Is it so? “Yes.” They say.", "Is it so?"),
        ("One sentence", "One sentence"),
    ],
)
def test_the_first_sentence_ends_at_its_own_full_stop(text, expected):
    assert first_sentence(text) == expected


def test_a_sentence_without_end_is_cut_at_a_word():
    cut = first_sentence("word " * 100)
    assert cut.endswith("word …")
    assert len(cut) <= LONGEST_SENTENCE + 2


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- one line -->",
        "  <!--\n:Short answer: hidden\n-->",
        "<!--\nhidden\n\n:Short answer: hidden\n -->",
        "<!--\n:Short answer: hidden -->",
    ],
)
def test_a_section_below_a_comment_is_one_again(comment):
    sections, _free, findings = freely(comment + "\n\n:Harms: none")
    assert (list(sections), findings) == (["harms"], ())


def test_a_fence_is_closed_by_one_at_least_as_long_and_by_nothing_else():
    inner = "````\n```\n:Harms: a\n````python\n:Harms: b\n`````\n:Harms: shown"
    assert split(inner)[0]["harms"] == "shown"


def test_what_looks_like_a_marker_within_a_line_is_text():
    assert split(":Summary: the field :type: of x\n:Does not show: b")[0]["summary"] == "the field :type: of x"


def test_text_before_the_first_section_is_known_by_its_line():
    (section,) = split_sections(["", "Text."], CARD_BODY).sections
    assert (section.start, section.lines) == (0, ("", "Text."))
    (section,) = split_sections([":harms: option", "Text."], CARD_BODY, 1).sections
    assert (section.start, section.lines) == (1, ("Text.",))


def test_a_section_given_twice_is_told_by_its_label():
    assert split(":Harms: a\n:HARMS: b")[1][0].message == "section 'Harms' is given twice"


def test_a_sentence_may_be_as_long_as_the_longest_and_a_comma_at_the_cut_goes():
    whole = ("word " * 60)[:LONGEST_SENTENCE].replace(" ", "_")
    assert first_sentence(whole) == whole
    assert first_sentence("a, " * 100) == ("a, " * 80)[: LONGEST_SENTENCE - 2] + " …"
    assert first_sentence("Xa X " + "Xa: " * 100).endswith("Xa …")
    assert first_sentence("Xa X " * 100).endswith("X …")
