"""The commands `check` and `lint-bib`: find what is wrong without a build, and put right what is safe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..errors import Status, UserError
from ..files import difference, replace_file
from ..output.choices import Format
from ..output.reports import Summary, shown_path, write_reports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from ...manuscript.base import Base, Settings

_T = TypeVar("_T")
_MANY = 500
"""How many files it takes before progress is shown."""


class Wanted(NamedTuple):
    """What to do: put right what is safe (`fix`), show the difference (`diff`), and the form of what is said."""

    fix: bool = False
    diff: bool = False
    form: Format = Format.TEXT


def check(paths: Sequence[Path], wanted: Wanted) -> Status:
    """Check a project, or the files of one that are named; raises `UserError` where there is none."""
    from ...manuscript.base import read_base
    from ...manuscript.check import check_base
    from ..project import load_project

    _all_exist(paths)
    project = load_project(paths[0])
    only = {path.resolve() for path in paths if path.is_file() and path.name != "conf.py"}
    if wanted.fix or wanted.diff:
        changes = [change for change in _fixes(project.settings) if not only or change.path in only]
        _apply(changes, wanted)
    base = read_base(project.settings, watched)
    if not project.settings.colon_fence:
        _warn_of_colons(base)
    reports = [report for report in check_base(base) if not only or report.path in only]
    write_reports(reports, _summary(base), wanted.form)
    return Status.PROBLEMS if reports else Status.FINE


def lint_bib(paths: Sequence[Path], wanted: Wanted) -> Status:
    """Check bibliography files by themselves, together where several are named."""
    from ...bibliography.store import load
    from ...bibliography.syntax.tidy import tidy
    from ...manuscript.check import file_reports

    _all_exist(paths)
    resolved = [path.resolve() for path in paths]
    if wanted.fix or wanted.diff:
        _apply(list(_changes(resolved, tidy)), wanted)
    library = load(resolved)
    reports = file_reports(library.findings)
    write_reports(reports, Summary({"files": len(resolved), "entries": len(library.entries)}), wanted.form)
    return Status.PROBLEMS if reports else Status.FINE


def watched(items: Sequence[_T]) -> Iterable[_T]:
    """Return the items, with a bar on standard error where that is a terminal and they are many."""
    if len(items) < _MANY or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description="Reading", console=Console(stderr=True), transient=True)


def _all_exist(paths: Iterable[Path]) -> None:
    for path in paths:
        if not path.exists():
            message = f"{path} does not exist"
            raise UserError(message)


def _summary(base: Base) -> Summary:
    return Summary(
        {
            "files": len(base.pages),
            "cards": sum(len(page.cards) for page in base.pages),
            "questions": sum(len(page.questions) for page in base.pages),
            "claims": sum(len(page.claims) for page in base.pages),
            "references": len(base.library.entries),
        }
    )


def _warn_of_colons(base: Base) -> None:
    for page in base.pages:
        text = page.source.path.read_bytes() if page.source.markdown else b""
        if b":::{evidence-card}" in text:
            sys.stderr.write(
                f"sphinx-mecfs: {shown_path(page.source.path)} writes cards with ':::', which MyST takes for text: "
                'add "colon_fence" to myst_enable_extensions in conf.py\n'
            )
            return


# ---- putting right --------------------------------------------------------------------------------------------------


class Change(NamedTuple):
    """A file before and after what is safe has been put right."""

    path: Path
    before: bytes
    after: bytes


def _fixes(settings: Settings) -> Iterator[Change]:
    from ...bibliography.syntax.tidy import tidy
    from ...manuscript.fixes import fix_page

    for source in watched(settings.sources):
        markdown = source.markdown

        def fix(data: bytes, markdown: bool = markdown) -> bytes:  # noqa: FBT001
            try:
                text = data.decode()
            except UnicodeDecodeError:
                return data
            return fix_page(text, markdown=markdown, colon_fence=settings.colon_fence).encode()

        yield from _changes([source.path], fix)
    yield from _changes(settings.bibliography, tidy)


def _changes(paths: Iterable[Path], fix: Callable[[bytes], bytes]) -> Iterator[Change]:
    for path in paths:
        if path.is_file():
            before = path.read_bytes()
            after = fix(before)
            if after != before:
                yield Change(path, before, after)


def _apply(changes: Sequence[Change], wanted: Wanted) -> None:
    """Write and show what is put right: in text on standard output, else where it is in nobody's way."""
    stream = sys.stdout if wanted.form is Format.TEXT else sys.stderr
    for change in changes:
        if wanted.fix:
            replace_file(change.path, change.after)
        if wanted.diff:
            stream.write(difference(shown_path(change.path), change.before, change.after))
    if changes:
        files = "1 file" if len(changes) == 1 else f"{len(changes)} files"
        stream.write(f"Put right: {files}.\n" if wanted.fix else f"Would be put right with --fix: {files}.\n")
