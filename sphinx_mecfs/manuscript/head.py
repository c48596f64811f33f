"""Find out what an author wrote where: the key, the options as raw text, the body, and the line of each.

Neither markup's own reading of options will do. docutils drops a card whose option is given twice, and MyST reads
values as YAML: it cuts them at " #" and drops all options at an unbalanced quote. So the directive declares no options;
then reStructuredText hands them over with the key, and MyST with the body.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
import yaml

from ..evidence.problems import Finding, Problem

if TYPE_CHECKING:
    from ..evidence.fields import Body

_OPTION = re.compile(r":(?P<name>[^:]*[^:\s]):(?:\s+(?P<value>.*))?$")
_YAML_NAME = re.compile(r"(?P<name>[^\s#:][^:]*):(?:\s|$)")
_FENCE = "---"
_MISSING = (Problem.OPTION_MISSING, Problem.SECTION_MISSING)
_BLANK_LINE = "leave a blank line between the options and the sections"


class Written(msgspec.Struct, frozen=True):
    """What stands in the head of a card: its key, options by name, and where in the content the body begins."""

    key: str
    options: Mapping[str, str] = {}
    repeated: tuple[str, ...] = ()
    body_start: int = 0
    findings: tuple[Finding, ...] = ()


def read_head(argument: str, content: Sequence[str], *, head_in_content: bool) -> Written:
    """Read the head of a card.

    `argument` is what follows the directive's name, in reStructuredText with the options; `content` the lines below,
    which begin with the options if `head_in_content` says so (MyST).
    """
    first, *rest = argument.splitlines() or [""]
    if _OPTION.match(first):
        first, rest = "", [first, *rest]
    key = first.strip()
    if not head_in_content:
        options, repeated, end = _colon_options(rest)
        return Written(key, options, repeated, findings=_leftover(rest[end:], [*options]))
    if content and content[0].strip() == _FENCE:
        return _yaml_head(key, content)
    options, repeated, end = _colon_options(content)
    return Written(key, options, repeated, end)


def line_in_block(block: str, name: str) -> int:
    """Return how many lines below the directive's first line an option or section of this name stands (0: nowhere)."""
    lines = block.splitlines()
    in_yaml = any(line.strip() == _FENCE for line in lines[1:2])
    pattern = re.compile(rf"\s*{':?' if in_yaml else ':'}{re.escape(name)}\s*:", re.IGNORECASE)
    for offset, line in enumerate(lines):
        if offset and pattern.match(line):
            return offset
    return 0


def placed(findings: Iterable[Finding], block: str) -> list[tuple[str, Finding]]:
    """Return findings, each after the option or section at which it is reported ("": the directive's own line).

    They are in the order of their lines in `block`. What is missing is reported at the directive.
    """
    located = [("" if finding.problem in _MISSING else finding.field, finding) for finding in findings]
    return sorted(located, key=lambda pair: line_in_block(block, pair[0]) if pair[0] else 0)


def explained(findings: Iterable[Finding], body: Body) -> list[Finding]:
    """Return findings, of which an unknown option that is the name of a section says what went wrong."""
    return [
        Finding(finding.problem, f"{finding.field!r} is a section: {_BLANK_LINE}", finding.field)
        if finding.problem is Problem.OPTION_UNKNOWN and body.find(finding.field) is not None
        else finding
        for finding in findings
    ]


def _colon_options(lines: Sequence[str]) -> tuple[dict[str, str], tuple[str, ...], int]:
    """Return options by name, the names given twice, and the index of the first line after them."""
    options: dict[str, str] = {}
    repeated: list[str] = []
    last = ""
    for index, line in enumerate(lines):
        if not line.strip():
            return options, tuple(repeated), index
        match = _OPTION.match(line)
        if match:
            last = match["name"].strip()
            if last in options:
                repeated.append(last)
            options[last] = (match["value"] or "").strip()
        elif last and line[0].isspace():
            options[last] = f"{options[last]} {line.strip()}".strip()
        else:
            return options, tuple(repeated), index
    return options, tuple(repeated), len(lines)


def _yaml_head(key: str, content: Sequence[str]) -> Written:
    end = next((index for index, line in enumerate(content) if index and line.strip() == _FENCE), len(content))
    block = content[1:end]
    names = [match["name"].strip() for line in block if (match := _YAML_NAME.match(line))]
    repeated = tuple(name for name, times in Counter(names).items() if times > 1)
    try:
        # This loader leaves every value a text: no dates, numbers or objects are made.
        loaded = yaml.load("\n".join(block), Loader=yaml.BaseLoader) or {}  # noqa: S506
        options = {str(name): value for name, value in loaded.items()}
    except (yaml.YAMLError, AttributeError, RecursionError):
        options = {}
    findings = [] if options or not block else [_unreadable("the block of options between '---' cannot be read")]
    findings += [
        _unreadable(f"option {name!r} should be text", name)
        for name, value in options.items()
        if not isinstance(value, str)
    ]
    texts = {name: value for name, value in options.items() if isinstance(value, str)}
    return Written(key, texts, repeated, min(end + 1, len(content)), tuple(findings))


def _leftover(lines: Sequence[str], names: Sequence[str]) -> tuple[Finding, ...]:
    """Return what to say of lines that stand among the options and are none; what follows them would be lost."""
    if not lines:
        return ()
    message = f"{lines[0].strip()!r} stands among the options and is none; leave a blank line before the sections"
    return (_unreadable(message, names[-1] if names else ""),)


def _unreadable(message: str, field: str = "") -> Finding:
    return Finding(Problem.OPTION_BLOCK, message, field)


def latest_day_anywhere() -> datetime.date:
    """Return the latest calendar day that it is now in any time zone: what an author may call today (UTC+14)."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=14))).date()
