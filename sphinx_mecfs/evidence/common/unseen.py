"""Characters that cannot be seen: they are in no text of a base, since a text could say what its readers do not see.

Control characters (but those that are white space), characters that turn or mark the direction of writing, invisible
characters, and code points that are no characters (Unicode Technical Report 36; Unicode Standard, 23.7 to 23.9). Two
that join or part letters, U+200C and U+200D, and the soft hyphen are kept, since words are written with them. Marks of
direction are not: between two of U+200F, "10 - 20" is shown as "20 - 10" (Unicode Standard Annex 9, rules N1 and N2).
"""

from __future__ import annotations

import re

from ..problems import Finding, Problem

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_IN_PAGES = re.compile(f"{_UNSEEN.pattern}|[\x85\u2028\u2029]")
"""In pages also what some programs take for the end of a line and others do not: lines would be counted wrong."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def has_unseen(text: str) -> bool:
    """Say whether a text holds a character that cannot be seen."""
    return _UNSEEN.search(text) is not None


def without_unseen(text: str) -> str:
    """Return a text without them."""
    return _UNSEEN.sub("", text)


def replace_unseen(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a file with a sign in the place of each, and a finding for each line that held one.

    The time grows with the length of the text.
    """
    if not _IN_PAGES.search(text):
        return text, ()
    findings = [
        Finding(
            Problem.PAGE_CHARACTER, f"U+{ord(found[0]):04X} cannot be seen and is shown as {REPLACEMENT}", line=line
        )
        for line, words in enumerate(text.split("\n"), start=1)
        if (found := _IN_PAGES.search(words))
    ]
    return _IN_PAGES.sub(REPLACEMENT, text), tuple(findings)
