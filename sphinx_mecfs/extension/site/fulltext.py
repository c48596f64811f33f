"""Search in the full text of a website by Pagefind, a program that makes its index from the built pages.

Its index is loaded in pieces, so that a reader fetches little. It works where pages are served and not from a folder;
the explorer does without it there. The extra `search` brings the program in a wheel; nothing is fetched by a build.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError
from sphinx.util.display import progress_message

from ..language import SEARCHED_AS
from ..writing.html import has_downloads

if TYPE_CHECKING:
    from sphinx.application import Sphinx

BUNDLE = "pagefind"
"""The folder of the index, below the root of a website."""

ROOT = "[role=main]"
"""Where themes put what an author wrote. Pagefind takes one selector, without a comma."""

LEFT_OUT = (".headerlink", ".mecfs-code", ".mecfs-copy", ".mecfs-reading", ".mecfs-explorer", ".related")
"""What of it is no text to be found."""


class PagefindError(SphinxError):
    """Pagefind could not make its index; the message is its own."""

    category = "full-text search"


def index_pages(app: Sphinx, exception: Exception | None) -> None:
    """Index the pages of a website, if the project asks for it and the build has succeeded."""
    if exception is not None or not app.config.mecfs_fulltext or not has_downloads(app.builder):
        return
    # Pieces of the last index that are in no page any more would stay.
    shutil.rmtree(Path(app.outdir) / BUNDLE, ignore_errors=True)
    with progress_message("indexing the full text"):
        _run(app)


def _run(app: Sphinx) -> None:
    options = {
        "site": str(app.outdir),
        "output-subdir": BUNDLE,
        "root-selector": ROOT,
        "force-language": SEARCHED_AS.get(app.config.language, app.config.language.partition("_")[0]),
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    for selector in LEFT_OUT:
        arguments += ["--exclude-selectors", selector]
    command = [sys.executable, "-m", "pagefind", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (no word of it is foreign)
    if done.returncode:
        raise PagefindError(done.stderr or done.stdout)
    # Its own search boxes, which no page of ours shows.
    for path in (Path(app.outdir) / BUNDLE).glob("pagefind-*ui.*"):
        path.unlink()


def setup(app: Sphinx) -> None:
    """Connect the event; after the scripts with data, which are part of no page."""
    app.connect("build-finished", index_pages, priority=700)
