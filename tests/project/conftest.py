"""The book in docs/ as HTML, built once for all tests that look at it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support import ROOT, Build


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The book, built by the command that users run."""
    out = tmp_path_factory.mktemp("book")
    source = ROOT / "docs"
    options = ["-b", "html", "-d", str(out / "doctrees")]
    command = [sys.executable, "-m", "sphinx", *options, str(source), str(out / "html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Build(source, out / "html", tuple(done.stderr.splitlines()), done.stdout, None)
