"""The low-energy path in a real browser: the short version, the dark scheme, print."""

import re

import pytest

CHAPTER, CARD, QUESTION = "pem.html", "studies/fluge-2019-lymphocyte-depletion.html", "questions/b-cell-depletion.html"
PAGES = [CHAPTER, CARD, QUESTION]
HIDDEN = {CHAPTER: "#one-test", CARD: "text=Cite the study", QUESTION: "text=Who was left out"}
KEPT = {CHAPTER: "text=Short version.", CARD: ".mecfs-section-harms", QUESTION: "text=Moderate certainty"}

SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; }))
    .observe({type: "layout-shift", buffered: true});
}"""


def switch(page):
    return page.get_by_role("button", name="Short version")


def reopen(page, address):
    page.goto("about:blank")
    page.goto(address)


@pytest.mark.parametrize("name", PAGES)
def test_the_switch_hides_all_but_the_short_version_and_shows_it_again(visit, book, name):
    page = visit(book.file(name))
    rest = page.locator(HIDDEN[name]).first
    assert rest.is_visible()
    assert switch(page).get_attribute("aria-pressed") == "false"
    height = page.evaluate("document.body.scrollHeight")
    switch(page).click()
    assert not rest.is_visible()
    assert page.locator(KEPT[name]).first.is_visible()
    assert switch(page).get_attribute("aria-pressed") == "true"
    assert page.get_by_text("The rest of this page is hidden.").is_visible()
    assert page.evaluate("document.body.scrollHeight") < height / 2
    switch(page).click()
    assert rest.is_visible()
    assert not page.get_by_text("The rest of this page is hidden.").is_visible()


@pytest.mark.parametrize("address", ["served", "file"])
def test_the_choice_is_remembered_on_every_page(visit, book, address):
    where = getattr(book, address)
    page = visit(where(CHAPTER))
    switch(page).click()
    page.goto(where(CARD))
    assert switch(page).get_attribute("aria-pressed") == "true"
    assert not page.locator(HIDDEN[CARD]).first.is_visible()
    switch(page).click()
    page.goto(where(CHAPTER))
    assert page.locator(HIDDEN[CHAPTER]).is_visible()


def test_a_page_that_comes_back_from_the_history_follows_the_newest_choice(visit, book):
    page = visit(book.served(CHAPTER))
    page.goto(book.served(CARD))
    switch(page).click()
    page.go_back()
    page.wait_for_function("document.documentElement.dataset.mecfsLength === 'short'")
    assert switch(page).get_attribute("aria-pressed") == "true"


def test_the_short_version_is_chosen_before_the_body_is_there(visit, book):
    page = visit(book.served(CHAPTER))
    switch(page).click()
    page.add_init_script("""
      new MutationObserver((_changes, observer) => {
        if (document.body) {
          window.atBody = document.documentElement.dataset.mecfsLength;
          observer.disconnect();
        }
      }).observe(document, {childList: true, subtree: true});
    """)
    page.goto(book.served(CARD))
    assert page.evaluate("window.atBody") == "short"


def test_a_link_into_a_hidden_part_shows_the_page_in_full_for_this_visit(visit, book):
    page = visit(book.served(CHAPTER))
    switch(page).click()
    reopen(page, book.served(f"{CHAPTER}#one-test"))
    assert page.locator("#one-test").is_visible()
    assert 0 <= page.locator("#one-test h2").bounding_box()["y"] < 300
    assert switch(page).get_attribute("aria-pressed") == "false"
    reopen(page, book.served(CHAPTER))
    assert not page.locator("#one-test").is_visible()


def test_an_address_that_changes_to_a_hidden_part_shows_it_and_one_that_does_not_leaves_the_page_short(visit, book):
    page = visit(book.served(CARD))
    switch(page).click()
    page.evaluate("location.hash = '#fluge-2019-lymphocyte-depletion'")
    page.evaluate("location.hash = '#%'")
    page.wait_for_timeout(50)
    assert switch(page).get_attribute("aria-pressed") == "true"
    page.goto(book.served(CHAPTER))
    page.evaluate("location.hash = '#one-test'")
    page.wait_for_function("!document.documentElement.dataset.mecfsLength")
    assert page.locator("#one-test").is_visible()


def test_the_same_link_works_a_second_time(visit, book):
    page = visit(book.served(CHAPTER), width=1600)
    link = page.locator(".toc-drawer a[href='#one-test']")
    for _time in range(2):
        switch(page).click()
        assert not page.locator("#one-test").is_visible()
        link.click()
        page.wait_for_function("!document.documentElement.dataset.mecfsLength")
        page.evaluate("scrollTo(0, 0)")


def test_everything_can_be_done_from_the_keyboard(visit, book):
    page = visit(book.file(CARD))
    switch(page).focus()
    page.keyboard.press("Space")
    assert switch(page).get_attribute("aria-pressed") == "true"
    page.locator("button.mecfs-show-full").focus()
    page.keyboard.press("Enter")
    assert page.locator(HIDDEN[CARD]).first.is_visible()
    # Reading goes on at the first part that was hidden.
    assert page.evaluate("document.activeElement === document.querySelector('.mecfs-more')")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("short", [False, True])
def test_nothing_moves_while_a_page_loads(visit, book, name, width, short):
    page = visit(book.served("search.html"), width=width)
    page.evaluate(f"localStorage.setItem('mecfs-length', '{'short' if short else ''}')")
    page.add_init_script(f"({SHIFTS})()")
    page.goto(book.served(name))
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.dataset.mecfsLength === 'short'") is short
    assert page.evaluate("window.shifted") == 0


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_a_page_is_whole_and_has_no_switch(visit, book, name):
    page = visit(book.file(name), script=False)
    assert page.locator(HIDDEN[name]).first.is_visible()
    assert not page.locator("button.mecfs-length").is_visible()
    assert not page.get_by_text("The rest of this page is hidden.").is_visible()
    assert page.locator(".mecfs-in-full").is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_the_buttons_are_large_enough_for_a_finger_and_fit_a_phone(visit, book, name):
    page = visit(book.file(name), width=320)
    switch(page).click()
    for button in [switch(page), page.get_by_role("button", name="Show the full page")]:
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def rgb(text):
    return [float(number) / 255 for number in re.findall(r"[\d.]+", text)[:3]]


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


COLOURS = """(selector) => {
  const element = document.querySelector(selector);
  let ground = element;
  while (["rgba(0, 0, 0, 0)", "transparent"].includes(getComputedStyle(ground).backgroundColor)) {
    ground = ground.parentElement;
  }
  return [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor];
}"""
WORDS = [
    ".mecfs-section p",
    ".mecfs-byline",
    ".mecfs-byline a",
    ".mecfs-reading span",
    ".mecfs-rest",
    "h1",
    ".book-notice",
]


@pytest.mark.parametrize("chosen", ["dark", "system"])
def test_words_in_the_dark_stand_out_without_glare(visit, book, chosen):
    page = visit(book.served(CARD), dark=chosen == "system")
    if chosen == "dark":
        page.evaluate("localStorage.setItem('theme', 'dark')")
        page.reload()
    for selector in WORDS:
        words, ground = page.evaluate(COLOURS, selector)
        light, dark = luminance(words), luminance(ground)
        assert dark < 0.02, (selector, ground)
        assert 4.5 <= (light + 0.05) / (dark + 0.05) <= 15, (selector, words, ground)
        assert words != "rgb(255, 255, 255)"


def test_the_switch_of_the_theme_and_the_system_give_the_same_dark(visit, book):
    found = []
    for chosen in ["dark", "system"]:
        page = visit(book.served(CARD), dark=chosen == "system")
        page.evaluate(f"localStorage.setItem('theme', '{'dark' if chosen == 'dark' else 'auto'}')")
        page.reload()
        found.append([page.evaluate(COLOURS, selector) for selector in [*WORDS, ".mecfs-badge", ".sidebar-tree a"]])
    assert found[0] == found[1]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_in_a_page_moves_by_itself(visit, book, name):
    page = visit(book.file(name))
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
    }).map((element) => element.outerHTML.slice(0, 80))""")
    assert moving == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_on_paper_there_are_no_buttons_and_links_to_other_hosts_are_spelled_out(visit, book):
    page = visit(book.file(CARD), dark=True)
    page.emulate_media(media="print")
    for button in page.get_by_role("button").all():
        assert not button.is_visible()
    after = "(selector) => getComputedStyle(document.querySelector(selector), '::after').content"
    assert "https://doi.org/" in page.evaluate(after, ".mecfs-byline a.external")
    assert page.evaluate(after, "article a.internal") == "none"


