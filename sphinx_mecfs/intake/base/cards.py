"""Find the options of cards in the source of a page, and change some, leaving every other byte as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ...evidence.fields import CARD_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_FENCE = re.compile(r"[ \t]*(?P<fence>:{3,}|`{3,}|~{3,})(?P<info>.*)$")
_CARD_IN_MARKDOWN = re.compile(r"\{evidence-card\}\s*(?P<key>.*)$")
_CARD_IN_RST = re.compile(r"(?P<indent>[ \t]*)\.\. evidence-card::\s*(?P<key>.*)$")
_OPTION = re.compile(r"(?P<indent>[ \t]*):(?P<name>[^:\s][^:]*):(?:[ \t]+(?P<value>.*))?$")
_YAML_OPTION = re.compile(r"(?P<indent>)(?P<name>[A-Za-z][A-Za-z-]*):(?:[ \t]+(?P<value>.*))?$")
_DIRECTIVE = re.compile(r"\{(?P<name>[^}\s]+)\}")
_LITERAL = frozenset(
    ("code", "code-block", "sourcecode", "literalinclude", "parsed-literal", "raw", "math", "eval-rst")
)
_ORDER: Mapping[str, int] = {field.name: number for number, field in enumerate(CARD_FIELDS)}


class _Fence(NamedTuple):
    """An open fence: its signs, and whether what it holds is literal."""

    signs: str
    literal: bool


class Option(NamedTuple):
    """An option: its value in one line, the index of its line, and that of the line after its last."""

    value: str
    start: int
    end: int


class CardText(NamedTuple):
    """The head of a card: its key, its options by name, and where and how a further one would be written."""

    key: str
    options: Mapping[str, Option]
    line: int
    first: int
    indent: str
    colon: str

    def value(self, name: str) -> str:
        """Return the value of an option, or ""."""
        option = self.options.get(name)
        return option.value if option else ""


def decode(data: bytes) -> str:
    """Return the text of a page such that `encode` gives back every byte."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """Return the bytes of a text that `decode` gave."""
    return text.encode("utf-8", "surrogateescape")


def find_cards(text: str, *, markdown: bool) -> tuple[CardText, ...]:
    """Return the cards of a page in their order; what stands in literal blocks is none."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    return tuple(_in_markdown(lines) if markdown else _in_rst(lines))


def set_options(text: str, card: CardText, values: Mapping[str, str]) -> str:
    """Return the text of a page with options of a card changed or added; all other lines stay as they are.

    `values` are texts in one line. A new option goes where the order of `CARD_FIELDS` puts it.
    """
    lines = text.split("\n")
    line_end = "\r" if lines[card.line].endswith("\r") else ""
    # From the end, so that no line is moved before it is reached; at one place, the last of the order first.
    places = {name: _place(card, name) for name in values}
    for name in sorted(values, key=lambda name: (*places[name], _ORDER.get(name, 0)), reverse=True):
        start, end = places[name]
        lines[start:end] = [f"{card.indent}{card.colon}{name}: {values[name]}{line_end}"]
    return "\n".join(lines)


def _place(card: CardText, name: str) -> tuple[int, int]:
    option = card.options.get(name)
    if option:
        return option.start, option.end
    later = [one.start for other, one in card.options.items() if _ORDER.get(other, 999) > _ORDER.get(name, 0)]
    if later:
        return min(later), min(later)
    last = max((one.end for one in card.options.values()), default=card.first)
    return last, last


def _in_markdown(lines: Sequence[str]) -> Iterator[CardText]:
    fences: list[_Fence] = []
    for index, line in enumerate(lines):
        match = _FENCE.match(line)
        if match is None:
            continue
        fence = _Fence(match["fence"], _is_literal(match["fence"], match["info"].strip()))
        closed = _closed(fences, fence) if not match["info"].strip() else None
        if closed is not None:
            del fences[closed:]
        elif not (fences and fences[-1].literal):
            fences.append(fence)
            card = _CARD_IN_MARKDOWN.match(match["info"].strip())
            if card:
                yield _markdown_card(lines, index, card["key"].strip())


def _is_literal(fence: str, info: str) -> bool:
    """Say whether what a fence opens is shown as it is, rather than read as markup."""
    directive = _DIRECTIVE.match(info)
    return directive["name"] in _LITERAL if directive else not fence.startswith(":")


def _closed(fences: Sequence[_Fence], closer: _Fence) -> int | None:
    """Return the index of the open fence that a fence without words closes, or None where it opens a block."""
    for at in range(len(fences) - 1, -1, -1):
        if closer.signs.startswith(fences[at].signs):
            return at
        if fences[at].literal:
            return None
    return None


def _markdown_card(lines: Sequence[str], index: int, key: str) -> CardText:
    first = index + 1
    if first < len(lines) and lines[first].strip() == "---":
        end = next((at for at in range(first + 1, len(lines)) if lines[at].strip() == "---"), first)
        options = _options(lines, first + 1, end, _YAML_OPTION)
        return CardText(key, options, index, first + 1, _indent(lines, options), "")
    options = _options(lines, first, len(lines), _OPTION)
    return CardText(key, options, index, first, _indent(lines, options), ":")


def _in_rst(lines: Sequence[str]) -> Iterator[CardText]:
    # The lines that the next one may stand below, each with its indent and whether what it opens is shown as it is.
    above: list[tuple[int, bool]] = []
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        depth = len(line) - len(line.lstrip())
        while above and above[-1][0] >= depth:
            above.pop()
        card = _CARD_IN_RST.match(line)
        if card and not (above and above[-1][1]):
            options = _options(lines, index + 1, len(lines), _OPTION)
            indent = _indent(lines, options) or card["indent"] + "   "
            yield CardText(card["key"].strip(), options, index, index + 1, indent, ":")
        above.append((depth, line.rstrip().endswith("::") or ".. code" in line))


def _options(lines: Sequence[str], first: int, end: int, pattern: re.Pattern[str]) -> dict[str, Option]:
    found: dict[str, Option] = {}
    parts: list[str] = []
    last = ""
    depth = start = 0
    at = first
    while at < end and lines[at].strip():
        line = lines[at]
        match = pattern.match(line)
        if match and (not last or len(match["indent"]) <= depth):
            if last:
                found.setdefault(last, _option(parts, start, at))
            last, depth, start = match["name"].strip(), len(match["indent"]), at
            parts = [match["value"] or ""]
        elif last and line[0].isspace() and len(line) - len(line.lstrip()) > depth:
            parts.append(line)
        else:
            break
        at += 1
    if last:
        found.setdefault(last, _option(parts, start, at))
    return found


def _option(parts: Sequence[str], start: int, end: int) -> Option:
    return Option(" ".join(filter(None, map(str.strip, parts))), start, end)


def _indent(lines: Sequence[str], options: Mapping[str, Option]) -> str:
    first = min((option.start for option in options.values()), default=None)
    if first is None:
        return ""
    return lines[first][: len(lines[first]) - len(lines[first].lstrip())]
