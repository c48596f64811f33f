"""Find the stem of each word once a build, where Sphinx finds it once for each page that has the word.

Whether a stem is a word that is left out of the index is asked up to three times for each word of each page; that is
remembered too.

The stemmer that comes with Sphinx is written in Python, and takes a sixth of a full build of 1,000 cards. It depends on
nothing but the word, so that the search index stays the same, byte for byte. Sphinx asks for languages of searches by
`Sphinx.add_search_language`, which is used here to hand it its own language back with a memory.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from sphinx.search import languages

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.search import SearchLanguage

THEIRS = "sphinx.search."
"""Where Sphinx's own languages stand; one that a project brings along is left alone."""


def remembering(language: type[SearchLanguage]) -> type[SearchLanguage]:
    """Return the same language, each object of which remembers the stems that it has found."""

    class Remembering(language):  # type: ignore[misc, valid-type]
        def __init__(self, options: dict[str, str]) -> None:
            super().__init__(options)
            # These are asked millions of times, and `cache` is written in C.
            self.stem = cache(super().stem)
            self.word_filter = cache(super().word_filter)

        def split(self, text: str) -> list[str]:
            # The index notes that a page has a word, not how often.
            return list(dict.fromkeys(super().split(text)))

    return Remembering


def remember_stems(app: Sphinx, config: Config) -> None:
    """Have the language of the search remember stems, if it is one of Sphinx's own."""
    name = config.html_search_language or config.language
    # The order in which Sphinx looks a language up: "pt_BR", then "pt", then English.
    found = languages.get(name) or languages.get(name.partition("_")[0]) or languages["en"]
    if isinstance(found, str):
        module, _dot, attribute = found.rpartition(".")
        found = getattr(import_module(module), attribute)
    if found.__module__.startswith(THEIRS):
        app.add_search_language(remembering(found))


def setup(app: Sphinx) -> None:
    """Connect the event."""
    app.connect("config-inited", remember_stems)