def test_paper_is_white_even_from_the_dark_scheme(visit, book):
    page = visit(book.file(CARD), dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    for selector in [".mecfs-section p", ".mecfs-badge", ".mecfs-byline", "h1"]:
        assert luminance(page.evaluate(COLOURS, selector)[0]) < 0.05, selector
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.mecfs-badge')).backgroundColor") == "rgba(0, 0, 0, 0)"
    )


def test_what_is_chosen_is_printed(visit, book):
    page = visit(book.file(CARD))
    switch(page).click()
    page.emulate_media(media="print")
    assert not page.locator(HIDDEN[CARD]).first.is_visible()
    assert page.get_by_text("The rest of this page is hidden.").is_visible()
    page.emulate_media(media="screen")
    switch(page).click()
    page.emulate_media(media="print")
    assert page.locator(HIDDEN[CARD]).first.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_lines_are_about_seventy_characters_long_with_room_between_them(visit, book, name):
    page = visit(book.file(name))
    measured = page.evaluate("""() => [...document.querySelectorAll("article[role=main] p")].map((paragraph) => {
      const style = getComputedStyle(paragraph), range = document.createRange();
      range.selectNodeContents(paragraph);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.bottom / 12))).size;
      return [paragraph.textContent.length, lines, parseFloat(style.lineHeight) / parseFloat(style.fontSize)];
    }).filter(([length]) => length > 300)""")
    assert measured
    for length, lines, height in measured:
        assert length / lines < 95
        assert height >= 1.6
