"""The commands `add` and `retractions`: what they read and ask is in `cli.add` and `cli.retractions`."""

from __future__ import annotations

import datetime
import os
import sys
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from ..errors import Status, UserError
from ..project import load_project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ...intake.base.layout import Layout
    from ...services.settings import ServiceSettings


class Services(NamedTuple):
    """Whether and how services are asked: the contact that they want, and a folder for their answers."""

    ask: bool = True
    mail: str = ""
    cache: Path | None = None

    def settings(self) -> ServiceSettings | None:
        """Return how services are asked, None for not at all; what is not said comes from the environment."""
        from ...services.settings import ServiceSettings

        if not self.ask:
            return None
        return ServiceSettings.from_environment(os.environ, mail=self.mail or None, cache=self.cache)


class Wish(NamedTuple):
    """What to add: identifiers and files; whether preprints and papers become one; whether pages are written."""

    items: Sequence[str]
    merge_preprints: bool = False
    cards: bool = True
    dry_run: bool = False
    studies: Path | None = None


class Comparison(NamedTuple):
    """What to compare with, a CSV of Retraction Watch or None besides the services, and whether cards are changed."""

    retraction_watch: Path | None = None
    write: bool = False
    stamp: bool = False
    studies: Path | None = None


def run_add(folder: Path, wish: Wish, services: Services, *, as_json: bool) -> Status:
    """Add studies; raises `UserError` where there is no project."""
    from ..add import add, add_text

    with Bar() as bar:
        report = add(
            wish.items,
            layout_of(folder, wish.studies),
            today=_today(),
            services=services.settings(),
            merge_preprints=wish.merge_preprints,
            cards=wish.cards,
            dry_run=wish.dry_run,
            progress=bar.told,
        )
    _write(report, add_text(report), as_json=as_json)
    return Status.PROBLEMS if report.failed else Status.FINE


def run_retractions(folder: Path, comparison: Comparison, services: Services, *, as_json: bool) -> Status:
    """Compare with notices; raises `UserError` where there is no project."""
    from ..retractions import retractions, retractions_text

    with Bar() as bar:
        report = retractions(
            layout_of(folder, comparison.studies),
            services=services.settings(),
            retraction_watch=comparison.retraction_watch,
            today=_today(),
            write=comparison.write,
            stamp=comparison.stamp,
            progress=bar.told,
        )
    _write(report, retractions_text(report), as_json=as_json)
    return Status.PROBLEMS if report.open else Status.FINE


def layout_of(folder: Path, studies: Path | None) -> Layout:
    """Return where a project keeps its bibliography and its studies. Raises `UserError` where it does not say."""
    from ...intake.base.layout import LayoutError, find_layout

    project = load_project(folder)
    if not project.settings.bibliography:
        message = "the project has no bibliography"
        raise UserError(message, 'add bibtex_bibfiles = ["refs.bib"] to conf.py')
    try:
        return find_layout(project.folder, bibliography=project.settings.bibliography[0], studies=studies)
    except LayoutError as error:
        raise UserError(str(error), "name it with --studies") from None


def _write(report: msgspec.Struct, text: str, *, as_json: bool) -> None:
    if as_json:
        text = msgspec.json.format(msgspec.json.encode(report)).decode() + "\n"
    sys.stdout.write(text)


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


class Bar:
    """Shows how far long work is, on standard error where that is a terminal; elsewhere it says nothing."""

    def __init__(self) -> None:
        self.told: Callable[[str, int, int], None] | None = None
        self._close: Callable[[], None] | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._open()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._close:
            self._close()

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, TaskID

        progress = Progress(console=Console(stderr=True), transient=True)
        tasks: dict[str, TaskID] = {}

        def told(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total)
            progress.update(tasks[what], completed=done, total=total)

        progress.start()
        self.told, self._close = told, progress.stop
