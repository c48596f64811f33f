"""After any edit an incremental build equals a clean one, byte for byte."""

import pytest
from samples import ALPHA, base_files, myst_card, myst_page

ORPHAN = "---\norphan: true\n---\n\n"
CITES = {"cites.md": f"{ORPHAN}# Cites\n\n{{cite:t}}`alpha-2001` {{ref}}`study-beta-2010` {{pem}}`beta-2010`\n"}


def files(build):
    return build.files()


def rebuilt_and_clean(project, change, builder="html"):
    project.build(builder)
    change(project)
    incremental = project.build(builder)
    clean = project.build(builder, out="clean", doctrees="clean-doctrees", fresh=True)
    return incremental, clean


EDITS = {
    "the PEM status of a card": lambda p: p.replace("studies/alpha-2001.md", "fukuda-1994", "icc-2011"),
    "the text of a card": lambda p: p.replace("studies/alpha-2001.md", "were treated", "were seen"),
    "a relation": lambda p: p.replace("studies/beta-2010.md", ":contradicts:", ":comments-on:"),
    "a relation to another card": lambda p: p.replace("studies/beta-2010.md", ":contradicts: alpha-2001\n", ""),
    "the title of a page that cites": lambda p: p.replace("cites.md", "# Cites", "# Refers"),
    "a citation added": lambda p: p.write(
        {"new.md": f"{ORPHAN}# New\n\n{{cite:p}}`plain-1999` {{cite:t}}`alpha-2001`\n"}
    ),
    "a reference added": lambda p: p.write({"new.md": f"{ORPHAN}# New\n\n{{mecfs:study}}`alpha-2001`\n"}),
    "the year of an entry": lambda p: p.replace("refs.bib", "year = {2001}", "year = {2002}"),
    "the author of an entry": lambda p: p.replace("refs.bib", "Beta, Ann", "Gamma, Ann"),
    "the title of an entry": lambda p: p.replace("refs.bib", "did not hold", "fell"),
    "an entry that nobody cites": lambda p: p.replace("refs.bib", "{Letters}", "{Notes}"),
    "a card removed": lambda p: p.remove("studies/beta-2010.md"),
    "a card made wrong": lambda p: p.replace("studies/alpha-2001.md", "case-series", "case-serie"),
    "a card added": lambda p: p.write(
        {
            "studies/plain-1999.md": ORPHAN
            + myst_page("Plain", myst_card("plain-1999", {**ALPHA, "replicates": "alpha-2001"}))
        }
    ),
    "a twin of a card added": lambda p: p.write(
        {"studies/aaa.md": ORPHAN + myst_page("Twin", myst_card("alpha-2001", ALPHA))}
    ),
    "the list of definitions removed": lambda p: p.replace("definitions.md", "```{case-definitions}\n```", "Gone."),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_incremental_build_equals_a_clean_one(make_base, edit):
    incremental, clean = rebuilt_and_clean(make_base(CITES), EDITS[edit])
    ours, theirs = files(incremental), files(clean)
    stale = {name for name in ours.keys() & theirs.keys() if ours[name] != theirs[name]}
    assert stale == set()
    # Sphinx never deletes the page of a document that is gone; nothing else may differ.
    assert {
        name for name in ours.keys() - theirs.keys() if not name.startswith(("studies/", "_sources/studies/"))
    } == set()
    assert theirs.keys() - ours.keys() == set()


@pytest.mark.parametrize("there_first", [True, False])
def test_cards_link_the_page_on_the_badge_only_while_it_is_there(make_base, there_first):
    page = {"badge.md": f"{ORPHAN}# The badge\n"}
    project = make_base(page if there_first else {}, mecfs_badge_page="badge")
    change = (lambda p: p.remove("badge.md")) if there_first else (lambda p: p.write(page))
    incremental, clean = rebuilt_and_clean(project, change)
    card = "studies/alpha-2001.html"
    assert incremental.text(card) == clean.text(card)
    assert ("badge.html" in incremental.text(card)) is not there_first


def test_a_page_with_a_label_like_ours_keeps_it_and_warns_of_nothing_more_than_a_clean_build(make_base):
    page = {"label.md": f"{ORPHAN}(study-alpha-2001)=\n# Mine\n"}
    incremental, clean = rebuilt_and_clean(make_base(), lambda p: p.write(page))
    assert incremental.warnings == clean.warnings == ()
    assert files(incremental) == files(clean)
    assert 'href="label.html' in incremental.text("index.html")


def test_tooltips_of_citations_follow_an_edit_of_the_bibliography(make_base):
    project = make_base(CITES, bibtex_tooltips=True)
    incremental, clean = rebuilt_and_clean(project, EDITS["the title of an entry"])
    assert files(incremental) == files(clean)
    assert "A trial that fell" in incremental.text("index.html")


def test_own_definitions_that_change_reach_every_card(make_base):
    own = 'version = "1"\n[[definitions]]\nkey = "fukuda-1994"\nname = "CDC, Fukuda"\nyear = 1994\npem = "optional"\nmark = "A"\nbasis = "x"\n'
    project = make_base({"own.toml": own}, mecfs_definitions=["own.toml"])
    incremental, clean = rebuilt_and_clean(project, lambda p: p.replace("own.toml", '"optional"', '"required"'))
    assert files(incremental) == files(clean)
    assert "PEM required" in incremental.text("studies/alpha-2001.html")


def test_nothing_changed_means_nothing_is_read_or_written(make_base):
    project = make_base()
    project.build()
    status = project.build().status
    assert "0 added, 0 changed, 0 removed" in status
    assert "no targets are out of date" in status


def test_one_edited_card_has_only_itself_read_again(make_base):
    project = make_base()
    project.build()
    project.replace("studies/beta-2010.md", "were treated", "were seen")
    assert "0 added, 1 changed, 0 removed" in project.build().status


def test_one_edited_entry_has_only_its_card_and_the_list_read_again(make_base):
    project = make_base()
    project.build()
    project.replace("refs.bib", "did not hold", "fell")
    status = project.build().status
    assert "0 added, 2 changed, 0 removed" in status


@pytest.mark.parametrize("second", ["epub", "text", "latex"])
def test_another_builder_on_the_same_doctrees_warns_of_nothing_and_is_right(make_base, second):
    project = make_base(epub_show_urls="no", version="1")
    project.build("html")
    shared = project.build(second)
    alone = project.build(second, out="alone", doctrees="alone-doctrees", fresh=True)
    assert shared.warnings == alone.warnings
    assert [line for line in shared.warnings if "mecfs" in line or "bibtex" in line] == []
    if second == "text":
        # Sphinx makes quotes curly when it reads for HTML, and leaves them straight when it reads for text.
        straight = {name: data.decode().replace("’", "'") for name, data in shared.files().items()}
        assert straight == {name: data.decode() for name, data in alone.files().items()}


def test_what_one_builder_has_rewritten_is_still_stale_for_another(make_base):
    project = make_base()
    project.build("text")
    project.build("html")
    project.replace("studies/alpha-2001.md", "fukuda-1994", "icc-2011")
    project.build("html")
    later = project.build("text")
    clean = project.build("text", out="clean", doctrees="clean-doctrees", fresh=True)
    assert later.files() == clean.files()


def test_the_sample_base_has_a_page_for_each_kind_of_edit():
    assert {"index.md", "definitions.md", "references.md", "refs.bib"} <= base_files().keys()
