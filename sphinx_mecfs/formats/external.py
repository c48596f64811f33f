"""Read the published data file of another base: as much of it as a reference to that base shows.

The file comes from another host and is trusted with nothing: what is read is text of a limited length without control
characters, terms of closed lists, and pages below the address of the base. It is data for links, never for our own.

This module alone knows what the file looks like. `version` is "MAJOR.MINOR": a new minor version adds fields,
which are skipped here, a new major version is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeVar
from urllib.parse import unquote

import msgspec

from ..evidence.records import KEY_PATTERN
from ..evidence.vocabulary import Certainty, PemStatus, PublicationStatus
from ._text import one_line

MAJOR_VERSION = "1"
LARGEST_FILE = 64 * 1024 * 1024
MOST_THINGS = 100_000
LONGEST_TEXT = 4_000
LONGEST_LABEL = 100

Kind = Literal["study", "definition", "claim", "question"]
"""What a data file tells of."""

_VERSION = re.compile(r"(?P<major>[0-9]{1,6})\.[0-9]{1,6}")
_KEY = re.compile(KEY_PATTERN)
# A path of plain segments, with an anchor or none: no scheme, no host, no query, no way up.
_PAGE = re.compile(r"(?!/)[\w.~%/+,()!'-]*(?:#[\w.:~%+-]*)?")


class Cited(msgspec.Struct, frozen=True, omit_defaults=True):
    """One study, definition, claim or question of another base.

    `label` is what a reference says, without the mark of a retracted study, `page` where it stands below the address
    of the base ("": nowhere); `title` and `summary` tell more. `pem` is None where the word for it is not known here.
    """

    key: str
    label: str
    page: str = ""
    title: str = ""
    summary: str = ""
    pem: PemStatus | None = None
    status: PublicationStatus = PublicationStatus.CURRENT
    certainty: Certainty | None = None


class Published(msgspec.Struct, frozen=True):
    """What a data file tells: the name, release and address of the base, and its things by kind and key.

    `left_out` counts the things that could not be read. `labels` holds what the badges of that base say, which may be
    about another condition than this one.
    """

    title: str = ""
    version: str = ""
    address: str = ""
    things: Mapping[Kind, Mapping[str, Cited]] = {}
    left_out: int = 0
    labels: Mapping[PemStatus, str] = {}

    def find(self, kind: Kind, key: str) -> Cited | None:
        """Return the thing of that kind and key, or None."""
        return self.things.get(kind, {}).get(key)


class ExternalDataError(ValueError):
    """A data file that cannot be read, and why."""


class _Base(msgspec.Struct, frozen=True):
    title: str | None = ""
    version: str | None = ""
    address: str | None = ""


class _Pem(msgspec.Struct, frozen=True):
    status: str


class _Labels(msgspec.Struct, frozen=True):
    pem: dict[str, str] = {}


class _File(msgspec.Struct, frozen=True):
    version: str
    base: _Base = _Base()
    labels: _Labels = _Labels()
    studies: list[msgspec.Raw] = []
    definitions: list[msgspec.Raw] = []
    claims: list[msgspec.Raw] = []
    questions: list[msgspec.Raw] = []


class _Study(msgspec.Struct, frozen=True):
    key: str
    label: str
    pem: _Pem
    page: str | None
    title: str | None = ""
    status: str = PublicationStatus.CURRENT.value
    summary: str | None = ""


class _Definition(msgspec.Struct, frozen=True):
    key: str
    title: str
    pem: str
    page: str | None = ""


class _Claim(msgspec.Struct, frozen=True):
    key: str
    text: str
    page: str | None
    certainty: str | None = None


class _Question(msgspec.Struct, frozen=True):
    key: str
    title: str
    page: str | None
    short_answer: str | None = ""


def read_external(data: bytes) -> Published:
    """Read the bytes of a data file. Raises `ExternalDataError` where it is no data file that can be read here."""
    if len(data) > LARGEST_FILE:
        message = f"it is larger than {LARGEST_FILE // 1024 // 1024} MB"
        raise ExternalDataError(message)
    file = _decode(data)
    version = _VERSION.fullmatch(file.version)
    if version is None or version["major"] != MAJOR_VERSION:
        message = f"its format is version {_text(file.version)[:40]!r}, and only {MAJOR_VERSION} can be read here"
        raise ExternalDataError(message)
    return _published(file)


def _decode(data: bytes) -> _File:
    try:
        return msgspec.json.decode(data, type=_File)
    except RecursionError as error:
        message = "it is nested too deeply"
        raise ExternalDataError(message) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = f"it is no data file of an evidence base: {_text(str(error))}"
        raise ExternalDataError(message) from error


def _published(file: _File) -> Published:
    things: dict[Kind, Mapping[str, Cited]] = {
        "study": _things(file.studies, _Study, _study),
        "definition": _things(file.definitions, _Definition, _definition),
        "claim": _things(file.claims, _Claim, _claim),
        "question": _things(file.questions, _Question, _question),
    }
    listed = sum(map(len, (file.studies, file.definitions, file.claims, file.questions)))
    read = sum(map(len, things.values()))
    base = file.base
    said = ((PemStatus.parse(status), _text(label)[:LONGEST_LABEL]) for status, label in file.labels.pem.items())
    labels = {status: label for status, label in said if status is not None and label}
    return Published(_text(base.title), _text(base.version), _text(base.address), things, listed - read, labels)


_Raw = TypeVar("_Raw", _Study, _Definition, _Claim, _Question)


def _things(listed: Sequence[msgspec.Raw], kind: type[_Raw], make: Callable[[_Raw], Cited | None]) -> dict[str, Cited]:
    """Return the sound things of a list by key; of two with one key, the first."""
    if len(listed) > MOST_THINGS:
        message = f"it lists more than {MOST_THINGS} things of one kind"
        raise ExternalDataError(message)
    things: dict[str, Cited] = {}
    for raw in _decoded(listed, kind):
        thing = make(raw)
        if thing is not None and thing.label and len(thing.key) <= LONGEST_TEXT and _KEY.fullmatch(thing.key):
            things.setdefault(thing.key, thing)
    return things


def _decoded(listed: Iterable[msgspec.Raw], kind: type[_Raw]) -> Iterable[_Raw]:
    decoder = msgspec.json.Decoder(kind)
    for raw in listed:
        try:
            yield decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue


def _study(raw: _Study) -> Cited | None:
    page, status = _page(raw.page), PublicationStatus.parse(raw.status)
    # A study whose status is not known here may have been retracted: it is not named as if it stood.
    if not page or status is None:
        return None
    pem = PemStatus.parse(raw.pem.status)
    return Cited(raw.key, _text(raw.label), page, _text(raw.title), _text(raw.summary), pem, status)


def _definition(raw: _Definition) -> Cited | None:
    page = _page(raw.page)
    return None if page is None else Cited(raw.key, _text(raw.title), page, pem=PemStatus.parse(raw.pem))


def _claim(raw: _Claim) -> Cited | None:
    page, text = _page(raw.page), _text(raw.text)
    certainty = None if raw.certainty is None else Certainty.parse(raw.certainty)
    if not page or (certainty is None and raw.certainty):
        return None
    return Cited(raw.key, text, page, certainty=certainty)


def _question(raw: _Question) -> Cited | None:
    page = _page(raw.page)
    return Cited(raw.key, _text(raw.title), page, summary=_text(raw.short_answer)) if page else None


def _text(text: str | None) -> str:
    """Return text in one line without control characters, cut where it is too long; "" for none."""
    line = one_line((text or "")[: 2 * LONGEST_TEXT])
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def _page(page: str | None) -> str | None:
    """Return the page if it leads nowhere but below the address of the base, else None; "" where there is none."""
    if page is None:
        return ""
    if len(page) > LONGEST_TEXT or not _PAGE.fullmatch(page):
        return None
    path = page.partition("#")[0]
    # What a browser may make of it counts: an encoded dot or slash is a dot or slash.
    plain = unquote(unquote(path)).replace("\\", "/")
    if plain.startswith("/") or "//" in plain or ":" in plain or ".." in plain.split("/"):
        return None
    return page
