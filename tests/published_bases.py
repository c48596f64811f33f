"""A base as it is published, changed copies of its data file, and projects that cite it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from support import Build

ADDRESS = "https://base.example/"


def data_of(build: Build) -> dict[str, Any]:
    """The data file that a built base has published."""
    return json.loads(build.text("data/studies.json"))


def publish_data(folder: Path, data: dict[str, Any] | bytes) -> Path:
    """Write a data file where a base publishes it, and return its path."""
    path = folder / "data" / "studies.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    return path


WITHOUT = """
import sys
sys.modules.update(dict.fromkeys({names!r}))
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""
OURS = ("sphinx_mecfs", "sphinxcontrib.bibtex", "msgspec")


def build_without(names: tuple[str, ...], source: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run Sphinx in a process of its own in which these modules cannot be imported; a warning makes it fail."""
    command = [sys.executable, "-c", WITHOUT.format(names=names), "-q", "-W", "--keep-going", *options]
    done = subprocess.run([*command, str(source), str(out)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done
