"""The book in docs/ itself: it builds without a warning, and its cards and entries agree."""

import re

import pytest
from support import ROOT

from sphinx_mecfs.evidence.questions.reading import sentence_count

DOCS = ROOT / "docs"
KEYS = sorted(path.stem for path in (DOCS / "studies").glob("*.md") if path.stem != "index")


def test_the_book_builds_without_a_warning(book):
    assert book.warnings == ()


def test_the_base_holds_the_studies_and_questions_that_it_promises():
    assert len(KEYS) >= 130
    assert len(list((DOCS / "questions").glob("*.md"))) - 1 >= 9


# Pages that are made from the records.
COMPUTED = {"index", "pdf", "register", "references", "map", "explore", "short", "data"}
CHAPTERS = sorted(
    str(path.relative_to(DOCS))
    for path in [*DOCS.glob("*.md"), *DOCS.glob("illness/*.md"), *DOCS.glob("body/*.md"), DOCS / "reading/studies.md"]
    if path.stem not in COMPUTED
)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_begins_with_three_sentences_and_ends_with_what_is_not_known(name):
    text = (DOCS / name).read_text(encoding="utf-8")
    (short,) = re.findall(r"^\*\*Short version\.\*\* (.*?)\n\n", text, re.MULTILINE | re.DOTALL)
    assert sentence_count(short) == 3, short
    assert re.findall(r"^## (.*)$", text, re.MULTILINE)[-1] == "What is not known"


def test_every_page_ends_with_the_line_on_advice(book):
    for path in book.outdir.rglob("*.html"):
        assert "Not medical advice." in path.read_text(encoding="utf-8"), path


def test_the_matrix_of_questions_shows_many_studies_and_none_without_a_card(book):
    page = book.text("questions/index.html")
    assert page.count("<tr>") > 30
    assert "has no card" not in page


@pytest.mark.parametrize("key", KEYS)
def test_a_study_has_its_key_as_file_name_anchor_and_entry(book, key):
    page = book.text(f"studies/{key}.html")
    assert re.search(rf'<article [^>]*class="mecfs-card"[^>]* id="{key}"', page)
    assert f"@article{{{key}," in page or f"{{{key}," in page


@pytest.mark.parametrize("key", KEYS)
def test_studies_stay_out_of_the_sidebar(book, key):
    sidebar = re.search(r'<div class="sidebar-tree">.*?</div>', book.text("index.html"), re.DOTALL).group(0)
    assert f"studies/{key}.html" not in sidebar


def test_the_retracted_paper_is_said_to_be_retracted_wherever_it_is_badged(book):
    page = book.text("studies/lombardi-2009-retracted-detection.html")
    assert page.index("mecfs-banner") < page.index("mecfs-badges")
    assert "This paper has been retracted" in page


def test_nothing_is_loaded_from_another_host(book):
    loading = re.compile(
        r'<(?:script|img|iframe|source)\b[^>]*\bsrc="(https?:)?//|<link\b[^>]*rel="(?:stylesheet|preload|icon)"[^>]*href="(https?:)?//'
    )
    for name in book.outdir.rglob("*.html"):
        assert not loading.search(name.read_text(encoding="utf-8")), name


def test_every_page_has_a_description():
    pages = [path for path in DOCS.rglob("*.md") if "_build" not in path.parts]
    for path in pages:
        head = path.read_text(encoding="utf-8").split("---\n", 2)
        assert head[0] == "" and "description: " in head[1], path


def test_the_readme_and_the_manual_show_the_same_first_card():
    card = re.search(
        r":::\{evidence-card\}.*?\n   :::\n", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    ).group(0)
    assert card in (DOCS / "extension/start.md").read_text(encoding="utf-8")


def test_the_configuration_of_the_manual_is_enough_for_a_card(make_project):
    manual = (DOCS / "extension/start.md").read_text(encoding="utf-8")
    conf = {}
    exec(re.search(r"```python\n(.*?)```", manual, re.DOTALL).group(1), {}, conf)
    references = re.search(r"````md\n(# References.*?)````", manual, re.DOTALL).group(1)
    flat = manual.replace("\n   ", "\n")
    files = {
        "refs.bib": re.search(r"```bibtex\n(.*?)```", flat, re.DOTALL).group(1),
        "index.md": re.search(r"````md\n(# Rituximab.*?)````", flat, re.DOTALL).group(1),
        "references.md": f"---\norphan: true\n---\n\n{references}",
    }
    build = make_project(files, **conf).build()
    assert build.warnings == ()
    assert 'id="cite-fluge-2009-clinical-impact"' in build.text("references.html")


def test_the_first_card_of_the_readme_builds(make_base):
    readme = (ROOT / "README.md").read_text(encoding="utf-8").replace("\n   ", "\n")
    card = re.search(r"```md\n(.*?)````", readme, re.DOTALL).group(1)
    refs = re.search(r"```bibtex\n(.*?)```", readme, re.DOTALL).group(1)
    files = {
        "index.md": card,
        "refs.bib": refs,
        "references.md": "---\norphan: true\n---\n# R\n\n```{bibliography}\n```\n",
    }
    project = make_base(files, mecfs_badge_page="")
    for name in ("definitions.md", "studies/alpha-2001.md", "studies/beta-2010.md"):
        project.remove(name)
    build = project.build()
    assert build.warnings == ()
    assert "Fluge 2009" in build.text("index.html")
