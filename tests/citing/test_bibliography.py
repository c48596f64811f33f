"""The paper itself, from the bibliography that the package brings along, and the two lines of conf.py for it."""

import shutil
from pathlib import Path

import pytest
from published_bases import ADDRESS
from support import ROOT

import sphinx_mecfs
from sphinx_mecfs import published as module

KEY = "fluge-2009-clinical-impact"
PAGE = f"# Citing\n\nIt was tried {{cite:p}}`{KEY}`.\n\n```{{bibliography}}\n```\n"


@pytest.fixture
def released(published, monkeypatch, tmp_path):
    """The package as it is in a wheel that was released with the test base."""
    shutil.copy(published.outdir / "objects.inv", tmp_path)
    shutil.copy(published.outdir / "data" / "studies.json", tmp_path)
    monkeypatch.setattr(module, "PUBLISHED", tmp_path)


@pytest.mark.parametrize("extensions", [["myst_parser", "sphinxcontrib.bibtex"], ["myst_parser", "sphinx_mecfs"]])
def test_a_paper_is_cited_from_the_bibliography_of_the_package(make_project, extensions):
    bibliographies = [sphinx_mecfs.bib_path(), "refs.bib"]
    own = "@article{own-2020, author={Own, A}, title={Mine}, journal={J}, year={2020}}\n"
    files = {"conf.py": "", "index.md": PAGE.replace("tried", "tried {cite:p}`own-2020`"), "refs.bib": own}
    build = make_project(files, extensions=extensions, bibtex_bibfiles=bibliographies).build()
    assert build.warnings == ()
    page = build.text("index.html")
    assert "BMC Neurology" in page
    assert "Mine" in page


def test_the_bibliography_of_the_package_is_the_one_of_the_book_wherever_it_is_installed():
    assert Path(sphinx_mecfs.bib_path()).read_bytes() == (ROOT / "refs.bib").read_bytes()


def test_an_installation_without_a_bibliography_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "BIBLIOGRAPHIES", (tmp_path / "refs.bib",))
    with pytest.raises(FileNotFoundError, match=r"no refs\.bib"):
        sphinx_mecfs.bib_path()


@pytest.mark.usefixtures("released")
def test_the_base_of_the_package_is_cited_with_two_lines_and_no_network(make_project):
    mapping, external = sphinx_mecfs.intersphinx_mapping(), sphinx_mecfs.external_bases()
    page = "# Citing\n\n{external+mecfs:ref}`study-alpha-2001` {mecfs:study}`mecfs:beta-2010` {pem}`beta-2010`\n"
    extensions = ["myst_parser", "sphinx.ext.intersphinx", "sphinx_mecfs"]
    project = make_project(
        {"conf.py": "", "index.md": page}, extensions=extensions, intersphinx_mapping=mapping, mecfs_external=external
    )
    build = project.build()
    assert build.warnings == ()
    assert f'href="{ADDRESS}studies/alpha-2001.html#alpha-2001"' in build.text("index.html")
    assert build.text("index.html").count(f'href="{ADDRESS}studies/beta-2010.html#beta-2010"') == 2


@pytest.mark.usefixtures("released")
def test_another_address_of_the_same_base_may_be_given():
    assert sphinx_mecfs.intersphinx_mapping("https://mirror.example/")["mecfs"][0] == "https://mirror.example/"


def test_without_published_data_the_address_has_to_be_given(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "PUBLISHED", tmp_path)
    assert sphinx_mecfs.data_path() is None
    assert sphinx_mecfs.intersphinx_mapping(ADDRESS) == {"mecfs": (ADDRESS, None)}
    with pytest.raises(ValueError, match="give the address at which the base is published"):
        sphinx_mecfs.intersphinx_mapping()
