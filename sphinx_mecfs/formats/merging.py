"""Put the data files of several bases together, as the one that a base of all their entries would publish.

A base that is too large for one machine is built as several projects. Their data files list different studies, and the
same case definitions; what two files say of one entry has to agree, but for the page on which it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Entry: TypeAlias = dict[str, object]

LISTS = ("definitions", "studies", "questions", "claims")
ONE_FOR_ALL = ("version", "register", "labels")
"""What the files must agree in, since entries are read by it."""
_PLACE = ("page", "address")


class MergeError(ValueError):
    """Files that cannot be put together, and why."""


class _Base(msgspec.Struct, frozen=True):
    title: str | None = None
    version: str | None = None
    address: str | None = None
    licence: str | None = None
    licence_address: str | None = None
    generator: str | None = None


class _File(msgspec.Struct, frozen=True):
    """A data file. What it holds beside these is not taken over, since it is not known how to put that together."""

    schema: str | None = msgspec.field(name="$schema", default=None)
    version: str = ""
    base: _Base = msgspec.field(default_factory=_Base)
    register: str | None = None
    labels: dict[str, dict[str, str]] = {}
    updated: str | None = None
    definitions: list[Entry] = []
    studies: list[Entry] = []
    questions: list[Entry] = []
    claims: list[Entry] = []


def merged(files: Sequence[tuple[str, bytes]]) -> str:
    """Return the data file of all bases together; each file is given by its name and what it holds.

    Title, release and licence are those of the first. The address is what the addresses of all begin with, and pages
    are named below it. Raises `MergeError` where a file is no data file, or two of them contradict each other.
    """
    read = [(name, _read(name, data)) for name, data in files]
    if not read:
        message = "there is no file to merge"
        raise MergeError(message)
    for field in ONE_FOR_ALL:
        _agree(field, read)
    address = _shared_address([file.base.address or "" for _name, file in read])
    first = read[0][1]
    whole = msgspec.structs.replace(
        first,
        base=msgspec.structs.replace(first.base, address=address or None),
        updated=max((file.updated for _name, file in read if file.updated), default=None),
        **{name: _united(name, read, address) for name in LISTS},
    )
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode() + "\n"


def _read(name: str, data: bytes) -> _File:
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"{name} is no data file of an evidence base: {error}"
        raise MergeError(message) from error
    if not file.version or any(
        not isinstance(entry.get("key"), str) for kind in LISTS for entry in getattr(file, kind)
    ):
        message = f"{name} is no data file of an evidence base: it has no version, or an entry without a key"
        raise MergeError(message)
    return file


def _agree(field: str, read: Sequence[tuple[str, _File]]) -> None:
    first, whole = read[0]
    for name, file in read[1:]:
        if getattr(file, field) != getattr(whole, field):
            message = f"{first} and {name} have different {field!r}: build both with one release and one register"
            raise MergeError(message)


def _shared_address(addresses: Sequence[str]) -> str:
    """Return the folder, or host, that all addresses begin with; "" where there is none."""
    shared: list[str] = []
    for pieces in zip(*(address.split("/") for address in addresses), strict=False):
        if len(set(pieces)) > 1:
            break
        shared.append(pieces[0])
    # scheme, an empty piece, host
    return "/".join(shared).rstrip("/") + "/" if len(shared) > 2 else ""


def _united(kind: str, read: Iterable[tuple[str, _File]], address: str) -> list[Entry]:
    """Return the entries of one kind of all files by key; of the same in two, the one that has a page."""
    found: dict[str, tuple[str, Entry]] = {}
    for name, file in read:
        entries: list[Entry] = getattr(file, kind)
        for entry in entries:
            key = str(entry["key"])
            placed = _placed(entry, address)
            first, other = found.setdefault(key, (name, placed))
            if _said(other) != _said(placed):
                message = f"{first} and {name} say different things of {key!r} in {kind!r}"
                raise MergeError(message)
            if not other.get("page") and placed.get("page"):
                found[key] = name, placed
    # Definitions keep the order of the register, which all files share; the rest stands in the order of keys.
    keys = found if kind == "definitions" else sorted(found)
    return [found[key][1] for key in keys]


def _placed(entry: Entry, shared: str) -> Entry:
    """Return an entry with its page below the shared address; without a page where there is no such address."""
    if "page" not in entry:
        return entry
    address = entry.get("address")
    below = isinstance(address, str) and bool(shared) and address.startswith(shared)
    return {**entry, "page": str(address).removeprefix(shared) if below else None}


def _said(entry: Entry) -> Entry:
    return {name: value for name, value in entry.items() if name not in _PLACE}
