"""What is found in a source file: directives, the lines of running text between them, and headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...evidence.sections import split_sections
from ...wording.prose import PROSE_DIRECTIVES
from ..head import read_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...evidence.fields import Body
    from ...evidence.sections import Split
    from ..head import Written

LITERAL = frozenset(
    {
        "bibliography", "code", "code-block", "comment", "csv-table", "doctest", "graphviz", "highlight", "include",
        "literalinclude", "math", "mermaid", "parsed-literal", "plot", "productionlist", "raw", "sourcecode",
        "testcleanup", "testcode", "testoutput", "testsetup", "toctree",
    }
)  # fmt: skip
"""Directives whose content is no markup that could hold others."""


class Place(NamedTuple):
    """Where a directive stands.

    `line` is its own, from 1; `nested` says that it stands inside a list, a quotation or another directive,
    `in_group` inside a question or claim. `title` is the text of the heading above it.
    """

    line: int
    nested: bool = False
    in_group: bool = False
    title: str = ""


class Block(NamedTuple):
    """A directive as it stands in a file: `content` are its lines below, without their indent, from `content_line` on.

    `text` is the whole of it, its first line included, in which the lines of options and sections are counted.
    """

    name: str
    argument: str
    content: Sequence[str]
    content_line: int
    head_in_content: bool
    text: str
    place: Place
    markdown: bool

    @property
    def holds_prose(self) -> bool:
        """Whether the content is text that was written; that of a card has rules of its own."""
        return self.name in PROSE_DIRECTIVES or self.text.startswith(":")

    def head(self) -> Written:
        """Read the key and the options."""
        return read_head(self.argument, self.content, head_in_content=self.head_in_content)

    def split(self, body: Body, begin: int) -> Split:
        """Split the body, from the index `begin` of the content on, into sections."""
        return split_sections(self.content, body, begin, markdown=self.markdown)


class Text(NamedTuple):
    """Lines of running text, from a line on.

    `in_group` says that it stands inside a question or claim, `prose` that it is read as text that was written, and not
    as what a directive of another extension makes of it.
    """

    line: int
    lines: Sequence[str]
    in_group: bool = False
    prose: bool = True


Found = Block | Text


class Inside(NamedTuple):
    """Where a scanner is: what encloses the lines that it reads."""

    nested: bool = False
    in_group: bool = False
    title: str = ""
    prose: bool = True

    def within(self, block: Block) -> Inside:
        """Return where one is inside a directive of ours, or of others."""
        group = block.name in {"claim", "evidence-question"}
        prose = self.prose and (group or block.holds_prose)
        return Inside(nested=not group, in_group=self.in_group or group, title=self.title, prose=prose)


def inner_parts(block: Block, body: Body | None, begin: int = 0) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield what of a directive's content is read as markup: the first line of each part, from 1, and its lines."""
    if body is None:
        yield block.content_line, block.content
        return
    split = block.split(body, begin)
    for section in split.sections:
        yield block.content_line + section.start, section.lines
    for start, lines in split.free:
        yield block.content_line + start, lines
