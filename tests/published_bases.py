"""A base as it is published: its HTML, its inventory and a data file, and projects that cite it."""

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
    """What a data file says of a built base, as far as `mecfs_external` reads it."""
    domain = build.app.env.domains["mecfs"]
    target = build.app.builder.get_target_uri
    catalogue, register = domain.catalogue, domain.base.register

    def page(place) -> str:
        return f"{target(place.docname)}#{place.anchor}"

    return {
        "version": "1.0",
        "base": {"title": "Test base", "version": "7", "address": ADDRESS},
        "studies": [
            {
                "key": key,
                "label": card.study.label,
                "title": card.study.title,
                "pem": {"status": card.study.pem_status.value},
                "status": card.study.status.value,
                "summary": card.study.summary,
                "page": page(place),
                "something": {"that a later version": ["adds"]},
            }
            for key, (place, card) in catalogue.cards.items()
        ],
        "definitions": [
            {"key": key, "title": register[key].title, "pem": register[key].pem.value, "page": page(place)}
            for key, place in catalogue.definitions.items()
        ],
        "claims": [
            {
                "key": key,
                "text": record.claim.text,
                "certainty": record.claim.certainty.value if record.claim.certainty else None,
                "page": page(place),
            }
            for key, (place, record) in catalogue.claims.items()
        ],
        "questions": [
            {
                "key": key,
                "title": record.question.title,
                "short_answer": record.question.short_answer,
                "page": page(place),
            }
            for key, (place, record) in catalogue.questions.items()
        ],
    }


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
