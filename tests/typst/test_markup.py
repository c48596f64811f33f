"""Python values as Typst source; the compiler itself says what the source means."""

from __future__ import annotations

import json

import pytest
import typst

from sphinx_mecfs.typst import markup
from sphinx_mecfs.typst.markup import Code


def meaning(expression: str) -> object:
    """What Typst makes of an expression."""
    source = f"#metadata({expression})<it>".encode()
    return json.loads(typst.query(source, "<it>", field="value", one=True, ignore_system_fonts=True))


@pytest.mark.parametrize(
    "text",
    [
        '#eval("1")', "$x$", "*a*", "_a_", "@ref", "<label>", "\\", "\\u{41}", '"', '\\"', "//", "/* */", "`raw`",
        "= heading", "- item", "]", "}", "#", ";", "~", "'", "--", "line\nline", "tab\tab", "β2 − CO₂ 慢", "#let x = 1",
    ],
)  # fmt: skip
def test_a_string_means_the_same_to_typst_whatever_is_in_it(text):
    assert meaning(markup.string(text)) == text


@pytest.mark.parametrize("character", ["\0", "\x01", "\x08", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe"])
def test_a_character_that_nothing_can_show_becomes_the_replacement_character(character):
    assert markup.string(f"a{character}b") == '"a\ufffdb"'


def test_running_text_has_single_spaces():
    assert markup.text("a\n  b\t c") == '#"a b c";'


def test_verbatim_text_keeps_its_spaces():
    assert markup.verbatim("a\n  b") == '#"a\\n  b";'


def test_no_text_is_no_source():
    assert markup.text("") == ""


def test_a_long_word_may_break_after_punctuation_and_loses_nothing():
    word = "10.1016/j.jad.2024.01.234-" + "a" * 60

    source = markup.text(f"see {word} there")

    assert source.count("#may-break;") >= 5
    assert source.replace('";#may-break;#"', "").replace('";#"', "") == f'#"see {word} there";'


def test_a_short_word_may_not_break():
    assert "may-break" not in markup.text("post-exertional malaise, well-being/illness")


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("a", '"a"'),
        (None, "none"),
        (True, "true"),
        (False, "false"),
        (2, "2"),
        (0.5, "0.5"),
        (Code("1fr"), "1fr"),
        ([], "()"),
        (["a"], '("a", )'),
        ([1, [2]], "(1, (2, ), )"),
    ],
)
def test_values_become_expressions(value, source):
    assert markup.expression(value) == source


def test_a_call_names_its_options_as_typst_does():
    assert markup.call("f", "x", row_span=2, alt=None) == '#f(row-span: 2, alt: none, "x");'


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("200px", "150pt"), ("200", "150pt"), ("50%", "50%"), ("4.5cm", "4.5cm"), ("2 em", "2em"), (".5in", "0.5in"),
        ("1ex", "0.5em"),
    ],
)  # fmt: skip
def test_lengths_are_those_of_docutils(given, source):
    assert markup.length(given) == Code(source)


@pytest.mark.parametrize("given", ["", "auto", "5parsec", "1;2"])
def test_what_is_no_length_is_none(given):
    assert markup.length(given) is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The ME/CFS Evidence Book", "the-me-cfs-evidence-book"),
        ("../../etc/passwd", "etc-passwd"),
        ("Bragée & Søn", "bragee-son"),
        ("慢", "book"),
        ("", "book"),
    ],
)
def test_a_file_name_is_safe_anywhere(title, name):
    assert markup.file_name(title) == name
