"""Blank out of a passage what is not the writer's own prose, so that every place in it stays where it is.

Left out are code, roles, addresses, formulas, comments, options of directives, and what stands in quotation marks:
that is somebody else's wording, such as the title of a paper. Everything is done line by line or by patterns that take
linear time, since what authors paste may be anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROSE_DIRECTIVES = frozenset(
    {"admonition", "attention", "caution", "container", "danger", "dropdown", "error", "figure", "hint", "important"}
    | {"list-table", "note", "seealso", "sidebar", "table", "tip", "topic", "versionadded", "versionchanged", "warning"}
)
"""Directives whose content is prose, also where it stands between backticks; what stands between colons always is."""

_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,}|:{3,})(?P<info>[^`]*)$")
_DIRECTIVE = re.compile(r"\s*\{(?P<name>[\w:.+-]+)\}")
_RST_DIRECTIVE = re.compile(r"\s*\.\.\s+(?:\|[^|]*\|\s+)?(?P<name>[\w:.+-]+)::(?:\s|$)")
_OPTION = re.compile(r"\s*:[^:`\s][^:`]*:(?:\s|$)")
_INLINE = re.compile(
    r"(?:\{[\w:.+-]{1,60}\}|:[\w:.+-]{1,60}:)?``(?:[^`]|`(?!`))*+``"  # code; a literal
    r"|(?:\{[\w:.+-]{1,60}\}|:[\w:.+-]{1,60}:)?`(?P<link>[^`]*)`(?P<is_link>__?(?!\w))?"  # code, a role, or a link
    r"|\]\([^()\n]*\)"  # the target of a link
    r"|<[/!a-zA-Z][^<>]*>"  # a tag or an address
    r"|\b[a-z]{2,8}://[^\s<>]*"
    r"|\$[^$\n]+\$"
    r"|“[^“”]*”"
    r"|\"[^\"]*\""
)
_QUOTATION = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_TARGET = re.compile(r"<[^<>]*>\s*$")
_PARAGRAPH = re.compile(r"(?:[^\n]++\n?)++")
_SPECIAL = re.compile(r"[`\]<$“\"]|://")
_NOT_NEWLINE = re.compile(r"[^\n]")


def prose_of(text: str, *, markdown: bool = True) -> str:
    """Return a text of the same length and lines in which all but prose is blank."""
    lines = text.split("\n")
    kept = _markdown(lines) if markdown else _rst(lines)
    blocks = "\n".join(line if keep else " " * len(line) for line, keep in zip(lines, kept, strict=True))
    return _PARAGRAPH.sub(_without_inline, blocks)


def without_quotations(prose: str) -> str:
    """Return one paragraph of prose, without markup, in which what stands in quotation marks is blank."""
    return _QUOTATION.sub(lambda match: _spaces(match.group()), prose)


def _without_inline(match: re.Match[str]) -> str:
    paragraph = match.group()
    return _INLINE.sub(_blank, paragraph) if _SPECIAL.search(paragraph) else paragraph


def _blank(match: re.Match[str]) -> str:
    if match["is_link"] and match["link"]:
        target = _TARGET.search(match["link"])
        kept = match.start("link") + (target.start() if target else len(match["link"])) - match.start()
        before = match.start("link") - match.start()
        return " " * before + match.group()[before:kept] + _spaces(match.group()[kept:])
    return _spaces(match.group())


def _spaces(text: str) -> str:
    return _NOT_NEWLINE.sub(" ", text)


def _markdown(lines: list[str]) -> Iterator[bool]:
    """Yield for each line whether it holds prose."""
    fences: list[tuple[str, bool]] = []
    in_comment = in_head = False
    front = bool(lines) and lines[0].rstrip() == "---"
    for number, line in enumerate(lines):
        stripped = line.strip()
        if front:
            front = number == 0 or stripped != "---"
            yield False
            continue
        if in_comment or stripped.startswith("<!--"):
            in_comment = "-->" not in line
            yield False
            continue
        opened = _FENCE.match(line)
        if opened and fences and _closes(opened, fences[-1][0]):
            fences.pop()
            in_head = False
            yield False
        elif opened and (not fences or fences[-1][1]):
            fences.append((opened["fence"], _holds_prose(opened)))
            in_head = True
            yield False
        else:
            in_head = in_head and bool(stripped) and (bool(_OPTION.match(line)) or line[:1].isspace())
            yield not (in_head or stripped.startswith("%") or any(not prose for _fence, prose in fences[-1:]))


def _closes(opened: re.Match[str], fence: str) -> bool:
    return opened["fence"].startswith(fence) and not opened["info"].strip()


def _holds_prose(opened: re.Match[str]) -> bool:
    if opened["fence"].startswith(":"):
        return True
    directive = _DIRECTIVE.match(opened["info"])
    return directive is not None and directive["name"] in PROSE_DIRECTIVES


def _rst(lines: list[str]) -> Iterator[bool]:
    """Yield for each line whether it holds prose."""
    skipped: int | None = None  # what is indented more than this is not prose
    in_head = False
    for line in lines:
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        if not stripped:
            in_head = False
            yield False
            continue
        if skipped is not None and indent > skipped:
            yield False
            continue
        skipped = None
        if stripped == ".." or stripped.startswith((".. ", "__ ")):
            directive = _RST_DIRECTIVE.match(line)
            in_head = directive is not None and directive["name"] in PROSE_DIRECTIVES
            skipped = None if in_head else indent
            yield False
        elif in_head and _OPTION.match(line):
            yield False
        else:
            in_head = False
            skipped = indent if stripped.endswith("::") else None
            yield True
