"""The data that scripts of a website load, and the index of the full text."""

import json

import pytest
from samples import ALPHA, base_files, myst_card
from support import Project

from sphinx_mecfs.extension.site.data import in_parts, script


def loaded(build, name="mecfs-studies.js"):
    head, _equals, rest = build.text(f"_static/{name}").partition("=")
    return head, json.loads(rest.removesuffix(";\n"))


def test_every_sound_study_is_there_with_what_its_card_says(base_html):
    head, data = loaded(base_html)
    assert head == "window.mecfsStudies"
    _head, texts = loaded(base_html, "mecfs-texts-0.js")
    # The newest first.
    beta, alpha = ({**study, **text} for study, text in zip(data["studies"], texts, strict=True))
    assert (alpha["key"], alpha["name"], alpha["year"], alpha["participants"]) == ("alpha-2001", "Ærø 2001", 2001, 3)
    assert alpha["url"] == "studies/alpha-2001.html#alpha-2001"
    assert alpha["summary"] == "Three people were treated."
    assert (alpha["pem"], alpha["design"], alpha["topics"]) == ("optional", "case-series", ["b-cells", "drugs"])
    assert (beta["name"], beta["criteria"]) == ("Beta 2010 (retracted)", ["icc-2011", "fukuda-1994"])
    assert "Ærø" in alpha["authors"]


def test_texts_come_in_parts_in_the_order_of_the_studies():
    assert [list(part) for part in in_parts("abcdefg", 3)] == [["a", "b", "c"], ["d", "e", "f"], ["g"]]
    assert [list(part) for part in in_parts("abc", 3)] == [["a", "b", "c"]]
    # The first part is loaded before it is known how many there are.
    assert [list(part) for part in in_parts("", 3)] == [[]]


def test_the_words_of_every_value_are_there(base_html):
    _head, data = loaded(base_html)
    for study in data["studies"]:
        for field in ("pem", "design", "population", "status", "read"):
            assert study[field] in data["terms"][field]
        assert set(study["criteria"]) <= set(data["terms"]["criteria"])
    assert data["terms"]["pem"]["required"] == ["●", "PEM required", "required"]


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl"])
def test_references_stand_in_one_script_for_each_form(base_html, form):
    head, data = loaded(base_html, f"mecfs-{form}.js")
    assert head == f"window.mecfs{form.title()}"
    assert sorted(data) == ["alpha-2001", "beta-2010"]
    assert "alpha-2001" in json.dumps(data["alpha-2001"])


def test_nothing_in_the_data_can_end_the_script_or_its_line():
    text = script("x", ["</script><script>alert(1)</script>", "a\u2028b\u2029c"]).decode()
    assert "<" not in text
    assert text.count("\n") == 1
    assert json.loads(text[len("window.x=") : -2]) == ["</script><script>alert(1)</script>", "a\u2028b\u2029c"]


def test_a_wrong_card_is_left_out_and_a_removed_one_goes(make_base):
    project = make_base({"studies/beta-2010.md": "---\norphan: true\n---\n\n# B\n\n" + myst_card("beta-2010", {})})
    assert [study["key"] for study in loaded(project.build())[1]["studies"]] == ["alpha-2001"]
    project.remove("studies/alpha-2001.md")
    project.replace("index.md", "{mecfs:study}`alpha-2001` {pem-badge}`alpha-2001`", "nothing")
    assert loaded(project.build())[1]["studies"] == []


def test_an_unchanged_script_is_not_written_again(make_base):
    project = make_base()
    before = (project.build().outdir / "_static/mecfs-studies.js").stat().st_mtime_ns
    assert (project.build().outdir / "_static/mecfs-studies.js").stat().st_mtime_ns == before


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text"])
def test_other_builders_have_no_such_data(make_base, builder):
    build = make_base().build(builder)
    assert not list(build.outdir.rglob("mecfs-studies.js"))


def test_a_card_is_found_by_the_spelling_that_people_type(base_html):
    index = base_html.text("searchindex.js")
    terms = json.loads(index[index.index("(") + 1 : -1])["terms"]
    assert {"aero", "luk", "alpha", "beta2"} <= set(terms)


def test_cards_questions_claims_and_definitions_are_objects_of_the_search(make_base):
    from question_pages import PAGES  # noqa: PLC0415

    build = make_base(PAGES).build()
    index = build.text("searchindex.js")
    data = json.loads(index[index.index("(") + 1 : -1])
    kinds = {name for _domain, name, _label in data["objnames"].values()}
    assert {"study", "definition", "claim", "question"} <= kinds


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    from samples import CONF  # noqa: PLC0415

    project = Project(tmp_path_factory.mktemp("indexed"), {"project": "Test base", "html_theme": "basic", **CONF})
    project.write(base_files())
    return project


def test_full_text_is_indexed_where_the_project_asks_for_it(indexed):
    pytest.importorskip("pagefind")
    build = indexed.build(mecfs_fulltext=True)
    assert build.warnings == ()
    entry = json.loads(build.text("pagefind/pagefind-entry.json"))
    assert entry["languages"]["en"]["page_count"] >= 4
    assert (build.outdir / "pagefind/pagefind.js").is_file()
    assert not list((build.outdir / "pagefind").glob("*ui*"))


def test_the_index_is_the_same_however_often_it_is_made(indexed):
    pytest.importorskip("pagefind")
    first = {k: v for k, v in indexed.build(mecfs_fulltext=True).files().items() if k.startswith("pagefind/")}
    indexed.replace("studies/alpha-2001.md", "were treated", "were xylographed")
    changed = {k: v for k, v in indexed.build(mecfs_fulltext=True).files().items() if k.startswith("pagefind/")}
    indexed.replace("studies/alpha-2001.md", "were xylographed", "were treated")
    again = {k: v for k, v in indexed.build(mecfs_fulltext=True).files().items() if k.startswith("pagefind/")}
    assert first
    assert changed != first
    assert again == first


def test_without_the_setting_there_is_no_index(base_html):
    assert not (base_html.outdir / "pagefind").exists()


def test_the_names_that_a_reader_cannot_type_stand_beside_the_card_unseen(base_html):
    page = base_html.text("studies/alpha-2001.html")
    assert 'data-pagefind-index-attrs="data-aliases"' in page
    assert "aero" in page[page.index("data-aliases=") :][:200]
    assert ALPHA["design"] == "case-series"
