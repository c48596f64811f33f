"""Tables of more rows than are shown at once, and the search page of a website with an index, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import serving
from samples import ALPHA, CONF, DEFINITIONS, REFERENCES, REFS, SECTIONS, myst_card
from support import ROOT, Project

COUNT, LIMIT = 60, 20
ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>'
PAGE = """\
# Tables

```{evidence-table}
:columns: study, year, participants, design
:sort: study
:caption: All studies
```
"""
FIND = "# Find\n\n```{evidence-explorer}\n:filter: participants < 30\n```\n"
# Furo's side bars stand outside the landmarks that the practice wants.
NOT_OURS = {"region": {"enabled": False}, "landmark-unique": {"enabled": False}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WCAG = {"runOnly": RULES, "rules": NOT_OURS}
PLACES = "rows => rows.map((row) => row.getAttribute('aria-rowindex'))"


def key(number):
    return f"alpha-{number:03}"


def entry(number):
    alpha = (
        REFS[: REFS.index("@article{beta")]
        .replace("alpha-2001", key(number))
        .replace("{2001}", f"{{{2001 + number // 3}}}")
    )
    return "\n".join(line for line in alpha.splitlines() if not line.lstrip().startswith(("doi", "pmid")))


def card(number):
    words = SECTIONS.replace("Three people", f"Sørland met {number} people, whom we call p{number}x, who")
    return myst_card(key(number), ALPHA | {"participants": str(number + 1)}, words)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Sixty studies on three pages, of which a table shows twenty at once."""
    settings = {**CONF, "html_theme": "furo", "mecfs_table_rows": LIMIT, "mecfs_fulltext": True}
    # A browser asks a server for an icon; the style keeps Furo within the window.
    settings |= {"html_favicon": "icon.svg", "html_static_path": ["_static"], "html_css_files": ["book.css"]}
    project = Project(tmp_path_factory.mktemp("long"), {"project": "Long", **settings})
    pages = {
        f"part{start}.md": f"# Part {start}\n\n" + "\n".join(map(card, range(start, start + 20)))
        for start in (0, 20, 40)
    }
    names = "\n".join(["tables", "find", "definitions", "references", *(name.removesuffix(".md") for name in pages)])
    project.write(
        {
            **pages,
            "index.md": f"# Long\n\n```{{toctree}}\n{names}\n```\n",
            "tables.md": PAGE,
            "find.md": FIND,
            "definitions.md": DEFINITIONS,
            "references.md": REFERENCES,
            "refs.bib": "\n".join(entry(number) for number in range(COUNT)),
            "icon.svg": ICON,
            "_static/book.css": (ROOT / "docs/_static/book.css").read_bytes(),
        }
    )
    build = project.build()
    assert build.warnings == ()
    with serving(build.outdir) as site:
        yield site


def shown(page):
    """The keys of the rows that are shown, in their order."""
    links = page.locator(".mecfs-table tbody tr:visible th a")
    return [link.rpartition("#")[2] for link in links.evaluate_all("links => links.map((link) => link.href)")]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def keys(numbers):
    return [key(number) for number in numbers]


def test_the_first_rows_are_shown_and_the_rest_when_it_is_asked_for(visit, site):
    page = visit(site.file("tables.html"))
    assert shown(page) == keys(range(20))
    assert page.get_by_text("20 of 60 are shown. The search of your browser finds only these;").is_visible()
    press(page, "Show more")
    assert shown(page) == keys(range(40))
    # Reading goes on where the new rows begin.
    assert page.evaluate("document.activeElement.hash") == f"#{key(20)}"
    press(page, "Show all")
    assert shown(page) == keys(range(60))
    assert page.evaluate("document.activeElement.hash") == f"#{key(40)}"
    assert page.get_by_role("button", name="Show more").count() == 0


def test_a_screen_reader_is_told_how_many_rows_there_are_and_which_these_are(visit, site):
    page = visit(site.file("tables.html"))
    table = page.locator(".mecfs-table")
    assert table.get_attribute("aria-rowcount") == str(COUNT + 1)
    assert table.locator("tr:visible").evaluate_all(PLACES) == [str(place) for place in range(1, LIMIT + 2)]
    page.get_by_label("Filter").fill("2005")
    fitting = len(shown(page))
    assert 0 < fitting < LIMIT
    assert table.get_attribute("aria-rowcount") == str(fitting + 1)
    assert table.locator("tr:visible").evaluate_all(PLACES) == [str(place) for place in range(1, fitting + 2)]


