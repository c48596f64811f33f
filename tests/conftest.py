"""Shared fixtures: a project maker that every behaviour test uses, and a small base built once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from samples import CONF, base_files
from support import Build, Project

if TYPE_CHECKING:
    from pathlib import Path

# Tests in a browser need what only the nox session `browser` installs.
collect_ignore = [] if find_spec("playwright") else ["browser"]

MakeProject = Callable[..., Project]

# What makes Sphinx and the commands colour or translate what they print, by the machine that they run on. Sphinx also
# colours where `CI` is set.
OF_THE_MACHINE = (
    "FORCE_COLOR",
    "FORCE_COLOUR",
    "PY_COLORS",
    "CLICOLOR_FORCE",
    "GITHUB_ACTIONS",
    "LANGUAGE",
    "SPHINXOPTS",
)


def pytest_configure() -> None:
    """Let every process that a test starts print the same plain English text on every machine."""
    for name in OF_THE_MACHINE:
        os.environ.pop(name, None)
    os.environ |= {"NO_COLOR": "1", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Return a function that writes a project: `make_project({"index.md": "..."}, extensions=[...])`."""

    def make(files: Mapping[str, str | bytes], **conf: Any) -> Project:
        project = Project(tmp_path, {"project": "Test base", "html_theme": "basic", **conf})
        project.write(files)
        return project

    return make


@pytest.fixture
def make_base(make_project: MakeProject) -> MakeProject:
    """Return a function that writes the small base, with some files changed or added: `make_base({"x.md": "..."})`."""

    def make(files: Mapping[str, str | bytes] | None = None, **conf: Any) -> Project:
        return make_project({**base_files(), **(files or {})}, **{**CONF, **conf})

    return make


@pytest.fixture(scope="session")
def base_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small base, written once; tests may build it with further builders but must not edit it."""
    project = Project(tmp_path_factory.mktemp("base"), {"project": "Test base", "html_theme": "basic", **CONF})
    project.write(base_files())
    return project


@pytest.fixture(scope="session")
def base_html(base_project: Project) -> Build:
    """The small base as HTML, built once."""
    return base_project.build("html")
