"""A base in Norwegian: built without a warning by each builder, with no label of ours left in English."""

from __future__ import annotations

import json
import re
import zipfile
from html.parser import HTMLParser

import pytest
from catalogues import LOCALE, read

from sphinx_mecfs.evidence.register import shipped_register
from sphinx_mecfs.extension.build.translations import repaired

BUILDERS = ("html", "dirhtml", "singlehtml", "epub", "typst", "latex", "text", "man", "texinfo")

SHOWN = ("title", "aria-label", "alt", "placeholder", "content", "data-words", "data-filter", "data-count", "data-none")
"""Attributes whose text readers meet, or get through a script."""


class Words(HTMLParser):
    """All pieces of text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.inside.append(tag)
        for name, value in attrs:
            if name == "data-words":
                self.pieces += strings(json.loads(value))
            elif name in SHOWN and value:
                self.pieces.append(value)

    def handle_endtag(self, tag):
        if tag in self.inside:
            del self.inside[len(self.inside) - 1 - self.inside[::-1].index(tag) :]

    def handle_data(self, data):
        if not {"script", "style", "pre"}.intersection(self.inside):
            self.pieces.append(data)


def strings(value):
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    return [text for part in value for text in strings(part)] if isinstance(value, list) else [str(value)]


def pieces_of(build):
    """The pieces of text of all pages of a build, or its lines, without signs at their ends."""
    found = []
    for name, data in build.files().items():
        if name.endswith(".epub") or name.startswith("_sources"):
            continue
        if name.endswith((".html", ".xhtml")):
            words = Words()
            words.feed(data.decode())
            found += words.pieces
        elif name.endswith((".typ", ".tex", ".txt", ".7", ".texi")):
            found += plain_pieces(data.decode())
        elif name.endswith("mecfs-studies.js"):
            terms = json.loads(data.decode().split("=", 1)[1].rstrip(";\n"))["terms"]
            found += strings({**terms, "pem": [label for _sign, label, _group in terms["pem"].values()]})
    return {" ".join(piece.split()).strip(" :.,;()·•") for piece in found}


def plain_pieces(text):
    """The pieces of text of a file of markup, without what comes before the text and the names of groups."""
    for start in ("\\begin{document}", "\n#anchor("):
        text = text[text.find(start) if start in text else 0 :]
    text = re.sub(r"(?m)^ *//.*$", "", text)
    text = re.sub(r"mecfsbadge\{[\w-]+\}|group: \"[\w-]+\"", "", text)
    return re.split(r"[\n\"{}\[\]]|\\\\f[BIR]|: ", text)


def differing():
    """The messages that are something else in Norwegian, in English: each form of each."""
    for message in read(LOCALE / "nb" / "LC_MESSAGES" / "sphinx_mecfs.po"):
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        norwegian = message.string if isinstance(message.string, tuple) else (message.string,)
        yield from (one for one in english if one and one not in norwegian)


FILLED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
NAMES = [definition.name for definition in shipped_register().definitions.values()]
"""Names of definitions stay as they were published."""


def english_left(pieces):
    """The English messages that stand in pieces of text: single words as a piece, others anywhere."""
    whole = "\n".join(pieces)
    for name in NAMES:
        whole = whole.replace(name, "")
    whole = re.sub(r"\b(?:studies|claims)\.\w+", "", whole)
    left = set()
    for english in differing():
        text = english.strip(" :.,;()")
        words = re.findall(r"[^\W\d_]{3,}", FILLED.sub("", text))
        pattern = r"[^.;\n]{1,60}?".join(map(re.escape, FILLED.split(text)))
        found = text in pieces if len(words) == 1 and text.isalpha() else re.search(rf"(?<!\w){pattern}(?!\w)", whole)
        if words and found:
            left.add(english)
    return left


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_base_in_norwegian_builds_without_a_warning(norwegian, builder):
    assert norwegian(builder).warnings == ()


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_label_of_ours_is_left_in_english(norwegian, builder):
    assert english_left(pieces_of(norwegian(builder))) == set()


def test_the_search_for_what_is_left_finds_what_is_there(base_html):
    left = english_left(pieces_of(base_html))
    assert {"PEM required", "Summary", "%s participants", "Where this study is used", "not stated"} <= left
    assert len(left) > 60


def test_what_the_norwegian_pages_say_instead(norwegian):
    page = norwegian("html").text("beta.html")
    for words in (
        "PEM blandet",
        "1\u00a0500 deltakere",
        "Trukket tilbake. Artikkelen er trukket tilbake",
        "Viser ikke",
    ):
        assert words in page
    assert "1 deltaker<" in norwegian("html").text("gamma.html")
    assert "Sist kontrollert 2. november 2026." in page
    assert "Beta 2010" not in page
    assert "Berg 2010 (trukket tilbake)" in norwegian("html").text("index.html")


def test_a_question_speaks_norwegian(norwegian):
    page = norwegian("html").text("medisin.html")
    assert "Søkt 5. oktober 2026" in page
    assert "2 studier: PEM" in page
    assert "Lav tillit" in page
    assert "Type: effekt" in page
    assert "Risiko for systematiske skjevheter: Ingen ble sammenlignet." in page
    assert "«Medisinen hjelper.»" in norwegian("html").text("index.html")


def test_the_line_that_pins_down_a_card_keeps_days_as_all_the_world_writes_them(norwegian):
    assert "Kontrollert 2026-11-02; innhold " in norwegian("html").text("beta.html")


def test_days_in_a_table_can_be_sorted(norwegian):
    assert "<td><p>2026-10-01</p></td>" in norwegian("html").text("index.html")


def test_the_scripts_of_the_website_have_the_words_of_the_language(norwegian, base_html):
    words = '"copy": "Kopier", "copyCode": "Kopier kode", "copied": "Kopiert", "selected": "Markert", "code": "Kode"'
    assert norwegian("html").text("_static/mecfs.js").startswith(f"const mecfsWords = {{{words}}};\n")
    script = base_html.text("_static/mecfs.js")
    assert script.startswith('const mecfsWords = {"copy": "Copy"')
    used = set(re.findall(r"mecfsWords\.(\w+)", script))
    assert used == set(json.loads(script.split("= ", 1)[1].split(";\n", 1)[0]))


def test_the_search_knows_norwegian_words(norwegian):
    assert "NorwegianStemmer" in norwegian("html").text("_static/language_data.js")


def test_first_sentences_end_before_any_capital(norwegian):
    data = norwegian("html").text("_static/mecfs-texts-0.js")
    assert '"summary":"Tre fikk medisin."' in data


def test_the_pages_name_their_language_as_the_web_does(norwegian):
    assert 'lang="nb-NO"' in norwegian("html").text("index.html")


def test_a_page_may_be_shortened_by_the_norwegian_words(norwegian):
    assert 'class="mecfs-button mecfs-length"' in norwegian("html").text("index.html")
    assert ">Kort versjon</button>" in norwegian("html").text("index.html")


def test_an_epub_holds_the_same_words(norwegian):
    build = norwegian("epub")
    archive = zipfile.ZipFile(next(build.outdir.glob("*.epub")))
    assert "PEM blandet" in archive.read("beta.xhtml").decode()


def test_the_search_of_sphinx_can_say_how_many_pages_it_has_found(norwegian):
    script = norwegian("html").text("_static/translations.js")
    words = json.loads(script.removeprefix("Documentation.addTranslations(").removesuffix(");"))
    assert words["plural_expr"] == "Number((n != 1))"
    assert words["messages"]["Search Results"] == "Søkeresultat"
    # Sphinx itself has no Norwegian words for it yet, and an empty text in their place.
    assert "Search finished, found one page matching the search query." not in words["messages"]


def test_what_is_no_list_of_words_of_sphinx_is_left_alone():
    for script in ("", "alert(1);", "Documentation.addTranslations({);", 'Documentation.addTranslations({"a": 1});'):
        assert repaired(script) == script
