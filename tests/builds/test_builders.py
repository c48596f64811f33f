"""Every builder shows the whole card, in the same order."""

import html
import re
import zipfile

import pytest
from facts import FACTS, in_order, squeezed


def visible(page):
    page = re.sub(r"<(script|style|head)\b.*?</\1>", "", page, flags=re.DOTALL)
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", page)))


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_html_shows_the_whole_card(base_project, builder):
    build = base_project.build(builder)
    name = "studies/beta-2010.html" if builder == "html" else "studies/beta-2010/index.html"
    assert build.warnings == ()
    assert in_order(visible(build.text(name)))


def test_links_of_a_card_are_right_where_pages_are_folders(base_project):
    page = base_project.build("dirhtml").text("studies/beta-2010/index.html")
    assert 'href="../alpha-2001/#alpha-2001"' in page
    assert 'href="../../definitions/#definition-icc-2011"' in page
    assert 'href="https://base.example/studies/beta-2010/#beta-2010"' in page


def test_a_single_page_shows_the_whole_card_and_its_links_lead_to_it(make_base):
    index = "# Base\n\n{mecfs:study}`beta-2010`\n\n```{toctree}\ndefinitions\nstudies/alpha-2001\nstudies/beta-2010\nreferences\n```\n"
    project = make_base({"index.md": index})
    for name in ("alpha-2001", "beta-2010"):
        project.replace(f"studies/{name}.md", "---\norphan: true\n---\n\n", "")
    page = project.build("singlehtml").text("index.html")
    assert in_order(visible(page))
    card = page[page.index('class="mecfs-card" id="beta-2010"') :]
    for target in re.findall(r'href="#([^"]+)"', card):
        assert f'id="{target}"' in page


@pytest.mark.parametrize(("builder", "suffix"), [("text", "txt"), ("pseudoxml", "pseudoxml"), ("xml", "xml")])
def test_builders_without_visitors_of_ours_show_the_whole_card(base_project, builder, suffix):
    build = base_project.build(builder)
    assert build.warnings == ()
    assert in_order(squeezed(html.unescape(re.sub(r"<[^>]+>", "", build.text(f"studies/beta-2010.{suffix}")))))


def test_text_says_the_badge_with_sign_and_words(base_project):
    text = base_project.build("text").text("studies/alpha-2001.txt")
    assert "○ PEM not required (optional item) · Case series · 3 participants · Read:" in squeezed(text)


def test_epub_shows_the_whole_card(book):
    build = book.build("epub")
    assert [line for line in build.warnings if "mecfs" in line] == []
    archive = zipfile.ZipFile(next(build.outdir.glob("*.epub")))
    page = archive.read("studies/beta-2010.xhtml").decode()
    assert in_order(visible(page))
    assert any(name.endswith("mecfs.css") for name in archive.namelist())


def test_a_manual_page_shows_the_whole_card(book):
    build = book.build("man")
    assert build.warnings == ()
    text = (
        build.text("book.7")
        .replace("\\-", "-")
        .replace("\\(oq", "")
        .replace("\\fP", "")
        .replace("\\fI", "")
        .replace("\\fB", "")
    )
    assert in_order(squeezed(text))


def test_texinfo_shows_the_whole_card(book):
    build = book.build("texinfo")
    assert build.warnings == ()
    source = build.text("book.texi").replace("@comma{}", ",")
    text = re.sub(r"@\w+\{(?:[^{},]*,,? ?)?([^{}]*)\}", r"\1", source).replace("@@", "@")
    assert in_order(
        squeezed(text),
        [fact for fact in FACTS if fact not in {"doi:10.1000/beta", "Report a problem with this card"}],
    )


def test_latex_shows_the_whole_card_in_environments_of_the_shipped_style(book):
    build = book.build("latex")
    assert build.warnings == ()
    tex = build.text("book.tex")
    card = tex[tex.index(r"\mecfstitle{A trial that did not hold}") :]
    assert r"\usepackage{mecfs}" in tex
    assert r"\mecfsbadge{other}{◐ PEM mixed}" in card
    assert r"\begin{sphinxuseclass}{mecfs-banner}" in card
    assert r"\mecfsheading{Summary}" in card
    assert (build.outdir / "mecfs.sty").is_file()
    # Markup of links and of letters that TeX reserves stands between the words.
    card = card.replace(r"\sphinxhyphen{}", "-")
    plain = re.sub(r"\\(sphinxhref|hyperref)(\[[^]]*\]|\{[^{}]*\})|\\[a-zA-Z]+\*?|[{}]|\[[^]]*\]", "", card)
    assert in_order(squeezed(plain.replace("\\", "")), [fact for fact in FACTS if "(" not in fact])


def test_gettext_takes_what_authors_wrote_and_not_what_the_bibliography_says(book):
    build = book.build("gettext", doctrees="gettext-doctrees")
    messages = build.text("studies.pot")
    assert "Three people were treated." in messages
    assert "A trial that did not hold" not in messages
