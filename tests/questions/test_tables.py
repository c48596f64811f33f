"""Tables over the base: filter as data, sort, columns, counts and the matrix."""

import re
from html import unescape

import pytest
from facts import squeezed
from question_pages import ORPHAN, PAGES

from sphinx_mecfs.extension.writing.blocks import Table
from sphinx_mecfs.extension.writing.expand import cut


def directive(name, **options):
    head = "".join(f":{option}: {value}\n" for option, value in options.items())
    return f"{ORPHAN}# Table\n\n:::{{{name}}}\n{head}:::\n"


def built(make_base, text, **more):
    build = make_base({**PAGES, "table.md": text, **more}).build()
    return build, build.text("table.html")


def rows(page):
    table = re.search(r'<table class="mecfs-table.*?</table>', page, re.DOTALL)
    found = re.findall(r"<tr>(.*?)</tr>", table.group(0), re.DOTALL)
    return [
        [
            squeezed(unescape(re.sub(r"<[^>]+>", "", cell)))
            for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in found
    ]


def first_column(page):
    return [row[0] for row in rows(page)[1:]]


BOTH = ["Ærø 2001", "Beta 2010 (retracted)"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("", BOTH),
        ("design = rct", BOTH[1:]),
        ("design in rct, case-series", BOTH),
        ("design not in rct", BOTH[:1]),
        ("participants >= 3", BOTH[:1]),
        ("participants = none", BOTH[1:]),
        ("year < 2005; design = case-series", BOTH[:1]),
        ("topics = drugs", BOTH[:1]),
        ("criteria = icc-2011", BOTH[1:]),
        ("pem = mixed", BOTH[1:]),
        ("intervention contains DRUG", BOTH[:1]),
        ("status-checked > 2026-11-01", BOTH[1:]),
    ],
)
def test_a_filter_selects_studies(make_base, condition, expected):
    build, page = built(
        make_base, directive("evidence-table", filter=condition) if condition else directive("evidence-table")
    )
    assert build.warnings == ()
    assert first_column(page) == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"filter": "desgn = rct"}, "table.md:8: WARNING: unknown field 'desgn'; did you mean 'design'? [mecfs.query]"),
        ({"filter": "design = rcts"}, "table.md:8: WARNING: unknown design 'rcts'; did you mean 'rct'? [mecfs.query]"),
        ({"filter": "design"}, "table.md:8: WARNING: condition 'design' is not 'field operator value' [mecfs.query]"),
        (
            {"filter": "topics = magic"},
            "table.md:8: WARNING: no study of this base has the topics 'magic'; it is one of: b-cells, drugs [mecfs.query]",
        ),
        (
            {"columns": "study, yeer"},
            "table.md:8: WARNING: columns names 'yeer', which is no field; did you mean 'year'? [mecfs.query]",
        ),
        (
            {"sort": "-yeer"},
            "table.md:8: WARNING: sort names '-yeer', which is no field; did you mean 'year'? [mecfs.query]",
        ),
        (
            {"filtr": "design = rct"},
            "table.md:8: WARNING: unknown option 'filtr'; did you mean 'filter'? [mecfs.option-unknown]",
        ),
    ],
)
def test_what_is_unknown_gives_a_warning_and_no_table_at_all(make_base, options, message):
    build, page = built(make_base, directive("evidence-table", **options))
    assert build.warnings == (message,)
    assert "<table" not in page


def test_a_table_is_sorted_and_shows_the_columns_asked_for(make_base):
    text = directive(
        "evidence-table", sort="-year", columns="study, year, criteria, topics, participants", caption="Two studies"
    )
    build, page = built(make_base, text)
    assert build.warnings == ()
    assert ">Two studies<" in page
    assert rows(page) == [
        ["Study", "Year", "Case definition", "Topics", "Participants"],
        [
            "Beta 2010 (retracted)",
            "2010",
            "International Consensus Criteria 2011; CDC, Fukuda 1994",
            "not stated",
            "not stated",
        ],
        ["Ærø 2001", "2001", "CDC, Fukuda 1994", "b-cells, drugs", "3"],
    ]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("design", [["Case series", "1"], ["Randomised controlled trial", "1"], ["All studies", "2"]]),
        ("pem", [["○ PEM not required (optional item)", "1"], ["◐ PEM mixed", "1"], ["All studies", "2"]]),
        ("year", [["2001", "1"], ["2010", "1"], ["All studies", "2"]]),
        ("topics", [["b-cells", "1"], ["drugs", "1"], ["not stated", "1"], ["All studies", "2"]]),
        ("criteria", [["CDC, Fukuda 1994", "2"], ["International Consensus Criteria 2011", "1"], ["All studies", "2"]]),
    ],
)
def test_counts_are_given_by_any_field_with_few_values(make_base, by, expected):
    build, page = built(make_base, directive("evidence-counts", by=by))
    assert build.warnings == ()
    assert rows(page)[1:] == expected
    assert "%" not in page[page.index("<table") : page.index("</table>")]


@pytest.mark.parametrize("by", ["", "title", "design, year"])
def test_counts_by_nothing_or_by_what_cannot_be_counted_are_reported(make_base, by):
    build, page = built(make_base, directive("evidence-counts", by=by))
    assert len(build.warnings) == 1
    assert build.warnings[0].endswith("[mecfs.query]")
    assert "<table" not in page


def test_the_matrix_shows_directions_by_sign_and_word(make_base):
    build, page = built(make_base, directive("evidence-matrix"))
    assert build.warnings == ()
    assert rows(page) == [
        ["Study", "Question 1"],
        ["Ærø 2001 ○ PEM not required (optional item)", "+ Supports; = No clear difference"],
        ["Beta 2010 (retracted) ◐ PEM mixed", "− Contradicts"],
    ]
    assert "Does the drug help?" in page


def test_a_matrix_of_a_question_that_does_not_exist_is_reported_and_empty(make_base):
    build, page = built(make_base, directive("evidence-matrix", questions="drugs"))
    assert build.warnings == (
        "table.md:8: WARNING: questions names 'drugs', which does not exist; did you mean 'drug'? [mecfs.question-unknown]",
    )
    assert "<table" not in page


def test_on_paper_a_wide_table_is_cut_and_keeps_its_first_column(make_base):
    columns = "study, year, design, participants, population, status, topics"
    project = make_base({"table.md": directive("evidence-table", columns=columns)})
    text = project.build("text").text("table.txt")
    heads = [line for line in text.splitlines() if line.startswith("| Study")]
    assert len(heads) == 2
    assert "Topics" in heads[1]


def test_on_paper_a_part_of_a_cut_table_leaves_out_rows_that_are_empty_there():
    table = Table("", ("a", "b", "c"), ((("x",), ("1",), ()), (("y",), (), ("2",))), columns_on_paper=1)
    assert [[row[0] for row in part.rows] for part in cut(table)] == [[("x",)], [("y",)]]
