"""Write files whole or not at all, and show what would change."""

from __future__ import annotations

import contextlib
import difflib
import os
import tempfile
from pathlib import Path

from .errors import UserError


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in the place of a file at once; whoever reads it sees the old or the new, never a part."""
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is for its owner alone; the new one is for whom the old one was.
        Path(name).chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def create_file(path: Path, data: bytes) -> None:
    """Write a file that does not exist yet. Raises `UserError` where it does, even if it came up just now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        message = f"{path} exists already and is left as it is"
        raise UserError(message) from None


def difference(name: str, before: bytes, after: bytes) -> str:
    """Return what has changed in a file, as `diff -u` shows it."""
    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
