"""The book in docs/ as HTML, built once for all tests that look at it, in whatever process they run."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from support import ROOT, Build

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Build:
    """The book, built by the command that users run."""
    own = tmp_path_factory.getbasetemp()
    # Processes of one run have folders beside each other.
    out = (own if worker_id == "master" else own.parent) / "book"
    out.mkdir(exist_ok=True)
    said = out / "said.txt"
    with FileLock(f"{out}.lock"):
        if not said.exists():
            said.write_text(build_book(out), encoding="utf-8")
    return Build(ROOT / "docs", out / "html", tuple(said.read_text(encoding="utf-8").splitlines()), "", None)


def build_book(out: Path) -> str:
    """Build the book below a folder and return its warnings."""
    options = ["-b", "html", "-d", str(out / "doctrees")]
    command = [sys.executable, "-m", "sphinx", *options, str(ROOT / "docs"), str(out / "html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr
