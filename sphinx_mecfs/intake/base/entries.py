"""The entry of a publication in a bibliography, and its place there; nothing else in the file is changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ...bibliography.build import build_entry
from ...bibliography.fields import raw_fields
from ...bibliography.lint import lint_entry
from ...bibliography.reader import read_bibliography
from ...bibliography.records import Entry
from ...evidence.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..records import Publication

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")
_COMMENT = re.compile(rb"[ \t]*%")
_ENTRY = re.compile(rb"(?:\xef\xbb\xbf)?[ \t]*@")
_IN_BOOK = frozenset({"incollection", "inproceedings", "inbook", "conference"})
_OF_INSTITUTION = frozenset({"report", "techreport", "thesis", "phdthesis", "mastersthesis"})


class InsertError(Exception):
    """The bibliography cannot take entries; the message says why."""


def entry_of(key: str, publication: Publication) -> Entry:
    """Return the entry of a publication; a type that needs what is not known becomes `misc`."""
    kind = publication.type
    if kind == "article" and not (publication.container and publication.authors and publication.year):
        kind = "misc"
    entry = _entry(key, kind, publication)
    lacks = any(finding.problem is Problem.BIB_REQUIRED for finding in lint_entry(_written(entry)))
    return _written(_entry(key, "misc", publication) if lacks else entry)


def _entry(key: str, kind: str, publication: Publication) -> Entry:
    name = publication.container
    return Entry(
        key=key,
        type=kind,
        title=publication.title,
        authors=publication.authors,
        editors=publication.editors,
        journal="" if kind in _IN_BOOK else name,
        booktitle=name if kind in _IN_BOOK else "",
        year=publication.year,
        volume=publication.volume,
        number=publication.issue,
        pages=publication.pages,
        doi=publication.doi,
        pmid=publication.pmid,
        pmcid=publication.pmcid,
        url="" if publication.doi else publication.url,
        publisher="" if kind in _OF_INSTITUTION else publication.publisher,
        institution=publication.publisher if kind in _OF_INSTITUTION else "",
        edition=publication.edition,
        language=""
        if publication.language.lower() in {"en", "eng", "english", "en-us", "en-gb"}
        else publication.language,
        others=publication.others,
    )


def _written(entry: Entry) -> Entry:
    """Return an entry with the texts of its fields as they are written: the title in double braces."""
    texts = {name: text for name, text in raw_fields(entry) if text}
    if "title" in texts:
        texts["title"] = f"{{{texts['title']}}}"
    if "pages" in texts:
        texts["pages"] = texts["pages"].replace("–", "--")
    return build_entry(entry.key, entry.type, tuple(texts.items()))


def entry_text(entry: Entry) -> str:
    """Return an entry as it stands in a bibliography, with a newline at its end."""
    fields = "".join(f"  {name} = {{{text}}},\n" for name, text in entry.fields)
    return f"@{entry.type}{{{entry.key},\n{fields}}}\n"


def insert(data: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a bibliography file with entries added in the order of their keys.

    `texts` are entries as `entry_text` gives them, by key. An entry goes before the first one with a greater key, above
    the comments that belong to that one; every byte that was there stays. Line ends are those of the file.

    Raises InsertError where an entry of the file would be lost or changed, or a new one not be read.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "the bibliography is written as UTF-16; save it as UTF-8"
        raise InsertError(message)
    before = read_bibliography(data).entries
    end = b"\r\n" if b"\r\n" in data else b"\n"
    lines = [line for line in _LINE.findall(data) if line]
    blocks: dict[int, list[bytes]] = {}
    places = _places(lines, [(entry.key, entry.line) for entry in before.values()])
    for key in sorted(texts):
        block = texts[key].encode("utf-8", "replace").replace(b"\n", end)
        blocks.setdefault(places.before(key), []).append(block)
    made = _put_in(lines, blocks, end)
    _check(made, before, texts)
    return made


class _Places(NamedTuple):
    """Keys in rising order, each the greatest so far in the file, and the lines before which they stand."""

    keys: list[str]
    lines: list[int]
    end: int

    def before(self, key: str) -> int:
        """Return the index of the line before which an entry goes."""
        at = bisect_right(self.keys, key)
        return self.lines[at] if at < len(self.lines) else self.end


def _places(lines: list[bytes], entries: list[tuple[str, int]]) -> _Places:
    """Find where entries can go; one that does not begin its line gives no place."""
    keys: list[str] = []
    starts: list[int] = []
    for key, line in entries:
        at = line - 1
        if (keys and key < keys[-1]) or not _ENTRY.match(lines[at]):
            continue
        while at > 0 and _COMMENT.match(lines[at - 1]):
            at -= 1
        keys.append(key)
        starts.append(at or line - 1)
    return _Places(keys, starts, len(lines))


def _put_in(lines: list[bytes], blocks: Mapping[int, list[bytes]], end: bytes) -> bytes:
    made: list[bytes] = []
    for at in range(len(lines) + 1):
        found = blocks.get(at, [])
        if found and at == len(lines):
            if made and made[-1].strip():
                made += [end] if made[-1].endswith((b"\n", b"\r")) else [end, end]
            made.append(end.join(found))
        elif found:
            made += [block + end for block in found]
        made += lines[at : at + 1]
    return b"".join(made)


def _check(made: bytes, before: Mapping[str, Entry], texts: Mapping[str, str]) -> None:
    known = {entry.digest: entry for entry in before.values()}
    after = read_bibliography(made, known).entries
    changed = [key for key, entry in before.items() if key not in after or after[key].digest != entry.digest]
    lost = [key for key in texts if key not in after]
    if changed or lost:
        key = (changed or lost)[0]
        message = f"entries cannot be added without harm to {key!r}; mend the faults of the bibliography first"
        raise InsertError(message)
