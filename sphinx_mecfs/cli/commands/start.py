"""The command `init`: say what `init` has written."""

from __future__ import annotations

import datetime
import json
import shlex
import sys
from typing import TYPE_CHECKING

from ...evidence.register import Words
from ..errors import Status, UserError
from ..init import WORDING, Plan, write_base

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def start(folder: Path, title: str, words: Mapping[str, str], *, as_json: bool) -> Status:
    """Write a new base; raises `UserError` where a file is in the way, or the title or the words cannot be one.

    `words` are those of another condition by the names of `init.WORDING`, all empty for that of the shipped register.
    """
    missing = [f"--{name.replace('_', '-')}" for name in WORDING if not words[name]]
    if 0 < len(missing) < len(WORDING):
        message = f"another condition needs {', '.join(missing)} too"
        raise UserError(message)
    own = Words(
        condition=words["condition"],
        feature=words["feature"],
        feature_name=words["feature_name"],
        feature_meaning=words["feature_meaning"],
    )
    plan = Plan(title, None if missing else own)
    try:
        paths = write_base(folder, plan, datetime.datetime.now(datetime.UTC).date())
    except (ValueError, FileExistsError) as error:
        raise UserError(str(error)) from None
    if as_json:
        listed = {"folder": str(folder), "files": [str(path) for path in paths]}
        sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
        return Status.FINE
    shown = shlex.quote(str(folder))
    sys.stdout.write(
        f"A base is in {folder}. Build it: sphinx-build {shown} {shlex.quote(str(folder / '_build' / 'html'))}\n"
        f"Add a study: sphinx-mecfs new KEY {shown}. Look for mistakes: sphinx-mecfs check {shown}\n"
    )
    return Status.FINE
