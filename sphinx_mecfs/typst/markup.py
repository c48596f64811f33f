"""Typst source from Python values: pure functions, no Sphinx, no state.

All text becomes a Typst *string expression* (`#"...";`). In a string only the backslash and the quotation
mark are special, so nothing an author writes can turn into Typst markup or code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """Typst source that is put in as it stands, where a plain `str` would be quoted."""

    source: str


Value = str | bool | int | float | None | Code | Sequence["Value"]

_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_WHITE_SPACE = re.compile(r"[ \t\n\r]+")
_LONG_WORD = re.compile(r"\S{20,}")
# A break may follow a run of punctuation; a piece of 24 characters without any may break at its end.
_PIECE = re.compile(r"[^/._=&?:,;-]{24}|[^/._=&?:,;-]*[/._=&?:,;-]+|[^/._=&?:,;-]+")
_UNSAFE_IN_FILE_NAME = re.compile(r"[^a-z0-9]+")
# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


def string(value: str) -> str:
    r"""Return a Typst string literal; characters that no font can show become U+FFFD."""
    shown = _NOT_PRINTABLE.sub("\ufffd", value)
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def text(value: str) -> str:
    """Return running text: white space shrinks to one space, long words may break at punctuation."""
    flat = _WHITE_SPACE.sub(" ", value)
    return _breakable(flat) if _LONG_WORD.search(flat) else verbatim(flat)


def verbatim(value: str) -> str:
    """Return text whose spaces and line ends are kept."""
    return f"#{string(value)};" if value else ""


def _breakable(value: str) -> str:
    parts: list[str] = []
    end = 0
    for word in _LONG_WORD.finditer(value):
        parts.append(verbatim(value[end : word.start()]))
        parts.append("#may-break;".join(verbatim(piece) for piece in _PIECE.findall(word[0])))
        end = word.end()
    parts.append(verbatim(value[end:]))
    return "".join(parts)


def expression(value: Value) -> str:
    """Return the Typst expression of a Python value; `Code` is put in as it stands."""
    if isinstance(value, Code):
        return value.source
    if isinstance(value, str):
        return string(value)
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    # The comma after every member makes an array of one member, too.
    return "(" + "".join(f"{expression(member)}, " for member in value) + ")"


def arguments(options: dict[str, Value]) -> str:
    """Return named arguments: `{"row_span": 2}` becomes `row-span: 2`."""
    return ", ".join(f"{name.replace('_', '-')}: {expression(value)}" for name, value in options.items())


def content(source: str) -> Code:
    """Return a content block that holds Typst markup."""
    return Code(f"[{source}]")


def call(function: str, *positional: Value, **options: Value) -> str:
    """Return a call, ready to stand in markup: `#function(option: value, positional);`."""
    given = [arguments(options)] if options else []
    given.extend(expression(value) for value in positional)
    return f"#{function}({', '.join(given)});"


def label(name: str) -> str:
    """Return the expression of a label, which may hold any characters."""
    return f"label({string(name)})"


def file_name(title: str) -> str:
    """Return a file name that is safe anywhere: `The ME/CFS Book` becomes `the-me-cfs-book`."""
    letters = unicodedata.normalize("NFKD", title.lower().translate(_PLAIN_LETTERS))
    plain = letters.encode("ascii", "ignore").decode("ascii")
    return _UNSAFE_IN_FILE_NAME.sub("-", plain).strip("-") or "book"


_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*([a-zA-Z%]*)\s*")
_UNITS = {
    "": (0.75, "pt"), "px": (0.75, "pt"), "pt": (1.0, "pt"), "pc": (12.0, "pt"), "mm": (1.0, "mm"),
    "cm": (1.0, "cm"), "in": (1.0, "in"), "em": (1.0, "em"), "rem": (1.0, "em"), "ex": (0.5, "em"),
    "ch": (0.5, "em"), "%": (1.0, "%"),
}  # fmt: skip


def length(value: str) -> Code | None:
    """Return a length as docutils writes it (`200px`, `50%`, `4.5cm`) for Typst, None if it is none."""
    match = _LENGTH.fullmatch(value)
    if match is None or match[2].lower() not in _UNITS:
        return None
    factor, unit = _UNITS[match[2].lower()]
    return Code(f"{round(float(match[1]) * factor, 3):g}{unit}")


def numbering(kind: str, prefix: str, suffix: str) -> str:
    """Return the Typst numbering pattern of a docutils enumeration such as `loweralpha`, `(`, `)`."""
    counters = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
    return f"{prefix}{counters.get(kind, '1')}{suffix}"
