"""`python -m sphinx_mecfs init FOLDER`."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .cli.init import Plan, write_base

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE = "usage: python -m sphinx_mecfs init FOLDER\n"


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say, and return the exit status."""
    if len(arguments) != 2 or arguments[0] != "init" or arguments[1].startswith("-"):
        sys.stderr.write(USAGE)
        return 2
    folder = Path(arguments[1])
    try:
        write_base(folder, Plan(), datetime.datetime.now(datetime.UTC).date())
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"A base is in {folder}. Build it: sphinx-build {folder} {folder / '_build' / 'html'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
