"""Cards beside links to studies, in a real browser (WCAG 2.2, 1.4.13: dismissible, hoverable, persistent)."""

import re

import pytest
from browsing import serving
from question_pages import PAGES
from samples import CONF, base_files
from support import Project

CHAPTER = "body/viruses.html"
TOPIC = "topics/viruses.html"
CARD = "#mecfs-preview"
LINKS = "article a.reference.internal[href*='studies/'][href*='#']"
LATER = 500


def first_link(page):
    """A link to a study in the text of a page, and its key."""
    link = page.locator(f"{LINKS}:visible").first
    return link, link.get_attribute("href").partition("#")[2]


def tab_to(page, link):
    """Reach a link by the keyboard from what stands before it."""
    link.evaluate("""(link) => {
        const stop = Object.assign(document.createElement('span'), {tabIndex: 0});
        link.before(stop);
        stop.focus();
    }""")
    page.keyboard.press("Tab")
    assert link.evaluate("(link) => link === document.activeElement")


def title_on_its_page(visit, book, key):
    """The title of a paper in what its own page gives to be cited."""
    page = visit(book.file(f"studies/{key}.html"))
    code = page.locator(".mecfs-code pre", has_text="TY  - ").evaluate("(pre) => pre.textContent")
    return re.search(r"^TI  - (.*)$", code, re.MULTILINE)[1].strip()


def words_on_its_page(visit, book, key):
    """The badge and the beginning of the summary on the page of a study."""
    page = visit(book.file(f"studies/{key}.html"))
    badge = page.locator("article.mecfs-card .mecfs-badges [class*=mecfs-pem-]").first.inner_text()
    return badge, page.locator(".mecfs-section-summary").inner_text()


def test_the_keyboard_shows_the_study_and_escape_takes_it_away(visit, book):
    page = visit(book.file(CHAPTER))
    link, key = first_link(page)
    tab_to(page, link)
    page.locator(CARD).wait_for()
    shown = page.locator(CARD).inner_text()
    assert title_on_its_page(visit, book, key) in shown
    badge, summary = words_on_its_page(visit, book, key)
    assert badge in shown
    assert shown.splitlines()[-1] in summary
    assert link.get_attribute("aria-describedby") == page.get_by_role("tooltip").get_attribute("id")
    page.keyboard.press("Escape")
    assert not page.locator(CARD).is_visible()
    assert link.get_attribute("aria-describedby") is None
    page.wait_for_timeout(LATER)
    assert not page.locator(CARD).is_visible()
    assert link.evaluate("(link) => link === document.activeElement")


def test_it_stays_while_the_link_has_the_focus_and_goes_with_it(visit, book):
    page = visit(book.file(CHAPTER))
    link, _key = first_link(page)
    tab_to(page, link)
    page.locator(CARD).wait_for()
    page.wait_for_timeout(1500)
    assert page.locator(CARD).is_visible()
    page.evaluate("document.activeElement.blur()")
    page.locator(CARD).wait_for(state="hidden")
    assert link.get_attribute("aria-describedby") is None


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + min(box["width"] / 2, 8), box["y"] + min(box["height"] / 2, 8)


def test_the_mouse_can_move_onto_it_and_leaving_both_takes_it_away(visit, book):
    page = visit(book.file(CHAPTER))
    link, _key = first_link(page)
    link.scroll_into_view_if_needed()
    page.mouse.move(*middle(link))
    page.wait_for_timeout(150)
    assert not page.locator(CARD).is_visible()
    page.locator(CARD).wait_for()
    box = page.locator(CARD).bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2, steps=5)
    page.wait_for_timeout(1000)
    assert page.locator(CARD).is_visible()
    assert link.get_attribute("aria-describedby") is not None
    page.mouse.move(2, 2)
    page.locator(CARD).wait_for(state="hidden")
    assert link.get_attribute("aria-describedby") is None


def test_escape_takes_it_away_while_the_mouse_rests_on_the_link(visit, book):
    page = visit(book.file(CHAPTER))
    link, _key = first_link(page)
    link.hover()
    page.locator(CARD).wait_for()
    page.keyboard.press("Escape")
    x, y = middle(link)
    page.mouse.move(x + 1, y)
    page.wait_for_timeout(LATER)
    assert not page.locator(CARD).is_visible()
    page.mouse.move(2, 2)
    page.wait_for_timeout(LATER)
    link.hover()
    page.locator(CARD).wait_for()


