"""Name the value that an author most likely meant."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(value: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like `value`, or None where none is like it (Ratcliff-Obershelp ratio under 0.6)."""
    by_lower = {choice.lower(): str(choice) for choice in choices}
    found = difflib.get_close_matches(value.strip().lower(), by_lower, n=1)
    return by_lower[found[0]] if found else None


def did_you_mean(value: str, choices: Iterable[str]) -> str:
    """Return the end of a message: the nearest choice, or all choices where none is near and they are few."""
    known = [str(choice) for choice in choices]
    best = nearest(value, known)
    if best is not None:
        return f"; did you mean {best!r}?"
    if 0 < len(known) <= 30:
        return "; it is one of: " + ", ".join(known)
    return ""


_HINT = re.compile(r"; did you mean ['\"](.+)['\"]\?$")


def suggested(message: str) -> str:
    """Return the choice that the end of a message, as `did_you_mean` makes it, names, or ""."""
    found = _HINT.search(message)
    return found[1] if found else ""
