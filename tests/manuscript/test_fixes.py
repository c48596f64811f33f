"""What is put right without asking: it is safe, it is done once, and everything else stays as it was."""

import datetime

import pytest
from question_pages import QUESTION, RST_QUESTION
from samples import ALPHA, REFS, SECTIONS, myst_card, rst_card
from support import ROOT

from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.syntax.tidy import tidy
from sphinx_mecfs.evidence.common.dates import read_any_date
from sphinx_mecfs.manuscript.fixes import fix_page

HEAD = "# Alpha\n\nText with *markup*.\n\n"


def fixed(text, *, markdown=True):
    once = fix_page(text, markdown=markdown)
    assert fix_page(once, markdown=markdown) == once
    return once


@pytest.mark.parametrize(("markdown", "card"), [(True, myst_card), (False, rst_card)])
def test_options_come_in_the_order_of_the_manual(markdown, card):
    backwards = dict(reversed(ALPHA.items()))
    assert fixed(HEAD + card("alpha-2001", backwards), markdown=markdown) == HEAD + card("alpha-2001", ALPHA)


def test_an_option_over_several_lines_moves_whole():
    text = ":::{evidence-card} a\n:status-checked: 2026-11-01\n:groups: one\n  and two\n:design: rct\n:::\n"
    assert (
        fixed(text) == ":::{evidence-card} a\n:design: rct\n:groups: one\n  and two\n:status-checked: 2026-11-01\n:::\n"
    )


def test_a_block_between_dashes_keeps_its_form():
    text = ":::{evidence-card} a\n---\nstatus-checked: 1.11.2026\ndesign: rct\ngroups: |\n  x\n  y\n---\n:Summary: z\n:::\n"
    expected = ":::{evidence-card} a\n---\ndesign: rct\ngroups: |\n  x\n  y\nstatus-checked: 2026-11-01\n---\n:Summary: z\n:::\n"
    assert fixed(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://doi.org/10.1000/AbC", "10.1000/AbC"),
        ("DOI: 10.1000/x", "10.1000/x"),
        ("http://dx.doi.org/10.1000/x", "10.1000/x"),
        ("https://journal.example/10.1000/x", "https://journal.example/10.1000/x"),
        ("PMID 123", "PMID 123"),
    ],
)
def test_a_doi_is_written_bare(value, expected):
    assert f":status-notice: {expected}\n" in fixed(myst_card("a", {**ALPHA, "status-notice": value}))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1.11.2026", (2026, 11, 1)),
        ("2026/1/5", (2026, 1, 5)),
        ("20261105", (2026, 11, 5)),
        ("5 Nov 2026", (2026, 11, 5)),
        ("5th November, 2026", (2026, 11, 5)),
        ("Nov. 5, 2026", (2026, 11, 5)),
        ("2026 Sept 5", (2026, 9, 5)),
        ("13/11/2026", (2026, 11, 13)),
        ("11/13/2026", (2026, 11, 13)),
        ("11/11/2026", (2026, 11, 11)),
        ("01/11/2026", None),
        ("31.2.2026", None),
        ("November 2026", None),
        ("5 Foo 2026", None),
        ("soon", None),
    ],
)
def test_a_date_is_read_only_where_it_means_one_day(text, day):
    assert read_any_date(text) == (datetime.date(*day) if day else None)


def test_dates_of_cards_and_questions_are_put_right():
    assert ":status-checked: 2026-11-01\n" in fixed(myst_card("a", {**ALPHA, "status-checked": "1.11.2026"}))
    text = QUESTION.replace("2026-11-01\n", "1 Nov 2026\n").replace(":updated: 2026-11-02", ":updated: 2.11.2026")
    assert fixed(text) == QUESTION
    rst = RST_QUESTION.replace(":updated: 2026-11-02", ":updated: 2.11.2026")
    assert fixed(rst, markdown=False) == RST_QUESTION


LEFT = {
    "an option given twice": myst_card("a", {**ALPHA, "participants": "3\n:participants: 4", "added": "1.1.2026"}),
    "an unknown option": myst_card("a", {"desing": "x", **dict(reversed(ALPHA.items()))}),
    "a comment in the block": ":::{evidence-card} a\n---\n# why\nstatus-checked: 1.1.2026\n---\n:::\n",
    "an ambiguous date": myst_card("a", {**ALPHA, "status-checked": "01/02/2026"}),
    "a card in code": "````\n" + myst_card("a", dict(reversed(ALPHA.items()))) + "````\n",
    "a quotation": "> " + myst_card("a", dict(reversed(ALPHA.items()))).replace("\n", "\n> "),
    "dates in text": HEAD + "On 1.11.2026, doi:10.1000/x.\n",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_not_clear_is_left_alone(text):
    assert fixed(text) == text


def test_line_ends_are_kept():
    text = (HEAD + myst_card("a", dict(reversed(ALPHA.items())))).replace("\n", "\r\n")
    assert fixed(text) == (HEAD + myst_card("a", ALPHA)).replace("\n", "\r\n")


def test_the_sections_are_not_touched():
    text = myst_card("a", dict(reversed(ALPHA.items())), SECTIONS.replace("All said", ":status: no\n  All said"))
    assert fixed(text).partition("\n\n")[2] == text.partition("\n\n")[2]


# ---- the bibliography


def tidied(text):
    once = tidy(text.encode())
    assert tidy(once) == once
    return once.decode()


def test_entries_are_sorted_with_their_comments_and_values_stand_in_braces():
    text = (
        '% About the file.\n\n% on b\n@Article{b-2, Author = "B, A", title={T {U}}, journal="J", year=2001,\n'
        "  doi={https://doi.org/10.1000/X}, pmid = {PMID: 12}\n}\n% after b\n\n"
        "@article{a-1,\n  author = {A},\n  title = {T},\n  journal = {J},\n  year = {2000},\n}\n"
    )
    assert tidied(text) == (
        "% About the file.\n\n@article{a-1,\n  author = {A},\n  title = {T},\n  journal = {J},\n  year = {2000},\n}\n\n"
        "% on b\n@article{b-2, author = {B, A}, title={T {U}}, journal={J}, year={2001},\n  doi={10.1000/X}, pmid = {12},\n}\n"
        "% after b\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "@article{b-1,\n  title = {T\n}\n@article{a-1, title = {U}}\n",
        "@article{b-1, title = {T}}\n@article{b-1, title = {U}}\n",
        "@article{b-1, title = {T}}\n@string{x = {y}}\n@article{a-1, title = x}\n",
        "@article{b-1, title = nothing}\n@article{a-1, title = {U}}\n",
        "",
        "no entry\n",
    ],
)
def test_a_file_that_cannot_be_read_without_doubt_is_left_alone(text):
    assert tidied(text) == text


def test_abbreviations_stay():
    text = "@string{jn = {Journal of N}}\n\n@article{b-1, title = {T}, journal = jn, month = nov}\n\n@article{a-1, title = {U}}\n"
    after = tidied(text)
    assert "journal = jn, month = nov" in after
    assert after.index("@string") < after.index("a-1") < after.index("b-1")


def test_the_shipped_bibliography_is_tidy():
    data = (ROOT / "refs.bib").read_bytes()
    assert tidy(data) == data


def test_tidying_loses_no_entry():
    before = read_bibliography(REFS.encode())
    after = read_bibliography(tidy(REFS.encode()))
    assert sorted(before.entries) == list(after.entries)
    assert {key: entry.fields for key, entry in before.entries.items()} == {
        key: entry.fields for key, entry in after.entries.items()
    }
