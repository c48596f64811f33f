"""One word for all that a website is made from, so that a build in which nothing has changed can leave it at that.

What shows the whole base (labels, indices, data files) would be worked out in every build otherwise: at 10,000 studies
that took twice as long as all else in a build without changes.
"""

from __future__ import annotations

import functools
import hashlib
import secrets
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from .domain import MecfsDomain

PACKAGE = Path(__file__).resolve().parent.parent.parent


def revise(domain: MecfsDomain) -> None:
    """Give the environment a new revision, if a page has been read or removed since it got its last.

    It is drawn by lot: an environment that has been made anew never passes for an old one.
    """
    domain.data["revision"] = domain.data["revision"] or secrets.token_hex(8)


def state_of(app: Sphinx) -> str:
    """Return a hash of all that the output depends on, once all pages have been read.

    That is what was read, the bibliography, the register, other bases, the settings and the code of this package. A
    setting that looks different in each run, such as a function, makes for a new state in each.
    """
    domain = cast("MecfsDomain", app.env.domains["mecfs"])
    base = domain.base
    parts = [str(domain.data["revision"]), base.own_stamp, base.rules.digest, str(domain.others), app.builder.name]
    parts += (f"{key} {entry.digest}" for key, entry in base.entries.items())
    return hashlib.sha256("\n".join((*parts, *plain_settings(app.config), code_digest())).encode()).hexdigest()[:32]


def plain_settings(config: Config) -> Iterator[str]:
    """Yield each setting with its value as text; one that has no such text of its own gives another in each run."""
    for setting in config:
        yield f"{setting.name} {_plain(setting.value)}"


def _plain(value: object) -> str:
    """Return a setting as text, sets and mappings in order."""
    if isinstance(value, Mapping):
        return str(sorted((str(key), _plain(item)) for key, item in value.items()))
    if isinstance(value, AbstractSet):
        return str(sorted(map(_plain, value)))
    return str(list(map(_plain, value))) if isinstance(value, (list, tuple)) else repr(value)


@functools.cache
def code_digest() -> str:
    """Return a hash of what tells one state of the code of this package, and of the data in it, from another.

    It is asked for in several places of each build, and has to look at hundreds of files.
    """
    paths = sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".mo", ".toml", ".js", ".css"})
    found = (path.stat() for path in paths)
    listed = "\n".join(f"{path} {at.st_mtime_ns} {at.st_size}" for path, at in zip(paths, found, strict=True))
    return hashlib.sha256(listed.encode()).hexdigest()
