"""Write everything again after a build that did not end well.

Sphinx notes what it has read before it writes, so that pages which a killed build, a full disk or another process left
half-written would stay as they are. So each build that begins to write leaves a sign beside the document trees, named
after its process, and takes it away at its end. A sign that stands there before says that something may be missing.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..sources.base import CACHE_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FOLDER = "unfinished"


class Watch:
    """One run of Sphinx: the signs of others that it found when it began to write."""

    def __init__(self) -> None:
        self._found: tuple[Path, ...] = ()

    def begin(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Leave a sign, and return all documents where one stands there already."""
        folder = _folder(app)
        folder.mkdir(parents=True, exist_ok=True)
        self._found = tuple(folder.iterdir())
        (folder / str(os.getpid())).touch()
        return sorted(env.found_docs) if self._found else ()

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Take the signs away if all has been written."""
        if exception is None:
            for sign in (*self._found, _folder(app) / str(os.getpid())):
                sign.unlink(missing_ok=True)


def _folder(app: Sphinx) -> Path:
    # Several builders may share the document trees.
    place = hashlib.sha256(os.fsencode(app.outdir)).hexdigest()[:16]
    return Path(app.doctreedir) / CACHE_FOLDER / FOLDER / place


def setup(app: Sphinx) -> None:
    """Connect the events; the sign is taken away after all that is written at the end of a build."""
    watch = Watch()
    app.connect("env-updated", watch.begin, priority=900)
    app.connect("build-finished", watch.end, priority=900)
