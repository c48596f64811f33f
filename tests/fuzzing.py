"""Coverage-guided fuzzing of every reader: `python tests/fuzzing.py SECONDS [READER ...]`, several readers at once.

atheris changes input until it reaches code that no other input has reached. What breaks a reader is kept in
`.fuzz/crashes/READER`: mend the reader, and put the file into `tests/hostile/crashes/READER`, where a test tries it from
then on. Inputs that reached further stay in `.fuzz/corpus` and are where the next run begins.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

from fuzzed import READERS

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / ".fuzz"
MISSING = (
    f"No reader has been fuzzed: atheris is not installed for this Python {sys.version_info[0]}.{sys.version_info[1]}. "
    "It has wheels for Linux and some versions of Python; the nox session `fuzz` looks for one of those."
)


def fuzzed(name: str, seconds: int) -> tuple[bool, str]:
    """Fuzz one reader in a process of its own; return whether it held, and what is to be said of it."""
    command = [sys.executable, str(HERE / "fuzzing_one.py"), name, str(seconds), str(FOLDER)]
    with tempfile.TemporaryFile() as log:
        done = subprocess.run(command, stdout=log, stderr=log, check=False)
        log.seek(0)
        said = log.read().decode(errors="replace")
    runs = re.search(r"Done (\d+) runs", said)
    holds = done.returncode == 0 and runs is not None
    told = f"{name}: {runs[1] if runs else 'not all'} inputs in {seconds} s, {'held' if holds else 'BROKEN'}"
    return holds, told if holds else "\n".join([told, *_reason(said)])


def _reason(said: str) -> list[str]:
    """The lines of a log that say what broke, without those on the progress and on each byte of the input."""
    lines = [line for line in said.splitlines() if not re.match(r"#\d+\s|0x|\\|MS: |Base64: ", line)]
    return lines[-40:]


def main(arguments: list[str]) -> int:
    """Fuzz the readers that are named, or all, and return how many broke."""
    if find_spec("atheris") is None:
        sys.stderr.write(f"{MISSING}\n")
        return 1
    seconds = int(arguments[0]) if arguments else 20
    broken = 0
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for holds, told in pool.map(lambda name: fuzzed(name, seconds), arguments[1:] or READERS):
            broken += not holds
            sys.stdout.write(f"{told}\n")
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
