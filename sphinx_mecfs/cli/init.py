"""Start a base of one's own: a project that builds at once, for ME/CFS or for another condition."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..evidence.register import Words, is_wording, shipped_register

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

TEMPLATE = "data/template"
REGISTER = "register.toml"
_SUFFIX = ".in"
_NAMES = {"gitignore": ".gitignore"}
_PLACE = re.compile(r"@@([a-z_]+)@@")


WORDING = ("condition", "feature", "feature_name", "feature_meaning")
"""What of the words of a register is asked for."""


class Plan(msgspec.Struct, frozen=True):
    """What a new base is to be: its title, and the words of its condition; None: ME/CFS and the shipped register."""

    title: str = "An evidence base"
    words: Words | None = None


def base_files(plan: Plan, today: datetime.date) -> dict[str, str]:
    """Return the files of a new base by their paths.

    `today` is the day on which the example says that it was checked. Raises `ValueError` for a title or words that are
    empty, too long or hold signs of Markdown.
    """
    words = plan.words or shipped_register().words
    for text in (plan.title, *(getattr(words, name) for name in WORDING)):
        if not is_wording(text):
            message = f"{text!r} is empty, too long, or holds a sign that has a meaning in Markdown"
            raise ValueError(message)
    values = _values(plan, words, today)
    written = {name: _PLACE.sub(lambda match: values[match[1]], text) for name, text in _templates()}
    if plan.words is None:
        del written[REGISTER]
    return written


def _values(plan: Plan, words: Words, today: datetime.date) -> Mapping[str, str]:
    said = {name: getattr(words, name) for name in WORDING}
    # A JSON text is a basic string of TOML and a string of Python as well.
    quoted = {f"{name}_toml": json.dumps(text, ensure_ascii=False) for name, text in said.items()}
    return {
        **said,
        **quoted,
        "title": plan.title,
        "title_python": json.dumps(plan.title, ensure_ascii=False),
        "register_python": f'mecfs_register = "{REGISTER}"\n' if plan.words else "",
        "definition": "example-2019" if plan.words else "ccc-2003",
        "day": today.isoformat(),
    }


def _templates() -> Iterator[tuple[str, str]]:
    """Yield the path of each file of a base and its text with places to be filled in."""
    root = resources.files("sphinx_mecfs").joinpath(TEMPLATE)
    yield from sorted(_walk(root, ""))


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _walk(item, f"{path}{item.name}/")
        elif item.name.endswith(_SUFFIX):
            name = item.name.removesuffix(_SUFFIX)
            yield path + _NAMES.get(name, name), item.read_text(encoding="utf-8")


def write_base(folder: Path, plan: Plan, today: datetime.date) -> tuple[Path, ...]:
    """Write a new base and return the paths of its files.

    A folder that does not exist appears with all its files at once. One that exists is added to: raises
    `FileExistsError`, with nothing written, where a file is in the way. Whatever fails, no file is left half written.
    Raises `ValueError` as `base_files` does.
    """
    files = base_files(plan, today)
    folder = folder.resolve()
    taken = [name for name in files if (folder / name).exists()]
    if taken or (folder.exists() and not folder.is_dir()):
        message = f"{folder} is left as it is: {', '.join(taken) or 'it'} would be overwritten"
        raise FileExistsError(message)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-base-", dir=folder.parent) as staging:
        staged = Path(staging) / "base"
        for name, text in files.items():
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if folder.exists():
            _add(staged, folder, files)
        else:
            staged.rename(folder)
    return tuple(folder / name for name in files)


def _add(staged: Path, folder: Path, names: Mapping[str, str]) -> None:
    """Copy staged files into a folder; where one cannot be, take those back that were."""
    added: list[Path] = []
    try:
        for name in names:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file, (staged / name).open("rb") as source:
                added.append(target)
                shutil.copyfileobj(source, file)
    except OSError:
        for path in added:
            path.unlink(missing_ok=True)
        raise
