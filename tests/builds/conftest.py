"""The small base as a book."""

from __future__ import annotations

import pytest
from samples import CONF, base_files
from support import Project

BOOK = "# Base\n\n```{toctree}\ndefinitions\nstudies/alpha-2001\nstudies/beta-2010\nreferences\n```\n"


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """The small base with its studies in the table of contents, as books need it."""
    project = Project(
        tmp_path_factory.mktemp("book"),
        {
            "project": "Test base",
            "html_theme": "basic",
            "version": "1",
            "epub_show_urls": "no",
            "latex_engine": "xelatex",
            "latex_documents": [("index", "book.tex", "Test base", "Authors", "manual")],
            "man_pages": [("index", "book", "Test base", "Authors", 7)],
            "texinfo_documents": [("index", "book", "Test base", "Authors", "book", "Test base", "Science")],
            "typst_documents": [("index", "book", "Test base", "Authors")],
            **CONF,
        },
    )
    project.write({name: text.replace("---\norphan: true\n---\n\n", "") for name, text in base_files().items()})
    project.write({"index.md": BOOK + "\n{mecfs:study}`beta-2010` {mecfs:study}`alpha-2001`\n"})
    return project
