"""Find out what an author wrote where: options as raw text, and the line of each."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

_OPTION = re.compile(r"\s*:(?P<name>[^:\s][^:]*):(?:\s+(?P<value>.*))?$")


class WrittenOptions(msgspec.Struct, frozen=True):
    """The options of a directive as they stand in its source: texts by name, and names that stand twice."""

    texts: Mapping[str, str]
    repeated: tuple[str, ...]


def written_options(block: str, parsed: Mapping[str, str | None]) -> WrittenOptions:
    """Read the options of a directive from its source.

    `block` is the whole source of the directive, `parsed` what the markup's own parser made of the options. Where an
    option is written as `:name: value`, the written text counts: MyST cuts values at " #", as if a comment began.
    """
    texts = {name: value or "" for name, value in parsed.items()}
    written: dict[str, str] = {}
    repeated: list[str] = []
    for line in _option_lines(block):
        match = _OPTION.match(line)
        if match is None:
            continue
        name = match["name"].strip()
        if name in written:
            repeated.append(name)
        written[name] = (match["value"] or "").strip()
        if " #" in written[name] and name in texts:
            texts[name] = written[name]
    return WrittenOptions(texts, tuple(dict.fromkeys(repeated)))


def line_in_block(block: str, name: str) -> int:
    """Return how many lines below the directive's first line an option or section of this name stands (0: nowhere)."""
    pattern = re.compile(rf"\s*:?{re.escape(name)}\s*:", re.IGNORECASE)
    for offset, line in enumerate(block.splitlines()):
        if offset and pattern.match(line):
            return offset
    return 0


def _option_lines(block: str) -> list[str]:
    lines: list[str] = []
    for line in block.splitlines()[1:]:
        if not line.strip():
            break
        lines.append(line)
    return lines
