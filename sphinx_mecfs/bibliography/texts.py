"""From the text of a BibTeX field to the text that a reader sees, and back."""

from __future__ import annotations

import codecs
import re
import unicodedata

from ..evidence.common.unseen import has_unseen, without_unseen

_MARKUP = re.compile(r"[\\{}~$]|--|''|``|,,")
_SIMPLE = re.compile(r"(?:[^\\$]++|\\[&%#_])*+")
_ESCAPED = re.compile(r"\\([&%#_])")
_BARE_PERCENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
_DOLLAR = re.compile(r"(?<!\\)((?:\\\\)*)\\\$")
_BRACES = re.compile(r"[{}]")
_SPACES = re.compile(" {2,}")
_LIGATURES = (("---", "—"), ("--", "–"), ("~", "\u00a0"), ("``", "“"), ("''", "”"), (",,", "„"))
_URL_COMMAND = re.compile(r"\\url\s*\{(.*)\}")
_VERBATIM_ESCAPE = re.compile(r"\\([&%#_$~{}])|[{}]")
_TO_ESCAPE = re.compile(r"[&%#_$]")


def has_hostile(text: str) -> bool:
    """Say whether `text` holds characters that cannot be seen."""
    return has_unseen(text)


def strip_hostile(text: str) -> str:
    """Remove the characters that cannot be seen."""
    return without_unseen(text)


def one_space(text: str) -> str:
    """Fold every run of white space into one space, as BibTeX does with a field."""
    return " ".join(text.split())


def plain(text: str) -> str:
    r"""Return the text of a field as it is to be read: accents as letters, braces gone, in Unicode's NFC.

    Equals what pybtex makes of it (`str(pybtex.richtext.Text.from_latex(text))`), but for two things: a bare
    `%` is kept, where pybtex drops the rest of the field as a comment, and so is `\$`, as `$`. An unknown
    command stays as it is written; `lint` reports both.
    """
    if not text:
        return text
    if _MARKUP.search(text):
        text = _from_tex(text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _from_tex(text: str) -> str:
    # latexcodec costs 60 us a field; most fields hold no more than braces, a dash or an escaped sign
    if _SIMPLE.fullmatch(text):
        text = _ESCAPED.sub(r"\1", text)
        for tex, letter in _LIGATURES:
            text = text.replace(tex, letter)
    else:
        text = _decode(text)
    # spaces double where braces stood between them; no-break spaces are meant
    return _SPACES.sub(" ", _BRACES.sub("", text)).strip(" ")


def _decode(text: str) -> str:
    import latexcodec  # noqa: F401, PLC0415 - registers its codec; slow to import and rarely needed

    try:
        decoded = codecs.decode(escape_percent(text), "ulatex")  # type: ignore[call-overload]
    except UnicodeDecodeError:  # a backslash ends the field
        return _decode(text[:-1]) + text[-1]
    return _DOLLAR.sub(r"\1$", str(decoded))


def verbatim(text: str) -> str:
    """Return the text of an address: escapes and braces gone, all else as it is."""
    command = _URL_COMMAND.fullmatch(text)
    return _VERBATIM_ESCAPE.sub(r"\1", command[1] if command else text).strip()


def to_tex(text: str) -> str:
    """Write plain text as the text of a BibTeX field, so that `plain` reads the same again.

    Braces cannot be written in BibTeX unless they come in pairs: they are left out.
    """
    text = _BRACES.sub("", text).replace("\\", "\\textbackslash{}")
    return _TO_ESCAPE.sub(r"\\\g<0>", text).replace("~", "\\textasciitilde{}").replace("\u00a0", "~")


def escape_percent(text: str) -> str:
    r"""Write `%` as `\%` where it is not written so already: to TeX a bare one begins a comment."""
    return _BARE_PERCENT.sub(r"\1\\%", text)
