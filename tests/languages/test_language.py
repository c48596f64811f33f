"""Plural forms, numbers, days, lists and quotes of a language, and where its catalogue comes from."""

from __future__ import annotations

import datetime

import pytest
from sphinx.locale import init, translators

from sphinx_mecfs.evidence.vocabulary import Certainty, PublicationStatus
from sphinx_mecfs.extension.i18n import CATALOGUE
from sphinx_mecfs.extension.language import LOCALE, counted, day, labelled, listed, number, parted, quoted, said, within

DAY = datetime.date(2026, 11, 2)


@pytest.fixture
def speak():
    """Return a function that sets the language, until the test is over."""

    def use(language):
        translators.pop(("general", CATALOGUE), None)
        init([LOCALE], language, CATALOGUE)

    before = dict(translators)
    yield use
    translators.clear()
    translators.update(before)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["0 studies", "1 study", "2 studies", "1,500 studies"]),
        ("nb", ["0 studier", "1 studie", "2 studier", "1\u00a0500 studier"]),
        ("de", ["0 Studien", "1 Studie", "2 Studien", "1.500 Studien"]),
        ("nl", ["0 studies", "1 studie", "2 studies", "1.500 studies"]),
        ("es", ["0 estudios", "1 estudio", "2 estudios", "1\u00a0500 estudios"]),
        ("fr", ["0 étude", "1 étude", "2 études", "1\u00a0500 études"]),
    ],
)
def test_each_language_counts_in_its_own_way(speak, language, words):
    speak(language)
    assert [counted("%s study", "%s studies", count) for count in (0, 1, 2, 1500)] == words


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "2026-11-02"),
        ("nb", "2. november 2026"),
        ("de", "2. November 2026"),
        ("nl", "2 november 2026"),
        ("es", "2 de noviembre de 2026"),
        ("fr", "2 novembre 2026"),
        ("ar", "2026-11-02"),
    ],
)
def test_days_are_written_as_the_language_does_and_else_as_all_the_world_does(speak, language, written):
    speak(language)
    assert day(DAY) == written


def test_numbers_below_a_thousand_have_nothing_between(speak):
    speak("nb")
    assert [number(count) for count in (0, 999, 1000, 1234567)] == ["0", "999", "1\u00a0000", "1\u00a0234\u00a0567"]


def test_labels_within_a_sentence_are_small_where_the_language_has_them_so(speak):
    assert within(PublicationStatus.CONCERN) == "expression of concern"
    speak("de")
    assert within(PublicationStatus.CONCERN) == "Äußerung von Bedenken"
    assert within(Certainty.LOW) == "niedrige Vertrauenswürdigkeit"


def test_french_sets_its_colons_semicolons_and_quotes_apart(speak):
    speak("fr")
    assert labelled("Études", 3) == "Études\u00a0: 3"
    assert quoted("rien") == "«\u00a0rien\u00a0»"
    assert parted(["a", "b"]) == "a\u00a0; b"
    assert listed(["a", "b"]) == "a, b"


def test_a_text_of_the_register_that_is_nobodys_message_stays_as_it_is(speak):
    speak("nb")
    assert said("Criteria text not seen") == "Kriterieteksten er ikke sett"
    assert said("Words of a register of one's own") == "Words of a register of one's own"
    assert said("") == ""


@pytest.mark.parametrize("code", ["nb", "nb_NO", "no"])
def test_norwegian_has_several_codes(make_base, code):
    build = make_base(language=code).build()
    assert build.warnings == ()
    assert "PEM ikke påkrevd" in build.text("studies/alpha-2001.html")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "PEM nicht vorausgesetzt"),
        ("es", "PEM no exigido"),
        ("fr", "PEM non exigé"),
        ("nl", "PEM niet vereist"),
        ("de_AT", "PEM nicht vorausgesetzt"),
        ("tlh", "PEM not required"),
    ],
)
def test_a_base_in_each_language_builds(make_base, language, words):
    build = make_base(language=language).build()
    assert build.warnings == ()
    assert words in build.text("studies/alpha-2001.html")


OWN = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: {language}\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Summary"
msgstr "{summary}"
"""


@pytest.mark.parametrize(("language", "other"), [("nb", "Funn"), ("da", "Findings")])
def test_a_project_can_say_it_in_other_words_and_in_other_languages(make_base, language, other):
    catalogue = OWN.format(language=language, summary="Kort sagt")
    path = f"locales/{language}/LC_MESSAGES/sphinx_mecfs.po"
    build = make_base({path: catalogue}, language=language).build()
    assert build.warnings == ()
    page = build.text("studies/alpha-2001.html")
    assert '<h3 class="mecfs-heading">Kort sagt</h3>' in page
    assert f'<h3 class="mecfs-heading">{other}</h3>' in page


def test_another_language_reaches_every_page_of_a_base_that_was_built_before(make_base):
    project = make_base()
    project.build()
    files = project.build(language="de").files()
    # The script for searching in the language before stays behind.
    assert project.build(fresh=True, language="de").files().items() <= files.items()


REGISTER = """\
version = "1"

[words]
condition = "migrene"
feature = "Aura"
feature-name = "synsforstyrrelser"
feature-meaning = "flimring før hodepinen"

[[definitions]]
key = "min-2020"
name = "Min definisjon"
year = 2020
pem = "required"
mark = "A"
basis = "Aura kreves"
"""


def test_a_register_of_ones_own_has_its_words_in_place_of_the_translated_ones(make_base):
    project = make_base({"register.toml": REGISTER}, language="nb", mecfs_register="register.toml")
    for name in ("alpha-2001", "beta-2010"):
        project.remove(f"studies/{name}.md")
    project.write(
        {"index.md": "# Base\n\n{pem-badge}`required` {pem-badge}`mixed`\n\n```{toctree}\ndefinitions\n```\n"}
    )
    build = project.build()
    assert "Aura påkrevd" in build.text("index.html")
    assert "Aura kreves." in build.text("definitions.html")
    assert "PEM" not in build.text("index.html")
