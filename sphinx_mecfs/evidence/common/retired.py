"""Options and settings that once were: what to write in their place, so that nobody has to look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Retired(NamedTuple):
    """A name that was renamed or removed: since which version, and what to do now, in words that follow "since"."""

    name: str
    since: str
    now: str


OPTIONS: tuple[Retired, ...] = ()
"""Retired options of directives. A name stays here until the next major version."""

SETTINGS: tuple[Retired, ...] = ()
"""Retired settings of `conf.py`."""


def migration(name: str, retired: Iterable[Retired]) -> str:
    """Return the sentence that says what became of a name, or "" where it is not retired."""
    return next((f"{one.name!r} is gone since {one.since}: {one.now}" for one in retired if one.name == name), "")
