"""Write an import so that being cut off at any moment loses and doubles nothing.

First everything that is to be written goes into one journal beside the bibliography, in one step; then the pages are
written, then the bibliography is replaced in one step, then the journal goes. Whoever comes next and finds a journal
finishes what it says before anything else. A page that is there is never written over, nor an entry.
"""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

import msgspec

from ...bibliography.reader import read_bibliography
from ...evidence.problems import Finding, Problem
from ...evidence.records import KEY_PATTERN
from ..records import Remark
from .entries import insert

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .layout import Layout


class Writing(msgspec.Struct, frozen=True):
    """What is to be written: entries by key, and the texts of pages by key."""

    entries: dict[str, str]
    pages: dict[str, str]


class JournalError(Exception):
    """The journal of an earlier import cannot be read; the message names the file."""


def journal_of(layout: Layout) -> Path:
    """Return the file that is there while an import is being written."""
    return layout.bibliography.with_name(f".{layout.bibliography.name}.import")


def begin(layout: Layout, writing: Writing) -> None:
    """Note what is to be written. Raises OSError."""
    replace_file(journal_of(layout), msgspec.json.encode(writing))


def pending(layout: Layout) -> Writing | None:
    """Return what an earlier import did not finish, or None. Raises JournalError."""
    path = journal_of(layout)
    try:
        return _sound(msgspec.json.decode(path.read_bytes(), type=Writing))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        message = f"{path.name} beside the bibliography is no journal that can be read; look at it and remove it"
        raise JournalError(message) from error


def _sound(writing: Writing) -> Writing:
    """Return what a journal says; raises ValueError where a key is none, since a page has its name."""
    for key in (*writing.entries, *writing.pages):
        if not re.fullmatch(KEY_PATTERN, key):
            raise ValueError(key)
    return writing


def finish(layout: Layout, writing: Writing, progress: Callable[[int, int], None] | None = None) -> tuple[Remark, ...]:
    """Write the pages and entries that are not there, and remove the journal.

    Raises InsertError where the bibliography cannot take the entries, and OSError.
    """
    remarks: list[Remark] = []
    layout.studies.mkdir(parents=True, exist_ok=True)
    for done, (key, text) in enumerate(writing.pages.items(), start=1):
        path = layout.page_of(key)
        if not _write_new(path, text.encode("utf-8", "replace")):
            message = f"the page {path.name} stands there already and is left as it is"
            remarks.append(Remark(path.name, Finding(Problem.IMPORT_CARD, message)))
        if progress:
            progress(done, len(writing.pages))
    data = layout.bibliography.read_bytes() if layout.bibliography.exists() else b""
    there = {key.lower() for key in read_bibliography(data).entries}
    missing = {key: text for key, text in writing.entries.items() if key.lower() not in there}
    if missing:
        replace_file(layout.bibliography, insert(data, missing))
    journal_of(layout).unlink(missing_ok=True)
    return tuple(remarks)


def checked(layout: Layout, writing: Writing) -> None:
    """See beforehand whether the bibliography can take the entries. Raises InsertError and OSError."""
    data = layout.bibliography.read_bytes() if layout.bibliography.exists() else b""
    insert(data, writing.entries)


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file in one step, keeping its rights; what was there stays if that fails. Raises OSError.

    The file beside it that is written first has a name of its own, so that runs that were cut off leave one at most.
    """
    path = path.resolve()
    temporary = path.with_name(f".{path.name}.new")
    try:
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileNotFoundError):
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _write_new(path: Path, data: bytes) -> bool:
    """Write a file that is not there, in one step; return whether it is now as it should be."""
    if path.exists():
        return path.read_bytes() == data
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(data)
    temporary.replace(path)
    return True
