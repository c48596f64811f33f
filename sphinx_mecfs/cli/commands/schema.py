"""The command `schema`: what editors complete from."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, NamedTuple

from ...evidence.nearest import did_you_mean
from ..errors import Status, UserError
from ..files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from ...evidence.register import Register
    from ...formats.editors import Snippets

_MOST_STUDIES = 2_000
"""How many studies have a snippet of their own: more would slow an editor down."""


class Asked(NamedTuple):
    """What to write: the schema of a directive, or `snippets`; the project whose keys they hold; the file."""

    kind: str
    folder: Path | None = None
    out: Path | None = None


def schema(asked: Asked) -> Status:
    """Write a schema or snippets; raises `UserError` for a kind that there is not."""
    from ...formats.editors import DIRECTIVES, options_schema

    known = [*DIRECTIVES, "snippets"]
    if asked.kind not in known:
        message = f"there is no schema of {asked.kind!r}{did_you_mean(asked.kind, known)}"
        raise UserError(message)
    register, studies = _known(asked.folder)
    made: object = _snippets(register, studies)
    if asked.kind != "snippets":
        made = options_schema(DIRECTIVES[asked.kind], register)
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    if asked.out is None:
        sys.stdout.write(text)
    else:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        replace_file(asked.out, text.encode())
    return Status.FINE


def _known(folder: Path | None) -> tuple[Register, list[tuple[str, str]]]:
    from ...evidence.register import shipped_register

    if folder is None:
        return shipped_register(), []
    from ...manuscript.base import read_base
    from ..project import load_project

    base = read_base(load_project(folder).settings)
    studies = sorted((study.key, f"{study.label}: {study.title}") for study in base.studies().values())
    return base.register, studies[:_MOST_STUDIES]


def _snippets(register: Register, studies: list[tuple[str, str]]) -> Snippets:
    from ...formats.editors import snippets

    # Editors know the day better than a file that is written once.
    return snippets(register, studies, "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE")
