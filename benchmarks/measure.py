"""Run one build in a process of its own and say what it cost."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """What a build cost.

    `cpu` and `wall` are seconds, `cpu` of all its processes, user and system; `memory` MB of the largest process, or
    of all of them together where there are several; `environment` bytes of environment.pickle; `read` and `written`
    documents read and pages written; `warnings` how many.
    """

    cpu: float
    wall: float
    memory: float
    environment: int
    read: int
    written: int
    warnings: int


class BuildError(Exception):
    """A build that did not succeed; the message is the end of what it said."""


def build(python: str, project: Path, *, jobs: str = "1", path: str = "", profile: str = "") -> Cost:
    """Build a project as HTML with an interpreter, which finds packages in `path` first; `profile`: cProfile's file."""
    out, trees, log = project / "_build/html", project / "_build/doctrees", project / "build.log"
    way = ["-m", "cProfile", "-o", profile] if profile else []
    command = [python, *way, "-m", "sphinx", "-b", "html", "-j", jobs, "-d", str(trees), str(project), str(out)]
    environment = os.environ | ({"PYTHONPATH": path} if path else {})
    # What pip installs is compiled; a folder that is used in place has to be too.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.time()
    with log.open("w") as stream:
        child = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, env=environment, cwd=project)
        watcher = TreeWatcher(child.pid)
        if jobs != "1":
            watcher.start()
        _pid, status, usage = os.wait4(child.pid, 0)
        ended = time.time()
        watcher.done.set()
    said = log.read_text(errors="replace")
    if os.waitstatus_to_exitcode(status):
        raise BuildError(said[-2000:])
    memory = usage.ru_maxrss / 1024 if jobs == "1" else watcher.peak / 1024
    return Cost(
        cpu=round(usage.ru_utime + usage.ru_stime, 2),
        wall=round(ended - began, 2),
        memory=round(memory, 1),
        environment=(trees / "environment.pickle").stat().st_size,
        read=_newer(trees, ".doctree", began),
        written=_newer(out, ".html", began),
        warnings=said.count("WARNING:") + said.count("ERROR:"),
    )


class TreeWatcher(threading.Thread):
    """Note the peak of the memory (KiB) of a process and all below it, pages that they share counted once.

    Linux only; elsewhere the peak stays 0.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0, threading.Event()

    def run(self) -> None:
        """Look every half a second."""
        while not self.done.wait(0.5):
            self.peak = max(self.peak, self._now())

    def _now(self) -> int:
        total, todo = 0, [self.pid]
        while todo:
            process = Path(f"/proc/{todo.pop()}")
            try:
                todo += map(int, (process / f"task/{process.name}/children").read_text().split())
                lines = (process / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            except OSError:
                continue  # it has ended
        return total


def edit(project: Path, count: int) -> None:
    """Add a word to the last text of pages of studies, spread over the project."""
    sources = sorted((project / "e").glob("*.md"))
    for source in sources[:: max(1, len(sources) // count)][:count]:
        text = source.read_text()
        cut = text.rindex(".\n")
        source.write_text(f"{text[:cut]} edited{text[cut:]}")


def edit_field(project: Path) -> None:
    """Change what tables show: the number of participants in the first card of the first page."""
    source = min((project / "e").glob("*.md"))
    text = source.read_text()
    start = text.index(":participants: ") + len(":participants: ")
    source.write_text(f"{text[:start]}9{text[start:]}")


def edit_bibliography(project: Path) -> None:
    """Change the volume of the first entry of refs.bib."""
    path = project / "refs.bib"
    path.write_text(path.read_text().replace("volume = {", "volume = {9", 1))


def clean(project: Path) -> None:
    """Remove what was built."""
    shutil.rmtree(project / "_build", ignore_errors=True)


def _newer(folder: Path, suffix: str, since: float) -> int:
    return sum(1 for path in folder.rglob(f"*{suffix}") if path.stat().st_mtime > since)
