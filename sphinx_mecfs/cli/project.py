"""Find the Sphinx project that a command is about, and read of its `conf.py` what decides how its sources are read.

Sphinx itself reads the file, so that it means here what it means in a build. That runs it, as every build does; nothing
else of the project is run, and no extension is loaded.
"""

from __future__ import annotations

import contextlib
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from ..manuscript.base import Settings
from ..manuscript.pages import Source
from ..wording.rules import NO_RULES, Rules, shipped_rules
from .errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from sphinx.config import Config

_USUAL = (".", "docs", "doc", "source", "docs/source", "doc/source")
"""Folders below the one named in which `conf.py` is looked for."""

_MARKDOWN = {"myst_parser": ".md", "myst_nb": ".md"}


class Project(NamedTuple):
    """A Sphinx project: the folder of `conf.py`, its settings for reading, its name, and Sphinx's own settings."""

    folder: Path
    settings: Settings
    title: str
    config: Config


def find_folder(start: Path) -> Path:
    """Return the folder with `conf.py`: `start`, one of the usual ones below it, or one above a file.

    Raises `UserError` where there is none.
    """
    if start.name == "conf.py" and start.is_file():
        return start.resolve().parent
    if start.is_file():
        above = (folder for folder in start.resolve().parents if (folder / "conf.py").is_file())
        found = next(above, None)
    else:
        found = next((start / name for name in _USUAL if (start / name / "conf.py").is_file()), None)
    if found is None:
        message = f"there is no conf.py in {start}, nor in {', '.join(_USUAL[1:3])} below it"
        raise UserError(message, "name the folder of your base, or start one: sphinx-mecfs init FOLDER")
    return found.resolve()


def load_project(start: Path) -> Project:
    """Read the project at `start`. Raises `UserError` where there is none or its `conf.py` cannot be run."""
    folder = find_folder(start)
    config = _read_config(folder)
    definitions = [folder / name for name in _strings(config.mecfs_definitions)]
    others, unread = _others(folder, config.mecfs_external)
    settings = Settings(
        sources=_sources(folder, config),
        bibliography=tuple((folder / name).resolve() for name in _strings(config.bibtex_bibfiles)),
        register=(folder / own).resolve() if (own := config.mecfs_register) else None,
        definitions=tuple(path.resolve() for path in definitions),
        colon_fence="colon_fence" in _strings(config.myst_enable_extensions),
        silent=frozenset(_strings(config.suppress_warnings)),
        longest_search=int(config.mecfs_search_max_age or 0),
        highest_grade=float(config.mecfs_reading_grade or 0),
        grade=_measure(float(config.mecfs_reading_grade or 0)),
        rules=_rules(config.mecfs_wording),
        others=others,
        unread=unread,
    )
    return Project(folder, settings, str(config.mecfs_base_title or config.project), config)


def _read_config(folder: Path) -> Config:
    # Sphinx takes a tenth of a second to import, which `--help` can do without.
    from sphinx.config import Config
    from sphinx.errors import ConfigError
    from sphinx.util.tags import Tags

    from ..extension.config import SETTINGS

    try:
        # What conf.py prints is no part of what a command says.
        with contextlib.redirect_stdout(sys.stderr):
            config = Config.read(folder, overrides={}, tags=Tags())
    except ConfigError as error:
        lines = [line for line in str(error).splitlines() if line.strip()]
        message = f"{folder / 'conf.py'} cannot be read: {lines[-1].strip() if lines else error}"
        raise UserError(message) from None
    for setting in SETTINGS:
        config.add(setting.name, setting.default, "", frozenset(setting.types))
    config.add("bibtex_bibfiles", [], "", frozenset({list, tuple}))
    config.add("myst_enable_extensions", [], "", frozenset({list, set, tuple}))
    config.add("html_static_path", [], "", frozenset({list, tuple}))
    config.add("html_extra_path", [], "", frozenset({list, tuple}))
    config.add("html_baseurl", "", "", frozenset({str}))
    return config


def _sources(folder: Path, config: Config) -> tuple[Source, ...]:
    from sphinx.project import EXCLUDE_PATHS
    from sphinx.util.matching import get_matching_files

    suffixes = _suffixes(config)
    left_out = [*_strings(config.exclude_patterns), *_strings(config.templates_path)]
    left_out += [*_strings(config.html_static_path), *_strings(config.html_extra_path), *EXCLUDE_PATHS]
    found: dict[str, Source] = {}
    for name in get_matching_files(folder, _strings(config.include_patterns), left_out):
        suffix = next((suffix for suffix in suffixes if str(name).endswith(suffix)), None)
        if suffix is None:
            continue
        docname = str(name).removesuffix(suffix).replace("\\", "/")
        found.setdefault(docname, Source(docname, folder / name, suffixes[suffix]))
    return tuple(found.values())


def _others(folder: Path, external: Mapping[str, object]) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Return the keys of other bases by kind, and the names of those whose data are no file here."""
    from ..formats.external import ExternalDataError, read_external

    keys: dict[str, list[str]] = {}
    unread: list[str] = []
    for name, value in external.items():
        where = value[1] if isinstance(value, (list, tuple)) and len(value) == 2 else None
        places = where if isinstance(where, (list, tuple)) else (where,)
        path = next((folder / place for place in places if place and (folder / str(place)).is_file()), None)
        try:
            things = read_external(path.read_bytes()).things if path else None
        except ExternalDataError:
            things = None
        if things is None:
            unread.append(name)
        for kind, found in (things or {}).items():
            keys.setdefault(kind, []).extend(f"{name}:{key}" for key in found)
    return keys, tuple(unread)


def _suffixes(config: Config) -> dict[str, bool]:
    """Return the suffixes of source files, and whether each is that of Markdown."""
    given = config.source_suffix
    named = {given: ""} if isinstance(given, str) else dict.fromkeys(given, "") if isinstance(given, list) else given
    suffixes = {suffix: "markdown" in str(kind or "") or suffix == ".md" for suffix, kind in named.items()}
    for extension in _strings(config.extensions):
        if extension in _MARKDOWN:
            suffixes[_MARKDOWN[extension]] = True
    return suffixes


def _measure(highest: float) -> Callable[[str], float] | None:
    """Return what measures how hard a text is to read, where the project asks for it and has what it needs."""
    if not highest or find_spec("textstat") is None:
        return None
    from ..extension.card.readability import reading_grade

    return reading_grade


def _rules(setting: bool | Collection[str]) -> Rules:  # noqa: FBT001  (as it stands in conf.py)
    if isinstance(setting, bool):
        return shipped_rules() if setting else NO_RULES
    return shipped_rules().without(setting)


def _strings(value: Iterable[object] | None) -> list[str]:
    return [value] if isinstance(value, str) else [str(one) for one in value or ()]
