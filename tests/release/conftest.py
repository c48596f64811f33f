"""Releases to look at: of the small base with its question pages, and of the book."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from question_pages import PAGES
from release_pages import DATA_PAGE
from samples import CONF, base_files
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from support import ROOT, Build, Project

from sphinx_mecfs.extension.release.collect import collect
from sphinx_mecfs.extension.sources.files import replace_file
from sphinx_mecfs.formats.release.files import release_files

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_mecfs.formats.release.model import Release


@pytest.fixture(scope="session")
def released(tmp_path_factory) -> Build:
    """The small base with question pages and a page on its data, as HTML."""
    conf = {"project": "Test base", "release": "1.2", "author": "The writers", "html_theme": "basic", **CONF}
    project = Project(tmp_path_factory.mktemp("released"), {**conf, "mecfs_license": "CC-BY-4.0"})
    project.write({**base_files(), **PAGES, **DATA_PAGE})
    return project.build()


@pytest.fixture(scope="session")
def document(released):
    """`studies.json` of the small base."""
    return json.loads(released.text("data/studies.json"))


@pytest.fixture(scope="session")
def book_release(tmp_path_factory) -> Release:
    """The release of the book, which is read but not written as pages."""
    folder = tmp_path_factory.mktemp("book")
    docs = ROOT / "docs"
    with patch_docutils(str(docs)), docutils_namespace():
        conf = {"html_baseurl": "https://book.example/"}
        streams = {"status": io.StringIO(), "warning": io.StringIO()}
        app = Sphinx(docs, docs, folder / "html", folder / "doctrees", "html", confoverrides=conf, **streams)
        app.builder.read()
        return collect(app.env)


@pytest.fixture(scope="session")
def book_data(tmp_path_factory, book_release) -> Path:
    """The folder that holds the folder `data` of the book."""
    folder = tmp_path_factory.mktemp("book-data")
    for name, content in release_files(book_release):
        replace_file(folder / name, content)
    return folder
