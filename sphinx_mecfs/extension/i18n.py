"""Translation of the words that readers see."""

from __future__ import annotations

from gettext import NullTranslations
from typing import TYPE_CHECKING

from sphinx.locale import get_translation, get_translator, translators

from ..evidence.common.rewording import CONDITION, reworder, said_for

if TYPE_CHECKING:
    from ..evidence.register import Words

CATALOGUE = "sphinx_mecfs"
_PLACE = ("general", CATALOGUE)

_ = get_translation(CATALOGUE)
"""Translate a message into the language of the project; looked up when the text is shown, not when it is made."""


class Worded(NullTranslations):
    """A catalogue whose messages name the feature and the condition of the register in use.

    The messages of the code are written for the shipped register, as they are written in English: a base about another
    condition is a translation of them. So a new message needs nothing but to go through `_()`.
    """

    def __init__(self, inner: NullTranslations, words: Words) -> None:
        super().__init__()
        self.inner = inner
        # Of a catalogue that wraps another: which language it is in.
        self._info = inner.info()
        self.condition = words.condition
        self.reword = reworder(said_for(words, inner.gettext))

    def gettext(self, message: str) -> str:
        """Return a message in the language of the project and the words of the register."""
        return self.condition if message == CONDITION else self.reword(self.inner.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of a message that goes with a number."""
        return self.reword(self.inner.ngettext(msgid1, msgid2, n))


def use_words(words: Words) -> None:
    """Have all messages say the words of a register, from now on: Sphinx keeps one set of catalogues for a process."""
    inner = get_translator(CATALOGUE)
    translators[_PLACE] = Worded(inner.inner if isinstance(inner, Worded) else inner, words)


def reword(text: str) -> str:
    """Return a text that has not been translated, such as a warning, in the words of the register."""
    translator = get_translator(CATALOGUE)
    return translator.reword(text) if isinstance(translator, Worded) else text
