"""The catalogues: whole, sound, compiled, and up to date with the code."""

from __future__ import annotations

import gettext
import io
import re
from collections import Counter

import pytest
from catalogues import LOCALE, mo_bytes, po_bytes, po_files, read, untranslated
from messages import all_messages, template

from sphinx_mecfs.extension.i18n import Worded

LANGUAGES = ("de", "es", "fr", "nb", "nl")
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w+\}")
FILES = {path.parent.parent.name: path for path in po_files()}


def pairs(language):
    """Each English message with each of its translations: of a plural, all forms with the English plural."""
    for message in read(FILES[language]):
        if isinstance(message.id, tuple):
            yield from ((message.id[1], text) for text in message.string)
        elif message.id:
            yield message.id, message.string


def test_there_is_a_catalogue_for_each_language_that_the_manual_names():
    assert tuple(FILES) == LANGUAGES


def test_the_list_of_messages_is_that_of_the_code():
    # If this fails: python3 noxfile.py catalogues
    assert (LOCALE / "sphinx_mecfs.pot").read_bytes() == po_bytes(template(), "Messages")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_catalogue_has_all_messages_and_no_other(language):
    assert {message.id for message in read(FILES[language])} == {message.id for message in template()}
    assert not read(FILES[language]).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_uncertain(language):
    assert untranslated(read(FILES[language])) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_places_of_the_message_to_fill_in(language):
    for english, translated in pairs(language):
        assert Counter(PLACE.findall(english)) == Counter(PLACE.findall(translated)), english
        # Nothing else in it is taken for a place: filling it in works.
        assert "%" not in PLACE.sub("", translated), english


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_hold_words_and_no_markup(language):
    for english, translated in pairs(language):
        assert not re.search(
            r"[<>&`*_\\$#|\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", PLACE.sub("", translated)
        ), english
        assert "  " not in translated, english


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_begin_and_end_as_the_message_does(language):
    for english, translated in pairs(language):
        if len(english) > 3 and english != "yyyy-MM-dd":
            assert english[-1:] in ".:?" or translated[-1:] not in ".:?", english
            assert english[-1:] not in ".:?" or translated[-1:] == english[-1:], english


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_the_same(language):
    # If this fails: python3 noxfile.py catalogues
    compiled = gettext.GNUTranslations(FILES[language].with_suffix(".mo").open("rb"))
    fresh = gettext.GNUTranslations(io.BytesIO(mo_bytes(read(FILES[language]))))
    for message in all_messages():
        assert compiled.gettext(message.text) == fresh.gettext(message.text)
        for count in (0, 1, 2, 5, 1000):
            asked = (message.text, message.plural or message.text, count)
            assert compiled.ngettext(*asked) == fresh.ngettext(*asked)
    assert compiled.info()["language"] == language


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_every_message_that_a_build_asks_for_is_in_the_list(norwegian_project, monkeypatch, builder):
    asked = set()
    look_up = Worded.gettext

    def noting(self, message):
        asked.add(message)
        return look_up(self, message)

    monkeypatch.setattr(Worded, "gettext", noting)
    # The schema and the dictionary of the data are for programmers and in English.
    norwegian_project.build(builder, out=f"noted-{builder}", doctrees="noted", fresh=True, mecfs_data=False)
    known = {message.text for message in all_messages()}
    names = {"fukuda 1994", "icc 2011"}
    assert len(asked) > 150
    assert asked - known - names == set()
