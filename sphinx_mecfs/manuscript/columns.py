"""Find the columns of what a finding means in its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..evidence.problems import Problem

if TYPE_CHECKING:
    from ..evidence.problems import Finding

_QUOTED = re.compile(r"'([^'\n]{1,200})'")
_OPTION = re.compile(r"[\s>]*:?[^:]+:\s*")
_NAMES = (Problem.OPTION_UNKNOWN, Problem.OPTION_REPEATED, Problem.SECTION_UNKNOWN, Problem.SECTION_REPEATED)
_MARKUP = re.compile(r"[\s>]*(?::{3,}|`{3,}|~{3,}|\.\.)\s*\{?")


def span_of(line: str, finding: Finding) -> tuple[int, int]:
    """Return the first column of what is wrong and the one behind it, both counted from 1.

    It is the first word that the message quotes and the line holds, or else the value of the option, or the line.
    """
    start = _start(line, finding)
    if finding.problem is Problem.GAP and "TODO" in line:
        at = line.index("TODO")
        return at + 1, at + 5
    for match in _QUOTED.finditer(finding.message.partition("; did you mean")[0]):
        at = line.find(match[1], start)
        if at >= 0:
            return at + 1, at + len(match[1]) + 1
    end = len(line.rstrip())
    return (start + 1, end + 1) if start < end else (_indent(line) + 1, max(end, _indent(line)) + 1)


def _start(line: str, finding: Finding) -> int:
    if finding.field and finding.problem not in _NAMES:
        option = _OPTION.match(line)
        if option and not _MARKUP.match(line):
            return option.end()
    markup = _MARKUP.match(line)
    return markup.end() if markup else _indent(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
