"""Show problems to people: the place, the message, the line itself with what is meant underlined, and what to write."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ...manuscript.check import Report

_WIDEST = 100
"""How many characters of a line are shown, around what is meant."""


def show(reports: Sequence[Report], shown_path: Callable[[Path], str]) -> None:
    """Write problems to standard output; colours only on a terminal."""
    # Without soft wrapping, lines would be broken at 80 characters where the output is no terminal.
    console = Console(file=sys.stdout, soft_wrap=True, highlight=False, emoji=False, markup=False)
    lines_of = lru_cache(maxsize=1)(_lines)
    for report in reports:
        place = f"{shown_path(report.path)}:{report.line}:{report.column}"
        kind = f" [mecfs.{report.problem.value}]"
        console.print(Text.assemble((place, "bold"), ": ", visible(report.message), (kind, "dim")))
        lines = lines_of(report.path)
        if 0 < report.line <= len(lines) and lines[report.line - 1].strip():
            _show_line(console, lines[report.line - 1], report)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def _show_line(console: Console, line: str, report: Report) -> None:
    begin = 0 if len(line) <= _WIDEST else max(0, min(report.column - 1 - _WIDEST // 3, len(line) - _WIDEST))
    end = min(begin + _WIDEST, len(line))
    before, after = "…" if begin else "", "…" if end < len(line) else ""
    number = str(report.line)
    shown = visible(line[begin:end].replace("\t", " "))
    console.print(Text.assemble((f"  {number} | ", "dim"), before, shown, after))
    width = max(1, min(report.end - 1, end) - (report.column - 1))
    blank = " " * (report.column - 1 - begin + len(before))
    mark = "^" * width
    hint = f" {visible(report.suggestion)}" if report.suggestion else ""
    console.print(Text.assemble((f"  {' ' * len(number)} | ", "dim"), blank, (mark, "yellow"), (hint, "green")))


def visible(text: str) -> str:
    """Return a text whose control characters, which could steer a terminal, are replaced."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
