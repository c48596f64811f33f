"""Find directives and running text in MyST Markdown, line by line, in linear time and without parsing the rest.

The rules are those of CommonMark 0.31 for fences, indented code, lists, quotations and HTML blocks, and those of MyST
for colon fences and for what directives take for their argument and content. What stands in code, in a comment or in
front matter is no directive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ...wording.prose import PROSE_DIRECTIVES
from .blocks import LITERAL, Block, Inside, Place, Text, inner_parts
from .bodies import BODIES, OURS
from .restructured import scan_restructured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .blocks import Found

_FENCE = re.compile(
    r"(?P<prefix>[ \t]*+(?:(?:[-+*]|[0-9]{1,9}[.)]|>)[ \t]+)*+)(?P<fence>`{3,}(?!.*`)|~{3,}|:{3,})(?P<info>.*)"
)
_CLOSE = re.compile(r"[ \t>]*(`{3,}|~{3,}|:{3,})[ \t]*")
_ITEM = re.compile(r"(?P<indent> *)(?:[-+*]|[0-9]{1,9}[.)])(?P<gap> +)(?=\S)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_HTML = re.compile(r" {0,3}</?[A-Za-z][\w-]*(?=[\s/>]|$)")
_SIGNS = ("`", "~~~", "\n:::")
"""What a body holds at least one of that holds a directive or a reference."""

_DEEPEST = 20
"""How deep directives may stand in one another; what is deeper is not looked at."""


class _Fence(NamedTuple):
    """A fence: the indexes of its first line and of the line after its last, its content and what it begins with."""

    start: int
    end: int
    content: list[str]
    mark: str
    info: str
    nested: bool


def scan_markdown(text: str, *, colon_fence: bool = True) -> Iterator[Found]:
    """Yield directives and running text of a Markdown file, those inside others right after what they stand in."""
    lines = text.split("\n")
    start = _after_front_matter(lines)
    yield from _Scanner(lines[start:], start + 1, Inside(), colon_fence=colon_fence).scan()


def _after_front_matter(lines: Sequence[str]) -> int:
    if lines[0].rstrip() != "---":
        return 0
    return next((index + 1 for index in range(1, len(lines)) if lines[index].rstrip() in {"---", "..."}), 0)


class _Scanner:
    """Reads lines once, from the first to the last; `first` is the number of the first in its file."""

    def __init__(self, lines: Sequence[str], first: int, inside: Inside, *, colon_fence: bool, depth: int = 0) -> None:
        self.lines, self.first, self.inside = lines, first, inside
        self.colon_fence, self.depth = colon_fence, depth
        self.items: list[int] = []
        """The indents of the contents of the list items that are open."""
        self.text: list[str] = []

    def scan(self) -> Iterator[Found]:
        index, count = 0, len(self.lines)
        while index < count:
            line = self.lines[index]
            begin = line.lstrip(" \t")[:1]
            fence = self._fence(index) if begin and begin in "`~:-+*>0123456789" else None
            if fence is not None:
                yield from self._flush(index)
                yield from self._take(fence)
                index = fence.end
                continue
            skipped = self._skipped(index) if begin == "<" else index
            if skipped > index:
                yield from self._flush(index)
                index = skipped
                continue
            self._note(line, begin)
            index += 1
        yield from self._flush(count)

    def _flush(self, index: int) -> Iterator[Text]:
        if any(self.text):
            yield Text(self.first + index - len(self.text), tuple(self.text), self.inside.in_group, self.inside.prose)
        self.text = []

    def _note(self, line: str, begin: str) -> None:
        """Take a line of running text: note headings and list items."""
        if begin == "#" and _HEADING.match(line):
            self.inside = self.inside._replace(title=line.strip("# \t"))
        elif begin in {"=", "-"} and begin and self.text and self.text[-1].strip() and _UNDERLINE.fullmatch(line):
            self.inside = self.inside._replace(title=self.text[-1].strip())
        self.text.append(line)
        if not begin:
            return
        indent = len(line) - len(line.lstrip(" "))
        while self.items and indent < self.items[-1]:
            self.items.pop()
        item = _ITEM.match(line)
        if item:
            self.items.append(item.end())

    def _skipped(self, index: int) -> int:
        """Return the index behind a comment or HTML block that begins at a line; the index itself where none does."""
        line = self.lines[index]
        if line.lstrip().startswith("<!--"):
            end = (i for i in range(index, len(self.lines)) if "-->" in self.lines[i])
            return next(end, len(self.lines) - 1) + 1
        if _HTML.match(line):
            blank = (i for i in range(index, len(self.lines)) if not self.lines[i].strip())
            return next(blank, len(self.lines))
        return index

    # ---- fences

    def _fence(self, index: int) -> _Fence | None:
        match = _FENCE.fullmatch(self.lines[index])
        if match is None or (match["fence"][0] == ":" and not self.colon_fence):
            return None
        prefix = match["prefix"]
        indent, own = len(prefix), not prefix.isspace() and bool(prefix)
        open_items = [item for item in self.items if item <= indent]
        container = indent if own else (open_items[-1] if open_items else 0)
        if not own and (indent - container >= 4 or "\t" in prefix):
            return None
        quoted = ">" in prefix
        end, closed = self._end(index, match["fence"], 0 if quoted else container, quoted=quoted)
        content = [_dedented(line, indent, quoted=quoted) for line in self.lines[index + 1 : end]]
        nested = self.inside.nested or own or bool(open_items)
        return _Fence(index, end + closed, content, match["fence"], match["info"].strip(), nested)

    def _end(self, index: int, fence: str, container: int, *, quoted: bool) -> tuple[int, bool]:
        """Return the index of the line that ends a fence, and whether that line is its own."""
        for at in range(index + 1, len(self.lines)):
            line = self.lines[at]
            stripped = line.lstrip(" ")
            if not stripped:
                continue
            if len(line) - len(stripped) < container or (quoted and stripped[0] != ">"):
                return at, False
            if fence[0] in stripped[:9]:
                close = _CLOSE.fullmatch(line)
                if close and close[1][0] == fence[0] and len(close[1]) >= len(fence):
                    return at, True
        return len(self.lines), False

    def _take(self, fence: _Fence) -> Iterator[Found]:
        name, _space, argument = fence.info.partition(" ")
        place = self.first + fence.start
        if name == "{eval-rst}":
            yield from scan_restructured(fence.content, place + 1, self.inside._replace(nested=fence.nested))
        elif name.startswith("{") and name.endswith("}"):
            yield from self._take_directive(name[1:-1], argument.strip(), fence)
        elif fence.mark[0] == ":" and self.depth < _DEEPEST:
            yield from self._inner(fence.content, place + 1, self.inside._replace(nested=True))

    def _take_directive(self, name: str, argument: str, fence: _Fence) -> Iterator[Found]:
        line = self.first + fence.start
        content, skipped = fence.content, 0
        if name in OURS and content and not content[0].strip():
            # MyST takes a blank line below the directive away, and the options with it.
            content, skipped = content[1:], 1
        inside = self.inside._replace(nested=fence.nested)
        text = "\n".join([f"{fence.mark}{fence.info}", *fence.content])
        block = Block(
            name, argument, content, line + 1 + skipped, not skipped, text, Place(line, *inside[:3]), markdown=True
        )
        yield block
        if argument and name in PROSE_DIRECTIVES:
            yield Text(line, (argument,), inside.in_group, inside.prose)
        if name in LITERAL or self.depth >= _DEEPEST:
            return
        body = BODIES.get(name)
        if body is not None and not body.free and not any(sign in text for sign in _SIGNS):
            return
        begin = block.head().body_start if body else 0
        for first, lines in inner_parts(block, body, begin):
            yield from self._inner(lines, first, inside.within(block))

    def _inner(self, lines: Sequence[str], first: int, inside: Inside) -> Iterator[Found]:
        yield from _Scanner(lines, first, inside, colon_fence=self.colon_fence, depth=self.depth + 1).scan()


def _dedented(line: str, indent: int, *, quoted: bool) -> str:
    if quoted:
        return line.lstrip(" ").removeprefix(">").removeprefix(" ")
    blank = len(line) - len(line.lstrip(" "))
    return line[min(indent, blank) :]
