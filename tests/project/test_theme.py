"""The colours that docs/conf.py gives the book: calm, and every pair of text and ground at 4.5:1 (WCAG 2.2, 1.4.3)."""

import re
import runpy

import pytest
from support import ROOT

# Furo's own, for what the book leaves as it is, is tested in a browser.
OPTIONS = runpy.run_path(str(ROOT / "docs/conf.py"))["html_theme_options"]
CARDS = (ROOT / "sphinx_mecfs/assets/styles/cards.css").read_text(encoding="utf-8")
TEXTS = ["foreground-primary", "foreground-secondary", "foreground-muted", "brand-content", "brand-visited"]
GROUNDS = ["background-primary", "background-secondary", "background-hover", "highlight-on-target"]


def colours(scheme):
    return {name.removeprefix("color-"): value for name, value in OPTIONS[f"{scheme}_css_variables"].items()}


def luminance(colour):
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_words_stand_out_from_every_ground(scheme, ground, text):
    assert contrast(colours(scheme)[text], colours(scheme)[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_what_can_be_used_stand_out_from_the_page(scheme):
    assert contrast(colours(scheme)["foreground-border"], colours(scheme)["background-primary"]) >= 3


def test_there_is_no_glare():
    light, dark = colours("light"), colours("dark")
    assert luminance(dark["background-primary"]) < 0.01
    for words in TEXTS:
        assert luminance(dark[words]) < 0.7
    for ground in GROUNDS:
        assert light[ground] != "#ffffff"


def test_both_schemes_set_the_same_colours():
    assert colours("light").keys() == colours("dark").keys()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_of_badges_and_quiet_words_of_cards_stand_out_from_the_page(scheme):
    selector = {"light": r":root", "dark": r'body\[data-theme="dark"\]'}[scheme]
    block = re.search(rf"{selector} \{{(.*?)\}}", CARDS, re.DOTALL).group(1)
    found = dict(re.findall(r"--mecfs-([a-z-]+): (#[0-9a-f]{6});", block))
    page = colours(scheme)["background-primary"]
    for name, colour in found.items():
        if name.endswith("-line"):
            assert contrast(colour, page) >= 3, name
    assert contrast(found["muted"], page) >= 4.5
