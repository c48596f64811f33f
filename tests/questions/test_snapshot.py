"""A question can be pinned down and reported on, as a card can."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from question_pages import ORPHAN, PAGES, QUESTION, RST_QUESTION

from sphinx_mecfs.evidence.register import shipped_register
from sphinx_mecfs.wording.rules import shipped_rules


def snapshot(page):
    (line,) = re.findall(r'<p class="mecfs-snapshot">(.*?)</p>', page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<button.*?</button>|<[^>]*>", "", line)).split())


def digest(page):
    return re.search("content ([0-9a-f]{12});", snapshot(page)).group(1)


def report(page):
    (address,) = re.findall(r'<p class="mecfs-report"><a [^>]*href="([^"]*)"', page)
    return unescape(address)


def test_the_snapshot_of_a_question_names_the_base_the_day_the_content_and_the_register(question_html):
    page = question_html.text("question.html")
    assert re.fullmatch(
        r"Test base\. Question drug \(Does the drug help\?\)\. Updated 2026-11-02; content [0-9a-f]{12}; "
        rf"case definitions {re.escape(shipped_register().version)}; wording rules {re.escape(shipped_rules().version)}; sphinx-mecfs \S+\. "
        r"https://base\.example/question\.html#drug",
        snapshot(page),
    )


def test_a_report_on_a_question_carries_its_key_and_its_snapshot(question_html):
    page = question_html.text("question.html")
    carried = parse_qs(urlsplit(report(page)).query)
    assert carried["key"] == ["drug"]
    (about,) = carried["about"]
    assert snapshot(page).startswith(about)
    assert "Report a problem with this answer" in page


def test_a_base_without_an_address_for_reports_has_no_link(make_base):
    page = make_base(PAGES, mecfs_contribute_url="").build().text("question.html")
    assert "mecfs-snapshot" in page
    assert "mecfs-report" not in page


def test_the_content_is_the_same_in_both_markups(make_base):
    build = make_base({"md.md": ORPHAN + QUESTION, "rst.rst": f":orphan:\n\n{RST_QUESTION}"}).build()
    assert digest(build.text("md.html")) == digest(build.text("rst.html"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Nobody knows.", "Few know."),
        ("Text between.", "Other text."),
        ("Children.", "Men."),
        (":comparator: placebo", ":comparator: nothing"),
        (":certainty: very-low", ":certainty: low"),
        ("felt better", "felt worse"),
        ("HR 0.27", "HR 0.28"),
        ("Others *disagree*", "Others *agree*"),
        (":authors: First Writer", ":authors: Second Writer"),
    ],
)
def test_any_change_of_what_is_written_changes_the_content(make_base, old, new):
    project = make_base(PAGES)
    before = digest(project.build().text("question.html"))
    project.replace("question.md", old, new)
    assert digest(project.build().text("question.html")) != before


def test_what_is_written_elsewhere_does_not_change_the_content(make_base):
    project = make_base(PAGES)
    before = digest(project.build().text("question.html"))
    project.replace("refs.bib", "Beta, Ann", "Gamma, Ann")
    project.replace("studies/alpha-2001.md", "fukuda-1994", "icc-2011")
    assert digest(project.build().text("question.html")) == before


@pytest.mark.parametrize("builder", ["text", "epub"])
def test_the_snapshot_stands_in_books_too(question_project, builder):
    build = question_project.build(builder, epub_show_urls="no", version="1")
    name = "question.txt" if builder == "text" else "question.xhtml"
    assert "Question drug" in " ".join(build.text(name).split())
