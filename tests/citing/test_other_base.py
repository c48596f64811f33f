"""A project with our extension shows studies, definitions, claims and questions of another base by their keys."""

import copy
import json
import re

import pytest
from published_bases import data_of, publish_data
from samples import ALPHA, REFS, myst_card

PAGE = """\
# Citing

{mecfs:study}`alpha-2001` {pem-badge}`alpha-2001`, {mecfs:study}`beta-2010`, {mecfs:study}`a trial <beta-2010>`,
{mecfs:definition}`fukuda-1994` {pem-badge}`fukuda-1994`, {mecfs:claim}`drug-helps`, {mecfs:claim}`this <drug-helps>`,
{mecfs:question}`drug`, {mecfs:study}`book:alpha-2001`, {pem-badge}`book:fukuda-1994`.
"""
RST = """\
Citing
======

:mecfs:study:`alpha-2001` :pem-badge:`alpha-2001` :mecfs:definition:`fukuda-1994` :mecfs:claim:`drug-helps`
:mecfs:question:`drug`
"""
BASE = "https://base.example/"


def links(page):
    """Address, and the words with what follows them, of each link to another base."""
    found = re.findall(r'<a class="mecfs-elsewhere[^>]* href="([^"]*)"[^>]*>(.*?)</a>', page)
    return [(address.removeprefix(BASE), re.sub(r"<[^>]*>", "", words)) for address, words in found]


ALL = [
    ("studies/alpha-2001.html#alpha-2001", "Ærø 2001"),
    ("studies/alpha-2001.html#alpha-2001", "○ PEM not required (optional item)"),
    ("studies/beta-2010.html#beta-2010", "Beta 2010 (retracted)"),
    ("studies/beta-2010.html#beta-2010", "a trial"),
    ("definitions.html#definition-fukuda-1994", "CDC, Fukuda 1994"),
    ("definitions.html#definition-fukuda-1994", "○ PEM not required (optional item)"),
    ("question.html#drug-helps", "“Three people felt better after the drug.” (very low certainty)"),
    ("question.html#drug-helps", "this (very low certainty)"),
    ("question.html#drug", "Does the drug help?"),
    ("studies/alpha-2001.html#alpha-2001", "Ærø 2001"),
    ("definitions.html#definition-fukuda-1994", "○ PEM not required (optional item)"),
]


def test_each_kind_of_thing_is_cited_by_key_with_its_words_and_badge(make_citing, published):
    build = make_citing({"index.md": PAGE}).build()
    assert build.warnings == ()
    assert links(build.text("index.html")) == ALL
    for place, _words in ALL:
        name, _hash, anchor = place.partition("#")
        assert f'id="{anchor}"' in published.text(name)


def test_restructuredtext_cites_in_the_same_way(make_citing):
    build = make_citing({"index.rst": RST}).build()
    assert build.warnings == ()
    assert links(build.text("index.html")) == [ALL[0], ALL[1], ALL[4], ALL[6], ALL[8]]


def test_a_link_carries_what_a_preview_shows(make_citing):
    page = make_citing({"index.md": PAGE}).build().text("index.html")
    (first, *_rest) = re.findall(r'<a class="mecfs-elsewhere[^>]*>', page)
    assert 'data-mecfs-title="TNF-α and β2-receptors in three people: a series"' in first
    assert 'data-mecfs-summary="Three people were treated."' in first
    assert 'data-mecfs-pem="optional"' in first
    assert 'data-mecfs-badge="PEM not required (optional item)"' in first
    assert 'title="TNF-α and β2-receptors in three people: a series (in Test base 7)"' in first
    assert 'data-mecfs-status="retracted"' in page
    assert 'data-mecfs-summary="Nobody knows. One trial was retracted."' in page


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "typst", "man", "texinfo", "xml"])
def test_every_builder_shows_the_words_and_the_badges(make_citing, builder):
    documents = [("index", "book", "Citing", "Authors")]
    conf = {"typst_documents": documents, "version": "1", "epub_show_urls": "no"}
    build = make_citing({"index.md": PAGE}, **conf).build(builder)
    assert build.warnings == ()
    if builder != "epub":
        files = [*build.outdir.glob("index.*"), *build.outdir.glob("[Cc]iting.*"), *build.outdir.glob("book.*")]
        written = "".join(path.read_text(encoding="utf-8") for path in files)
        for words in ("Beta 2010 (retracted)", "PEM not required (optional item)", "Does the drug help?"):
            assert words in re.sub(r"\s+", " ", written.replace(r"\ ", " "))


def test_a_card_of_this_project_wins_over_one_of_another_base(make_citing):
    card = myst_card("alpha-2001", {**ALPHA, "criteria": "icc-2011"})
    index = "# Own\n\n" + card + "\n{mecfs:study}`alpha-2001` {pem}`alpha-2001` {pem}`book:alpha-2001`\n"
    build = make_citing({"index.md": index, "refs.bib": REFS}, bibtex_bibfiles=["refs.bib"]).build()
    assert build.warnings == ()
    assert links(build.text("index.html")) == [ALL[1]]
    assert '<a class="reference internal" href="#alpha-2001"><span class="mecfs-ref">Ærø 2001</span></a>' in build.text(
        "index.html"
    )


def test_a_definition_that_means_something_else_here_is_not_linked_elsewhere(make_citing):
    own = '[[definitions]]\nkey = "fukuda-1994"\nname = "Own"\nyear = 1994\npem = "required"\nmark = "A"\nbasis = "x"\n'
    files = {
        "index.md": "# Own\n\n{mecfs:definition}`fukuda-1994` {pem}`fukuda-1994`\n",
        "own.toml": f'version = "1"\n{own}',
    }
    build = make_citing(files, mecfs_definitions=["own.toml"]).build()
    assert build.warnings == ()
    assert links(build.text("index.html")) == []
    assert "Own 1994" in build.text("index.html")


