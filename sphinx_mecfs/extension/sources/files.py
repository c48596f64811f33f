"""Files that a build writes beside its pages: in one step, only when they change, and gone when nothing makes them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
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
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return True


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
