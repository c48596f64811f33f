"""The place above a long table for what sorts and filters it, and the files that styles and scripts are joined into."""

import re
from xml.etree import ElementTree

import pytest
from samples import ALPHA, REFS, myst_card, myst_page

from sphinx_mecfs.extension.build.assets import lean

PLACE = 'class="mecfs-table-tools"'
CARD = ALPHA | {"intervention": "a drug and/or a placebo"}
WORDS = ("{shown}", "data-filter", "Filter")
PAGE = """\
# Tables

```{evidence-table}
:columns: study, year, participants
:caption: All studies
```
"""


def base_of(make_base, count, page=PAGE):
    """A base of as many studies, and a page of tables."""
    keys = [f"alpha-{2001 + number}" for number in range(count)]
    entry = REFS[: REFS.index("@article{beta")]
    files = {f"studies/{key}.md": f"---\norphan: true\n---\n\n{myst_page(key, myst_card(key, CARD))}" for key in keys}
    files |= {
        "refs.bib": "\n".join(entry.replace("alpha-2001", key).replace("10.1000/alpha.2001", key) for key in keys)
    }
    files |= {"studies/beta-2010.md": "---\norphan: true\n---\n\n# Nothing\n", "tables.md": page}
    files |= {"refs.bib": re.sub(r" +(doi|pmid) = .*\n", "", files["refs.bib"])}
    return make_base(files | {"index.md": "# Base\n\n```{toctree}\ntables\ndefinitions\nreferences\n```\n"})


@pytest.mark.parametrize(("count", "places"), [(8, 0), (9, 1)])
def test_a_table_of_more_than_eight_rows_has_a_place_for_a_filter(make_base, count, places):
    build = base_of(make_base, count).build()
    assert build.warnings == ()
    page = build.text("tables.html")
    assert page.count('<th scope="row">') == count
    assert page.count(PLACE) == places


def test_the_place_stands_right_above_the_table_and_is_empty_but_for_its_words(make_base):
    page = base_of(make_base, 9).build().text("tables.html")
    place = re.search(rf'<div {PLACE} ([^>]*)></div>\n<div class="table-wrapper', page)
    data = dict(re.findall(r'data-(\w+)="([^"]*)"', place[1]))
    assert data == {"filter": "Filter", "count": "{shown} of {all} rows", "none": "not stated"}


@pytest.mark.parametrize(("limit", "later"), [(9, 0), (6, 3), (0, 0)])
def test_a_table_of_more_rows_than_are_shown_at_once_is_whole_and_says_which_come_later(make_base, limit, later):
    project = base_of(make_base, 9)
    page = project.build(mecfs_table_rows=limit).text("tables.html")
    rows = re.findall(r"<tr( [^>]*)?><th scope=\"row\">", page)
    assert rows == [""] * (9 - later) + [' class="mecfs-later"'] * later
    assert page.count(f'data-limit="{limit}"') == bool(later)
    assert ("{shown} of {all} are shown." in page) is bool(later)


def test_an_epub_keeps_no_rows_for_later(make_base):
    page = base_of(make_base, 9, PAGE.replace("year", "intervention")).build("epub", mecfs_table_rows=2)
    assert "mecfs-later" not in page.text("tables.xhtml")


def test_the_word_for_what_is_not_stated_is_the_one_that_cells_hold(make_base):
    studies = base_of(make_base, 9)
    studies.replace("studies/alpha-2003.md", ":participants: 3\n", "")
    page = studies.build().text("tables.html")
    none = re.search(r'data-none="([^"]*)"', page)[1]
    assert page.count(f"<td><p>{none}</p></td>") == 1


COUNTS = "# Tables\n\n```{evidence-counts}\n:by: year\n```\n"


def test_counts_have_no_place_however_long_they_are(make_base):
    project = base_of(make_base, 12, COUNTS)
    for number in range(12):
        key = f"alpha-{2001 + number}"
        refs = (project.srcdir / "refs.bib").read_text(encoding="utf-8")
        start = refs.index(key)
        changed = refs[:start] + refs[start:].replace("{2001}", f"{{{2001 + number}}}", 1)
        (project.srcdir / "refs.bib").write_text(changed, encoding="utf-8")
    page = project.build().text("tables.html")
    assert page.count('<th scope="row">') == 13
    assert PLACE not in page


def test_the_first_cell_of_each_row_names_it(make_base):
    page = base_of(make_base, 9).build().text("tables.html")
    rows = re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", page)
    assert len(rows) == 9
    assert all(row.count("<th") == 1 for row in rows)


@pytest.mark.parametrize(
    ("builder", "name"), [("text", "tables.txt"), ("latex", "testbase.tex"), ("xml", "tables.xml")]
)
def test_other_builders_have_the_table_and_nothing_of_the_filter(make_base, builder, name):
    text = base_of(make_base, 9).build(builder).text(name)
    assert "All studies" in text
    assert not any(word in text for word in WORDS)


def test_an_epub_whose_reader_runs_no_scripts_has_no_place(make_base):
    page = base_of(make_base, 9, PAGE.replace("year", "intervention")).build("epub").text("tables.xhtml")
    ElementTree.fromstring(page.replace("&nbsp;", " "))  # a book reader shows nothing of a page that is not well-formed
    assert page.count('<th scope="row">') == 9
    assert PLACE not in page


def test_lines_are_joined_where_no_comment_ends_them():
    assert lean("a(\n  b,\n); // why;\nc = {\n  d\n}\n") == "a(b,); // why;\nc = {d\n}\n"


def test_the_files_that_pages_load_hold_the_code_without_its_comments():
    code = '/* Head,\n   of two lines. */\n\nfunction a() {\n  // why\n  return "https://b/*c*/"; // kept\n}\n'
    assert lean(code) == 'function a() {return "https://b/*c*/"; // kept\n}\n'
