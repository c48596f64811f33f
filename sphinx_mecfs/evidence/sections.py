"""Split the body of a directive into its sections, as text.

A section starts with `:Label:` in the first column; what follows on that line and the indented lines below it are its
text. The body is split before it is parsed as markup, so that Markdown and reStructuredText give the same sections and
no field list has to be built and taken apart again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from .fields import Section
from .nearest import did_you_mean, nearest
from .problems import Finding, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .fields import Body

_MARKER = re.compile(r":(?P<label>[A-Za-z][^:`]*):(?:\s+|$)")
_COMMENT_START, _COMMENT_END = "<!--", "-->"
_FENCE = re.compile(r"\s*(?P<fence>`{3,}(?!.*`)|~{3,}|:{3,})")
_NEW_BLOCK = re.compile(rf"{_MARKER.pattern}|{_FENCE.pattern}|#|\.\.\s|<!--")
"""What begins something new and cannot be the rest of a sentence."""


class SectionText(msgspec.Struct, frozen=True):
    """The lines of one section, without its marker and its indent; `start` is the index of the first in the body."""

    section: Section
    start: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The section as one string."""
        return "\n".join(self.lines)


class Split(msgspec.Struct, frozen=True):
    """What a body consists of: its sections in the order in which they are shown, the text between, the faults.

    `free` holds pairs of the index of a first line and the lines from there on.
    """

    sections: tuple[SectionText, ...]
    free: tuple[tuple[int, tuple[str, ...]], ...]
    findings: tuple[Finding, ...]

    @property
    def texts(self) -> dict[str, str]:
        """The text of each section by its label in lower case."""
        return {text.section.label.lower(): text.text for text in self.sections}


def split_sections(lines: Sequence[str], body: Body, begin: int = 0, *, markdown: bool = True) -> Split:
    """Split the lines of a body, from the index `begin` on; in Markdown, fences and comments hold no sections.

    A section that is unknown or given twice is a finding. In a body without free text, a section goes on to the next
    one, and text before the first is the section `body.unmarked`. In one with free text, a section goes on as long as
    lines are indented, and what looks like a section and resembles none is text.
    """
    found: dict[str, SectionText] = {}
    free: list[tuple[int, tuple[str, ...]]] = []
    findings: list[Finding] = []
    position = begin
    for start, end, label in _spans(lines, body, _markers(lines, begin, markdown=markdown)):
        _keep_unmarked(lines, body, (position, start), found, free)
        position = end
        section = body.find(label)
        if section is None:
            hint = did_you_mean(label, (known.label for known in body.sections))
            findings.append(Finding(Problem.SECTION_UNKNOWN, f"unknown section {label!r}{hint}", label))
        elif section.name in found:
            findings.append(Finding(Problem.SECTION_REPEATED, f"section {section.label!r} is given twice", label))
        else:
            found[section.name] = SectionText(section, start, _dedented(lines[start:end]))
        if body.free and end < len(lines) and lines[end - 1].strip() and not _NEW_BLOCK.match(lines[end]):
            message = f"the line after {label!r} is not indented, so that it would not belong to the section"
            findings.append(Finding(Problem.SECTION_INDENT, message, label))
    _keep_unmarked(lines, body, (position, len(lines)), found, free)
    ordered = tuple(found[section.name] for section in body.sections if section.name in found)
    return Split(ordered, tuple(free), tuple(findings))


def _spans(lines: Sequence[str], body: Body, markers: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the first line, the line after the last, and the label of each section."""
    marked = list(markers)
    if not body.free:
        ends = [*(index for index, _label in marked), len(lines)][1:]
        yield from ((start, end, label) for (start, label), end in zip(marked, ends, strict=True))
        return
    known = [section.label for section in body.sections]
    for start, label in marked:
        if body.find(label) is not None or nearest(label, known) is not None:
            below = range(start + 1, len(lines))
            yield start, next((i for i in below if lines[i].strip() and not lines[i][0].isspace()), len(lines)), label


def _keep_unmarked(
    lines: Sequence[str],
    body: Body,
    span: tuple[int, int],
    found: dict[str, SectionText],
    free: list[tuple[int, tuple[str, ...]]],
) -> None:
    start, end = span
    if not any(line.strip() for line in lines[start:end]):
        return
    if body.free:
        free.append((start, tuple(lines[start:end])))
    elif (section := body.find(body.unmarked)) is not None:
        found[section.name] = SectionText(section, start, tuple(lines[start:end]))


def _markers(lines: Sequence[str], begin: int, *, markdown: bool) -> Iterator[tuple[int, str]]:
    """Yield the index and label of each line that begins a section."""
    fence = ""
    for index, line in enumerate(lines):
        if markdown:
            was_open, fence = fence, _fence_after(line, fence)
            if was_open or fence:
                continue
        if index >= begin and (match := _MARKER.match(line)):
            yield index, match["label"].strip()


def _fence_after(line: str, fence: str) -> str:
    """Return what has to close the fence or comment that is open after a line; empty where none is."""
    if fence == _COMMENT_END:
        return "" if _COMMENT_END in line else fence
    if not fence and line.lstrip().startswith(_COMMENT_START):
        return "" if _COMMENT_END in line else _COMMENT_END
    opened = _FENCE.match(line)
    if opened is None:
        return fence
    if not fence:
        return opened["fence"]
    closes = opened["fence"].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence


def _dedented(lines: Sequence[str]) -> tuple[str, ...]:
    first = _MARKER.sub("", lines[0], count=1)
    rest = [line for line in lines[1:] if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in rest), default=0)
    return (first, *(line[indent:] for line in lines[1:]))


LONGEST_SENTENCE = 240
"""How many characters a sentence may have, in places that have room for one only, before it is cut at a word."""

# A full stop ends a sentence only before what is no small letter, and not after an initial or after one of the
# abbreviations that stand in texts on studies, in English or in a language that the package is translated into.
# The sign is asked for first: to look back from every letter takes four times as long.
_ABBREVIATED = "".join(
    rf"(?<!\b{word})"
    for word in ("[A-Z]", "al", "vs", "ca", "Dr", "No", "Nr", "nr", "bzw", "inkl", "evtl", "vgl", "resp", "bl", "dr")
)
_SENTENCE_END = re.compile(
    r"(?=[.!?؟])" + _ABBREVIATED + r"[.!?؟][”\"')\]»“’\u00a0]*(?=\s+[“\"'(\[«„‘¿¡\u00a0]*(?P<next>[^\W_]))"
)


def first_sentence(text: str) -> str:
    """Return the first sentence of a text in one line; a very long one is cut at a word and ends with an ellipsis."""
    line = " ".join(text.split())
    ends = (match.end() for match in _SENTENCE_END.finditer(line) if not match["next"].islower())
    sentence = line[: next(ends, len(line))]
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence
    return sentence[:LONGEST_SENTENCE].rpartition(" ")[0].rstrip(",;:") + " …"
