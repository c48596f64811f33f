"""Cards and references that once ended a build or lost something."""

import json

import pytest
from samples import ALPHA, BETA, REFS, SECTIONS, myst_card, myst_page

PAGE = "studies/alpha-2001.md"
ORPHAN = "---\norphan: true\n---\n\n"


def card_page(options=ALPHA, sections=SECTIONS):
    return {PAGE: ORPHAN + myst_page("Alpha", myst_card("alpha-2001", options, sections))}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"criteria": "fukuda-1994, ccc-2003", "criteria-rule": "both"}, "unknown criteria-rule 'both'"),
        ({"criteria": ","}, "option 'criteria' is required"),
        ({"intervention": "a\u202eb"}, "holds a character that cannot be seen"),
        ({"intervention": "a\x07b"}, "holds a character that cannot be seen"),
    ],
)
def test_a_wrong_value_ends_in_a_message_and_not_in_a_traceback(make_base, changes, message):
    build = make_base(card_page({**ALPHA, **changes})).build()
    assert message in build.warnings[-1]
    assert "cannot be shown" in build.text("studies/alpha-2001.html")


def test_a_reference_without_a_link_shows_its_text(make_base):
    build = make_base({"x.md": f"{ORPHAN}# X\n\n{{mecfs:study}}`!alpha-2001`\n"}).build()
    assert build.warnings == ()
    assert "alpha-2001</" in build.text("x.html")


def test_colon_fences_in_a_section_are_not_taken_for_sections(make_base):
    sections = ":Summary: Text.\n:Does not show: More.\n\n:::{note}\n:class: tip\n\nInside.\n:::\n"
    card = myst_card("alpha-2001", ALPHA, sections).replace(":::{evidence", "::::{evidence")[:-4] + "::::\n"
    build = make_base({PAGE: ORPHAN + myst_page("Alpha", card)}).build()
    assert build.warnings == ()
    assert "Inside." in build.text("studies/alpha-2001.html")


def test_writers_and_second_readers_are_named(base_html):
    page = base_html.text("studies/beta-2010.html")
    assert "<dt>Card written by</dt><dd>First Writer</dd>" in page
    assert "<dt>Second reader</dt><dd>Second Reader</dd>" in page


def test_a_registration_with_further_words_is_shown_without_a_broken_link(make_base):
    build = make_base(card_page({**ALPHA, "registration": "NCT00848692 extension"})).build()
    assert "<dd>NCT00848692 extension</dd>" in build.text("studies/alpha-2001.html")


def test_plain_text_keeps_the_parts_of_a_card_apart(base_project):
    text = base_project.build("text").text("studies/beta-2010.txt")
    lines = [line for line in text.splitlines() if line.strip()]
    assert any(line.startswith("Beta A.") for line in lines)
    assert any(line.startswith("◐ PEM mixed") for line in lines)
    assert any(line.strip() == "BibTeX" for line in lines)


def test_the_builder_json_can_write_the_indices(base_project):
    build = base_project.build("json")
    assert json.loads(build.text("mecfs-pem.fjson"))["indextitle"] == "Studies by PEM status"


def test_latex_keeps_figures_in_the_frame_and_badges_out_of_titles(make_base):
    figure = ":Summary: Text.\n\n  ```{figure} dot.svg\n  :alt: dot\n\n  A caption\n  ```\n:Does not show: More.\n"
    files = card_page(ALPHA, figure)
    files["index.md"] = (
        "# Base\n\n## About {pem}`required`\n\nText.\n\n```{toctree}\nstudies/alpha-2001\nreferences\n```\n"
    )
    files["studies/dot.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    documents = [("index", "book.tex", "T", "A", "manual")]
    tex = make_base(files, latex_documents=documents, mecfs_badge_page="").build("latex").text("book.tex")
    heading = tex[tex.index("About ") - 40 :][:120]
    assert "● PEM required" in heading
    assert "mecfsbadge" not in heading
    card = tex[tex.index(r"\begin{mecfscard}") : tex.index(r"\end{mecfscard}")]
    assert r"\begin{figure}[htbp]" not in card


def test_a_second_bibliography_file_is_listed_by_the_next_build(make_base):
    project = make_base({"more.bib": REFS.replace("plain-1999", "delta-2020")[REFS.index("@article{plain") :]})
    project.build()
    project.write({"new.md": f"{ORPHAN}# New\n\n{{cite:p}}`delta-2020`\n"})
    later = project.build(bibtex_bibfiles=["refs.bib", "more.bib"])
    assert later.warnings == ()
    assert 'id="cite-delta-2020"' in later.text("references.html")
    project.remove("new.md")
    assert project.build().warnings == ()


def test_a_missing_file_of_definitions_is_named_as_it_is(make_base):
    (warning,) = make_base(mecfs_definitions=["gone.toml"]).build().warnings
    assert warning.startswith("gone.toml:1: WARNING: cannot read the case definitions")


def test_the_samples_hold_a_retracted_study():
    assert BETA["status"] == "retracted"
