"""Read one block of a BibTeX file, such as an entry, and say where it breaks off.

The grammar is that of `pybtex.database.input.bibtex.LowLevelParser`, written again because that one gives no
line for a repeated field, stops at the first slip and needs more than linear time on text full of braces or
quotation marks. What can be mended without doubt is mended: a missing comma, a missing value, a brace too
many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

import msgspec

from ...evidence.problems import Finding, Problem
from .strings import MONTHS, Strings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAME_FORM = r"[A-Za-z][A-Za-z0-9_:.+/-]{0,99}+"
_HEAD = re.compile(r"@\s*+([A-Za-z][A-Za-z0-9_-]*+)\s*+([{(])\s*+")
_KEY = re.compile(r'[^\s,{}="]{1,200}+')
_NAME = re.compile(_NAME_FORM)
_FIELD = re.compile(
    rf"\s*+({_NAME_FORM})\s*+=\s*+"
    r'(?:\{([^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+)\}|"([^"{}]*+)"|([0-9]++))\s*+(?:,|(?=[)}]))'
)
_EQUALS = re.compile(r"\s*+=\s*+")
_NEXT_FIELD = re.compile(rf"\s*+{_NAME_FORM}\s*+=")
_SPACE = re.compile(r"\s*+")
_DIGITS = re.compile(r"[0-9]++")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_SWALLOWED_FIELD = re.compile(rf',\s*\n\s*{_NAME_FORM}\s*=\s*["{{0-9]')


class RawField(msgspec.Struct, frozen=True, gc=False):
    """A field as it stands in the file, abbreviations replaced, and its line."""

    name: str
    text: str
    line: int


class Block(msgspec.Struct, frozen=True):
    """What came of an `@`: its kind (`article`, `string`, ...), key and fields, and where it begins and ends.

    `closed` is false where it breaks off, `in_value` says that it does so inside a value, whose text might go
    on farther than the block was allowed to. `expanded` says that an abbreviation of an `@string` was used.
    """

    kind: str
    key: str
    fields: tuple[RawField, ...]
    start: int
    end: int
    line: int
    key_line: int
    findings: tuple[Finding, ...]
    closed: bool
    in_value: bool
    expanded: bool


class _BreakError(Exception):
    """The block cannot be read on."""


class _OpenError(_BreakError):
    """The block is not closed before its limit."""


def read_block(text: str, start: int, limit: int, line: int, strings: Strings) -> Block:
    """Read the block whose `@` is at `start`, on line `line`, and which ends before `limit`.

    There is a block at `start`: an `@`, a word, a brace.
    """
    return _Reader(text, start, limit, line, strings).block()


class _Reader:
    """Reads one block, from left to right, once."""

    def __init__(self, text: str, start: int, limit: int, line: int, strings: Strings) -> None:
        self.text, self.start, self.limit, self.strings = text, start, limit, strings
        self.pos = self.opening = start
        self.line = self.first_line = self.key_line = line
        self.kind = self.key = self.closer = self.field = ""
        self.fields: list[RawField] = []
        self.findings: list[Finding] = []
        self.in_value = self.expanded = False
        self._counted = start

    def block(self) -> Block:
        head = _HEAD.match(self.text, self.start, self.limit)
        if head is None:
            raise ValueError(self.start)
        self.kind, self.closer = head[1].lower(), "}" if head[2] == "{" else ")"
        self.opening, self.pos = head.start(2), head.end()
        closed = False
        try:
            self._body()
        except _OpenError as error:
            self._report_open(str(error))
        except _BreakError as error:
            self._find(Problem.BIB_SYNTAX, f"{self._name()} breaks off: {error}", self._line_here())
        else:
            closed = True
        end = self.pos if closed else self.limit
        return Block(
            self.kind, self.key, tuple(self.fields), self.start, end, self.first_line, self.key_line,
            tuple(self.findings), closed, not closed and self.in_value, self.expanded,
        )  # fmt: skip

    def _body(self) -> None:
        bodies: Mapping[str, Callable[[], None]] = {
            "comment": self._comment, "preamble": self._preamble, "string": self._string,
        }  # fmt: skip
        bodies.get(self.kind, self._entry)()

    # ---- the four kinds of block

    def _comment(self) -> None:
        if self.closer == "}":
            self.pos = self.opening
            self._braced()
            return
        self.in_value = True
        end = self.text.find(")", self.pos, self.limit)
        if end < 0:
            raise _OpenError
        self.pos = end + 1

    def _preamble(self) -> None:
        self._value()
        self._close()

    def _string(self) -> None:
        self._field_slowly()
        self._close()

    def _entry(self) -> None:
        self._read_key()
        while True:
            quick = _FIELD.match(self.text, self.pos, self.limit)
            while quick:
                line = self._line_at(quick.start(1))
                self.fields.append(RawField(quick[1].lower(), quick[quick.lastindex or 0], line))
                self.pos = quick.end()
                quick = _FIELD.match(self.text, self.pos, self.limit)
            if self._next() == self.closer:
                self.pos += 1
                if not self._goes_on():
                    return
            elif self._next() == ",":
                self.pos += 1
            else:
                self._field_slowly()
                self._comma()

    # ---- parts of an entry

    def _read_key(self) -> None:
        match = _KEY.match(self.text, self.pos, self.limit)
        key, end = (match[0], match.end()) if match else ("", self.pos)
        self.key_line = self._line_at(self.pos)
        self.pos = end
        if not key or self._next() == "=":
            self._break("it has no key")
        self.key = key
        if self._next() == ",":
            self.pos += 1
        elif self._next() != self.closer:
            if not _NEXT_FIELD.match(self.text, self.pos, self.limit):
                self._break(f"a comma must follow the key {key!r}, which holds no blanks")
            self._missing_comma("the key")

    def _field_slowly(self) -> None:
        name = _NAME.match(self.text, self.pos, self.limit)
        if name is None:
            sign = self._next()
            hint = "; BibTeX has no comments inside an entry" if sign == "%" else ""
            self._break(f"the name of a field should stand where {sign!r} stands{hint}")
        line = self._line_at(name.start())
        self.field, self.pos = name[0].lower(), name.end()
        equals = _EQUALS.match(self.text, self.pos, self.limit)
        if equals is None:
            self._break(f"'=' is missing after {name[0]!r}")
        self.pos = equals.end()
        if self._next() in (",", self.closer):
            self._find(Problem.BIB_SYNTAX, f"{self._name()}: field {self.field!r} has no value", line)
        else:
            self.fields.append(RawField(self.field, self._value(), line))

    def _comma(self) -> None:
        after = self._next()
        if after == ",":
            self.pos += 1
        elif after != self.closer:
            if not _NEXT_FIELD.match(self.text, self.pos, self.limit):
                self._break(f"{after!r} stands where a comma should, after field {self.field!r}")
            self._missing_comma(f"field {self.field!r}")

    def _missing_comma(self, before: str) -> None:
        self._find(Problem.BIB_SYNTAX, f"{self._name()}: a comma is missing after {before}", self._line_here())

    def _goes_on(self) -> bool:
        """Say whether the brace that closed the entry is one too many, since more fields follow it."""
        comma = self.pos < self.limit and self._peek() == ","
        if not comma or not _NEXT_FIELD.match(self.text, self._after_space() + 1, self.limit):
            return False
        field = f" after field {self.fields[-1].name!r}" if self.fields else ""
        message = f"{self._name()}: there is a {self.closer!r} too many{field}"
        self._find(Problem.BIB_SYNTAX, message, self._line_at(self.pos - 1))
        return True

    # ---- values

    def _value(self) -> str:
        parts = [self._part()]
        while self._peek() == "#":
            self.pos = self._after_space() + 1
            parts.append(self._part())
        return "".join(parts)

    def _part(self) -> str:
        first = self._next()
        if first == "{":
            return self._braced()
        if first == '"':
            return self._quoted()
        word = _DIGITS.match(self.text, self.pos, self.limit) or _NAME.match(self.text, self.pos, self.limit)
        if word is None:
            self._break(f"field {self.field!r} has {first!r} where a value should stand")
        self.pos = word.end()
        return word[0] if word[0].isdecimal() else self._expand(word[0])

    def _braced(self) -> str:
        return self._enclosed(_BRACE, "}", "brace")

    def _quoted(self) -> str:
        return self._enclosed(_BRACE_OR_QUOTE, '"', "quotation mark")

    def _enclosed(self, signs: re.Pattern[str], closer: str, what: str) -> str:
        """Return the text from behind the sign here to the sign that closes it, outside inner braces."""
        start, depth = self.pos + 1, 0
        for sign in signs.finditer(self.text, start, self.limit):
            if depth == 0 and sign[0] == closer:
                self.pos = sign.end()
                return self.text[start : sign.start()]
            if sign[0] != '"':
                depth += 1 if sign[0] == "{" else -1
            if depth < 0:
                self._break(f"field {self.field!r} holds a '}}' that no '{{' opens")
        self.in_value = True
        line = self._line_here()
        message = f"the {what} that field {self.field!r} opens on line {line} is never closed"
        raise _OpenError(message)

    def _expand(self, name: str) -> str:
        text = self.strings.get(name)
        if text is not None:
            self.expanded |= name.lower() not in MONTHS
            return text
        hint = self.strings.hint(name)
        message = f"{self._name()}: field {self.field!r} uses {name!r}, which no @string defines; {hint}"
        self._find(Problem.BIB_STRING, message, self._line_here())
        return name

    # ---- small steps

    def _after_space(self) -> int:
        match = _SPACE.match(self.text, self.pos, self.limit)
        return match.end() if match else self.pos

    def _peek(self) -> str:
        at = self._after_space()
        return self.text[at] if at < self.limit else ""

    def _next(self) -> str:
        """Step over white space and return the sign there."""
        self.pos = self._after_space()
        if self.pos >= self.limit:
            raise _OpenError
        return self.text[self.pos]

    def _close(self) -> None:
        if self._next() != self.closer:
            self._break(f"{self.closer!r} should stand where {self._next()!r} stands")
        self.pos += 1

    def _line_at(self, pos: int) -> int:
        """Return the line of a place that is not before the last one asked for."""
        if pos > self._counted:
            self.line += self.text.count("\n", self._counted, pos)
            self._counted = pos
        return self.line

    def _line_here(self) -> int:
        return self._line_at(self.pos)

    # ---- findings

    def _name(self) -> str:
        return f"entry {self.key!r}" if self.key else f"@{self.kind}"

    def _find(self, problem: Problem, message: str, line: int) -> None:
        self.findings.append(Finding(problem, message, self.field, line))

    @staticmethod
    def _break(reason: str) -> NoReturn:
        raise _BreakError(reason)

    def _report_open(self, reason: str) -> None:
        """Report a block without its end at its first line; drop a last field that swallowed others."""
        if not reason and self.fields and _SWALLOWED_FIELD.search(self.fields[-1].text):
            last = self.fields.pop()
            self.field = last.name
            reason = f"the brace that field {last.name!r} opens on line {last.line} is probably never closed"
        message = f"{self._name()} is not closed: {reason or f'its last {self.closer!r} is missing'}"
        self._find(Problem.BIB_SYNTAX, message, self.first_line)
