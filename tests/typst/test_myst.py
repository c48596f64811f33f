"""A book of MyST documents."""

from __future__ import annotations

import pytest


def test_only_what_myst_cannot_say_outside_html_is_warned_of(myst_book):
    (warning,) = myst_book.build.warnings

    assert "myst.strikethrough" in warning


def test_a_book_without_parts_has_chapters_at_the_top(myst_book):
    assert [(depth, title) for depth, title, _page in myst_book.outline] == [
        (0, "Text"),
        (1, "Lists"),
        (2, "A heading two levels down"),
        (0, "Studies"),
        (1, "A study with β2 and a link"),
        (2, "Heading inside a study"),
        (0, "Index"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Øystein Fluge, Bragée, Sørland, Łukasz; TNF-α, β2-, ≥ 3, −12, CO₂.",
        "With emphasis, strong, literal, struck, H₂O, PEM (post-exertional malaise), a note1, the same note1,",
        "☐ not done • ☑ done 3. three 4. four",
        "Term Definition x = 1 Field: value A quotation of two paragraphs",
        "Study People Effect Fluge 2019 151 none at all Bragée 229 link",
        "Table 1. A list table",
        "Note A note. Warning Nested.",
        "Own title Text of the admonition.",
        "See (1), Fig. 1, Text, Studies, PEM, A heading two levels down, Studies.",
        "Listing 1. Code with a caption",
        "1Note one with code. And a second paragraph.",
    ],
)
def test_everything_written_is_there(myst_book, words):
    assert words in myst_book.text


def test_text_that_looks_like_typst_shows_as_text(myst_book):
    assert "#eval(“1”) $x$ *a* @ref <label> \\ “ // /* #”; ] } heading = 1." in myst_book.text


@pytest.mark.parametrize("words", ["INVISIBLE", "RAWHTML"])
def test_comments_and_html_are_left_out(myst_book, words):
    assert words not in myst_book.text


def test_columns_are_aligned_as_their_rule_says(myst_book):
    assert 'cell(align: right)[#"151";' in myst_book.source
    assert 'cell(align: center)[#"none";#linebreak();#"at all";' in myst_book.source


def test_classes_of_boxes_and_words_are_given_to_their_functions(myst_book):
    assert '#card(title: [#"Own title";])[#par[#"Text of the admonition.";];\n];' in myst_book.source
    assert '#badge[#"a badge";];' in myst_book.source


def test_sphinx_numbers_equations_and_nothing_else_does(myst_book):
    assert myst_book.source.count("#display-math(") == 2
    assert 'number: [#"(1)";]' in myst_book.source
    assert 'number: [#"(2)";]' in myst_book.source
    formulas = [path.read_text() for path in (myst_book.build.outdir / "math").iterdir()]
    assert len(formulas) == 3


def test_links_lead_to_places_and_addresses(myst_book):
    assert myst_book.addresses == {
        "https://example.org", "https://example.org/a_b", "https://example.org/bare"
    }  # fmt: skip
    assert myst_book.page_of("Øystein Fluge") in myst_book.targets(myst_book.page_of("Heading inside a study More"))
