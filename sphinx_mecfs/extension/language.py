"""What depends on the language beside the words: their catalogues, plural forms, numbers, days, lists and quotes.

How a language writes these is said in its catalogue like any word, by a pattern: so a translator needs no Python, and a
project can add a language, or say something in other words, with a catalogue of its own in `locale_dirs`.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.locale import get_translator, init, translators
from sphinx.util.i18n import CatalogRepository, babel_format_date

from .i18n import CATALOGUE, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from ..evidence.vocabulary import Term

LOCALE = Path(__file__).resolve().parent.parent / "locale"
"""The catalogues that the package ships, by language as gettext wants them."""

SHIPPED_AS = {"no": "nb"}
"""Codes that Sphinx knows, by the catalogue that serves them. gettext itself finds `nb` for `nb_NO`."""

SEARCHED_AS = {"nb": "no", "nb_NO": "no", "nn": "no", "nn_NO": "no"}
"""Languages whose words Sphinx and Pagefind stem under another code."""


def to_translate(message: str) -> str:
    """Return a message as it is; the call marks it for the catalogue where it is declared before it is shown."""
    return message


# ---- words ----------------------------------------------------------------------------------------------------------


def within(term: Term) -> str:
    """Return the label of a term as it stands within a sentence.

    This is a message of its own: which letters are small there is for each language to say.
    """
    return str(_(term.label.lower()))


def said(text: str) -> str:
    """Return a text of the shipped register in the language of the project; any other text is returned as it is."""
    # The translation of nothing is the head of a catalogue.
    return str(_(text)) if text else ""


def counted(one: str, many: str, count: int) -> str:
    """Return the form of a message that goes with a number, with the number in the place of its `%s`."""
    return get_translator(CATALOGUE).ngettext(one, many, count) % number(count)


def labelled(label: object, value: object) -> str:
    """Return "label: value"."""
    return str(_("%(label)s: %(value)s") % {"label": label, "value": value})


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return str(_("“%s”") % text)


def listed(texts: Iterable[object]) -> str:
    """Return texts in one line with commas between them."""
    return str(_(", ")).join(map(str, texts))


def parted(texts: Iterable[object]) -> str:
    """Return texts that may hold commas in one line, with semicolons between them."""
    return str(_("; ")).join(map(str, texts))


# ---- numbers and days -----------------------------------------------------------------------------------------------


def number(count: int) -> str:
    """Return a whole number with what the language puts between thousands, which may be nothing."""
    # Translators: one thousand, written with what stands between thousands, if anything.
    between = str(_("1,000"))[1:-3]
    return f"{count:,}".replace(",", between)


def day(date: datetime.date) -> str:
    """Return a day as the language writes it; in one that does not say how, and in English, as YYYY-MM-DD."""
    # Translators: a pattern for days, as Unicode has them (CLDR), such as: d MMMM yyyy
    pattern = str(_("yyyy-MM-dd"))
    language = get_translator(CATALOGUE).info().get("language", "")
    if pattern == "yyyy-MM-dd" or not language:
        return date.isoformat()
    moment = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    return babel_format_date(moment, pattern, locale=language)


# ---- catalogues -----------------------------------------------------------------------------------------------------


def load(app: Sphinx) -> None:
    """Load the catalogues of the project's language: its own first, which win, then the one that is shipped.

    A project's own is `sphinx_mecfs.po` in one of its `locale_dirs`, and is compiled here if need be.
    """
    config = app.config
    # Of an earlier build in the same process, which may have been in another language.
    translators.pop(("general", CATALOGUE), None)
    own = CatalogRepository(app.srcdir, config.locale_dirs, config.language, config.source_encoding)
    for catalogue in own.catalogs:
        if catalogue.domain == CATALOGUE and catalogue.is_outdated():
            catalogue.write_mo(config.language, config.gettext_allow_fuzzy_translations)
    init(own.locale_dirs, config.language, CATALOGUE)
    init([LOCALE], SHIPPED_AS.get(config.language, config.language), CATALOGUE)


def choose_search_language(_app: Sphinx, config: Config) -> None:
    """Have the search of Sphinx know the words of languages that it lists under another code."""
    if not config.html_search_language and config.language in SEARCHED_AS:
        config.html_search_language = SEARCHED_AS[config.language]


def setup(app: Sphinx) -> None:
    """Load the catalogues at once, since other rooms may ask for words when they are set up."""
    load(app)
    app.connect("config-inited", choose_search_language)
