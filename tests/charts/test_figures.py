"""The figures in a page, in a PDF and in builders that cannot draw."""

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from support import ROOT

from sphinx_mecfs.extension.writing.svg import COLOURS

ORPHAN = "---\norphan: true\n---\n\n"
FIGURES = {
    "map.md": f"{ORPHAN}# Map\n\n```{{evidence-map}}\n:caption: All studies\n```\n",
    "years.md": f"{ORPHAN}# Years\n\n```{{evidence-years}}\n```\n",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    from samples import CONF, base_files  # noqa: PLC0415
    from support import Project  # noqa: PLC0415

    project = Project(tmp_path_factory.mktemp("figures"), {"project": "Test base", "html_theme": "basic", **CONF})
    project.write({**base_files(), **FIGURES})
    build = project.build()
    assert build.warnings == ()
    return build


def drawing(page):
    return ET.fromstring(re.search(r"<svg.*?</svg>", page, re.DOTALL).group(0))


def labels(page):
    return [link.get("aria-label") for link in drawing(page).iter("a")]


def test_each_study_is_a_link_with_a_label_that_says_what_the_mark_shows(pages):
    page = pages.text("map.html")
    assert sorted(labels(page)) == [
        "Beta 2010 (retracted), Randomised controlled trial, number of people not stated, PEM mixed",
        "Ærø 2001, Case series, 3 people, PEM not required (optional item)",
    ]
    assert [link.get("href") for link in drawing(page).iter("a")] == [
        "studies/alpha-2001.html#alpha-2001",
        "studies/beta-2010.html#beta-2010",
    ]


def test_the_figure_has_a_title_and_a_description_that_name_it(pages):
    svg = drawing(pages.text("map.html"))
    by_id = {element.get("id"): element.text for element in svg.iter() if element.get("id")}
    assert svg.get("role") == "group"
    assert by_id[svg.get("aria-labelledby")] == "All studies"
    said = by_id[svg.get("aria-describedby")]
    assert said.startswith("Studies: 2, 2001–2010. PEM not required (optional item): 1; PEM mixed: 1. Each mark is")


def test_the_shape_tells_the_status_without_colour(pages):
    marks = {link.get("aria-label")[:4]: link for link in drawing(pages.text("map.html")).iter("a")}
    outlines = {name: len(link.find(".//path").get("d").split("L")) for name, link in marks.items()}
    assert outlines == {"Ærø ": 4, "Beta": 4}
    first = {name: link.find(".//path").get("d").split("L")[0] for name, link in marks.items()}
    top = {name: float(path[1:].split()[1]) for name, path in first.items()}
    assert top["Ærø "] != top["Beta"]


def test_a_retracted_study_has_a_line_through_its_mark(pages):
    struck = [
        link.get("aria-label") for link in drawing(pages.text("map.html")).iter("a") if link.find(".//line") is not None
    ]
    assert [label[:16] for label in struck] == ["Beta 2010 (retra"]


def test_the_same_data_stand_below_as_a_table(pages):
    page = pages.text("map.html")
    table = page[page.index('<details class="mecfs-folded">') :]
    assert "<summary>The studies of the map, by year</summary>" in table
    assert re.findall(r'<th scope="row"><p><a[^>]*>([^<]+)</a>', table) == ["Ærø 2001", "Beta 2010 (retracted)"]


def test_a_page_can_leave_the_table_out(make_base):
    text = FIGURES["map.md"].replace(":caption: All studies\n", ":table: none\n")
    build = make_base({"map.md": text}).build()
    assert build.warnings == ()
    assert "<svg" in build.text("map.html")
    assert "mecfs-folded" not in build.text("map.html")


def test_the_years_show_a_bar_for_each_status_of_each_year(pages):
    page = pages.text("years.html")
    bars = [group.get("aria-label") for group in drawing(page).iter("g") if group.get("role") == "img"]
    assert bars[:2] == ["2001, PEM not required (optional item): 1", "2010, PEM mixed: 1"]
    table = unescape(re.sub(r"<[^>]+>", " ", page[page.index('<details class="mecfs-folded">') :]))
    assert re.findall(r"2001\s+1\s+0\s+1|2010\s+0\s+1\s+1", table) != []


def test_a_filter_and_the_other_markup_give_the_same_figure(make_base):
    build = make_base(
        {
            "a.md": f"{ORPHAN}# A\n\n```{{evidence-map}}\n:filter: design = rct\n```\n",
            "b.rst": ":orphan:\n\nA\n=\n\n.. evidence-map::\n   :filter: design = rct\n",
        }
    ).build()
    assert build.warnings == ()
    assert len(labels(build.text("a.html"))) == 1
    assert drawing(build.text("a.html")).attrib == drawing(build.text("b.html")).attrib
    assert labels(build.text("a.html")) == labels(build.text("b.html"))


@pytest.mark.parametrize("name", ["evidence-map", "evidence-years"])
@pytest.mark.parametrize(
    ("options", "warning"),
    [
        (":filter: desing = rct", "unknown field 'desing'"),
        (":table: nnone", "unknown table 'nnone'; did you mean 'none'?"),
        (":sort: year", "unknown option 'sort'"),
    ],
)
def test_a_wrong_option_is_reported_at_its_line_and_no_figure_stands_there(make_base, name, options, warning):
    build = make_base({"map.md": f"{ORPHAN}# Map\n\n```{{{name}}}\n{options}\n```\n"}).build()
    (said,) = build.warnings
    assert said.startswith("map.md:8: WARNING: ")
    assert warning in said
    assert "<svg" not in build.text("map.html")


def test_a_filter_that_selects_nothing_says_so(make_base):
    build = make_base({"map.md": FIGURES["map.md"].replace(":caption: All studies", ":filter: year > 3000")}).build()
    assert build.warnings == ()
    assert "No study in this base fits." in build.text("map.html")


def test_the_figure_is_written_again_when_a_study_changes(make_base):
    project = make_base(FIGURES)
    project.build()
    project.replace("studies/alpha-2001.md", ":participants: 3", ":participants: 300")
    build = project.build()
    assert "Ærø 2001, Case series, 300 people" in unescape(build.text("map.html"))


def test_the_pdf_holds_the_figure_as_a_picture_that_is_described(make_base):
    project = make_base({**FIGURES, "index.md": "# Base\n\n```{toctree}\nmap\nyears\n```\n"})
    build = project.build("typst", mecfs_badge_page="")
    pictures = re.findall(r'#picture\(alt: "([^"]+)", "(charts/[^"]+)"', build.text("test-base.typ"))
    assert [alt.partition(".")[0] for alt, _path in pictures] == ["All studies", "Studies by year and PEM status"]
    for _alt, path in pictures:
        svg = ET.parse(build.outdir / path).getroot()
        assert svg.find(".//{http://www.w3.org/2000/svg}a") is None


def test_latex_gets_the_figure_as_a_pdf(make_base):
    build = make_base(FIGURES).build("latex", latex_documents=[("map", "m.tex", "M", "A", "howto")])
    name = re.search(r"\\sphinxincludegraphics\{\{(chart-[0-9a-f]+)\}\.pdf\}", build.text("m.tex")).group(1)
    assert (build.outdir / f"{name}.pdf").read_bytes().startswith(b"%PDF")


def test_builders_that_cannot_draw_keep_the_table(make_base):
    build = make_base(FIGURES).build("text")
    text = build.text("map.txt")
    assert "The studies of the map, by year" in text
    assert "Beta 2010 (retracted)" in text


def test_an_epub_shows_the_figure_from_a_file(make_base):
    build = make_base({**FIGURES, "index.md": "# Base\n\n```{toctree}\nmap\n```\n"}).build("epub")
    page = (build.outdir / "map.xhtml").read_text(encoding="utf-8")
    source = re.search(r'<img src="(_images/chart-[0-9a-f]+\.svg)" alt="All studies\. ', page).group(1)
    assert (build.outdir / source).is_file()
    assert "<svg" not in page


def test_colours_on_paper_are_those_of_the_light_scheme():
    css = (ROOT / "sphinx_mecfs/assets/styles/cards.css").read_text(encoding="utf-8")
    light = css[: css.index("@media")]
    assert {group: re.search(rf"--mecfs-{group}-line: (#[0-9a-f]+);", light).group(1) for group in COLOURS} == COLOURS
