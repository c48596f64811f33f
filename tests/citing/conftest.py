"""A published base, and a maker of projects that cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from published_bases import ADDRESS
from question_pages import PAGES
from samples import CONF, base_files
from support import Build, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The small base with a question, built as HTML and published with its data file."""
    conf = {"project": "Test base", "version": "7", "html_theme": "basic", **CONF}
    project = Project(tmp_path_factory.mktemp("published"), conf)
    project.write({**base_files(), **PAGES})
    build = project.build("html")
    assert build.warnings == ()
    return build


@pytest.fixture
def inventory(published: Build) -> str:
    """The path of the base's inventory."""
    return str(published.outdir / "objects.inv")


@pytest.fixture
def data_file(published: Build) -> str:
    """The path of the base's data file."""
    return str(published.outdir / "data" / "studies.json")


@pytest.fixture
def make_citing(tmp_path: Path, data_file: str) -> Callable[..., Project]:
    """Return a function that writes a project with our extension that cites the published base as `book`."""

    def make(files: Mapping[str, str], **conf: Any) -> Project:
        external = {"book": (ADDRESS, data_file)}
        default = {"project": "Citing", "copyright": "2026, Authors", "html_theme": "basic", "mecfs_external": external}
        default["myst_enable_extensions"] = ["colon_fence"]
        extensions = ["myst_parser", "sphinx_mecfs"]
        project = Project(tmp_path / "citing", {"extensions": extensions, **default, **conf})
        project.write({"conf.py": "", **files})
        return project

    return make
