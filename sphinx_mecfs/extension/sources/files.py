"""Files that a build writes beside its pages: in one step, only when they change, and gone when nothing makes them."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from .base import CACHE_FOLDER

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def replace_file(path: Path, content: bytes) -> bool:
    """Write a file in one step, if it does not hold that already; return whether it was written.

    Raises OSError where it cannot be written.
    """
    with contextlib.suppress(OSError):
        if path.read_bytes() == content:
            return False
    # A base of ten thousand studies has tens of thousands of such files: each call of the system counts.
    temporary = f"{path.parent}{os.sep}.{path.name}-{os.getpid()}"
    try:
        _write(temporary, content)
        os.replace(temporary, path)  # noqa: PTH105  (making a `Path` costs as much)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def _write(name: str, content: bytes) -> None:
    try:
        stream = open(name, "wb")  # noqa: PTH123, SIM115
    except FileNotFoundError:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        stream = open(name, "wb")  # noqa: PTH123, SIM115
    with stream:
        stream.write(content)


class Written(msgspec.Struct, frozen=True):
    """What a build has written: the paths of the files below its output folder, and a hash of what they came from."""

    names: tuple[str, ...] = ()
    stamp: str = ""


def last_written(app: Sphinx, what: str) -> Written:
    """Return what the last build into the same folder wrote of one sort of files; nothing where that is not known."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(_record(app, what).read_bytes(), type=Written)
    return Written()


def note_written(app: Sphinx, what: str, written: Written) -> None:
    """Note what this build has written, and remove what the last one wrote and this one did not: no other files."""
    for name in sorted(set(last_written(app, what).names) - set(written.names)):
        (Path(app.outdir) / name).unlink(missing_ok=True)
    replace_file(_record(app, what), msgspec.json.encode(written))


def _record(app: Sphinx, what: str) -> Path:
    # Several builds may share the document trees.
    place = hashlib.sha256(os.fsencode(app.outdir)).hexdigest()[:16]
    return Path(app.doctreedir) / CACHE_FOLDER / what / f"{place}.json"
