"""Other bases that a project cites: what `mecfs_external` says, and the data of each for this run.

The rules are those of `sphinx.ext.intersphinx`: a file of this machine is read in each run; one of another host is read
once and again when it is older than `intersphinx_cache_limit` days. A base that cannot be reached never stops a build:
what was read last stands in for it, and a warning says of which day it is.
"""

from __future__ import annotations

import re
from os import PathLike
from types import NoneType
from typing import TYPE_CHECKING, NamedTuple, get_args

from sphinx.errors import ConfigError

from ...evidence.problems import Problem
from ...formats.external import Cited, ExternalDataError, Kind, Published
from ...formats.release.listing import FOLDER
from ..report import report
from .fetch import Unreachable, load_published, without_user

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

DATA_FILE = f"{FOLDER}/studies.json"
"""Where a base publishes its data, below its address."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Source(NamedTuple):
    """A base that a project cites: its name, its address with a slash at its end, and where its data may be read."""

    name: str
    address: str
    locations: tuple[str, ...]


class Found(NamedTuple):
    """A thing of another base."""

    source: Source
    published: Published
    kind: Kind
    thing: Cited


class Others(NamedTuple):
    """The bases that a project cites, in the order of the setting, with their data; None where they cannot be read."""

    bases: tuple[tuple[Source, Published | None], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all bases."""
        return tuple(source.name for source, _published in self.bases)

    @property
    def unread(self) -> tuple[str, ...]:
        """The names of the bases whose data could not be read."""
        return tuple(source.name for source, published in self.bases if published is None)

    def find(self, kind: Kind, target: str) -> tuple[Found, ...]:
        """Return what a key, or `name:key`, stands for, in each base that has it."""
        name, colon, key = target.rpartition(":")
        return tuple(
            Found(source, published, kind, thing)
            for source, published in self.bases
            if published is not None and (not colon or source.name == name)
            if (thing := published.find(kind, key)) is not None
        )

    def everything(self, target: str) -> Iterator[Found]:
        """Yield all that a key, or `name:key`, may stand for."""
        for kind in get_args(Kind):
            yield from self.find(kind, target)

    def keys(self, kind: Kind) -> Iterator[str]:
        """Yield each key of a kind, with the name of its base."""
        for source, published in self.bases:
            yield from (f"{source.name}:{key}" for key in (published.things.get(kind, {}) if published else ()))


NO_OTHERS = Others()


def sources_of(config: Config) -> tuple[Source, ...]:
    """Return the bases that `mecfs_external` names. Raises `ConfigError` where it cannot be understood."""
    return tuple(_source(name, value) for name, value in config.mecfs_external.items())


def _source(name: object, value: object) -> Source:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise _wrong(name, "the name of a base is made of letters, digits, dots and hyphens")
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise _wrong(name, "it needs a pair: the address of the base, and a data file or its address or None")
    address, where = value
    if not isinstance(address, str) or not address or not _may_be_linked(address):
        raise _wrong(name, f"{address!r} is no address that begins with http:// or https://, and no path")
    address = address.rstrip("/") + "/"
    places = where if isinstance(where, (tuple, list)) else (where,)
    known = all(isinstance(place, (str, PathLike, NoneType)) for place in places)
    locations = tuple(address + DATA_FILE if place is None else str(place) for place in places)
    if not locations or not known or not all(map(_may_be_linked, locations)):
        raise _wrong(name, "its data is read from a file, or from an address that begins with http:// or https://")
    return Source(name, without_user(address), locations)


def _may_be_linked(address: str) -> bool:
    # A drive letter of Windows is a scheme of one letter.
    scheme = _SCHEME.match(address)
    return scheme is None or len(scheme[0]) == 2 or scheme[0].lower() in {"http:", "https:"}


def _wrong(name: object, why: str) -> ConfigError:
    message = f"mecfs_external[{name!r}]: {why}"
    return ConfigError(message)


def load_others(app: Sphinx) -> Others:
    """Return the data of each base that the project cites, and report what could not be read."""
    return Others(tuple((source, _load(app, source)) for source in sources_of(app.config)))


def _load(app: Sphinx, source: Source) -> Published | None:
    try:
        loaded = load_published(app, source.name, source.locations)
    except (Unreachable, ExternalDataError) as error:
        message = f"cannot read the data of base {source.name!r}: {error}"
        report(Problem.EXTERNAL, message, None)
        return None
    if loaded.failure:
        message = f"cannot renew the data of base {source.name!r}, that of {loaded.day} is used: {loaded.failure}"
        report(Problem.EXTERNAL_STALE, message, None)
    if loaded.published.left_out:
        message = f"{loaded.published.left_out} entries of base {source.name!r} cannot be read and are left out"
        report(Problem.EXTERNAL_PART, message, None)
    return loaded.published
