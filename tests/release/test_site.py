"""A website brings its data along: in the right folder, only what has changed, the same however it was built."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from question_pages import PAGES
from release_pages import DATA_PAGE
from samples import ALPHA, REFS, myst_card, myst_page

from sphinx_mecfs.formats.release.listing import DATA_FILES

ORPHAN = "---\norphan: true\n---\n\n"
EVERYTHING = {f"data/{file.name}" for file in DATA_FILES} | {"sitemap.xml"}


def data_of(build):
    """The files of the whole base, without those of each study."""
    return {
        name: content
        for name, content in build.files().items()
        if (name.startswith("data/") or name == "sitemap.xml") and not name.startswith("data/studies/")
    }


def studies_of(build):
    return {study["key"]: study for study in json.loads(build.text("data/studies.json"))["studies"]}


def test_a_website_holds_every_file(released):
    assert set(data_of(released)) == EVERYTHING
    assert released.warnings == ()


def test_addresses_are_those_of_the_builder(make_base):
    build = make_base().build("dirhtml")
    assert build.warnings == ()
    assert set(data_of(build)) == EVERYTHING
    study = studies_of(build)["alpha-2001"]
    assert study["page"] == "studies/alpha-2001/#alpha-2001"
    assert (build.outdir / "studies/alpha-2001/index.html").is_file()
    assert "<loc>https://base.example/definitions/</loc>" in build.text("sitemap.xml")


@pytest.mark.parametrize("builder", ["singlehtml", "text", "epub"])
def test_other_builders_write_no_data(make_base, builder):
    build = make_base(epub_show_urls="no", version="1").build(builder)
    assert not data_of(build)


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_without_an_address_all_links_in_the_data_lead_on_from_the_file(make_base, builder):
    build = make_base(PAGES, html_baseurl="").build(builder)
    assert EVERYTHING - set(data_of(build)) == {"sitemap.xml"}
    linkset = json.loads(build.text("data/linkset.json"))["linkset"]
    nodes = json.loads(build.text("data/base.jsonld"))["@graph"]
    feed = re.findall(r'href="([^"]*)"', build.text("data/feed.atom"))
    found = [
        *feed,
        *(one["href"] for context in linkset for links in context.values() if type(links) is list for one in links),
    ]
    found += [context["anchor"] for context in linkset] + [node["@id"] for node in nodes]
    found += [claim["@id"] for node in nodes for claim in node.get("hasPart", ())]
    ours = [address for address in found if not address.startswith(("https://", "#paper-"))]
    assert len(ours) > 25
    for address in ours:
        path, _hash, anchor = address.partition("#")
        target = build.outdir / "data" / path
        page = target / "index.html" if target.is_dir() else target
        assert page.is_file(), address
        assert not anchor or f'id="{anchor}"' in page.read_text(encoding="utf-8"), address
    ids = re.findall(r"<id>(.*?)</id>", build.text("data/feed.atom"))
    assert len(ids) == len(set(ids)) > 1
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)


def test_addresses_in_full_are_null_where_there_are_none(make_base):
    build = make_base(html_baseurl="").build()
    study = studies_of(build)["alpha-2001"]
    assert (study["page"], study["address"]) == ("studies/alpha-2001.html#alpha-2001", None)


def test_the_address_of_the_base_goes_before_that_of_the_pages(make_base):
    build = make_base(mecfs_base_url="https://other.example/base").build()
    assert studies_of(build)["alpha-2001"]["address"].startswith("https://other.example/base/studies/")


def test_a_project_without_cards_has_no_data(make_project):
    build = make_project(
        {"index.md": "# Nothing\n\n{pem}`required`\n"},
        extensions=["myst_parser", "sphinx_mecfs"],
        html_baseurl="https://b.example/",
    ).build()
    assert build.warnings == ()
    assert not data_of(build)


def test_the_data_can_be_turned_off(make_base):
    project = make_base()
    project.build()
    off = project.build(mecfs_data=False)
    assert {path.name for path in (off.outdir / "data").iterdir()} == {"studies"}
    assert not (off.outdir / "sitemap.xml").exists()
    assert (off.outdir / "data/studies/alpha-2001.bib").is_file()


def test_a_study_may_be_called_as_a_file_of_the_whole_base_is(make_base):
    keys = ("studies", "refs", "references", "claims", "datapackage", "base", "dataset")
    cards = {f"{key}.md": ORPHAN + myst_page(key, myst_card(key, ALPHA)) for key in keys}
    entries = "".join(f"@article{{{key},\n  title = {{T {key}}},\n  year = {{2001}},\n}}\n" for key in keys)
    build = make_base({**cards, "refs.bib": f"{REFS}\n{entries}"}).build()
    assert set(data_of(build)) >= EVERYTHING
    assert {f"{key}.{end}" for key in keys for end in ("bib", "ris", "json")} <= {
        path.name for path in (build.outdir / "data/studies").iterdir()
    }
    assert set(keys) <= studies_of(build).keys()


def test_a_list_of_pages_of_the_projects_own_is_kept(make_base):
    build = make_base({"extra/sitemap.xml": "<mine/>"}, html_extra_path=["extra"]).build()
    assert build.text("sitemap.xml") == "<mine/>"
    assert (build.outdir / "data/studies.json").is_file()


def test_what_others_put_into_the_folder_is_never_removed(make_base):
    project = make_base({"extra/data/notes.txt": "mine"}, html_extra_path=["extra"])
    project.build()
    off = project.build(mecfs_data=False)
    assert set(data_of(off)) == {"data/notes.txt"}


# ---- incremental builds ---------------------------------------------------------------------------------------------

EDITS = {
    "the text of a card": lambda p: p.replace("studies/alpha-2001.md", "First finding", "Another finding"),
    "a term of a card": lambda p: p.replace("studies/alpha-2001.md", "case-series", "case-report"),
    "the status of a card": lambda p: p.replace("studies/beta-2010.md", ":status: retracted", ":status: withdrawn"),
    "a card removed": lambda p: p.remove("studies/beta-2010.md"),
    "a card added": lambda p: p.write({"studies/plain-1999.md": ORPHAN + myst_page("P", myst_card("plain-1999", ALPHA))}),
    "a card made wrong": lambda p: p.replace("studies/alpha-2001.md", "case-series", "case-serie"),
    "a card moved": lambda p: (p.remove("studies/alpha-2001.md"), p.write({"a.md": ORPHAN + myst_page("A", myst_card("alpha-2001", ALPHA))})),
    "the author of an entry": lambda p: p.replace("refs.bib", "Beta, Ann", "Gamma, Ann"),
    "an entry that no page shows": lambda p: p.replace("refs.bib", "{Letters}", "{Notes}"),
    "an entry added": lambda p: p.write({"refs.bib": REFS + "@misc{new-2020,\n  title = {New},\n}\n"}),
    "a claim": lambda p: p.replace("question.md", "Three people felt better", "Three people felt worse"),
    "the direction of a study": lambda p: p.replace("question.md", ":supports: alpha-2001", ":mixed: alpha-2001"),
    "the day of a question": lambda p: p.replace("question.md", ":updated: 2026-11-02", ":updated: 2026-11-03"),
    "a page added": lambda p: p.write({"page.md": f"{ORPHAN}# Page\n"}),
    "a claim's study": lambda p: p.replace("refs.bib", "Ærø, Øystein", "Other, Øystein"),
    "a study that is named in a card": lambda p: p.replace("refs.bib", "Plain, Dee", "Simple, Dee"),
}  # fmt: skip


@pytest.fixture
def project(make_base):
    made = make_base({**PAGES, **DATA_PAGE}, mecfs_license="CC-BY-4.0")
    made.replace("question.md", "after *the drug*.", "after *the drug*, unlike {mecfs:study}`beta-2010`.")
    words = "People like those of {mecfs:study}`alpha-2001` were treated.\n  See {cite:t}`plain-1999` and {cite:p}`alpha-2001`."
    made.replace("studies/beta-2010.md", "Three people were treated.\n  All said they were better.", words)
    return made


@pytest.mark.parametrize("edit", EDITS)
def test_data_after_an_edit_equal_those_of_a_clean_build(project, edit):
    before = data_of(project.build())
    EDITS[edit](project)
    incremental = project.build()
    clean = project.build(out="clean", doctrees="clean-doctrees", fresh=True)
    assert data_of(incremental) == data_of(clean)
    assert data_of(incremental) != before
    assert incremental.text("data.html") == clean.text("data.html")


def test_files_that_stay_the_same_are_not_written_again(project):
    first = project.build()
    times = {path: path.stat().st_mtime_ns for path in (first.outdir / "data").iterdir()}
    project.build()
    assert {path: path.stat().st_mtime_ns for path in (first.outdir / "data").iterdir()} == times
    project.replace("question.md", "Three people felt better", "Three people felt worse")
    project.build()
    written = {path.name for path, time in times.items() if path.stat().st_mtime_ns != time}
    assert written == {"studies.json", "claims.csv", "base.jsonld", "datapackage.json"}


def test_a_file_that_was_deleted_is_written_again(project):
    build = project.build()
    (build.outdir / "data/refs.bib").unlink()
    project.build()
    assert (build.outdir / "data/refs.bib").is_file()


def test_texts_that_were_lost_or_spoilt_are_read_from_the_document_trees(project):
    whole = data_of(project.build())
    texts = project.root / "doctrees/mecfs/texts"
    kept = texts / "studies/alpha-2001.json"
    assert b"First finding" in kept.read_bytes()
    kept.write_bytes(b"{")
    assert data_of(project.build(out="spoilt")) == whole
    kept.write_bytes(kept.read_bytes().replace(b'"digest":"', b'"digest":"0').replace(b"First", b"Stale"))
    assert data_of(project.build(out="stale")) == whole
    shutil.rmtree(texts)
    assert data_of(project.build(out="lost")) == whole


def test_texts_of_a_page_that_is_gone_are_dropped(project):
    project.build()
    kept = project.root / "doctrees/mecfs/texts/studies/beta-2010.json"
    assert kept.is_file()
    project.remove("studies/beta-2010.md")
    project.build()
    assert not kept.exists()


def test_references_within_a_card_are_names_in_the_data(project):
    beta = studies_of(project.build())["beta-2010"]
    assert beta["summary"] == "People like those of Ærø 2001 were treated."
    assert beta["sections"]["summary"] == "People like those of Ærø 2001 were treated. See Plain 1999 and (Ærø 2001)."


def test_the_environment_does_not_hold_the_text_of_cards(project):
    project.replace("studies/alpha-2001.md", "Second finding.", f"Second finding. {'Filler ' * 2000}")
    build = project.build()
    assert "Filler Filler" in build.text("data/studies.json")
    assert b"Filler Filler" not in (project.root / "doctrees/environment.pickle").read_bytes()


def test_data_do_not_depend_on_the_number_of_processes(make_base):
    files = {}
    for number in range(24):
        text = myst_page(f"Page {number}", myst_card(f"study{number}-2000", ALPHA))
        files[f"many/p{number:02}.md"] = ORPHAN + text
    entry = "@article{{study{0}-2000,\n  author = {{Name, A}},\n  title = {{T{0}}},\n  journal = {{J}},\n  year = {{2000}},\n}}\n"
    refs = "\n".join(entry.format(number) for number in range(24))
    many = make_base({**files, **PAGES, **DATA_PAGE, "refs.bib": f"{REFS}\n{refs}"})
    one = many.build(out="one", doctrees="d1", fresh=True)
    four = many.build(out="four", doctrees="d4", fresh=True, parallel=4)
    assert one.files() == four.files()
    assert len(studies_of(four)) == 26


# ---- hostile values -------------------------------------------------------------------------------------------------

EVIL = '</script><script>alert("1")</script>\'&<!--'
EVIL_BIB = """\
@article{alpha-2001,
  author = {=Evil, <b>A</b>},
  title = {{@SUM(1) %s \x01 \u202egnp}},
  journal = {-J},
  year = {2001},
  note = {+note
  more},
}
"""


def test_hostile_values_stay_text_in_every_file(make_base):
    options = {**ALPHA, "intervention": f"=HYPERLINK({EVIL})", "comparator": "-1", "groups": "@x, \"y\"\t'z'"}
    page = myst_page("Evil", myst_card("alpha-2001", options, f":Summary: {EVIL}\n:Does not show: =1+1 \x02\n"))
    project = make_base({"refs.bib": EVIL_BIB % "</script>", "studies/alpha-2001.md": ORPHAN + page, **DATA_PAGE})
    project.remove("studies/beta-2010.md")
    project.write({"index.md": "# Evil\n"})
    build = project.build(project=f"P {EVIL}\u2028", author=f"A {EVIL}", release="1\n2")
    assert studies_of(build)["alpha-2001"]["sections"]["does_not_show"] == "=1+1 \N{REPLACEMENT CHARACTER}"
    for name, content in data_of(build).items():
        text = content.decode()
        assert not set(text) & {"\x01", "\x02", "\x00", "\u202e"}, name
    studies = build.text("data/studies.csv")
    assert ",'=HYPERLINK" in studies or "\"'=HYPERLINK" in studies
    assert not any(cell.startswith(("=", "@", "+")) for line in studies.splitlines() for cell in line.split(","))
    page = build.text("data.html")
    script = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(script)["name"] == " ".join(f"P {EVIL}".split())
    assert "<script>alert" not in page
