"""Load bibliography files, and keep what was read so that an unchanged file is not read again."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
import tempfile
import zlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..evidence.problems import Finding, Problem
from .lint import lint_entry, repeated_identifiers
from .reader import read_bibliography
from .records import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAGIC = b"mecfs bibliography\n"
_DIGEST_SIZE = 16


class Located(msgspec.Struct, frozen=True):
    """A finding and the file it is in."""

    path: Path
    finding: Finding


class Library(msgspec.Struct, frozen=True):
    """The entries of all files by key, the file that each comes from, and everything wrong with the files."""

    entries: Mapping[str, Entry]
    sources: Mapping[str, Path]
    findings: tuple[Located, ...]


class _File(msgspec.Struct, frozen=True, array_like=True):
    """One file as it was read and linted; this is what the cache holds.

    `repeats` are the DOIs and PubMed ids that stand twice, for the case that there is no other file.
    """

    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    repeats: tuple[Finding, ...] = ()


def load(paths: Sequence[Path], cache_dir: Path | None = None) -> Library:
    """Read and lint bibliography files.

    Of entries of different files with the same key, capitals apart, the first is kept. A file that is missing
    or that cannot be read is a finding. `cache_dir` is made when it is needed; a cache that cannot be read or
    written, or that other code wrote, counts as none.
    """
    files = [(path, _load_file(path, cache_dir)) for path in paths]
    findings = [Located(path, finding) for path, file in files for finding in file.findings]
    entries, sources, repeated_keys = _merged(files)
    if len(files) == 1:
        repeats = [Located(files[0][0], finding) for finding in files[0][1].repeats]
    else:
        repeats = [Located(sources[entry.key], each) for entry, each in repeated_identifiers(entries.values())]
    order = {path: number for number, path in enumerate(paths)}
    every = [*findings, *repeated_keys, *repeats]
    every.sort(key=lambda located: (order[located.path], located.finding.line))
    return Library(entries, sources, tuple(every))


def _merged(files: list[tuple[Path, _File]]) -> tuple[dict[str, Entry], dict[str, Path], list[Located]]:
    """Return the entries by key, the file of each, and a finding for each key that an earlier file has."""
    entries: dict[str, Entry] = {}
    sources: dict[str, Path] = {}
    findings: list[Located] = []
    first: dict[str, Path] = {}
    for path, file in files:
        for entry in file.entries:
            owner = first.setdefault(entry.key.lower(), path)
            if owner is path:
                entries[entry.key], sources[entry.key] = entry, path
            else:
                findings.append(Located(path, _repeated_key(entry, owner)))
    return entries, sources, findings


def _repeated_key(entry: Entry, path: Path) -> Finding:
    message = f"key {entry.key!r} is used in {path.name} already, and this entry is left out"
    return Finding(Problem.BIB_DUPLICATE_KEY, message, line=entry.line)


# ---- one file


def _load_file(path: Path, cache_dir: Path | None) -> _File:
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot read the bibliography file {path.name!r}: {error.strerror}"
        return _File(findings=(Finding(Problem.BIB_FILE, message),))
    if cache_dir is None:
        return _read(data, {})
    place = hashlib.blake2b(os.fsencode(path), digest_size=8).hexdigest()
    cache = cache_dir / f"{path.stem}-{place}.bib.cache"
    digest = hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest()
    cached, is_current = _read_cache(cache, digest)
    if is_current:
        return cached
    file = _read(data, {entry.digest: entry for entry in cached.entries})
    _write_cache(cache, digest, file)
    return file


def _read(data: bytes, known: Mapping[str, Entry]) -> _File:
    bibliography = read_bibliography(data, known)
    entries = tuple(bibliography.entries.values())
    repeats = tuple(finding for _, finding in repeated_identifiers(entries))
    return _File(entries, (*bibliography.findings, *_linted(entries)), repeats)


def _linted(entries: tuple[Entry, ...]) -> Iterator[Finding]:
    for entry in entries:
        yield from lint_entry(entry)


# ---- the cache: magic, digest of the code, digest of the data, checksum, records


def _read_cache(cache: Path, digest: bytes) -> tuple[_File, bool]:
    """Return what the cache holds and whether that was read from these data; nothing of a bad cache."""
    head = _MAGIC + _code_digest()
    try:
        content = cache.read_bytes()
        body = content[len(head) + _DIGEST_SIZE + 4 :]
        checksum = content[len(head) + _DIGEST_SIZE :][:4]
        if not content.startswith(head) or zlib.crc32(body).to_bytes(4) != checksum:
            return _File(), False
        return msgspec.msgpack.decode(body, type=_File), content[len(head) :].startswith(digest)
    except (OSError, msgspec.MsgspecError):
        return _File(), False


def _write_cache(cache: Path, digest: bytes, file: _File) -> None:
    """Replace the cache in one step, so that no other process reads half of it; if that fails, do nothing."""
    body = msgspec.msgpack.encode(file)
    with contextlib.suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cache.parent, prefix=cache.name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines((_MAGIC, _code_digest(), digest, zlib.crc32(body).to_bytes(4), body))
            Path(name).replace(cache)
        except OSError:
            Path(name).unlink(missing_ok=True)


@functools.cache
def _code_digest() -> bytes:
    """Return a hash of the code that reads and checks, so that no cache outlives a change of it."""
    evidence = f"{__package__.rpartition('.')[0]}.evidence"
    names = (__package__, f"{__package__}.syntax", evidence, f"{evidence}.common")
    rooms = [resources.files(name) for name in names]
    files = sorted((file for room in rooms for file in room.iterdir()), key=lambda file: file.name)
    code = [file.read_bytes() for file in files if file.name.endswith(".py")]
    return hashlib.blake2b(b"\0".join([sys.version.encode(), *code]), digest_size=_DIGEST_SIZE).digest()
