"""The citation of each study as files: there for each sound card, right after any build, and gone with the card."""

import json
import re
from html import unescape

import pytest
from question_pages import ORPHAN
from samples import ALPHA, REFS, myst_card, myst_page

ENDINGS = ("bib", "ris", "json")


def downloads(build):
    return {path.name: path.read_bytes() for path in (build.outdir / "data/studies").glob("*")}


def names(*keys):
    return {f"{key}.{ending}" for key in keys for ending in ENDINGS}


def test_each_card_has_a_file_of_each_form(base_html):
    found = downloads(base_html)
    assert found.keys() == names("alpha-2001", "beta-2010")
    assert found["alpha-2001.bib"].startswith(b"@article{alpha-2001,\n")
    assert "Ærø".encode() in found["alpha-2001.bib"]
    ris = found["alpha-2001.ris"]
    assert ris.startswith(b"TY  - JOUR\r\n")
    assert ris.count(b"\n") == ris.count(b"\r\n")
    (item,) = json.loads(found["alpha-2001.json"])
    assert (item["id"], item["DOI"]) == ("alpha-2001", "10.1000/alpha.2001")


@pytest.mark.parametrize(("builder", "page"), [("html", "studies/{}.html"), ("dirhtml", "studies/{}/index.html")])
def test_a_card_links_its_files(base_project, builder, page):
    build = base_project.build(builder)
    for key in ("alpha-2001", "beta-2010"):
        path = build.outdir / page.format(key)
        found = re.findall(r'<a class="mecfs-download" href="([^"]*)" download>', path.read_text())
        assert [(path.parent / address).resolve() for address in found] == [
            (build.outdir / "data/studies" / f"{key}.{ending}").resolve() for ending in ENDINGS
        ]
        assert all((path.parent / address).is_file() for address in found)


def test_what_can_be_copied_is_what_can_be_downloaded(base_html):
    page = base_html.text("studies/alpha-2001.html")
    shown = [unescape(text) for text in re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)]
    files = downloads(base_html)
    assert [text.replace("\r\n", "\n") for text in shown] == [
        files[f"alpha-2001.{ending}"].decode().replace("\r\n", "\n") for ending in ENDINGS
    ]


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text"])
def test_other_builders_write_no_files(base_project, builder):
    build = base_project.build(builder, epub_show_urls="no", version="1")
    assert not (build.outdir / "data").exists()
    pages = [data for name, data in build.files().items() if name.endswith((".html", ".xhtml", ".txt"))]
    assert pages
    assert not any(b"mecfs-download" in page for page in pages)


def plain_card():
    return {"studies/plain-1999.md": ORPHAN + myst_page("Plain", myst_card("plain-1999", ALPHA))}


def test_an_edited_entry_changes_its_files_alone(make_base):
    project = make_base()
    before = downloads(project.build())
    project.replace("refs.bib", "did not hold", "fell")
    after = downloads(project.build())
    assert {name for name in after if after[name] != before[name]} == names("beta-2010")
    assert after == downloads(project.build(out="clean", doctrees="clean-doctrees", fresh=True))


def test_files_come_and_go_with_their_card(make_base):
    project = make_base()
    project.build()
    project.write(plain_card())
    project.remove("studies/beta-2010.md")
    assert downloads(project.build()).keys() == names("alpha-2001", "plain-1999")
    project.replace("studies/plain-1999.md", "case-series", "case-serie")
    assert downloads(project.build()).keys() == names("alpha-2001")


def test_the_files_of_a_twin_stay_as_long_as_one_is_left(make_base):
    project = make_base({"studies/twin.md": ORPHAN + myst_page("Twin", myst_card("alpha-2001", ALPHA))})
    project.build()
    project.remove("studies/twin.md")
    assert downloads(project.build()).keys() == names("alpha-2001", "beta-2010")


def test_files_of_the_project_in_the_same_folder_are_left_alone(make_base):
    project = make_base(
        {"extra/data/studies/gamma-2020.bib": "mine", "extra/data/studies/table.csv": "a,b\n"},
        html_extra_path=["extra"],
    )
    project.build()
    project.remove("studies/beta-2010.md")
    build = project.build()
    assert downloads(build).keys() == {"gamma-2020.bib", "table.csv"} | names("alpha-2001")


def test_a_base_without_cards_has_no_folder_of_files(make_base):
    project = make_base({"index.md": "# Base\n\n```{toctree}\ndefinitions\n```\n", "references.md": f"{ORPHAN}# R\n"})
    project.build()
    project.remove("studies/alpha-2001.md")
    project.remove("studies/beta-2010.md")
    build = project.build()
    assert downloads(build) == {}
    clean = project.build(out="clean", doctrees="clean-doctrees", fresh=True)
    assert not (clean.outdir / "data/studies").exists()


def test_a_second_output_folder_gets_all_files(make_base):
    project = make_base()
    first = project.build(out="first")
    second = project.build(out="second")
    assert downloads(second) == downloads(first)
    assert first.files() == second.files()


def test_files_that_several_processes_write_are_the_same(make_base):
    many = {f"many/s{n}.md": ORPHAN + myst_page(f"S{n}", myst_card(f"s{n}-2000", ALPHA)) for n in range(24)}
    entry = "@article{{s{0}-2000,\n  author = {{Name, A}},\n  title = {{T{0}}},\n  journal = {{J}},\n  year = {{2000}},\n}}\n"
    refs = REFS + "\n" + "\n".join(entry.format(n) for n in range(24))
    project = make_base({**many, "refs.bib": refs})
    one = project.build(out="one", doctrees="d1", fresh=True)
    four = project.build(out="four", doctrees="d4", fresh=True, parallel=4)
    assert downloads(four).keys() == names("alpha-2001", "beta-2010", *(f"s{n}-2000" for n in range(24)))
    assert downloads(four) == downloads(one)
