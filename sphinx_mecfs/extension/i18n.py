"""Translation of the words that readers see."""

from __future__ import annotations

import re
from gettext import NullTranslations
from typing import TYPE_CHECKING

from sphinx.locale import get_translation, get_translator, translators

if TYPE_CHECKING:
    from ..evidence.register import Words

CATALOGUE = "sphinx_mecfs"
_PLACE = ("general", CATALOGUE)

_ = get_translation(CATALOGUE)
"""Translate a message into the language of the project; looked up when the text is shown, not when it is made."""

SHORT, NAME, MEANING, CONDITION = "PEM", "post-exertional malaise", "a worsening after effort", "This condition"
"""How the messages of the code name the feature of which badges tell, and the condition of the base."""


class Worded(NullTranslations):
    """A catalogue whose messages name the feature and the condition of the register in use.

    The messages of the code are written for the shipped register, as they are written in English: a base about another
    condition is a translation of them. So a new message needs nothing but to go through `_()`.
    """

    def __init__(self, inner: NullTranslations, words: Words) -> None:
        super().__init__()
        self.inner = inner
        said = {SHORT: words.feature, NAME: words.feature_name, MEANING: words.feature_meaning}
        self.said = {inner.gettext(text): new for text, new in said.items() if inner.gettext(text) != new}
        self.condition = words.condition
        alternatives = "|".join(re.escape(text) for text in sorted(self.said, key=len, reverse=True))
        self.pattern = re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE) if self.said else None

    def gettext(self, message: str) -> str:
        """Return a message in the language of the project and the words of the register."""
        return self.condition if message == CONDITION else self.reword(self.inner.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of a message that goes with a number."""
        return self.reword(self.inner.ngettext(msgid1, msgid2, n))

    def reword(self, text: str) -> str:
        """Return a text of the code in the words of the register."""
        return self.pattern.sub(self._replace, text) if self.pattern else text

    def _replace(self, match: re.Match[str]) -> str:
        found = match[0]
        new = self.said.get(found) or self.said.get(found[0].lower() + found[1:])
        if new is None:
            return found
        # At the start of a sentence.
        return new if found in self.said else new[0].upper() + new[1:]


def use_words(words: Words) -> None:
    """Have all messages say the words of a register, from now on: Sphinx keeps one set of catalogues for a process."""
    inner = get_translator(CATALOGUE)
    translators[_PLACE] = Worded(inner.inner if isinstance(inner, Worded) else inner, words)


def reword(text: str) -> str:
    """Return a text that has not been translated, such as a warning, in the words of the register."""
    translator = get_translator(CATALOGUE)
    return translator.reword(text) if isinstance(translator, Worded) else text
