"""The citation of each study as files that can be downloaded: beside the pages, one for each form.

A file is written when the page of its card is, by the process that writes the page: what makes the one stale makes the
other stale. It is noted which files these are, so that those of cards that are gone can be told from files that the
project itself has put there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..card.exports import EXPORTS
from ..domain.revision import state_of
from ..release.metadata import held_on
from ..sources.files import Written, last_written, note_written, replace_file
from ..writing.html import files_of, has_downloads
from ..writing.view import scope_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

SORT = "downloads"
"""The name under which it is noted what has been written."""


def write_beside(
    app: Sphinx, pagename: str, _templatename: str, _context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the files of the cards of a page that is being written; the page has most of their texts already."""
    if doctree is None or not has_downloads(app.builder):
        return
    shown = files_of(doctree)
    for card in held_on(scope_of(app.env), pagename).cards:
        for export in EXPORTS:
            name = export.file(card.study.key)
            replace_file(Path(app.outdir) / name, (shown.get(name) or export.write(card.entry)).encode())


def remove_gone(app: Sphinx, exception: Exception | None) -> None:
    """Remove the files of cards that are gone, and note those that are there."""
    if exception is None and has_downloads(app.builder) and last_written(app, SORT).stamp != (state := state_of(app)):
        note_written(app, SORT, Written(tuple(sorted(set(_files(app)))), state))


def _files(app: Sphinx) -> Iterator[str]:
    scope = scope_of(app.env)
    for docname in scope.domain.cards:
        for card in held_on(scope, docname).cards:
            yield from (export.file(card.study.key) for export in EXPORTS)


def setup(app: Sphinx) -> None:
    """Connect the events."""
    app.connect("html-page-context", write_beside)
    app.connect("build-finished", remove_gone)
