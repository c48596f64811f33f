"""The page about the data: its links lead to the files, and every line of code on it runs on the data of the book."""

from __future__ import annotations

import json
import re
from html import unescape

import duckdb
import pytest
from release_pages import DATA_PAGE
from support import ROOT

from sphinx_mecfs.formats.release.listing import DATA_FILES

PAGE = (ROOT / "docs/data.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
SQL = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


def queried(query):
    """The rows of a query. One thread, as other tests fork this process."""
    with duckdb.connect(config={"threads": 1}) as connection:
        return connection.sql(query).fetchall()


def linked(build, page):
    """The addresses in the table of files."""
    (table,) = re.findall(r'<table class="mecfs-table.*?</table>', build.text(page), re.DOTALL)
    return [unescape(address) for address in re.findall(r'href="([^"]*)"', table)]


@pytest.mark.parametrize(("builder", "page"), [("html", "data.html"), ("dirhtml", "data/index.html")])
def test_the_page_links_every_file(make_base, builder, page):
    build = make_base(DATA_PAGE).build(builder)
    assert build.warnings == ()
    addresses = linked(build, page)
    assert len(addresses) == len(DATA_FILES)
    folder = (build.outdir / page).parent
    assert [(folder / address).resolve() for address in addresses] == [
        build.outdir.resolve() / "data" / file.name for file in DATA_FILES
    ]
    assert all((folder / address).is_file() for address in addresses)


def test_the_page_says_what_each_file_holds(released):
    page = released.text("data.html")
    assert all(file.doc in unescape(page) for file in DATA_FILES)
    assert "Version of the data format: 1.0. Case definitions: 2026.11. Studies: 2. Claims: 3. Questions: 1." in page
    assert "Last change or check: 2026-11-02." in page


@pytest.mark.parametrize(("builder", "page"), [("html", "data.html"), ("dirhtml", "data/index.html")])
def test_without_an_address_the_description_leads_from_the_page_to_the_files(make_base, builder, page):
    build = make_base(DATA_PAGE, html_baseurl="").build(builder)
    folder = (build.outdir / page).parent
    assert all((folder / address).is_file() for address in linked(build, page))
    described = json.loads(build.text(page).split('<script type="application/ld+json">')[1].split("</script>")[0])
    addresses = [one["contentUrl"] for one in described["distribution"]]
    assert [(folder / address).resolve() for address in addresses] == [
        (build.outdir / "data" / file.name).resolve() for file in DATA_FILES
    ]
    assert (folder / described["url"]).resolve() == build.outdir.resolve()


def test_the_page_describes_the_dataset_and_names_the_feed(released):
    page = released.text("data.html")
    script = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(script) == json.loads(released.text("data/dataset.jsonld"))
    assert 'href="https://base.example/data/feed.atom" type="application/atom+xml" title="Test base"' in page
    assert "ld+json" not in released.text("definitions.html")


def test_on_paper_the_files_are_named_with_their_addresses(make_base):
    latex = {"latex_documents": [("data", "data.tex", "Data", "A", "howto")], "latex_engine": "xelatex"}
    build = make_base(DATA_PAGE, **latex).build("latex")
    assert "https://base.example/data/studies.json" in build.text("data.tex")
    assert "The data" in make_base(DATA_PAGE, html_baseurl="").build("text", out="t", fresh=True).text("data.txt")


def test_a_base_that_publishes_no_data_says_so(make_base):
    build = make_base(DATA_PAGE, mecfs_data=False).build()
    assert build.warnings == ()
    assert "This base publishes no data files." in build.text("data.html")


def test_the_directive_takes_no_options_and_no_content(make_base):
    page = "---\norphan: true\n---\n\n# D\n\n```{evidence-data}\n:filter: design = rct\n```\n\n```{evidence-data}\nText\n```\n"
    build = make_base({"data.md": page}).build()
    assert [line.rsplit("[", 1)[1] for line in build.warnings] == ["mecfs.option-unknown]", "mecfs.option-block]"]
    assert [line.split(":")[:2] for line in build.warnings] == [["data.md", "8"], ["data.md", "11"]]


def test_the_page_has_snippets_for_both_programs():
    assert len(PYTHON) >= 3
    assert len(SQL) >= 3


@pytest.mark.parametrize("snippet", PYTHON, ids=range(len(PYTHON)))
def test_each_python_snippet_of_the_page_runs(book_data, monkeypatch, capsys, snippet):
    monkeypatch.chdir(book_data)
    exec(compile(snippet, "data.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) >= 2


@pytest.mark.parametrize("snippet", SQL, ids=range(len(SQL)))
def test_each_query_of_the_page_runs(book_data, monkeypatch, snippet):
    monkeypatch.chdir(book_data)
    assert len(queried(snippet)) >= 1


def test_duckdb_counts_what_the_cards_say(book_data, book_release, monkeypatch):
    monkeypatch.chdir(book_data)
    counted = dict(queried("SELECT pem, count(*) FROM 'data/studies.csv' GROUP BY pem"))
    ours = [item.study.pem_status.value for item in book_release.studies]
    assert counted == {status: ours.count(status) for status in set(ours)}
    ((total,),) = queried("SELECT sum(participants) FROM 'data/studies.csv'")
    assert total == sum(item.study.participants or 0 for item in book_release.studies)