def test_a_mouse_that_passes_over_a_link_shows_nothing(visit, book):
    page = visit(book.file(CHAPTER))
    link, _key = first_link(page)
    link.hover()
    page.wait_for_timeout(100)
    page.mouse.move(2, 2)
    page.wait_for_timeout(2 * LATER)
    assert page.locator(CARD).count() == 0


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", [CHAPTER, TOPIC])
def test_it_covers_no_part_of_its_link_and_stays_in_the_window(visit, book, name, width):
    page = visit(book.file(name), width=width, height=700)
    for link in page.locator(f"{LINKS}:visible").all()[:12]:
        tab_to(page, link)
        page.wait_for_function("(link) => link.hasAttribute('aria-describedby')", arg=link.element_handle())
        card = page.locator(CARD).bounding_box()
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= width
        assert card["y"] >= 0
        assert card["y"] + card["height"] <= 700
        box = link.bounding_box()
        assert card["y"] >= box["y"] + box["height"] or card["y"] + card["height"] <= box["y"]
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_retracted_study_is_marked(visit, book):
    page = visit(book.file(TOPIC))
    link = page.locator("table a[href*='lombardi-2009-retracted-detection']").first
    tab_to(page, link)
    page.locator(CARD).wait_for()
    assert page.locator(f"{CARD} strong").inner_text() == "Lombardi 2009 (retracted)"


def test_a_citation_shows_its_study_too(visit, book):
    page = visit(book.file("extension/cards.html"))
    link = page.locator("a[href$='#cite-fluge-2009-clinical-impact']").first
    tab_to(page, link)
    page.locator(CARD).wait_for()
    assert title_on_its_page(visit, book, "fluge-2009-clinical-impact") in page.locator(CARD).inner_text()


def test_on_its_own_page_a_study_is_not_shown_again(visit, book):
    name = "studies/nice-ng206-2021.html"
    page = visit(book.file(name))
    for address in [
        "#nice-ng206-2021",
        "nice-ng206-2021.html#nice-ng206-2021",
        "../references.html#cite-nice-ng206-2021",
    ]:
        page.evaluate(
            """(address) => document.querySelector('article p').insertAdjacentHTML('beforeend',
                ` <a class="reference internal" href="${address}">itself</a>`)""",
            address,
        )
        tab_to(page, page.get_by_role("link", name="itself").last)
        page.wait_for_timeout(LATER)
        assert page.locator(CARD).count() == 0


def test_the_map_and_links_to_other_things_have_none_and_load_nothing(visit, book):
    page = visit(book.file(TOPIC))
    page.locator("svg.mecfs-drawing a").first.focus()
    page.locator(".sidebar-tree a").first.focus()
    page.get_by_role("link", name="The chapter on viruses").focus()
    page.wait_for_timeout(LATER)
    assert page.locator(CARD).count() == 0
    assert page.evaluate("window.mecfsStudies") is None


def test_the_data_are_loaded_once(visit, book):
    page = visit(book.served(CHAPTER))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for link in page.locator(f"{LINKS}:visible").all()[:3]:
        tab_to(page, link)
        page.wait_for_function("(link) => link.hasAttribute('aria-describedby')", arg=link.element_handle())
    assert [url for url in asked if "mecfs-studies.js" in url] == [book.served("_static/mecfs-studies.js")]


def test_what_the_data_say_is_never_markup(visit, book):
    page = visit(book.file(CHAPTER))
    link, key = first_link(page)
    link.hover()
    page.locator(CARD).wait_for()
    page.mouse.move(2, 2)
    page.locator(CARD).wait_for(state="hidden")
    page.evaluate(
        """(key) => {
            const place = mecfsStudies.studies.findIndex((one) => one.key === key);
            const hostile = '<img src=x onerror=alert(1)>';
            mecfsStudies.studies[place].name = hostile;
            Object.assign(mecfsTexts0[place], { title: hostile, summary: hostile });
        }""",
        key,
    )
    link.hover()
    page.locator(CARD).wait_for()
    assert page.locator(CARD).inner_text().count("<img src=x") == 3
    assert page.locator(f"{CARD} img").count() == 0


def test_a_finger_opens_the_link_and_no_card(book, browser):
    phone = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    page = phone.new_page()
    page.goto(book.file(CHAPTER))
    link, key = first_link(page)
    page.evaluate("addEventListener('click', (event) => event.preventDefault())")
    link.tap()
    page.wait_for_timeout(2 * LATER)
    assert page.locator(CARD).count() == 0
    phone.close()
    assert key


