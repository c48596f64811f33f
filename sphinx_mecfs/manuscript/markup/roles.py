"""Find references in running text, and read running text without its markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .blocks import Text

KINDS: Mapping[str, str] = {
    "pem-badge": "badge",
    "pem": "badge",
    "mecfs:study": "study",
    "mecfs:definition": "definition",
    "mecfs:claim": "claim",
    "mecfs:question": "question",
    "mecfs:cite": "cite",
}
"""What a role refers to."""

# The backticks of a role or of a code span; a backslash before them makes them text.
_MYST = re.compile(
    r"(?<!\\)(?:\{(?P<name>[A-Za-z0-9_+:-]+)\})?(?<!`)(?P<ticks>`+)(?!`)(?P<text>.+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL
)
_RST = re.compile(
    r"(?<![\\\w])(?::(?P<name>[A-Za-z0-9_+.-]+(?::[A-Za-z0-9_+.-]+)*):)?"
    r"(?<!`)(?P<ticks>``?)(?!`)(?P<text>.+?)(?<!`)(?P=ticks)(?!`)",
    re.DOTALL,
)
_TITLED = re.compile(r"(?P<title>.+?)\s*(?<!\\)<(?P<target>[^<>]+)>", re.DOTALL)
_BLANK = re.compile(r"\n[ \t]*\n")


class Reference(NamedTuple):
    """A reference of a page: what it refers to (a value of `KINDS`), its target, its line, and if it is in a group."""

    kind: str
    target: str
    line: int
    in_group: bool


def references_in(text: Text, *, markdown: bool) -> Iterator[Reference]:
    """Yield the references to things of ours, in their order; those without a link ("!" before the target) are none."""
    joined = "\n".join(text.lines)
    if "`" not in joined:
        return
    pattern, at = (_MYST if markdown else _RST), 0
    for paragraph in [*_BLANK.finditer(joined), None]:
        end = paragraph.start() if paragraph else len(joined)
        # Most paragraphs hold no role of ours, and many hold no role at all.
        if "`" in joined[at:end]:
            for match in pattern.finditer(joined, at, end):
                kind = KINDS.get(match["name"] or "")
                target = _target(kind, match["text"]) if kind else ""
                if kind and target and not target.startswith("!"):
                    line = text.line + joined.count("\n", 0, match.start())
                    yield Reference(kind, target, line, text.in_group)
        at = end


def _target(kind: str, text: str) -> str:
    squeezed = " ".join(text.split())
    titled = _TITLED.fullmatch(squeezed)
    return titled["target"] if titled and kind not in {"badge", "cite"} else squeezed


# ---- running text without markup ------------------------------------------------------------------------------------

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+(?:\n[^*\n]+)*?)(?<=\S)\1(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]+(?:\n[^_\n]+)*?)(?<=\S)\1(?![\w_])")
_LINE_START = re.compile(r"(?m)^[ \t]*(?:[-+*][ \t]+|[0-9]{1,9}[.)][ \t]+|>[ \t]?|#{1,6}[ \t]+)+")
_COMMENT = re.compile(r"(?m)^[ \t]*(?:%|\.\. )[^\n]*$")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_text(text: str, name_of: Callable[[str, str], str | None], *, markdown: bool) -> str:
    """Return the words of a text in one line: as near as can be to what a reader sees, without a parser.

    `name_of` gives what stands for a role: by its name and target, None for one that it does not know, whose own text
    then stands.
    """

    def role(match: re.Match[str]) -> str:
        name, inner = match["name"], " ".join(match["text"].split())
        if not name:
            return inner
        titled = _TITLED.fullmatch(inner)
        if titled and not name.startswith(("cite", "pem")):
            return titled["title"]
        said = name_of(name, inner)
        return inner if said is None else said

    words = _COMMENT.sub(" ", _without_html_comments(text))
    words = _LINE_START.sub("", words)
    if "`" in words:
        words = (_MYST if markdown else _RST).sub(role, words)
    if "](" in words:
        words = _LINK.sub(r"\1", words)
    if "*" in words:
        words = _EMPHASIS.sub(r"\2", words)
    if markdown and "_" in words:
        words = _UNDERLINED.sub(r"\2", words)
    return re.sub(r" (?=[.,;:!?])", "", " ".join(_ESCAPE.sub(r"\1", words).split()))


def _without_html_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len("-->")
    return " ".join([*kept, text[at:]])
