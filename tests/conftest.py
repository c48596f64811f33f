"""Shared fixtures: a project maker that every behaviour test uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from support import Project

MakeProject = Callable[..., Project]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Return a function that writes a project: `make_project({"index.md": "..."}, extensions=[...])`."""

    def make(files: Mapping[str, str | bytes], **conf: Any) -> Project:
        project = Project(tmp_path, {"project": "Test base", "html_theme": "basic", **conf})
        project.write(files)
        return project

    return make
