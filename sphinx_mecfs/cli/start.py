"""`sphinx-mecfs init FOLDER`: start a base of one's own from the command line."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..evidence.register import Words
from .init import WORDING, Plan, write_base

if TYPE_CHECKING:
    from collections.abc import Sequence

HELP = {
    "condition": "another condition than that of the shipped register: 'glimmer fever'",
    "feature": "what its badge asks for, in short: 'BLINK'",
    "feature_name": "the same written out, as within a sentence: 'blinking by night'",
    "feature_meaning": "what that is, in a few words: 'a blinking that begins after dark'",
}


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say (those of the process, if none are given), and return the exit status.

    Raises `SystemExit` for help, and where the arguments are wrong.
    """
    parser = _parser()
    asked = parser.parse_args(arguments)
    words = {name: getattr(asked, name) for name in WORDING}
    missing = [_option(name) for name, text in words.items() if text is None]
    if 0 < len(missing) < len(WORDING):
        parser.error(f"another condition needs {', '.join(missing)} too")
    plan = Plan(asked.title, None if missing else Words(**words))
    try:
        write_base(asked.folder, plan, datetime.datetime.now(datetime.UTC).date())
    except ValueError as error:
        parser.error(str(error))
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    built = asked.folder / "_build" / "html"
    sys.stdout.write(f"A base is in {asked.folder}. Build it: sphinx-build {asked.folder} {built}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("sphinx-mecfs", description="Work on an evidence base.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    init = commands.add_parser("init", help="start a base: a project that builds at once", description=__doc__)
    init.add_argument("folder", type=Path, help="where to write it; nothing is overwritten")
    init.add_argument("--title", default=Plan().title, help="what it is called")
    for name in WORDING:
        init.add_argument(_option(name), help=HELP[name], metavar="WORDS")
    return parser


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