def test_without_scripts_there_are_only_the_links(visit, book):
    page = visit(book.file(CHAPTER), script=False)
    link, key = first_link(page)
    link.hover()
    page.wait_for_timeout(LATER)
    assert page.locator(CARD).count() == 0
    link.click()
    page.wait_for_url(f"**/studies/{key}.html#{key}")


# ---- links to another base -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def citing(tmp_path_factory):
    """A project without cards of its own that cites another base, whose address no one answers."""
    base = Project(tmp_path_factory.mktemp("published"), {"project": "Test base", "version": "7", **CONF})
    base.write({**base_files(), **PAGES})
    data = base.build().outdir / "data/studies.json"
    conf = {"extensions": ["myst_parser", "sphinx_mecfs"], "html_theme": "furo", "project": "Citing"}
    # A browser asks a server for an icon, unless the page names one.
    icon = {"icon.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'}
    conf["html_favicon"] = "icon.svg"
    external = {"book": ("https://base.example/", str(data))}
    project = Project(tmp_path_factory.mktemp("citing"), {**conf, "mecfs_external": external})
    cited = [
        "{mecfs:study}`alpha-2001`",
        "{pem-badge}`alpha-2001`",
        "{mecfs:study}`the trial <beta-2010>`",
        "{mecfs:claim}`here <drug-helps>`",
        "{mecfs:question}`drug`",
    ]
    project.write({"conf.py": "", **icon, "index.md": "# Citing\n\n" + "\n\n".join(cited) + "\n"})
    build = project.build()
    assert build.warnings == ()
    with serving(build.outdir) as site:
        yield site


OF_OTHERS = {
    "Ærø 2001": [
        "Ærø 2001",
        "TNF-α and β2-receptors in three people: a series",
        "○ PEM not required (optional item)",
        "Three people were treated.",
        "Test base 7",
    ],
    "the trial": ["Beta 2010 (retracted)", "A trial that did not hold", "Test base 7"],
    "here": ["Three people felt better after the drug.", "very low certainty", "Test base 7"],
    "Does the drug help?": ["Does the drug help?", "Nobody knows. One trial was retracted.", "Test base 7"],
}


@pytest.mark.parametrize("way", ["file", "served"])
@pytest.mark.parametrize("words", OF_OTHERS)
def test_a_link_to_another_base_shows_what_it_carries_and_asks_no_one(visit, citing, words, way):
    page = visit(getattr(citing, way)("index.html"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    link = page.locator("a.mecfs-elsewhere", has_text=words).first
    title = link.get_attribute("title")
    tab_to(page, link)
    page.locator(CARD).wait_for()
    shown = page.locator(CARD).inner_text()
    assert [text for text in OF_OTHERS[words] if text not in shown] == []
    # What a browser shows by itself would lie over the card.
    assert link.get_attribute("title") is None
    page.keyboard.press("Escape")
    assert not page.locator(CARD).is_visible()
    assert link.get_attribute("title") == title
    assert [url for url in asked if not url.endswith("icon.svg")] == []


def test_a_badge_of_another_base_has_a_preview_for_the_mouse_too(visit, citing):
    page = visit(citing.file("index.html"))
    page.locator("a.mecfs-badge-link").first.hover()
    page.locator(CARD).wait_for()
    assert page.locator(f"{CARD} .mecfs-badge").inner_text() == "○ PEM not required (optional item)"
    assert page.locator(f"{CARD} .mecfs-badge").get_attribute("class") == "mecfs-badge mecfs-pem-not-required"
    page.mouse.move(2, 2)
    page.locator(CARD).wait_for(state="hidden")


def test_what_another_base_says_is_never_markup(visit, citing):
    page = visit(citing.file("index.html"))
    link = page.locator("a.mecfs-elsewhere").first
    page.evaluate(
        """() => {
            const link = document.querySelector('a.mecfs-elsewhere');
            for (const name of ['Name', 'Title', 'Badge', 'Summary', 'Where'])
                link.dataset['mecfs' + name] = '<img src=x onerror=alert(1)>';
        }"""
    )
    tab_to(page, link)
    page.locator(CARD).wait_for()
    assert page.locator(CARD).inner_text().count("<img src=x") == 5
    assert page.locator(f"{CARD} img").count() == 0


def test_it_is_not_printed(visit, book):
    page = visit(book.file(CHAPTER))
    link, _key = first_link(page)
    tab_to(page, link)
    page.locator(CARD).wait_for()
    page.emulate_media(media="print")
    assert not page.locator(CARD).is_visible()
