"""Change the rules in small ways, one at a time, and see whether a test notices (mutation testing).

    python tests/hostile/mutating.py FOLDER [ROOM or MODULE ...] [--sample NUMBER] [--least PERCENT] [--jobs NUMBER]

mutmut makes the changes and runs the tests that reach each; this file says which tests hold which modules, copies both
into FOLDER, and judges what came of it. A change that no test notices has survived: `mutmut show NAME`, called in
FOLDER, shows it. It ends with 1 where less than `--least` per cent were noticed in a module.

With `--sample` only some changes are tried, the same ones every time: the PEM rules whole, and so many of all the others.
The PEM rules and the whole are judged then, since a module has too few of the others to say anything of it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[2]
SHARED = ("sphinx_mecfs", "tests", "pyproject.toml", "refs.bib", "noxfile.py")


class Room(NamedTuple):
    """Modules, and the folders of tests that hold them: fast ones, which build no project."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


ROOMS = {
    "pem": Room(("evidence/pem",), ("tests/evidence",)),
    "validation": Room(
        ("evidence/validation", "evidence/options", "evidence/identifiers", "evidence/sections", "evidence/nearest",
         "evidence/questions/reading", "evidence/questions/checks"),
        ("tests/evidence", "tests/bibliography/test_identifiers.py"),
    ),
    "citation": Room(
        ("bibliography/style", "bibliography/reference", "bibliography/convert", "bibliography/texts",
         "bibliography/names", "bibliography/fields", "bibliography/build"),
        ("tests/bibliography", "tests/formats"),
    ),
    "queries": Room(("evidence/queries", "evidence/questions/synthesis"), ("tests/evidence",)),
    "formats": Room(("formats/bibtex", "formats/ris", "formats/csl", "formats/_text"), ("tests/formats",)),
}  # fmt: skip

# What takes long on purpose would be asked again for every change; the time that code takes is held by the tests alone.
LEFT_OUT = "not linear and not times_the_text"
NOTICED = frozenset({1, 3, 24, -24, 36, 152, 255})
"""What mutmut writes down where a test failed, pytest broke off, or the time was up."""

SETTINGS = """[mutmut]
source_paths=sphinx_mecfs
also_copy=
    refs.bib
    noxfile.py
only_mutate=
{modules}
pytest_add_cli_args_test_selection=
{tests}
pytest_add_cli_args=
    -p
    no:cacheprovider
    -k
    {left_out}
track_dependencies=false
use_git_change_detection=false
"""


def main() -> int:
    """Try the changes, tell what came of them, and return 1 where too many were not noticed."""
    asked = arguments()
    rooms = chosen(asked.names)
    begun = time.monotonic()
    prepare(asked.folder, rooms)
    if asked.sample:
        run(asked, ["sphinx_mecfs.evidence.pem.*"])
        run(asked, sample(asked.folder, rooms, asked.sample))
    else:
        run(asked, [])
    modules = {name: [module_row(asked.folder, module) for module in room.modules] for name, room in rooms.items()}
    totals = [added(name, rows) for name, rows in modules.items()]
    totals.append(added("all", totals))
    judged = [totals[0], totals[-1]] if asked.sample else [row for rows in modules.values() for row in rows]
    tell([*(row for rows in modules.values() for row in rows), *totals], asked.folder, time.monotonic() - begun)
    return int(any(not row.tried or 100 * row.killed < asked.least * row.tried for row in judged))


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", metavar="ROOM or MODULE")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--least", type=float, default=90)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    if asked.sample and asked.names:
        parser.error("a sample is one of all rooms")
    known = [*ROOMS, *(module for room in ROOMS.values() for module in room.modules)]
    if unknown := set(asked.names) - set(known):
        parser.error(f"no such room or module: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return asked


def chosen(names: list[str]) -> dict[str, Room]:
    """Return the rooms of these names, and of others the modules of these names; all rooms without a name."""
    found: dict[str, Room] = {}
    for name, room in ROOMS.items():
        modules = tuple(module for module in room.modules if not names or name in names or module in names)
        found |= {name: room._replace(modules=modules)} if modules else {}
    return found


def prepare(folder: Path, rooms: dict[str, Room]) -> None:
    """Copy what is to be changed and its tests, from scratch: results of another time are never taken over."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in SHARED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "published"))
        else:
            shutil.copy(ROOT / name, folder / name)
    modules = [f"sphinx_mecfs/{module}.py" for room in rooms.values() for module in room.modules]
    tests = dict.fromkeys(test for room in rooms.values() for test in room.tests)
    settings = SETTINGS.format(modules=indented(modules), tests=indented(tests), left_out=LEFT_OUT)
    (folder / "setup.cfg").write_text(settings, encoding="utf-8")


def indented(lines: Iterable[str]) -> str:
    """Return a list as configuration files write it."""
    return "\n".join(f"    {line}" for line in lines)


def run(asked: argparse.Namespace, names: list[str]) -> None:
    """Let mutmut try the changes of these names, or all; end with what it said if it could not."""
    command = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", str(asked.jobs), *names]
    done = subprocess.run(command, cwd=asked.folder, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout[-5000:]}\n{done.stderr[-5000:]}")


def sample(folder: Path, rooms: dict[str, Room], number: int) -> list[str]:
    """Return the names of some changes: as many in each room as its share of all, the same ones every time."""
    made = {name: sorted(key for m in room.modules for key in results(folder, m)) for name, room in rooms.items()}
    whole = made.pop("pem")
    total = sum(map(len, made.values()))
    chosen = [
        random.Random(name).sample(keys, min(len(keys), number * len(keys) // total)) for name, keys in made.items()
    ]
    return [*whole, *(key for keys in chosen for key in keys)]


def results(folder: Path, module: str) -> dict[str, int | None]:
    """Return what came of each change to a module; None where it was not tried."""
    path = folder / "mutants" / "sphinx_mecfs" / f"{module}.py.meta"
    found: dict[str, int | None] = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


class Row(NamedTuple):
    """How many changes were noticed, and the names of those that were not."""

    name: str
    killed: int
    tried: int
    survivors: tuple[str, ...]


def module_row(folder: Path, module: str) -> Row:
    """Return what came of the changes to a module."""
    tried = {key: code for key, code in results(folder, module).items() if code is not None}
    survivors = tuple(key for key, code in tried.items() if code not in NOTICED)
    return Row(f"  {module}", len(tried) - len(survivors), len(tried), survivors)


def added(name: str, rows: list[Row]) -> Row:
    """Return several rows as one."""
    survivors = tuple(key for row in rows for key in row.survivors)
    return Row(name, sum(row.killed for row in rows), sum(row.tried for row in rows), survivors)


def tell(rows: list[Row], folder: Path, seconds: float) -> None:
    """Print the table, and the names of what survived."""
    lines = [f"{'room':34}{'noticed':>9}{'survived':>10}{'per cent':>10}"]
    lines += [
        f"{name:34}{killed:>9}{tried - killed:>10}{100 * killed / tried if tried else 100:>10.1f}"
        for name, killed, tried, _survivors in rows
    ]
    survivors = dict.fromkeys(key for row in rows for key in row.survivors)
    lines += ["", *survivors, "", f"In {folder}, `mutmut show NAME` shows one of them. {seconds:.0f} seconds."]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
