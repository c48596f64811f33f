"""A base too large for one PDF says so, and becomes one PDF per topic by one setting."""

import re

import pytest
from pypdf import PdfReader
from samples import ALPHA, CONF, myst_card, myst_page
from support import Project

NOTICE = "A card does not replace the paper."
ROOT = f"""\
# The base

{NOTICE}

```{{toctree}}
:caption: B cells

one
two
```

```{{toctree}}
:caption: Sleep & rest

three
```

```{{toctree}}
definitions
```
"""
LATEX = [("index", "base.tex", "The base", "A", "manual")]


def entry(number):
    return f"@article{{s{number}-2001,\n  author = {{A{number}, B}},\n  title = {{Study {number}}},\n  journal = {{J}},\n  year = {{2001}},\n}}\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A base of three studies in two topics, of which each cites one of the other."""
    settings = {"project": "The base", "html_theme": "basic", "mecfs_pdf_limit": 2, **CONF, "latex_documents": LATEX}
    project = Project(tmp_path_factory.mktemp("sizes"), settings)
    names = {1: "one", 2: "two", 3: "three"}
    cites = {1: "See {mecfs:study}`s3-2001` and {mecfs:study}`s2-2001`.\n", 3: "{doc}`Two cells <two>` came first.\n"}
    pages = {
        f"{name}.md": myst_page(f"Page {name}", myst_card(f"s{number}-2001", ALPHA), cites.get(number, ""))
        for number, name in names.items()
    }
    definitions = {"definitions.md": "# Definitions\n\n```{case-definitions}\n```\n"}
    bibliography = {"refs.bib": "\n".join(map(entry, names))}
    project.write({"conf.py": "", "index.md": ROOT, **pages, **definitions, **bibliography})
    return project


@pytest.fixture(scope="module")
def parts(project):
    build = project.build("typstpdf", out="parts", typst_split=True)
    assert build.warnings == ()
    return build


def text_of(build, name):
    pages = PdfReader(build.outdir / name).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_a_pdf_with_too_many_studies_is_named_with_their_number_and_what_to_do(project):
    (warning,) = project.build("typst").warnings
    assert warning == (
        "index.md: WARNING: the-base.pdf will hold 3 studies, where `mecfs_pdf_limit` is 2 and may take 0.3 GB of memory: "
        "set `typst_split = True` for one PDF of each captioned table of contents of 'index', or raise the limit "
        "[mecfs.pdf-size]"
    )


def test_latex_says_the_same_of_its_documents(project):
    (warning,) = project.build("latex").warnings
    assert warning.startswith("index.md: WARNING: base.pdf will hold 3 studies, where `mecfs_pdf_limit` is 2: give ")


@pytest.mark.parametrize(("builder", "limit"), [("typst", 3), ("typst", 0), ("latex", 3), ("html", 1)])
def test_nothing_is_said_where_the_limit_holds_or_no_pdf_is_written(project, builder, limit):
    assert project.build(builder, mecfs_pdf_limit=limit).warnings == ()


def test_a_part_that_is_still_too_large_is_named(project):
    (warning,) = project.build("typst", typst_split=True, mecfs_pdf_limit=1).warnings
    assert "the-base-b-cells.pdf will hold 2 studies" in warning
    assert "share out 'B cells' among several captioned tables of contents of 'index'" in warning


def test_each_caption_makes_a_pdf_with_the_notices_and_what_stands_without_a_caption(parts):
    files = {name for name in parts.files() if name.endswith(".pdf")}
    assert files == {"the-base-b-cells.pdf", "the-base-sleep-rest.pdf"}
    for name in files:
        text = text_of(parts, name)
        assert NOTICE in text
        assert "Definitions" in text
    cells, rest = (text_of(parts, name) for name in sorted(files))
    assert "The base: B cells" in cells
    assert "The base: Sleep & rest" in rest
    assert [f"Page {name}" in cells for name in ("one", "two", "three")] == [True, True, False]
    assert [f"Page {name}" in rest for name in ("one", "two", "three")] == [False, False, True]


def test_references_between_parts_are_text_and_within_a_part_links(parts):
    source = parts.text("the-base-b-cells.typ")
    assert '#internal-link(none)[#"A3 2001"' in source.replace("\n", "")
    assert 'label("two:s2-2001")' in source
    assert "Two cells came first" in text_of(parts, "the-base-sleep-rest.pdf")


def test_no_study_is_lost_between_the_parts(parts):
    shown = [text_of(parts, name) for name in ("the-base-b-cells.pdf", "the-base-sleep-rest.pdf")]
    for number in (1, 2, 3):
        assert sum(f"A{number} B. Study {number}" in text for text in shown) == 1
