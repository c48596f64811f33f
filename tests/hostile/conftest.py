"""A base of attacks, built as a website once, whatever process a test runs in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from attacks import SEEN, hostile_base, hostile_conf
from filelock import FileLock
from hypothesis import HealthCheck, settings
from support import Build, Project

if TYPE_CHECKING:
    from pathlib import Path


# The same examples in each run, so that a failure is the change's; `nox -s fuzz` looks at others, and at more of them.
EXAMPLES = int(os.environ.get("MECFS_EXAMPLES", "0"))
settings.register_profile(
    "mecfs",
    max_examples=EXAMPLES or 40,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("mecfs")


@pytest.fixture(scope="session")
def website(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Build:
    """The base of attacks as a website."""
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "website"
    said = shared / "said.txt"
    with FileLock(f"{shared}.lock"):
        if not said.exists():
            build = written(shared / "base").build("html")
            said.write_text("\n".join(build.warnings), encoding="utf-8")
    lines = said.read_text(encoding="utf-8").split("\n")
    return Build(shared / "base/source", shared / "base/html", tuple(lines), "", None)


def written(folder: Path) -> Project:
    project = Project(folder, hostile_conf())
    project.write(hostile_base(SEEN))
    return project
