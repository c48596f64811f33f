"""Every pair of text and ground in the style sheet has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3)."""

import re

import pytest
from support import ROOT

CSS = (ROOT / "sphinx_mecfs/assets/styles/cards.css").read_text(encoding="utf-8")
# What a page may have behind a badge or card: the grounds of Furo.
PAGES = {"light": "#ffffff", "dark": "#131416"}


def schemes():
    blocks = re.findall(r"(:root|body\[data-theme=\"dark\"\]|body\[data-theme=\"auto\"\]) \{(.*?)\}", CSS, re.DOTALL)
    values = {selector: dict(re.findall(r"--mecfs-([a-z-]+): (#[0-9a-f]{6});", block)) for selector, block in blocks}
    return {"light": values[":root"], "dark": values['body[data-theme="dark"]']}, values


def luminance(colour):
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("group", ["required", "not-required", "other", "muted", "banner"])
def test_words_of_badges_and_banners_stand_out_from_their_ground(scheme, group):
    colours = schemes()[0][scheme]
    assert contrast(colours[f"{group}-text"], colours[f"{group}-ground"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("group", ["required", "not-required", "other", "muted", "banner"])
def test_outlines_stand_out_from_the_page(scheme, group):
    assert contrast(schemes()[0][scheme][f"{group}-line"], PAGES[scheme]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_quiet_text_stands_out_from_the_page(scheme):
    colours = schemes()[0][scheme]
    assert contrast(colours["muted"], PAGES[scheme]) >= 4.5
    assert contrast(colours["text"], colours["ground"]) >= 4.5


def test_the_dark_scheme_is_the_same_whether_chosen_or_preferred():
    _, values = schemes()
    assert values['body[data-theme="dark"]'] == values['body[data-theme="auto"]']
