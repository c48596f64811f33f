"""A base in Norwegian, built once for each builder that is asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from norwegian_pages import PAGES, SETTINGS
from support import Build, Project

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def norwegian_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The base in Norwegian; tests may build it but must not edit it."""
    project = Project(tmp_path_factory.mktemp("norwegian"), SETTINGS)
    project.write(PAGES)
    return project


@pytest.fixture(scope="session")
def norwegian(norwegian_project: Project) -> Callable[[str], Build]:
    """Return a function that builds the base: `norwegian("html")`."""
    return cache(norwegian_project.build)
