"""The command `status`: what of a base needs a hand, as a table or as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, NamedTuple

from ...evidence.nearest import did_you_mean
from ..errors import Status, UserError
from ..output.reports import shown_path
from ..project import load_project
from .check import watched
from .query import chosen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from ...manuscript.tasks import Task, Todo


class Asked(NamedTuple):
    """Which work to list: the kinds (empty: all), studies by a filter, and after how many days a check is old."""

    tasks: Collection[str] = ()
    conditions: str = ""
    oldest: int = 365
    as_json: bool = False


def status(folder: Path, asked: Asked) -> Status:
    """List what is left to do; raises `UserError` where there is no project or the filter is wrong."""
    from ...manuscript.base import read_base, today
    from ...manuscript.tasks import todos_of

    kinds = [_task(name) for name in asked.tasks]
    base = read_base(load_project(folder).settings, watched)
    todos = todos_of(base, today(), asked.oldest)
    if asked.conditions:
        keys = {study.key for study in chosen(base, asked.conditions)}
        todos = [todo for todo in todos if todo.study is not None and todo.key in keys]
    if kinds:
        todos = [todo._replace(details=_only(todo, kinds)) for todo in todos if _only(todo, kinds)]
    if asked.as_json:
        _write_json(todos)
    else:
        _write_table(todos)
    return Status.FINE


def _task(name: str) -> Task:
    from ...manuscript.tasks import Task

    task = Task.parse(name)
    if task is None:
        message = f"there is no kind of work {name!r}{did_you_mean(name, Task)}"
        raise UserError(message)
    return task


def _only(todo: Todo, tasks: Collection[Task]) -> dict[Task, str]:
    return {task: detail for task, detail in todo.details.items() if task in tasks}


def _write_json(todos: Sequence[Todo]) -> None:
    listed = [
        {
            "kind": todo.kind,
            "key": todo.key,
            "file": shown_path(todo.path),
            "line": todo.line,
            "tasks": {task.value: detail for task, detail in todo.details.items()},
        }
        for todo in todos
    ]
    sys.stdout.write(json.dumps({"todo": listed, "counts": _counts(todos)}, ensure_ascii=False, indent=2) + "\n")


def _counts(todos: Sequence[Todo]) -> dict[str, int]:
    from ...manuscript.tasks import Task

    return {task.value: sum(task in todo.details for todo in todos) for task in Task}


def _write_table(todos: Sequence[Todo]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ...manuscript.tasks import Task
    from ..output.text import visible

    wide = None if sys.stdout.isatty() else 160
    console = Console(file=sys.stdout, width=wide, highlight=False, emoji=False, markup=False)
    if todos:
        table = Table("", "What is left to do", box=None, pad_edge=False, show_header=False)
        for todo in todos:
            place = Text.assemble((visible(todo.key), "bold"), f"\n{shown_path(todo.path)}:{todo.line}")
            lines = [
                Text.assemble((task.label, "yellow"), f": {visible(detail)}" if detail else "")
                for task, detail in todo.details.items()
            ]
            table.add_row(place, Text("\n").join(lines))
        console.print(table)
    counts = [f"{task.label} {number}" for task in Task if (number := _counts(todos)[task.value])]
    sys.stdout.write(f"{len(todos)} to look at: {', '.join(counts)}.\n" if todos else "Nothing is left to do.\n")
