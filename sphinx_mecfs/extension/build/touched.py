"""Read a page again when its file is another one than was read, be it older or newer.

Sphinx compares the time of a file with the time at which it was read, so that an edit goes unseen where the clock was
wrong at one of them, or where an older file has been put back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ..domain.domain import MecfsDomain


def note(app: Sphinx, docname: str, _content: list[str]) -> None:
    """Note the time of a file that is being read."""
    _domain(app.env).data["times"][docname] = _time(app.env, docname)


def touched(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterator[str]:
    """Yield the documents whose file has another time."""
    times: dict[str, int] = _domain(env).data["times"]
    for docname in times.keys() - added - changed - removed:
        if docname in env.found_docs and times[docname] != _time(env, docname):
            yield docname


def _time(env: BuildEnvironment, docname: str) -> int:
    try:
        return Path(env.doc2path(docname)).stat().st_mtime_ns
    except OSError:
        return 0


def _domain(env: BuildEnvironment) -> MecfsDomain:
    return cast("MecfsDomain", env.domains["mecfs"])


def setup(app: Sphinx) -> None:
    """Connect the events."""
    app.connect("source-read", note)
    app.connect("env-get-outdated", touched)