def test_nothing_of_another_base_becomes_our_own(make_citing):
    build = make_citing({"index.md": PAGE}).build()
    domain = build.app.env.domains["mecfs"]
    assert list(domain.get_objects()) == []
    assert "alpha-2001" not in str([domain.catalogue.cards, domain.catalogue.claims, domain.catalogue.usage])
    assert b"alpha-2001" not in (build.outdir / "objects.inv").read_bytes()


def test_an_unknown_key_is_reported_with_the_nearest_of_another_base(make_citing):
    build = make_citing({"index.md": "# Citing\n\n{mecfs:study}`book:alpha-2002` {mecfs:claim}`nothing`\n"}).build()
    assert build.warnings == (
        "index.md:3: WARNING: study 'book:alpha-2002' has no card; did you mean 'book:alpha-2001'? [mecfs.study-unknown]",
        (
            "index.md:3: WARNING: there is no claim 'nothing'; it is one of: book:alone, book:drug-helps, book:drug-link "
            "[mecfs.claim-unknown]"
        ),
    )


# ---- several bases -----------------------------------------------------------------------------------------------


@pytest.fixture
def second(published, tmp_path):
    """The data file of a second base, which says something else of one study."""
    data = copy.deepcopy(data_of(published))
    data["base"]["title"] = "Second base"
    data["studies"] = [
        {**data["studies"][0], "label": "Other 2001", "pem": {"status": "required"}, "page": "a.html#alpha-2001"}
    ]
    return publish_data(tmp_path / "second", {**data, "definitions": [], "claims": [], "questions": []})


def both(data_file, second):
    return {"book": (BASE, data_file), "second": ("https://second.example/sub", str(second))}


def test_keys_that_clash_are_told_apart_by_name(make_citing, data_file, second):
    index = "# Citing\n\n{mecfs:study}`book:alpha-2001` {mecfs:study}`second:alpha-2001` {pem}`second:alpha-2001`\n"
    build = make_citing({"index.md": index}, mecfs_external=both(data_file, second)).build()
    assert build.warnings == ()
    assert links(build.text("index.html")) == [
        ALL[0],
        ("https://second.example/sub/a.html#alpha-2001", "Other 2001"),
        ("https://second.example/sub/a.html#alpha-2001", "● PEM required"),
    ]


def test_a_key_alone_that_stands_in_two_bases_is_reported_and_linked_to_the_first(make_citing, data_file, second):
    index = "# Citing\n\n{mecfs:study}`alpha-2001` {mecfs:question}`drug`\n"
    build = make_citing({"index.md": index}, mecfs_external=both(data_file, second)).build()
    assert build.warnings == (
        (
            "index.md:3: WARNING: study 'alpha-2001' stands in several bases; write 'book:alpha-2001' and 'second:alpha-2001' "
            "to tell them apart [mecfs.external-ambiguous]"
        ),
    )
    assert links(build.text("index.html")) == [ALL[0], ALL[8]]


def test_a_badge_says_what_it_says_in_its_own_base(make_citing, published, tmp_path):
    data = data_of(published)
    data["labels"]["pem"]["optional"] = "BLINK not required (optional item)"
    path = publish_data(tmp_path / "other", data)
    index = "# Citing\n\n{pem}`book:alpha-2001` {pem}`book:fukuda-1994` {pem}`optional`\n"
    build = make_citing({"index.md": index}, mecfs_external={"book": (BASE, str(path))}).build()
    assert build.warnings == ()
    page = build.text("index.html")
    assert [words for _address, words in links(page)] == ["○ BLINK not required (optional item)"] * 2
    assert page.count("PEM not required (optional item)") == 1
    assert 'data-mecfs-badge="BLINK not required (optional item)"' in page


# ---- incremental builds ------------------------------------------------------------------------------------------


def test_a_page_is_written_again_when_the_other_base_says_something_else(make_citing, published, tmp_path):
    data = data_of(published)
    path = publish_data(tmp_path / "other", data)
    files = {
        "index.md": "# Citing\n\n{pem}`alpha-2001`\n\n```{toctree}\nplain\n```\n",
        "plain.md": "# Plain\n\nNo key.\n",
    }
    project = make_citing(files, mecfs_external={"book": (BASE, str(path))})
    project.build()
    data["studies"][0]["pem"] = {"status": "required"}
    path.write_text(json.dumps(data))
    build = project.build()
    assert "● PEM required" in links(build.text("index.html"))[0][1]
    assert "writing output... [100%] index" in re.sub(r"\x1b\[[0-9;]*m", "", build.status)
    assert build.files() == project.build(out="clean", doctrees="clean-trees").files()


def test_pages_are_not_written_again_when_nothing_changed(make_citing):
    project = make_citing({"index.md": PAGE})
    project.build()
    assert "no targets are out of date" in project.build().status


def test_parallel_reading_and_writing_give_the_same(make_citing):
    pages = {f"page{number}.md": PAGE for number in range(12)}
    toctree = "\n```{toctree}\n:glob:\n\npage*\n```\n"
    project = make_citing({"index.md": PAGE + toctree, **pages})
    alone = project.build(out="one", doctrees="trees1")
    four = project.build(out="four", doctrees="trees4", parallel=4)
    assert (alone.warnings, four.warnings) == ((), ())
    assert alone.files() == four.files()
