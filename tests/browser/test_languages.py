"""A base in Norwegian, and one that is written from right to left, in a real browser."""

from __future__ import annotations

import pytest
from browsing import serving
from norwegian_pages import PAGES, SETTINGS
from support import Project

WIDTHS = (390, 1280)


@pytest.fixture(scope="module", params=["nb_NO", "ar"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def site(language, tmp_path_factory):
    project = Project(tmp_path_factory.mktemp(language), {**SETTINGS, "language": language, "html_favicon": "icon.svg"})
    # A browser asks a server for an icon.
    project.write({**PAGES, "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'})
    with serving(project.build().outdir) as site:
        yield site


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["beta", "medisin", "leting", "index", "definisjoner"])
def test_nothing_leaves_the_window(visit, site, name, width):
    page = visit(site.file(f"{name}.html"), width=width)
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_cards_and_claims_begin_where_lines_begin(visit, site, language, width):
    for name, selector in (("beta", ".mecfs-card"), ("medisin", ".mecfs-claim")):
        page = visit(site.file(f"{name}.html"), width=width)
        borders = page.locator(selector).first.evaluate(
            "e => [getComputedStyle(e).borderLeftWidth, getComputedStyle(e).borderRightWidth].map(parseFloat)"
        )
        assert (borders[0] > borders[1]) is (language != "ar")
        box = page.locator(selector).first.bounding_box()
        first = page.locator(f"{selector} .mecfs-badge").first.bounding_box()
        before, after = first["x"] - box["x"], box["x"] + box["width"] - first["x"] - first["width"]
        assert (before < after) is (language != "ar")


def test_code_and_figures_stay_as_they_are_read(visit, site):
    page = visit(site.file("index.html"), width=1280)
    for selector in ("div.highlight pre", ".mecfs-drawing"):
        assert page.locator(selector).first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    code = page.locator("div.highlight").first.bounding_box()
    button = page.locator("div.highlight .mecfs-copy").first.bounding_box()
    assert button["x"] > code["x"] + code["width"] / 2


def test_the_explorer_finds_filters_and_counts(visit, site, language):
    words = {
        "nb_NO": ("1 av 3 studier", "Randomisert kontrollert studie", "1\u00a0500 deltakere"),
        "ar": ("1 of 3 studies", "Randomised controlled trial", "participants"),
    }[language]
    page = visit(site.file("leting.html"), width=1280)
    page.locator(".mecfs-find input[name=q]").fill("1500 personer")
    assert page.locator(".mecfs-found").inner_text() == words[0]
    page.locator(".mecfs-find input[name=q]").fill("")
    page.locator("label", has_text=words[1]).locator("input").check()
    assert page.locator(".mecfs-found").inner_text() == words[0]
    assert words[2] in page.locator(".mecfs-hits").inner_text()


def test_the_scripts_speak_the_language_of_the_page(visit, site, language):
    page = visit(site.file("index.html"), width=1280)
    button = page.locator("div.highlight .mecfs-copy").first
    assert (button.inner_text(), button.get_attribute("aria-label")) == {
        "nb_NO": ("Kopier", "Kopier kode"),
        "ar": ("Copy", "Copy code"),
    }[language]


def test_the_search_of_sphinx_finds_other_forms_of_a_norwegian_word(visit, site, language):
    if language == "nb_NO":
        page = visit(site.served("search.html?q=medisinene"), width=1280)
        page.locator("#search-results li a", has_text="Virker medisinen?").first.wait_for(timeout=10_000)
