"""Read a BibTeX file: every entry that can be read, and a finding for everything wrong with its form."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from ..evidence.problems import Finding, Problem
from .build import Fields, build_entry, digest_of, without_foreign_address
from .records import Bibliography, Entry
from .syntax.chunks import decode, line_starts, next_block, stray_line
from .syntax.grammar import Block, RawField, read_block
from .syntax.strings import LONGEST, Strings
from .texts import has_hostile, one_space, strip_hostile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST_FIELD = 1_000_000
"""Letters that a field may have: TeX is read slowly, and no paper has a title or list of authors of that length."""

_NOTHING: Mapping[str, Entry] = MappingProxyType({})


def read_bibliography(data: bytes, known: Mapping[str, Entry] = _NOTHING) -> Bibliography:
    """Read a BibTeX file; never raises, whatever the bytes.

    No entry that is wrong hides another: where one does not end before the next line that begins with
    `@word{`, that line begins the next entry, unless the text in between is a field that is closed later. Of
    entries with the same key, capitals apart, the first is kept, and so is the first of fields with the same
    name.

    `known` are entries by their digest, as an earlier reading gave them: text that is among them is not read
    again. The time grows with the length of the data.
    """
    text, findings = decode(data)
    reader = _Reader(text, known)
    reader.read()
    in_order = sorted([*findings, *reader.findings], key=lambda finding: finding.line)
    return Bibliography(reader.entries, tuple(in_order))


class _Reader:
    def __init__(self, text: str, known: Mapping[str, Entry]) -> None:
        self.text, self.known = text, known
        self.entries: dict[str, Entry] = {}
        self.findings: list[Finding] = []
        self._strings = Strings()
        self._lines: dict[str, int] = {}
        self._hostile = has_hostile(text)
        self._counted, self._line = 0, 1

    def read(self) -> None:
        starts = line_starts(self.text)
        self._read_between(0, starts[0])
        at, last = 0, len(starts) - 1
        while at < last:
            end = self._read_slice(starts[at], starts[at + 1], starts[min(at + 2, last)])
            while starts[at] < end:
                at += 1

    def _read_slice(self, start: int, limit: int, beyond: int) -> int:
        """Read what begins at `start`; return its end: `limit`, or `beyond` if a field runs on there."""
        if self._take_known(start, limit):
            return limit
        while start < limit:
            block = read_block(self.text, start, limit, self._line_at(start), self._strings)
            if block.in_value and limit < beyond:
                longer = read_block(self.text, start, beyond, block.line, self._strings)
                if longer.closed:
                    block, limit = longer, beyond
            self._take(block)
            start = next_block(self.text, block.end, limit)
            self._read_between(block.end, start)
        return limit

    def _read_between(self, start: int, end: int) -> None:
        text = self.text[start:end]
        stray = stray_line(text)
        if stray is None:
            return
        words = one_space(text.split("\n")[stray])[:40]
        message = f"{words!r} stands outside every entry; a comment begins with '%' and holds no '@'"
        self.findings.append(Finding(Problem.BIB_SYNTAX, message, line=self._line_at(start) + stray))

    def _line_at(self, pos: int) -> int:
        self._line += self.text.count("\n", self._counted, pos)
        self._counted = pos
        return self._line

    # ---- what was read before

    def _take_known(self, start: int, limit: int) -> bool:
        if not self.known:
            return False
        entry = self.known.get(digest_of(self.text[start:limit].rstrip()))
        if entry is None or entry.key.lower() in self._lines:
            return False
        line = self._line_at(start)
        self._keep(entry if entry.line == line else msgspec.structs.replace(entry, line=line), line)
        return True

    def _keep(self, entry: Entry, key_line: int) -> None:
        self._lines[entry.key.lower()] = key_line
        self.entries[entry.key] = entry

    # ---- one block

    def _take(self, block: Block) -> None:
        self.findings += block.findings
        if block.kind == "string":
            self._take_string(block)
        elif block.kind not in ("comment", "preamble") and block.key:
            cleaned = self._clean_key(block)
            if cleaned.key:
                self._take_entry(cleaned)

    def _take_string(self, block: Block) -> None:
        for field in block.fields:
            if len(field.text) > LONGEST:
                message = f"@string {field.name!r} is cut off, since it is longer than {LONGEST} letters"
                self.findings.append(Finding(Problem.BIB_STRING, message, field.name, field.line))
            self._strings.define(field.name, field.text)
        if self._strings.months_changed:
            self.known = _NOTHING  # an entry read before may show the month as it was

    def _take_entry(self, block: Block) -> None:
        cut = _too_long(block)
        block = msgspec.structs.replace(block, fields=tuple(map(_cut, block.fields))) if cut else block
        findings = [*cut, *self._check_key(block), *_check_fields(block.key, block.fields, hostile=self._hostile)]
        self.findings += findings
        if block.key.lower() in self._lines:
            return
        kept = _first_fields(block.fields)
        fields = without_foreign_address(
            (field.name, one_space(strip_hostile(field.text) if self._hostile else field.text)) for field in kept
        )
        names = {name for name, _ in fields}
        offsets = tuple(field.line - block.line for field in kept if field.name in names)
        digest = self._digest(block, fields, clean=not findings and not block.findings)
        entry = msgspec.structs.replace(
            build_entry(block.key, block.kind, fields, offsets),
            complete=block.closed, line=block.line, digest=digest,
        )  # fmt: skip
        self._keep(entry, block.key_line)

    def _clean_key(self, block: Block) -> Block:
        if not self._hostile or not has_hostile(block.key):
            return block
        key = strip_hostile(block.key)
        what = "control characters, which are left out" if key else "nothing that is seen, and the entry is left out"
        finding = Finding(Problem.BIB_KEY, f"key {block.key!r} holds {what}", line=block.key_line)
        self.findings.append(finding)
        return msgspec.structs.replace(block, key=key, findings=(*block.findings, finding))

    def _check_key(self, block: Block) -> Iterator[Finding]:
        first = self._lines.get(block.key.lower())
        if first is not None:
            message = f"key {block.key!r} is used on line {first} already, and this entry is left out"
            if block.key not in self.entries:
                message += " (capitals do not tell keys apart)"
            yield Finding(Problem.BIB_DUPLICATE_KEY, message, line=block.key_line)

    def _digest(self, block: Block, fields: Fields, *, clean: bool) -> str:
        """Hash the text of an entry; one that has to be read again next time gets a hash that no text has."""
        text = self.text[block.start : block.end]
        if clean and not block.expanded:
            return digest_of(text)
        return digest_of(text.rstrip(), "read again", *(value for field in fields for value in field))


def _too_long(block: Block) -> tuple[Finding, ...]:
    what = f"is cut off after {LONGEST_FIELD} letters"
    return tuple(
        Finding(Problem.BIB_FIELD, f"entry {block.key!r}: field {field.name!r} {what}", field.name, field.line)
        for field in block.fields
        if len(field.text) > LONGEST_FIELD
    )


def _cut(field: RawField) -> RawField:
    return msgspec.structs.replace(field, text=field.text[:LONGEST_FIELD])


def _first_fields(fields: tuple[RawField, ...]) -> list[RawField]:
    first: dict[str, RawField] = {}
    for field in fields:
        first.setdefault(field.name, field)
    return list(first.values())


def _check_fields(key: str, fields: tuple[RawField, ...], *, hostile: bool) -> Iterator[Finding]:
    lines: dict[str, int] = {}
    for field in fields:
        if field.name in lines:
            first = lines[field.name]
            message = f"entry {key!r} has a second field {field.name!r}; the one on line {first} counts"
            yield Finding(Problem.BIB_DUPLICATE_FIELD, message, field.name, field.line)
        lines.setdefault(field.name, field.line)
        if hostile and has_hostile(field.text):
            message = f"entry {key!r}: field {field.name!r} holds control characters, which are left out"
            yield Finding(Problem.BIB_FIELD, message, field.name, field.line)
        if field.name == "url" and not without_foreign_address([("url", one_space(field.text))]):
            address = one_space(field.text)[:80]
            message = f"entry {key!r}: {address!r} is no http or https address and is left out"
            yield Finding(Problem.BIB_FIELD, message, field.name, field.line)