def test_the_filter_and_the_order_take_all_rows(visit, site):
    page = visit(site.file("tables.html"))
    press(page, "Participants")
    press(page, "Participants")
    assert shown(page) == keys(range(59, 39, -1))
    press(page, "Show more")
    assert shown(page) == keys(range(59, 19, -1))
    page.get_by_label("Filter").fill("2020")
    assert shown(page) == keys((59, 58, 57))
    assert page.locator(".mecfs-table-tools [role=status]").inner_text() == "3 of 60 rows"
    assert not page.get_by_role("button", name="Show more").is_visible()
    page.get_by_label("Filter").fill("")
    assert shown(page) == keys(range(59, 39, -1))


def test_the_rest_is_reached_by_keyboard(visit, site):
    page = visit(site.file("tables.html"))
    page.locator(".mecfs-table tbody tr:visible th a").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Show more"
    page.keyboard.press("Enter")
    assert len(shown(page)) == 2 * LIMIT
    assert page.evaluate("document.activeElement.hash") == f"#{key(LIMIT)}"


def test_without_scripts_and_on_paper_a_table_is_whole(visit, site):
    assert len(shown(visit(site.file("tables.html"), script=False))) == COUNT
    page = visit(site.served("tables.html"))
    page.emulate_media(media="print")
    assert len(shown(page)) == COUNT
    assert not page.get_by_text("are shown.").is_visible()
    page.emulate_media(media="screen")
    page.get_by_label("Filter").fill("2020")
    page.emulate_media(media="print")
    assert shown(page) == keys((57, 58, 59))


@pytest.fixture
def alone(browser):
    """A page in which something may go wrong."""
    page = browser.new_page()
    yield page
    page.close()


def test_where_the_script_cannot_be_loaded_a_table_is_whole(alone, site):
    alone.route("**/mecfs.js*", lambda route: route.abort())
    alone.goto(site.served("tables.html"))
    assert len(shown(alone)) == COUNT


def test_where_its_script_cannot_be_loaded_the_explorer_is_a_table_with_a_filter(alone, site):
    alone.route("**/mecfs-explorer.js*", lambda route: route.abort())
    alone.goto(site.served("find.html"))
    assert len(shown(alone)) == LIMIT
    alone.get_by_label("Filter").fill("2001")
    assert shown(alone) == keys((0, 1, 2))


def test_the_explorer_of_some_studies_has_only_those(visit, site):
    page = visit(site.file("find.html"))
    page.locator(".mecfs-find").wait_for()
    assert page.locator(".mecfs-found").inner_text() == "29 of 29 studies"


def results(page):
    page.locator("#search-results li").first.wait_for()
    return page.locator("#search-results a").evaluate_all(
        "links => links.map((link) => link.pathname.split('/').pop() + link.hash)"
    )


def test_where_pages_are_served_a_search_fetches_a_piece_of_the_index_and_leads_to_the_card(visit, site):
    page = visit(site.served("index.html"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.served("search.html?q=p42x"))
    assert results(page) == ["part40.html", f"part40.html#{key(42)}--title"]
    assert page.locator("#search-results mark").inner_text().strip(",") == "p42x"
    assert page.get_by_text("found one page").is_visible()
    assert not [url for url in asked if "searchindex" in url or "/part" in url]
    assert page.get_by_label("Search", exact=True).last.input_value() == "p42x"


def test_from_a_folder_the_search_of_sphinx_finds_the_page(alone, site):
    # Sphinx tries to read each page that it has found, which a browser does not allow in a folder.
    alone.goto(site.file("search.html") + "?q=p42x")
    alone.locator("#search-results li").first.wait_for()
    assert "part40.html" in alone.locator("#search-results li a").first.get_attribute("href")


def test_a_search_without_a_hit_says_so_and_one_without_words_does_nothing(visit, site):
    page = visit(site.served("search.html?q=zzzzqqqq"))
    page.get_by_text("did not match any documents").wait_for()
    assert page.locator("#search-results li").count() == 0
    assert visit(site.served("search.html")).locator(".mecfs-found").inner_text() == ""


@pytest.mark.parametrize("view", [{}, {"dark": True}, {"width": 320, "height": 640}])
@pytest.mark.parametrize("name", ["tables.html", "find.html", "search.html?q=people"])
def test_these_pages_meet_wcag_and_stay_in_their_window(visit, site, name, view):
    page = visit(site.served(name), **view)
    page.locator(".mecfs-table tbody, .mecfs-hits li, #search-results li").first.wait_for()
    assert Axe().run(page, options=WCAG).response["violations"] == []
    width = page.viewport_size["width"]
    if width > 320:
        page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
