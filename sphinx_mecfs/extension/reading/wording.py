"""Hold the words of a page to the rules for wording: sections as they are written, all other prose as it was parsed.

Sections are scanned in the source, which knows their design and needs no build; a transform does the same for the
paragraphs of chapters, once no directive is left that could say what they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxTransform

from ...wording.checks import findings_of
from ...wording.prose import without_quotations
from ...wording.rules import Place, Rules
from ...wording.scan import Alarm, Scan, excused, find, read_excuse
from ..report import report
from ..writing.view import evidence_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.environment import BuildEnvironment

    from ..domain.domain import MecfsDomain

_SCANNED = "mecfs-wording-scanned"
_PROSE = frozenset({nodes.paragraph, nodes.title, nodes.term, nodes.caption})

# A quotation is somebody else's wording, and a view is worked out from the base.
_OTHERS = (nodes.block_quote, nodes.FixedTextElement, nodes.Invisible, nodes.system_message, evidence_view)
_NOT_PROSE = (
    nodes.literal,
    nodes.math,
    nodes.raw,
    nodes.title_reference,
    nodes.citation_reference,
    nodes.footnote_reference,
    nodes.substitution_reference,
    nodes.problematic,
    pending_xref,
)


_TABLE_LINES = 200
"""How far below the beginning of a table or glossary a word is looked for."""


class Passage(NamedTuple):
    """A paragraph or heading, and the comments right above it."""

    node: nodes.Element
    comments: tuple[nodes.comment, ...]


def rules_of(env: BuildEnvironment) -> Rules:
    """Return the rules of this run."""
    return cast("MecfsDomain", env.domains["mecfs"]).base.rules


def note_scanned(env: BuildEnvironment, source: str, lines: range) -> None:
    """Remember, for as long as the page is read, that these lines of a file need no further scan."""
    _scanned(env).update((source, line) for line in lines)


def _scanned(env: BuildEnvironment) -> set[tuple[str, int]]:
    return cast("set[tuple[str, int]]", env.current_document.setdefault(_SCANNED, set()))


class ScanChapters(SphinxTransform):
    """Scan all prose of a page that no directive of ours has scanned.

    It has to come before Sphinx puts translated text in place (priority 20), since the rules are for what was written.
    """

    default_priority = 15

    def apply(self, **_kwargs: object) -> None:
        """Report the alarms of every paragraph and heading at its line."""
        rules = rules_of(self.env)
        if not rules.compiled:
            return
        scanned = _scanned(self.env)
        written: dict[str, list[str]] = {}
        for passage in _passages(self.document):
            source, line = passage.node.source or self.document["source"], passage.node.line or 0
            if (source, line) in scanned:
                continue
            found = _scan(passage, rules)
            if found.alarms and source not in written:
                written[source] = _lines_of(source)
            located = tuple(_located(alarm, written[source], line) for alarm in found.alarms)
            for finding in findings_of(Scan(located, found.faults), line - 1):
                report(finding.problem, finding.message, f"{source}:{finding.line}")


def _scan(passage: Passage, rules: Rules) -> Scan:
    alarms = find(without_quotations(_text(passage.node)), rules, Place())
    last = passage.node.astext().count("\n") + 1
    read = (read_excuse(comment.astext(), line=1, first=1, last=last) for comment in passage.comments)
    return excused(alarms, tuple(excuse for excuse in read if excuse is not None), rules)


def _lines_of(source: str) -> list[str]:
    try:
        return Path(source).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _located(alarm: Alarm, written: Sequence[str], first_line: int) -> Alarm:
    """Return an alarm with the line on which its first word was written, as far as can be told.

    Cells of tables have the line of their table, and terms of glossaries one nearby; then the word is looked for from
    there on.
    """
    word, place = alarm.words.split()[0], first_line + alarm.line - 2
    below = range(max(place, 0), min(place + _TABLE_LINES, len(written)))
    line = next((index for index in below if word in written[index]), place)
    return msgspec.structs.replace(alarm, line=line - first_line + 2)


def _passages(node: nodes.Element) -> Iterator[Passage]:
    """Yield the paragraphs and headings that were written, and not made; in the order of the page."""
    above: list[nodes.comment] = []
    for child in node.children:
        if isinstance(child, nodes.comment):
            above.append(child)
            continue
        if type(child) in _PROSE and isinstance(child, nodes.Element) and child.line is not None:
            yield Passage(child, tuple(above))
        elif isinstance(child, nodes.Element) and not isinstance(child, _OTHERS):
            yield from _passages(child)
        above = []


def _text(node: nodes.Element) -> str:
    """Return the prose of a paragraph, with its line breaks; what is not prose is blank."""
    return "".join(_pieces(node.children))


def _pieces(children: Iterable[nodes.Node]) -> Iterator[str]:
    for child in children:
        if isinstance(child, nodes.Text):
            yield str(child)
        elif isinstance(child, _NOT_PROSE):
            yield "".join("\n" if letter == "\n" else " " for letter in child.astext())
        else:
            yield from _pieces(child.children)
