"""Cards and badges can be read in the themes that most projects use, whatever scheme a reader prefers."""

import pytest
from question_pages import PAGES
from samples import CONF, base_files
from support import Project

THEMES = ["furo", "pydata_sphinx_theme", "sphinx_rtd_theme", "alabaster"]
# What is looked at: the colour of the words, and the ground that they really stand on.
MEASURE = """
selector => [...document.querySelectorAll(selector)].filter(e => e.textContent.trim()).map(element => {
  const channels = colour => (colour.match(/[0-9.]+/g) || []).map(Number);
  const luminance = colour => {
    const [r, g, b] = channels(colour).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let ground = element;
  while (ground && channels(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
  const back = luminance(ground ? getComputedStyle(ground).backgroundColor : "rgb(255, 255, 255)");
  const words = luminance(getComputedStyle(element).color);
  return (Math.max(back, words) + 0.05) / (Math.min(back, words) + 0.05);
})
"""
READ = [
    ".mecfs-byline",
    ".mecfs-banner",
    ".mecfs-badge",
    ".mecfs-snapshot",
    ".mecfs-heading",
    ".mecfs-facts dd",
    "figcaption",
]


@pytest.fixture(scope="module", params=THEMES)
def themed(request, tmp_path_factory):
    """The small base in a theme, with a figure and a table on its first page."""
    conf = {"project": "Test base", **CONF, "html_theme": request.param}
    project = Project(tmp_path_factory.mktemp("themed"), conf)
    views = "\n```{evidence-table}\n```\n\n```{evidence-map}\n```\n\n```{evidence-data}\n```\n"
    files = {**base_files(), **PAGES, "find.md": "---\norphan: true\n---\n\n# Find\n\n```{evidence-explorer}\n```\n"}
    project.write({**files, "index.md": files["index.md"] + views})
    build = project.build()
    assert build.warnings == ()
    return build.outdir


@pytest.fixture
def look(browser):
    """Open a page; what a theme itself asks of other hosts, and fails to do from a file, is its own affair."""
    contexts = []

    def open_page(address, *, dark=False, width=1280):
        scheme = "dark" if dark else "light"
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "studies/beta-2010.html", "question.html"])
def test_words_stand_out_from_the_page_whatever_a_reader_prefers(look, themed, name, dark):
    page = look((themed / name).as_uri(), dark=dark)
    low = {}
    for selector in READ:
        found = page.evaluate(MEASURE, selector)
        low[selector] = min(found, default=21)
    assert {selector: ratio for selector, ratio in low.items() if ratio < 4.5} == {}


def test_headings_in_a_card_are_no_larger_than_its_title_and_badges_have_no_bullets(look, themed):
    page = look((themed / "studies/beta-2010.html").as_uri())
    style = "(e, name) => getComputedStyle(e)[name]"
    sizes = [
        float(page.locator(selector).first.evaluate(style, "fontSize")[:-2])
        for selector in (".mecfs-card-title", ".mecfs-heading", ".mecfs-section p")
    ]
    assert sizes[0] >= sizes[1] >= 0.9 * sizes[2]
    assert page.locator("ul.mecfs-badges > li").first.evaluate(style, "listStyleType") == "none"


def test_a_table_is_not_cut_off(look, themed):
    page = look((themed / "index.html").as_uri(), width=1000)
    cut = "t => t.getBoundingClientRect().right - t.closest('.table-wrapper, body').getBoundingClientRect().right"
    assert page.locator("table.mecfs-table").first.evaluate(cut) <= 1


def test_cells_of_a_row_begin_at_the_same_height_and_names_of_files_are_whole(look, themed):
    page = look((themed / "index.html").as_uri(), width=1000)
    tops = """rows => rows.map(row => [...row.cells].map(cell => {
        const range = document.createRange();
        range.selectNodeContents(cell.querySelector('.mecfs-badge') || cell.querySelector('p'));
        return range.getBoundingClientRect().top - row.getBoundingClientRect().top;
    }))"""
    for row in page.locator("table.mecfs-table tbody tr").evaluate_all(tops):
        assert max(row) - min(row) < 8
    lines = "links => links.map(link => [link.textContent, link.getClientRects().length])"
    files = page.locator("table.mecfs-table th a", has_text=".json").evaluate_all(lines)
    assert len(files) >= 5
    assert {name: count for name, count in files if count > 1} == {}


def test_a_preview_covers_no_part_of_its_link(look, themed):
    page = look((themed / "index.html").as_uri())
    for link in page.locator("table.mecfs-table th a[href*='#']").all()[:2]:
        link.hover()
        card = page.locator("#mecfs-preview")
        card.wait_for()
        page.wait_for_function("(link) => link.hasAttribute('aria-describedby')", arg=link.element_handle())
        shown, box = card.bounding_box(), link.bounding_box()
        assert shown["y"] >= box["y"] + box["height"] or shown["y"] + shown["height"] <= box["y"]
        page.mouse.move(2, 2)
        card.wait_for(state="hidden")


def test_what_the_explorer_finds_has_no_bullets(look, themed):
    page = look((themed / "find.html").as_uri())
    page.locator(".mecfs-hits > li").first.wait_for()
    assert page.locator(".mecfs-hits > li").first.evaluate("e => getComputedStyle(e).listStyleType") == "none"
