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
    views = "\n```{evidence-table}\n```\n\n```{evidence-map}\n```\n"
    files = {**base_files(), **PAGES}
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
