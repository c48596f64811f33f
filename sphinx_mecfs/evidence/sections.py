"""Split the body of a card into its sections, as text.

A section starts with `:Label:` in the first column; what follows on that line and the indented lines below it are its
text. The body is split before it is parsed as markup, so that Markdown and reStructuredText give the same sections and
no field list has to be built and taken apart again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from .fields import CARD_SECTIONS, SECTION_BY_LABEL, Section
from .nearest import did_you_mean
from .problems import Finding, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARKER = re.compile(r":(?P<label>[A-Za-z][^:`]*):(?:\s+|$)")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}(?!.*`)|~{3,}|:{3,})")
_SUMMARY = CARD_SECTIONS[0]


class SectionText(msgspec.Struct, frozen=True):
    """The lines of one section, without its marker and its indent; `start` is the index of the first in the body."""

    section: Section
    start: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The section as one string."""
        return "\n".join(self.lines)


def split_sections(body: Sequence[str], begin: int = 0) -> tuple[tuple[SectionText, ...], tuple[Finding, ...]]:
    """Split the lines of a card's body, from the index `begin` on.

    Returns the sections in the order in which cards show them, and a finding for each that is unknown or given twice.
    A body without any marker is the Summary; so is text before the first marker, if no Summary is marked.
    """
    starts = [(index, match["label"].strip()) for index, match in _markers(body) if index >= begin]
    ends = [*(index for index, _ in starts), len(body)][1:]
    findings: list[Finding] = []
    found: dict[str, SectionText] = {}
    first = starts[0][0] if starts else len(body)
    if any(line.strip() for line in body[begin:first]):
        found[_SUMMARY.name] = SectionText(_SUMMARY, begin, tuple(body[begin:first]))
    for (start, label), end in zip(starts, ends, strict=True):
        section = SECTION_BY_LABEL.get(" ".join(label.lower().split()))
        if section is None:
            hint = did_you_mean(label, (known.label for known in CARD_SECTIONS))
            findings.append(Finding(Problem.SECTION_UNKNOWN, f"unknown section {label!r}{hint}", label))
        elif section.name in found:
            message = f"section {section.label!r} is given twice"
            findings.append(Finding(Problem.SECTION_REPEATED, message, label))
        else:
            found[section.name] = SectionText(section, start, _dedented(body[start:end]))
    ordered = tuple(found[section.name] for section in CARD_SECTIONS if section.name in found)
    return ordered, tuple(findings)


def _markers(body: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    fence = ""
    for index, line in enumerate(body):
        opened = _FENCE.match(line)
        if opened and not fence:
            fence = opened["fence"]
        elif opened and opened["fence"].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence and (match := _MARKER.match(line)):
            yield index, match


def _dedented(lines: Sequence[str]) -> tuple[str, ...]:
    first = _MARKER.sub("", lines[0], count=1)
    rest = [line for line in lines[1:] if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in rest), default=0)
    return (first, *(line[indent:] for line in lines[1:]))
