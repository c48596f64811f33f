"""Put right what can be put right without asking: the order of options, the form of dates and of DOIs.

Nothing else of a file changes. What was changed is read again, and left alone where it would mean anything else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..evidence.common.dates import read_any_date
from ..evidence.fields import CARD_FIELDS, Field, Kind
from ..evidence.identifiers import normalise_doi, parse_iso_date
from ..evidence.questions.fields import CLAIM_FIELDS, QUESTION_FIELDS
from .markup.blocks import Block
from .markup.markdown import scan_markdown
from .markup.restructured import scan_restructured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "evidence-card": CARD_FIELDS,
    "claim": CLAIM_FIELDS,
    "evidence-question": QUESTION_FIELDS,
}
_COLON = re.compile(r"(?P<before>\s*:(?P<name>[^:]*[^:\s]):\s*)(?P<value>.*)")
_YAML = re.compile(r"(?P<before>(?P<name>[^\s#:][^:]*):[ \t]*)(?P<value>.*)")


class _Option(NamedTuple):
    """An option as it stands: its name and its lines."""

    name: str
    lines: tuple[str, ...]


def fix_page(text: str, *, markdown: bool, colon_fence: bool = True) -> str:
    """Return the text of a source file with what is safe put right; the same text where there is nothing to do."""
    if "\r" in text.replace("\r\n", ""):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    if newline == "\r\n" and plain.count("\n") != text.count("\r\n"):
        return text
    blocks = _blocks(plain, markdown=markdown, colon_fence=colon_fence)
    lines = plain.split("\n")
    for block in blocks:
        _fix_head(block, lines)
    fixed = "\n".join(lines)
    if fixed == plain or _meaning(_blocks(fixed, markdown=markdown, colon_fence=colon_fence)) != _meaning(blocks):
        return text
    return fixed.replace("\n", newline)


def fix_value(field: Field, value: str) -> str:
    """Return the value of an option in the form that is asked for, where it is clear what is meant."""
    if field.kind is Kind.DATE:
        return _fix_date(value)
    if field.kind is Kind.SEARCH and value.count(";") == 2:
        before, _semicolon, day = value.rpartition(";")
        fixed = _fix_date(day.strip())
        return value if fixed == day.strip() else f"{before}; {fixed}"
    if field.kind is Kind.NOTICE:
        return normalise_doi(value) or value
    return value


def _fix_date(text: str) -> str:
    if parse_iso_date(text) is not None:
        return text
    day = read_any_date(text)
    return day.isoformat() if day else text


def _blocks(text: str, *, markdown: bool, colon_fence: bool) -> list[Block]:
    found = scan_markdown(text, colon_fence=colon_fence) if markdown else scan_restructured(text.split("\n"))
    return [block for block in found if isinstance(block, Block) and block.name in _FIELDS]


def _meaning(blocks: Sequence[Block]) -> list[object]:
    """Return what must not change: the directives, and the values of their options in the form that is asked for."""
    meant: list[object] = []
    for block in blocks:
        head = block.head()
        fields = {field.name: field for field in _FIELDS[block.name]}
        values = {
            name: fix_value(fields[name], value.strip()) if name in fields else value.strip()
            for name, value in head.options.items()
        }
        meant.append((block.name, head.key, values, head.repeated, block.content[head.body_start :]))
    return meant


def _fix_head(block: Block, lines: list[str]) -> None:
    """Put the options of a directive right in the lines of its file."""
    head = block.head()
    start, count, form = _option_lines(block, head.body_start)
    written = lines[start : start + count]
    if not written or head.findings or any(line.lstrip().startswith((">", "#")) for line in written):
        return
    options = _options(written, form)
    fields = {field.name: field for field in _FIELDS[block.name]}
    if options is None or head.repeated or any(option.name not in fields for option in options):
        return
    order = {name: position for position, name in enumerate(fields)}
    options.sort(key=lambda option: order[option.name])
    lines[start : start + count] = [line for option in options for line in _fixed(option, fields[option.name], form)]


def _option_lines(block: Block, body_start: int) -> tuple[int, int, re.Pattern[str]]:
    """Return the index of the first line with options, their number, and how one looks."""
    if not block.head_in_content:
        count = 0 if block.markdown else len(block.argument.splitlines()) - 1
        return block.place.line, count, _COLON
    first = block.content_line - 1
    if block.content and block.content[0].strip() == "---":
        return first + 1, max(0, body_start - 2), _YAML
    return first, body_start, _COLON


def _options(lines: Sequence[str], form: re.Pattern[str]) -> list[_Option] | None:
    """Return the options with the lines that each goes on over; None where a line belongs to none."""
    options: list[tuple[str, list[str]]] = []
    margin = len(lines[0]) - len(lines[0].lstrip())
    for line in lines:
        match = form.fullmatch(line[margin:]) if not line[:margin].strip() else None
        goes_on = line[margin : margin + 1].isspace() or not line.strip()
        if match and not goes_on:
            options.append((match["name"].strip(), [line]))
        elif options and goes_on:
            options[-1][1].append(line)
        else:
            return None
    return [_Option(name, tuple(held)) for name, held in options]


def _fixed(option: _Option, field: Field, form: re.Pattern[str]) -> tuple[str, ...]:
    line = option.lines[0]
    margin = len(line) - len(line.lstrip())
    match = form.fullmatch(line[margin:])
    if match is None or len(option.lines) > 1 or match["value"].startswith(('"', "'", "|", ">")):
        return option.lines
    fixed = fix_value(field, match["value"].strip())
    return option.lines if fixed == match["value"].strip() else (line[:margin] + match["before"] + fixed,)
