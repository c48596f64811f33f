"""Find directives and running text in reStructuredText, as docutils finds them, without parsing the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .blocks import LITERAL, Block, Inside, Place, Text, inner_parts
from .bodies import BODIES, OURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .blocks import Found

_DIRECTIVE = re.compile(r"(?P<indent> *)(?P<items>(?:[-+*] +)*)\.\. +(?P<name>[\w.+-]+(?::[\w.+-]+)*) ?::(?:\s+|$)")
_EXPLICIT = re.compile(r" *\.\.(?: |$)")
_NO_COMMENT = re.compile(r" *\.\. +(?:_|\[|\||__ )")
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1+ *")
_DEEPEST = 20


def scan_restructured(
    lines: Sequence[str], first: int = 1, inside: Inside | None = None, depth: int = 0
) -> Iterator[Found]:
    """Yield directives and running text; `first` is the number of the first line in its file."""
    yield from _Scanner([line.expandtabs(8) for line in lines], first, inside or Inside(), depth).scan()


class _Scanner:
    def __init__(self, lines: Sequence[str], first: int, inside: Inside, depth: int) -> None:
        self.lines, self.first, self.inside, self.depth = lines, first, inside, depth
        self.text: list[str] = []

    def scan(self) -> Iterator[Found]:
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            match = _DIRECTIVE.match(line) if ".." in line else None
            if match:
                yield from self._flush(index)
                end = self._end(index, len(match["indent"] + match["items"]))
                yield from self._take(index, end, match)
                index = end
            elif _EXPLICIT.match(line) and not _NO_COMMENT.match(line):
                yield from self._flush(index)
                index = self._end(index, _indent(line))
            else:
                self._note(line)
                index += 1
                if line.rstrip().endswith("::") and not (index < len(self.lines) and self.lines[index].strip()):
                    yield from self._flush(index)
                    index = self._end(index - 1, _indent(line))
        yield from self._flush(len(self.lines))

    def _flush(self, index: int) -> Iterator[Text]:
        if any(self.text):
            yield Text(self.first + index - len(self.text), tuple(self.text), self.inside.in_group, self.inside.prose)
        self.text = []

    def _note(self, line: str) -> None:
        above = self.text[-1] if self.text else ""
        if above.strip() and _ADORNMENT.fullmatch(line) and not _ADORNMENT.fullmatch(above):
            self.inside = self.inside._replace(title=above.strip())
        self.text.append(line)

    def _end(self, index: int, indent: int) -> int:
        """Return the index behind the lines below `index` that are indented more than `indent`."""
        last = index
        for at in range(index + 1, len(self.lines)):
            line = self.lines[at]
            if not line.strip():
                continue
            if _indent(line) <= indent:
                break
            last = at
        return last + 1

    def _take(self, index: int, end: int, match: re.Match[str]) -> Iterator[Found]:
        rest = self.lines[index + 1 : end]
        cut = min((_indent(line) for line in rest if line.strip()), default=0)
        block_lines = [self.lines[index][match.end() :], *(line[cut:] for line in rest)]
        begin = 0 if block_lines[0].strip() else 1
        blank = next((at for at in range(begin, len(block_lines)) if not block_lines[at].strip()), len(block_lines))
        argument = "\n".join(block_lines[begin:blank]) if match["name"] in OURS else block_lines[0]
        body_at = blank if match["name"] in OURS else 1
        while body_at < len(block_lines) and not block_lines[body_at].strip():
            body_at += 1
        line = self.first + index
        nested = self.inside.nested or bool(match["indent"]) or bool(match["items"])
        inside = self.inside._replace(nested=nested)
        block = Block(
            match["name"], argument, block_lines[body_at:], line + body_at, False,  # noqa: FBT003
            "\n".join([match[0], *rest]), Place(line, *inside[:3]), markdown=False,
        )  # fmt: skip
        yield block
        if match["name"] not in LITERAL and self.depth < _DEEPEST:
            for first, lines in inner_parts(block, BODIES.get(match["name"])):
                yield from scan_restructured(lines, first, inside.within(block), self.depth + 1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
