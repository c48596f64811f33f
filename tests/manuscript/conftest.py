"""Compare what a build reports with what a check of the sources reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_mecfs.cli.project import load_project
from sphinx_mecfs.manuscript.base import read_base
from sphinx_mecfs.manuscript.check import check_base

if TYPE_CHECKING:
    from support import Project


def checked(project: Project, **overrides) -> list[str]:
    """What a check reports, as the build's warnings are written; `conf.py` is written for it and taken away again."""
    path = project.srcdir / "conf.py"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    settings = "\n".join(f"{name} = {value!r}" for name, value in {**project.conf, **overrides}.items())
    path.write_text(f"{before}\n{settings}\n", encoding="utf-8")
    try:
        base = read_base(load_project(project.srcdir).settings)
    finally:
        path.write_text(before, encoding="utf-8")
    return [
        f"{report.path.relative_to(project.srcdir)}:{report.line}: WARNING: {report.message} "
        f"[mecfs.{report.problem.value}]"
        for report in check_base(base)
    ]


@pytest.fixture
def compare():
    """Return a function that builds and checks a project, and returns the warnings of the build, those of the check."""

    def both(project: Project, **overrides) -> tuple[list[str], list[str]]:
        build = project.build("dummy", fresh=True, **overrides)
        warned = [line for line in build.warnings if "[mecfs." in line]
        return sorted(warned), sorted(checked(project, **overrides))

    return both
