"""The explorer: a table that is whole without a script, and what a website puts around it."""

import html
import json
import re

import pytest
from support import Project

MYST = "---\norphan: true\n---\n\n# Find\n\n```{evidence-explorer}\n:caption: All of them\n```\n"
RST = ":orphan:\n\nFind\n====\n\n.. evidence-explorer::\n   :caption: All of them\n"


def frame(page):
    """The explorer of a page, from its opening tag to the end of its table."""
    return re.search(r'<div class="mecfs-explorer".*?</table>', page, re.DOTALL).group(0)


@pytest.fixture(scope="module")
def built(base_project, tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("explorer"), base_project.conf)
    project.write({path.name: path.read_bytes() for path in base_project.srcdir.glob("*.*")})
    project.write({f"studies/{path.name}": path.read_bytes() for path in base_project.srcdir.glob("studies/*")})
    project.write({"find.md": MYST, "deep/find.rst": RST})
    return project.build()


def test_both_markups_give_the_table_of_all_studies_newest_first(built):
    assert built.warnings == ()
    for name in ("find.html", "deep/find.html"):
        rows = re.findall(r'<th scope="row"><p><a [^>]*>(.*?)</a>.*?</tr>', frame(built.text(name)), re.DOTALL)
        assert rows == ["Beta 2010 (retracted)", "Ærø 2001"]
    first, second = (frame(built.text(name)) for name in ("find.html", "deep/find.html"))
    assert first == second.replace('href="../', 'href="')


def test_the_table_shows_year_design_participants_and_pem(built):
    page = frame(built.text("find.html"))
    assert re.findall(r'<th scope="col" class="head"><p>(.*?)</p>', page) == [
        "Study", "Year", "Design", "Participants", "PEM",
    ]  # fmt: skip
    assert '<span class="caption-text">All of them</span>' in page
    assert "<td><p>Case series</p></td><td><p>3</p></td>" in page
    assert "mecfs-pem-not-required" in page


def test_the_words_of_the_script_stand_in_the_page_and_a_place_for_its_controls_before_the_table(built):
    page = frame(built.text("find.html"))
    words = json.loads(html.unescape(re.search(r'data-words="(.*?)"', page).group(1)))
    assert list(words["facets"]) == ["pem", "design", "criteria", "topics", "population", "status", "read", "size"]
    assert words["found"] == "{shown} of {all} studies"
    # A browser with scripts makes no elements of what stands in a noscript.
    assert page.index("mecfs-explorer-place") < page.index("<noscript>") < page.index("<table")
    assert "data-filtered" not in page
    assert "data-fulltext" not in page


def test_only_pages_with_an_explorer_load_its_style_and_script(built):
    for name in ("find.html", "deep/find.html"):
        page = built.text(name)
        assert re.search(r'<link [^>]*href="[./]*_static/mecfs-explorer\.css', page)
        assert re.search(r'<script [^>]*src="[./]*_static/mecfs-explorer\.js', page)
    for name in ("index.html", "studies/alpha-2001.html", "search.html", "genindex.html"):
        assert "mecfs-explorer" not in built.text(name)
    for name in ("mecfs-explorer.css", "mecfs-explorer.js", "mecfs-studies.js"):
        assert (built.outdir / "_static" / name).is_file()


def test_every_word_that_the_script_takes_is_given_to_it(built):
    script = built.text("_static/mecfs-explorer.js")
    words = json.loads(html.unescape(re.search(r'data-words="(.*?)"', built.text("find.html")).group(1)))
    named = set(re.findall(r"words\.(\w+)", script))
    # Two are named through the controls that they label.
    assert named | {"from", "to"} == set(words)
    assert set(words["sizes"]) == set(re.findall(r'"(not-stated|under-20|20-99|100-499|500-up)"', script))


def test_a_filter_leaves_out_studies_and_tells_the_script(make_base):
    page = MYST.replace(":caption: All of them", ":filter: design = rct")
    build = make_base({"find.md": page}).build()
    assert build.warnings == ()
    shown = frame(build.text("find.html"))
    assert "Beta 2010" in shown
    assert "Ærø 2001" not in shown
    assert ' data-filtered=""' in shown


@pytest.mark.parametrize(("name", "page", "line"), [("find.md", MYST, 8), ("find.rst", RST, 7)])
def test_a_wrong_filter_is_reported_at_its_line_and_shows_no_studies(make_base, name, page, line):
    wrong = ":filter: desing = rct"
    build = make_base({name: page.replace(":caption: All of them", wrong)}).build()
    (warning,) = build.warnings
    assert warning.startswith(f"{name}:{line}: ") and "unknown field 'desing'" in warning
    text = build.text("find.html")
    assert "This table cannot be shown" in text
    assert "mecfs-explorer" not in text
    assert "Beta 2010" not in text


def test_a_value_that_no_study_has_is_reported(make_base):
    page = MYST.replace(":caption: All of them", ":filter: topics = nonsense")
    (warning,) = make_base({"find.md": page}).build().warnings
    assert warning.startswith("find.md:8: ") and "nonsense" in warning


def test_a_second_explorer_of_a_page_stays_a_table(make_base):
    page = make_base({"find.md": MYST + "\n```{evidence-explorer}\n```\n"}).build().text("find.html")
    assert page.count('<div class="mecfs-explorer"') == 2
    assert page.count("mecfs-explorer-place") == page.count("<noscript>") == page.count("</noscript>") == 1
    assert page.index("</noscript>") < page.rindex("<table")
    assert page.count("data-words") == 1


@pytest.mark.parametrize("builder", ["text", "man", "texinfo", "latex", "typst", "epub", "singlehtml"])
def test_other_builders_show_the_table_and_no_controls(make_base, builder):
    project = make_base({"index.md": MYST + "\n```{toctree}\ndefinitions\nreferences\n```\n"})
    build = project.build(builder, man_pages=[("index", "base", "Base", "A", 7)], epub_show_urls="no")
    assert [warning for warning in build.warnings if "explorer" in warning] == []
    files = {path: path.read_bytes() for path in build.outdir.rglob("*") if path.is_file()}
    shown = b"\n".join(content for path, content in files.items() if path.suffix != ".epub")
    assert b"Beta 2010 (retracted)" in shown.replace(b"\\ ", b" ")
    assert b"Case series" in shown
    assert b"mecfs-explorer-place" not in shown.replace(b".mecfs-explorer-place", b"")
    assert b"The list of studies is being loaded" not in shown
    pages = [content for path, content in files.items() if path.suffix in {".html", ".xhtml"}]
    assert not any(b"mecfs-explorer.js" in page for page in pages)


def test_an_index_of_the_full_text_is_told_to_the_script(make_base):
    pytest.importorskip("pagefind")
    page = make_base({"find.md": MYST}, mecfs_fulltext=True).build().text("find.html")
    assert ' data-fulltext=""' in frame(page)


def test_a_page_is_written_again_when_the_studies_have_changed(make_base):
    project = make_base({"find.md": MYST})
    project.build()
    project.replace("studies/alpha-2001.md", ":participants: 3", ":participants: 4")
    again = project.build()
    assert "<td><p>4</p></td>" in frame(again.text("find.html"))
    assert again.files() == project.build(fresh=True).files()
