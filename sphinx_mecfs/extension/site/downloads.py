"""The citation of each study as files that can be downloaded: beside the pages, one for each form.

A file is written when the page of its card is, by the process that writes the page: what makes the one stale makes the
other stale. A list of the files stands beside them, so that those of cards that are gone can be told from files that
the project itself has put there.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..card.exports import EXPORTS, FOLDER
from ..writing.html import has_downloads
from ..writing.view import scope_of
from .metadata import held_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

LIST = f"{FOLDER}/.studies"
"""The file that lists the others, one to a line."""


def write_beside(
    app: Sphinx, pagename: str, _templatename: str, _context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Write the files of the cards of a page that is being written."""
    if not has_downloads(app.builder):
        return
    for card in held_on(scope_of(app.env), pagename).cards:
        for export in EXPORTS:
            write_whole(Path(app.outdir) / export.file(card.study.key), export.write(card.entry).encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there in full or not at all, whatever stops the build or writes the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_bytes(data)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def remove_gone(app: Sphinx, exception: Exception | None) -> None:
    """Remove the files of cards that are gone, and list those that are there."""
    if exception is not None or not has_downloads(app.builder):
        return
    listed = Path(app.outdir) / LIST
    before = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    now = sorted(set(_files(app)))
    for name in set(before) - set(now):
        (listed.parent / Path(name).name).unlink(missing_ok=True)
    if now:
        write_whole(listed, "".join(f"{name}\n" for name in now).encode())
    elif listed.is_file():
        listed.unlink()


def _files(app: Sphinx) -> Iterator[str]:
    scope = scope_of(app.env)
    for docname in scope.domain.cards:
        for card in held_on(scope, docname).cards:
            yield from (Path(export.file(card.study.key)).name for export in EXPORTS)


def setup(app: Sphinx) -> None:
    """Connect the events."""
    app.connect("html-page-context", write_beside)
    app.connect("build-finished", remove_gone)
