"""What holds on every kind of page, in a real browser: accessibility, reflow, weight, no other host, no error."""

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What Furo, and not this project, decides: its side bars stand outside the landmarks that the practice wants.
NOT_OURS = {"region", "landmark-unique"}
PAGES = {
    "start": "index.html",
    "chapter": "pem.html",
    "chapter with a story in a table": "body/viruses.html",
    "card": "studies/fluge-2009-clinical-impact.html",
    "card of a retracted study": "studies/lombardi-2009-retracted-detection.html",
    "question": "questions/immunoglobulin.html",
    "questions by studies": "questions/index.html",
    "subject with a map": "topics/long-covid.html",
    "map of all": "map.html",
    "explorer": "explore.html",
    "short version of the base": "short.html",
    "register": "register.html",
    "definition": "definitions/ccc-2003.html",
    "glossary": "reading/glossary.html",
    "references": "references.html",
    "retractions": "reading/retractions.html",
    "index by status": "mecfs-pem.html",
    "manual": "extension/tables.html",
    "search": "search.html",
}
VIEWS = {
    "light": {},
    "dark": {"dark": True},
    "on a phone": {"width": 320, "height": 640},
    "on a phone, dark": {"width": 320, "height": 640, "dark": True},
}
LARGER = "html { font-size: 200% !important }"


@pytest.fixture(scope="session")
def axe():
    return Axe()


def findings(axe, page):
    """The violations of a page: rule, and the beginning of each element."""
    answer = axe.run(page, options={"runOnly": RULES})
    return [
        (violation["id"], node["html"][:160])
        for violation in answer.response["violations"]
        for node in violation["nodes"]
        if violation["id"] not in NOT_OURS
    ]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_meets_wcag(visit, book, axe, kind, view):
    # Served, since axe reads the style sheets, which a page in a folder may not.
    page = visit(book.served(PAGES[kind]), **VIEWS[view])
    assert findings(axe, page) == []


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_meets_wcag_with_text_of_twice_the_size(visit, book, axe, kind):
    page = visit(book.served(PAGES[kind]))
    page.add_style_tag(content=LARGER)
    assert findings(axe, page) == []
    assert too_wide(page) == []


def too_wide(page):
    """What reaches beyond the right edge of the window and makes the page scroll sideways."""
    return page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.scrollingElement.scrollWidth <= room) return [];
            return [...document.querySelectorAll('body *')]
                .filter(one => one.getBoundingClientRect().right > room + 1).map(one => one.outerHTML.slice(0, 100));
        }"""
    )


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_does_not_scroll_sideways_on_a_phone(visit, book, kind):
    page = visit(book.file(PAGES[kind]), width=320, height=640)
    assert too_wide(page) == []


def test_all_studies_fit_a_phone(visit, book):
    page = visit(book.file("index.html"), width=320, height=640)
    wide = {}
    for path in sorted((book.folder / "studies").glob("*.html")):
        page.goto(book.file(f"studies/{path.name}"))
        if found := too_wide(page):
            wide[path.name] = found
    assert wide == {}


def test_a_page_opens_without_an_error_and_without_another_host(visit, book):
    for kind in PAGES.values():
        page = visit(book.served(kind))
        assert "ME/CFS Evidence Book" in page.title()


def test_the_badge_of_a_card_is_announced_as_words(visit, book):
    page = visit(book.file(PAGES["card"]))
    tree = page.locator("article.mecfs-card ul.mecfs-badges").aria_snapshot()
    assert "PEM not reported" in tree
    assert "–" not in tree


def test_the_banner_of_a_retracted_study_is_a_note_that_says_so_and_comes_first(visit, book):
    page = visit(book.file(PAGES["card of a retracted study"]))
    banner = page.locator("article.mecfs-card [role=note]")
    assert banner.inner_text().startswith("Retracted.")
    assert page.evaluate(
        """() => {
            const [banner, badges] = ['.mecfs-banner', '.mecfs-badges'].map(name => document.querySelector(name));
            return !!(banner.compareDocumentPosition(badges) & Node.DOCUMENT_POSITION_FOLLOWING);
        }"""
    )


def test_the_map_can_be_walked_by_keyboard_and_a_mark_opens_its_study(visit, book):
    page = visit(book.file("topics/viruses.html"))
    first = page.locator("svg.mecfs-drawing a").first
    first.focus()
    label = first.get_attribute("aria-label")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg.mecfs-drawing') !== null")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/studies/*.html#*")
    assert label.split(",")[0].split(" (")[0] in page.locator("body").inner_text()


@pytest.mark.parametrize("dark", [False, True])
def test_marks_of_the_map_stand_out_from_the_page_in_both_schemes(visit, book, dark):
    page = visit(book.file("map.html"), dark=dark)
    colours = page.evaluate(
        """() => {
            const of = (name, property) => getComputedStyle(document.querySelector(name))[property];
            return [of('body', 'backgroundColor'), of('.mecfs-mark.mecfs-required > *', 'stroke'),
                    of('.mecfs-mark.mecfs-not-required > *', 'stroke'), of('.mecfs-drawing .mecfs-words', 'fill')];
        }"""
    )
    ground, *marks, words = [luminance(colour) for colour in colours]
    assert all(contrast(ground, mark) >= 3 for mark in marks)
    assert contrast(ground, words) >= 4.5


def luminance(colour):
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((one, other), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("kind", PAGES)
def test_styles_and_scripts_of_ours_weigh_little(visit, book, kind):
    """At most 15 kB gzipped beside Furo's, the project's own bound. Data that a reader asks for are not counted."""
    page = visit(book.file(PAGES[kind]))
    names = page.evaluate(
        """() => [...document.querySelectorAll('link[rel=stylesheet], script[src]')].map(one => one.href || one.src)
                .filter(address => /mecfs|book\\.css/.test(address)).map(address => address.replace(/\\?.*/, ''))"""
    )
    inline = page.evaluate(
        "() => [...document.querySelectorAll('script:not([src]), style')].map(one => one.textContent)"
    )
    files = [
        book.folder / "_static" / name.rpartition("/")[2]
        for name in names
        if not re.search("mecfs-(studies|texts)", name)
    ]
    weight = sum(len(gzip.compress(path.read_bytes())) for path in files)
    ours = sum(len(gzip.compress(text.encode())) for text in inline if "mecfs" in text and "schema.org" not in text)
    assert files
    assert weight + ours <= 15_000
