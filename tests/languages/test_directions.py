"""Right to left: styles name the start and the end of a line, never its left and its right."""

from __future__ import annotations

import re

import pytest

from sphinx_mecfs.extension.build.assets import ASSETS

SHEETS = sorted([*ASSETS.glob("styles/*.css"), *ASSETS.glob("explorer/*.css")])
SIDED = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right)[\w-]*|left|right|float|clear|"
    r"border-(?:top|bottom)-(?:left|right)-radius)\s*:|text-align:\s*(?:left|right)",
    re.MULTILINE,
)
FOUR = re.compile(r"^ *(?:margin|padding|inset): ([^ ;]+) ([^ ;]+) ([^ ;]+) ([^ ;]+);", re.MULTILINE)
MEANT = {
    # A script gives the place beside a link, counted from the left in any language.
    "previews.css": ["  left: 0;"],
    # What is written from left to right in any language.
    "languages.css": ["  text-align: left;"],
}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_no_style_has_a_side(path):
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if SIDED.search(line)]
    assert lines == MEANT.get(path.name, [])
    assert [found for found in FOUR.finditer(text) if found[2] != found[4]] == []


@pytest.mark.parametrize("language", ["ar", "fa", "he", "ur"])
def test_the_style_sheet_knows_the_languages_that_are_written_from_right_to_left(make_base, language):
    build = make_base(language=language).build()
    assert build.warnings == ()
    assert f'<html lang="{language}"' in build.text("index.html")
    sheet = build.text("_static/mecfs.css")
    rule = re.search(r":root:is\(([^{]*)\) \{\s*direction: rtl;", sheet)
    assert f":lang({language})" in rule[1]
