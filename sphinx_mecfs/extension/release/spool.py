"""Put the texts of cards aside while a release is made: those of a large base take more memory than all else in it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Self

import msgspec

if TYPE_CHECKING:
    from collections.abc import ItemsView
    from pathlib import Path
    from types import TracebackType


class Spool:
    """A file without a name in a folder, which is gone when it is closed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  (closed at the end of the `with` block)
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _raised: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, texts: Mapping[str, str]) -> Spooled:
        """Put texts aside, and return what reads them when it is looked at, until the spool is closed."""
        packed = msgspec.msgpack.encode(dict(texts))
        start = self._end
        self._file.seek(start)
        self._file.write(packed)
        self._end += len(packed)
        return Spooled(self, start, len(packed), hashlib.blake2b(packed, digest_size=16).digest())

    def read(self, start: int, length: int) -> dict[str, str]:
        """Return what was put aside at a place."""
        self._file.seek(start)
        return msgspec.msgpack.decode(self._file.read(length), type=dict[str, str])


class Spooled(Mapping[str, str]):
    """Texts by name that are in a file; `digest` is a hash of them all."""

    __slots__ = ("_length", "_spool", "_start", "digest")

    def __init__(self, spool: Spool, start: int, length: int, digest: bytes) -> None:
        self._spool, self._start, self._length, self.digest = spool, start, length, digest

    def __getitem__(self, name: str) -> str:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def items(self) -> ItemsView[str, str]:
        """Return all texts, which are read once for that."""
        return self._read().items()

    def _read(self) -> dict[str, str]:
        return self._spool.read(self._start, self._length)
