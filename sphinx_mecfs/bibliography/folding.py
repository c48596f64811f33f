"""Names as people type them: without accents, Greek letters by their names, in lower case.

"Sørland" is found as "Sorland", "Bragée" as "Bragee", "TNF-α" as "TNF-alpha" and "β2" as "beta2". The rule is that of
Unicode's compatibility decomposition (NFKD, Unicode Standard Annex 15) without combining marks; `REPLACED` holds the
letters that have no decomposition. A script that folds what a reader types is given the same table.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip

REPLACED: Mapping[str, str] = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
} | {chr(ord("α") + number): name for number, name in enumerate(_GREEK)}
"""What replaces a lower-case character after decomposition; the final sigma is among the Greek letters."""

_TABLE = str.maketrans(dict(REPLACED))
_MARK = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\s.,;:()\[\]]+")


def fold(text: str) -> str:
    """Return a text as it is compared with what a reader types."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return _MARK.sub("", decomposed).translate(_TABLE)


def aliases(text: str) -> tuple[str, ...]:
    """Return the other spelling of each word that has one, in the order of the text, each once.

    What a search engine would fold by itself, capitals, is no other spelling.
    """
    # Folding leaves ASCII as it is.
    words = dict.fromkeys(word for word in _WORD.findall(text) if not word.isascii()) if not text.isascii() else ()
    return tuple(dict.fromkeys(folded for word in words if (folded := fold(word)) != word.lower()))
