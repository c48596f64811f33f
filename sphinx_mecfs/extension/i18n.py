"""Translation of the words that readers see."""

from __future__ import annotations

from sphinx.locale import get_translation

CATALOGUE = "sphinx_mecfs"

_ = get_translation(CATALOGUE)
"""Translate a message into the language of the project; looked up when the text is shown, not when it is made."""
