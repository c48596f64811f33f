"""The list of references comes out as sphinxcontrib-bibtex by itself makes it, in any order of reading."""

import pytest
from pybtex_docutils import Backend
from samples import REFS, base_files
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.style import FormattedReference
from sphinx_mecfs.extension.sources.cite import HandedOver, reference_paragraph

ODD = """
@book{odd-2000, author = {{The Group & Co}}, title = {A <b>book</b> "of" {\\url } --- things}, publisher = {P}, year = 2000, url = {https://odd.example/?a=b&c=d}, urldate = {2001-01-01}}
@misc{bare-2001, title = {Bare}}
@inbook{chapter-2002, author = {A, B}, title = {In it}, booktitle = {Book}, editor = {C, D}, year = 2002, pages = {1--2}}
"""
ENTRIES = read_bibliography((REFS + ODD).encode()).entries.values()
LISTS = {
    "all": "```{bibliography}\n:all:\n```",
    "cited": "```{bibliography}\n```",
    "not cited": "```{bibliography}\n:notcited:\n```",
    "a filter": '```{bibliography}\n:filter: year >= "2001"\n```',
    "a filter with cited": "```{bibliography}\n:filter: cited and not False\n```",
    "keys": "```{bibliography}\n:notcited:\n\nalpha-2001\n```",
    "numbers": "```{bibliography}\n:list: enumerated\n:all:\n```",
    "bullets": "```{bibliography}\n:list: bullet\n```",
    "another style": "```{bibliography}\n:style: plain\n:all:\n```",
}
CITING = "\n\n{cite:t}`plain-1999,beta-2010` and {cite:p}`beta-2010` and {cite:author}`alpha-2001`\n"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_a_reference_is_the_same_without_the_way_over_rich_text(entry):
    theirs = Backend().paragraph(FormattedReference("label", entry))
    assert reference_paragraph(entry).pformat() == theirs.pformat()


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_is_that_of_bibtex_alone(make_project, kind):
    files = {
        "conf.py": "",
        "refs.bib": REFS,
        "index.md": f"# Base{CITING}",
        "list.md": f"---\norphan: true\n---\n\n# List\n\n{LISTS[kind]}{CITING}",
    }
    conf = {"bibtex_bibfiles": ["refs.bib"], "bibtex_default_style": "mecfs", "bibtex_reference_style": "author_year"}
    project = make_project(files, **conf)
    ours = project.build("pseudoxml", out="ours", doctrees="ours-trees", extensions=["myst_parser", "sphinx_mecfs"])
    theirs = project.build(
        "pseudoxml", out="theirs", doctrees="theirs-trees", extensions=["myst_parser", "sphinxcontrib.bibtex"]
    )
    assert ours.warnings == theirs.warnings
    assert pages(ours) == pages(theirs)


def pages(build):
    """The pages without their first line, in which docutils names every domain."""
    return {name: data.split(b"\n", 1)[1] for name, data in build.files().items()}


def test_the_environment_holds_nothing_of_the_bibliography(base_project):
    build = base_project.build("html", out="stored", doctrees="stored-trees")
    data = build.app.env.domaindata["cite"]
    assert isinstance(data["bibdata"], HandedOver)
    assert data["bibdata"].data.entries
    stored = (build.app.doctreedir / "environment.pickle").read_bytes()
    assert b"Letters" not in stored
    assert set(data) <= {*BibtexDomain.initial_data, "version"}
    assert "refs.bib" in base_files()
