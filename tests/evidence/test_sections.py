"""The body of a card is split into sections as text."""

from sphinx_mecfs.evidence.fields import CARD_BODY
from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.sections import split_sections


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
