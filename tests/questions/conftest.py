"""The small base with a question page, built once."""

from __future__ import annotations

import pytest
from question_pages import PAGES
from samples import CONF, base_files
from support import Build, Project


@pytest.fixture(scope="session")
def question_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small base with a question page and a page that uses it; tests may build it but must not edit it."""
    conf = {"project": "Test base", "html_theme": "basic", "latex_engine": "xelatex", **CONF}
    project = Project(tmp_path_factory.mktemp("questions"), conf)
    project.write({**base_files(), **PAGES})
    return project


@pytest.fixture(scope="session")
def question_html(question_project: Project) -> Build:
    """The base with a question page as HTML."""
    return question_project.build("html")
