"""What one run of Sphinx knows before it reads a page: the register and the bibliography.

A `Base` is made anew in each run and is never stored in the environment. Pages note the `stamp` of what they were read
with instead, so that a changed definition or bibliography entry has just the pages read again that show it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ...bibliography.records import Entry
from ...bibliography.store import load
from ...evidence.problems import Finding, Problem
from ...evidence.register import Register, read_register, shipped_register
from ...version import __version__
from ...wording.rules import NO_RULES, Rules, shipped_rules
from ..report import report_file

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CACHE_FOLDER = "mecfs"
"""Folder for cached data, beside the document trees."""


class Base(msgspec.Struct, frozen=True):
    """The register, the bibliography's entries by key, a stamp of all that is not an entry, the rules for wording."""

    register: Register
    entries: Mapping[str, Entry]
    own_stamp: str
    rules: Rules = NO_RULES

    def stamp(self, key: str) -> str:
        """Return what changes with the bibliography entry of a key; empty where there is none."""
        entry = self.entries.get(key)
        return entry.digest if entry else ""


EMPTY_BASE = Base(Register("none", {}), {}, "")


def load_base(app: Sphinx, bib_paths: Iterable[Path]) -> Base:
    """Read the register and the bibliography, and report what is wrong with their files."""
    register = _load_register(app)
    bibliography = load(tuple(bib_paths), app.doctreedir / CACHE_FOLDER)
    for located in bibliography.findings:
        report_file(str(located.path), [located.finding])
    stamp = f"{__version__} {register.digest}"
    return Base(register, bibliography.entries, stamp, _rules(app.config.mecfs_wording))


def _rules(setting: bool | Collection[str]) -> Rules:  # noqa: FBT001  (as it stands in conf.py)
    if isinstance(setting, list | tuple):
        return shipped_rules().without(setting)
    return shipped_rules() if setting else NO_RULES


def _load_register(app: Sphinx) -> Register:
    own = app.config.mecfs_register
    register = _read_register(Path(app.confdir) / own) if own else shipped_register()
    for name in app.config.mecfs_definitions:
        register = register.extended(_read_register(Path(app.confdir) / name))
    return register


def _read_register(path: Path) -> Register:
    path = path.resolve()
    try:
        register, findings = read_register(path.read_bytes())
    except OSError as error:
        finding = Finding(Problem.REGISTER, f"cannot read the case definitions: {error.strerror}")
        register, findings = Register("missing", {}), (finding,)
    report_file(str(path), findings)
    return register
