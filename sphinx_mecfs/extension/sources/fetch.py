"""Get a data file of another base from a file or an address, and keep a copy beside the document trees.

What is kept is a file that could be read, so that a base that publishes a broken one is read as it was before.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from requests import RequestException
from sphinx.util import requests

from ...formats.external import LARGEST_FILE, ExternalDataError, Published, read_external
from .base import CACHE_FOLDER
from .files import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config

FOLDER = "others"
DAYS = 5
"""How old a copy of an address may be where the project does not say: the default of `intersphinx_cache_limit`."""
SECONDS = 30
"""How long to wait for a host to answer where the project does not say, as `intersphinx_timeout`."""
SECONDS_IN_ALL = 300
_CHUNK = 1 << 16


class Unreachable(Exception):  # noqa: N818  (says what is the matter, as those of Python's own)
    """A file or address that cannot be read, and why."""


class Loaded(NamedTuple):
    """Data of a base; where they could not be renewed, why, and the day on which they were read."""

    published: Published
    failure: str = ""
    day: str = ""


def load_published(app: Sphinx, name: str, locations: Sequence[str]) -> Loaded:
    """Return what the first location holds that can be read, or else what one held before.

    A location is an address, or a file relative to the folder of `conf.py`. Raises `Unreachable` or
    `ExternalDataError`, with the reasons, where there is neither.
    """
    failures = []
    copies = {location: _copy_of(app, name, location) for location in locations}
    for location, copy in copies.items():
        if _is_remote(location) and _is_fresh(copy, app.config):
            with contextlib.suppress(OSError, ExternalDataError):
                return Loaded(read_external(copy.read_bytes()))
        try:
            data = _read(app, location)
            published = read_external(data)
        except (Unreachable, ExternalDataError) as error:
            failures.append(f"{_shown(location)}: {error}")
            continue
        _keep(copy, data)
        return Loaded(published)
    return _kept(copies.values(), "; ".join(failures))


def _kept(copies: Iterable[Path], failure: str) -> Loaded:
    for copy in copies:
        with contextlib.suppress(OSError, ExternalDataError):
            day = datetime.datetime.fromtimestamp(copy.stat().st_mtime, datetime.UTC).date().isoformat()
            return Loaded(read_external(copy.read_bytes()), failure, day)
    raise Unreachable(failure)


def _copy_of(app: Sphinx, name: str, location: str) -> Path:
    """Return the path of the copy; another location has another, so that no base is taken for another one."""
    digest = hashlib.sha256(location.encode()).hexdigest()[:12]
    return Path(app.doctreedir) / CACHE_FOLDER / FOLDER / f"{name}-{digest}.json"


def _is_remote(location: str) -> bool:
    return location.lower().startswith(("http://", "https://"))


def _is_fresh(copy: Path, config: Config) -> bool:
    days = int(getattr(config, "intersphinx_cache_limit", DAYS))
    try:
        age = time.time() - copy.stat().st_mtime
    except OSError:
        return False
    return days < 0 or age <= days * 86_400


def _read(app: Sphinx, location: str) -> bytes:
    if _is_remote(location):
        return _download(location, app.config)
    try:
        with (Path(app.confdir) / location).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Unreachable(error.strerror or str(error)) from error


def _download(address: str, config: Config) -> bytes:
    """Return what an address holds, up to a byte more than a data file may have."""
    timeout = getattr(config, "intersphinx_timeout", None) or SECONDS
    tls = (config.tls_verify, config.tls_cacerts)
    data, end = bytearray(), time.monotonic() + SECONDS_IN_ALL
    try:
        with requests.get(
            address, stream=True, timeout=timeout, _user_agent=config.user_agent, _tls_info=tls
        ) as response:
            response.raise_for_status()
            for chunk in response.iter_content(_CHUNK):
                data += chunk
                if len(data) > LARGEST_FILE or time.monotonic() > end:
                    break
    except (RequestException, OSError, ValueError) as error:
        raise Unreachable(_one_line(error, address)) from error
    if time.monotonic() > end:
        message = f"it takes longer than {SECONDS_IN_ALL} seconds"
        raise Unreachable(message)
    return bytes(data)


def _one_line(error: Exception, address: str) -> str:
    return " ".join(f"{type(error).__name__}: {error}".replace(address, _shown(address)).split())[:300]


def _shown(location: str) -> str:
    """Return a location without the user and password that an address may hold."""
    return without_user(location) if _is_remote(location) else location


def without_user(address: str) -> str:
    """Return an address without a user and password, which are for the one who reads it and not for its readers."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _keep(copy: Path, data: bytes) -> None:
    """Keep a copy, replaced as a whole; its time is that of the last reading. A failure costs a later warning only."""
    with contextlib.suppress(OSError):
        if not replace_file(copy, data):
            os.utime(copy)
