"""Write the files of a release piece by piece; what has not changed is copied from the file as it was written last.

Nothing but the file itself holds its pieces: beside the document trees there is a list of where in it each stands, and
the hash of the whole. A file that is not the one that was written, for whatever reason, is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from ...formats.release.tables import FileSum
from ..sources.base import CACHE_FOLDER
from ..sources.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from ...formats.release.pieces import Part

_BLOCK = 1 << 18
"""How much is read or kept back at once."""


class _Places(msgspec.Struct, frozen=True):
    """Where each piece of a file stands, by stamp: its first byte and its length; and the SHA-256 of that file."""

    digest: str = ""
    places: dict[str, tuple[int, int]] = {}


class Store:
    """The files of a release below the output folder of a build."""

    def __init__(self, app: Sphinx) -> None:
        # Several builds may share the document trees.
        place = hashlib.sha256(os.fsencode(app.outdir)).hexdigest()[:16]
        self.out, self.lists = Path(app.outdir), Path(app.doctreedir) / CACHE_FOLDER / "pieces" / place

    def clear(self, names: Iterable[str]) -> None:
        """Remove what a build that was killed has left of files."""
        for name in names:
            _unfinished(self.out / name).unlink(missing_ok=True)

    def write(self, name: str, parts: Iterable[Part]) -> FileSum:
        """Write a file in one step, if it is not the same as before, and return its sum.

        Raises OSError where it cannot be written.
        """
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _unfinished(path)
        try:
            with contextlib.ExitStack() as opened:
                last = self._last(name, opened)
                written = _Writer(opened.enter_context(temporary.open("wb")), last)
                for part in parts:
                    written.add(part)
                found = written.end()
            if last.digest == found.digest:
                temporary.unlink()
            else:
                temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        if written.places or last.places:
            replace_file(self._list(name), msgspec.msgpack.encode(_Places(found.digest, written.places)))
        return found

    def _last(self, name: str, opened: contextlib.ExitStack) -> _Last:
        """Return the file as it was written last, if it still is that file."""
        known = _Places()
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            known = msgspec.msgpack.decode(self._list(name).read_bytes(), type=_Places)
        try:
            stream = opened.enter_context(io.BufferedReader(io.FileIO(self.out / name), _BLOCK))
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return _Last()
        return _Last(digest, stream, known.places if known.digest == digest else {})

    def _list(self, name: str) -> Path:
        return self.lists / f"{name}.places"


def _unfinished(path: Path) -> Path:
    """Return where a file is written before it takes its place: always the same, so that nothing stays for good."""
    return path.with_name(f".{path.name}-unfinished")


class _Last:
    """A file as it is: its hash, and where pieces stand in it, as far as that is known."""

    def __init__(
        self, digest: str = "", stream: BinaryIO | None = None, places: dict[str, tuple[int, int]] | None = None
    ) -> None:
        self.digest, self.stream, self.places = digest, stream, places or {}

    def piece(self, stamp: str) -> bytes | None:
        """Return a piece by its stamp, or None where the file does not have it."""
        place = self.places.get(stamp)
        if place is None or self.stream is None:
            return None
        start, length = place
        self.stream.seek(start)
        return self.stream.read(length)


class _Writer:
    """A file that is being written: its hash, and where its pieces stand."""

    def __init__(self, stream: BinaryIO, last: _Last) -> None:
        self._stream, self._last, self._sum, self._at = stream, last, hashlib.sha256(), 0
        self._waiting: list[bytes] = []
        self._held = 0
        self.places: dict[str, tuple[int, int]] = {}

    def add(self, part: Part) -> None:
        """Write what comes next."""
        if isinstance(part, str):
            self._put(part.encode())
            return
        text = self._last.piece(part.stamp)
        if text is None:
            text = part.make().encode()
        if part.stamp:
            self.places[part.stamp] = (self._at, len(text))
        self._put(text)

    def end(self) -> FileSum:
        """Write what is left and return the sum of all."""
        self._flush()
        return FileSum(self._at, self._sum.hexdigest())

    def _put(self, text: bytes) -> None:
        self._waiting.append(text)
        self._at += len(text)
        self._held += len(text)
        if self._held >= _BLOCK:
            self._flush()

    def _flush(self) -> None:
        block = b"".join(self._waiting)
        self._sum.update(block)
        self._stream.write(block)
        self._waiting, self._held = [], 0
