"""Say in the words of a register what the code says in those of the shipped one.

Messages are written for the shipped register, as they are written in English; a base about another condition is a
translation of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..register import Words

SHORT, NAME, MEANING, CONDITION = "PEM", "post-exertional malaise", "a worsening after effort", "This condition"
"""How the messages of the code name the feature of which badges tell, and the condition of the base."""


def same(text: str) -> str:
    """Return a text as it is."""
    return text


def said_for(words: Words, translate: Callable[[str], str] = same) -> dict[str, str]:
    """Return what takes the place of the shipped register's words, by those words in the language of `translate`."""
    # The words of the shipped register are those of the code, which its catalogues translate.
    said = {SHORT: words.feature, NAME: words.feature_name, MEANING: words.feature_meaning}
    return {translate(text): new for text, new in said.items() if text != new}


def reworder(said: Mapping[str, str]) -> Callable[[str], str]:
    """Return what puts words in the place of others, with a capital at the start of a sentence."""
    if not said:
        return same
    alternatives = "|".join(re.escape(text) for text in sorted(said, key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)

    def replace(match: re.Match[str]) -> str:
        found = match[0]
        new = said.get(found) or said.get(found[0].lower() + found[1:])
        if new is None:
            return found
        return new if found in said else new[0].upper() + new[1:]

    return lambda text: pattern.sub(replace, text)
