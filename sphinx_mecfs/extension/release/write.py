"""Write the release beside the pages of a website, at the end of a build that has succeeded."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sphinx.errors import ConfigError

from ...formats.release.files import release_files
from ...formats.release.listing import SITEMAP
from ..sources.base import CACHE_FOLDER
from .collect import collect, is_published
from .texts import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config

_FOLDER = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")


def check(_app: Sphinx, config: Config) -> None:
    """Stop a build whose data would go elsewhere than into a folder of the website."""
    if config.mecfs_data and not _FOLDER.fullmatch(config.mecfs_data):
        message = f"mecfs_data is {config.mecfs_data!r}, which is no folder below the start page, such as 'data'"
        raise ConfigError(message)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the files whose content has changed, and remove those of ours that the base no longer has."""
    if exception is not None or app.builder.name not in {"html", "dirhtml"}:
        return
    files = release_files(collect(app.env)) if is_published(app.env) else {}
    if _has_own_sitemap(app):
        files.pop(SITEMAP, None)
    out = Path(app.outdir)
    noted = _Noted(app)
    for name in sorted(noted.names() - files.keys()):
        (out / name).unlink(missing_ok=True)
    for name, content in files.items():
        replace_file(out / name, content)
    noted.store(files)


def _has_own_sitemap(app: Sphinx) -> bool:
    """Tell whether another extension, or the project itself, provides the list of pages."""
    paths = [Path(app.confdir) / name for name in app.config.html_extra_path]
    provided = any(path.name == SITEMAP or (path / SITEMAP).is_file() for path in paths)
    return provided or "sphinx_sitemap" in app.extensions


class _Noted:
    """The names of the files that the last run wrote into a folder: no other files are ever removed."""

    def __init__(self, app: Sphinx) -> None:
        place = hashlib.sha256(os.fsencode(app.outdir)).hexdigest()[:16]
        self._path = Path(app.doctreedir) / CACHE_FOLDER / "release" / f"{place}.json"

    def names(self) -> set[str]:
        """Return the names, none where nothing is known."""
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            return set(msgspec.json.decode(self._path.read_bytes(), type=list[str]))
        return set()

    def store(self, names: Iterable[str]) -> None:
        """Keep the names for the next run."""
        replace_file(self._path, msgspec.json.encode(sorted(names)))


def setup(app: Sphinx) -> None:
    """Connect the events."""
    app.connect("config-inited", check)
    app.connect("build-finished", write)
