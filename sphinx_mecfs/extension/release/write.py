"""Write the release beside the pages of a website, at the end of a build that has succeeded."""

from __future__ import annotations

import contextlib
import functools
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
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from ...formats.release.model import Release

PACKAGE = Path(__file__).resolve().parent.parent.parent
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
    out = Path(app.outdir)
    before, record = _last(app), _record(app)
    release = collect(app.env) if is_published(app.env) else None
    stamp = _stamp(app, release)
    if before.stamp == stamp and all((out / name).is_file() for name in before.names):
        return
    files = release_files(release) if release is not None else {}
    if _has_own_sitemap(app):
        files.pop(SITEMAP, None)
    for name in sorted(set(before.names) - files.keys()):
        (out / name).unlink(missing_ok=True)
    for name, content in files.items():
        replace_file(out / name, content)
    replace_file(record, msgspec.json.encode(Written(stamp, tuple(sorted(files)))))


class Written(msgspec.Struct, frozen=True):
    """What a run has written into a folder: a hash of all that went into the files, and their names.

    No other files are ever removed.
    """

    stamp: str = ""
    names: tuple[str, ...] = ()


def _record(app: Sphinx) -> Path:
    """Return where it is kept what was written into the output folder of this run."""
    place = hashlib.sha256(os.fsencode(app.outdir)).hexdigest()[:16]
    return Path(app.doctreedir) / CACHE_FOLDER / "release" / f"{place}.json"


def _last(app: Sphinx) -> Written:
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(_record(app).read_bytes(), type=Written)
    return Written()


def _stamp(app: Sphinx, release: Release | None) -> str:
    """Return a hash of all that goes into the files: making it costs a tenth of making them."""
    content = msgspec.json.encode([release, _has_own_sitemap(app)])
    return hashlib.sha256(content + _code()).hexdigest()


@functools.cache
def _code() -> bytes:
    """Return a hash of the code that makes the files, so that a new release of it writes them anew."""
    rooms = ("formats", "bibliography", "evidence")
    paths = [path for room in rooms for path in sorted((PACKAGE / room).rglob("*.py"))]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).digest()


def _has_own_sitemap(app: Sphinx) -> bool:
    """Tell whether another extension, or the project itself, provides the list of pages."""
    paths = [Path(app.confdir) / name for name in app.config.html_extra_path]
    provided = any(path.name == SITEMAP or (path / SITEMAP).is_file() for path in paths)
    return provided or "sphinx_sitemap" in app.extensions


def setup(app: Sphinx) -> None:
    """Connect the events."""
    app.connect("config-inited", check)
    app.connect("build-finished", write)
