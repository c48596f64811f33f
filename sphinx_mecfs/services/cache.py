"""Answers of services kept on disk, so that a second run need not ask again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MAGIC = b"mecfs answer 1\n"


class Cache:
    """A folder of answers by address. What cannot be read, is too old or was written half counts as none."""

    def __init__(self, folder: Path | None, days: float, now: Callable[[], float] = time.time) -> None:
        self._folder, self._seconds, self._now = folder, days * 86400, now

    def get(self, address: str) -> bytes | None:
        """Return the answer of an address, or None."""
        if self._folder is None:
            return None
        path = self._path(self._folder, address)
        try:
            age = self._now() - path.stat().st_mtime
            content = path.read_bytes()
        except OSError:
            return None
        head = _MAGIC + hashlib.blake2b(content[len(_MAGIC) + 16 :], digest_size=16).digest()
        return content[len(head) :] if age <= self._seconds and content.startswith(head) else None

    def put(self, address: str, body: bytes) -> None:
        """Keep an answer; a folder that cannot be written to keeps none."""
        if self._folder is None:
            return
        path = self._path(self._folder, address)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.writelines((_MAGIC, hashlib.blake2b(body, digest_size=16).digest(), body))
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, address: str) -> Path:
        digest = hashlib.blake2b(address.encode("utf-8", "replace"), digest_size=16).hexdigest()
        return folder / digest[:2] / digest[2:]
