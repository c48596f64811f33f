"""How long a page takes to read, and what its short version leaves out: both are decided when the page is written."""

import re
from html.parser import HTMLParser

import pytest
from question_pages import ORPHAN, QUESTION
from samples import ALPHA, myst_card, myst_page

CHAPTER = """\
# Sleep

**Short version.** Few studies looked at sleep.

Why this matters is told below.

## What was studied

Details of nights.
"""


class Parts(HTMLParser):
    """The words of a page that its short version shows, and those that it hides."""

    def __init__(self, page):
        super().__init__()
        self.shown, self.hidden, self._open, self._deep = "", "", 0, 0
        self.feed(page[page.index("<h1>") : page.index('<div class="clearer')])

    def handle_starttag(self, tag, attrs):
        if tag == "div":
            self._open += 1
            if "mecfs-more" in (dict(attrs).get("class") or "").split():
                assert self._deep == 0
                self._deep = self._open

    def handle_endtag(self, tag):
        if tag == "div":
            if self._open == self._deep:
                self._deep = 0
            self._open -= 1

    def handle_data(self, data):
        if self._deep:
            self.hidden += data
        else:
            self.shown += data


def test_the_short_version_of_a_card_keeps_badges_summary_harms_and_limits(base_html):
    page = Parts(base_html.text("studies/beta-2010.html"))
    for kept in ["Retracted", "Randomised controlled trial", "Beta A", "Three people were treated", "Not reported."]:
        assert kept in page.shown
    assert "That the drug works." in page.shown
    for left_out in ["First finding", "Was post-exertional malaise (PEM) required?", "Facts", "Cite this card"]:
        assert left_out in page.hidden
        assert left_out not in page.shown


def test_what_stands_below_a_card_is_left_out_of_its_short_version(make_base):
    text = ORPHAN + myst_page("Alpha", myst_card("alpha-2001", ALPHA), "A remark below.")
    page = Parts(make_base({"studies/alpha-2001.md": text}).build().text("studies/alpha-2001.html"))
    assert "A remark below." in page.hidden


def test_the_short_version_of_a_question_keeps_answer_messages_and_claims_with_their_certainty(make_base):
    page = Parts(make_base({"drug.md": ORPHAN + QUESTION}).build().text("drug.html"))
    for kept in ["Nobody knows.", "It was tried", "Three people felt better", "Very low certainty", "No clear link"]:
        assert kept in page.shown
    assert "What was tried" in page.shown
    for left_out in ["Text between.", "HR 0.27", "Others", "Who was left out", "References", "About this answer"]:
        assert left_out in page.hidden
        assert left_out not in page.shown


def test_the_short_version_of_a_chapter_ends_at_its_first_heading(make_base):
    page = Parts(make_base({"sleep.md": ORPHAN + CHAPTER}).build().text("sleep.html"))
    assert "Few studies looked at sleep." in page.shown
    assert "Why this matters" in page.shown
    assert "Details of nights." in page.hidden


def test_a_page_that_names_no_short_version_is_never_shortened(make_base):
    plain = CHAPTER.replace("**Short version.** ", "")
    page = make_base({"sleep.md": ORPHAN + plain}).build().text("sleep.html")
    assert "About 1 minute to read" in page
    assert "mecfs-more" not in page
    assert "<button" not in page
    assert "The rest of this page" not in page


def test_a_chapter_without_headings_has_nothing_to_leave_out(make_base):
    page = make_base({"sleep.md": ORPHAN + CHAPTER.partition("## ")[0]}).build().text("sleep.html")
    assert "mecfs-more" not in page
    assert "<button" not in page


def line(page):
    return re.search(r'</h1>\s*<div class="mecfs-reading".*?>(.*?)</div>', page, re.DOTALL).group(1)


@pytest.mark.parametrize(
    ("words", "says"), [(40, "About 1 minute"), (360, "About 2 minutes"), (1800, "About 10 minutes")]
)
def test_the_time_is_that_of_the_words_at_180_a_minute(make_base, words, says):
    build = make_base({"long.md": f"{ORPHAN}# Long\n\n{'word ' * (words - 1)}\n"}).build()
    assert says in line(build.text("long.html"))


def test_full_and_short_version_each_have_their_time(make_base):
    text = CHAPTER + "word " * 1800
    page = make_base({"sleep.md": ORPHAN + text}).build().text("sleep.html")
    assert '<span class="mecfs-in-full">About 10 minutes to read</span>' in line(page)
    assert '<span class="mecfs-in-short">About 1 minute to read</span>' in line(page)


def test_the_time_counts_what_a_view_shows_but_not_what_is_folded_away(make_base):
    card = make_base().build(mecfs_reading_speed=1).text("studies/alpha-2001.html")
    (full,) = re.findall(r'mecfs-in-full">About (\d+)', line(card))
    text = card.split("<h1>")[1].split('<div class="clearer')[0]
    assert "@article{alpha-2001," in text
    words = re.sub(r"<details.*?</details>|<button.*?</button>|<[^>]*>", " ", text, flags=re.DOTALL)
    assert "The badge says who could take part" in words
    assert abs(int(full) - len(re.findall(r"\w+(?:[-’'.,/]\w+)*", words))) < 20


def test_another_speed_gives_another_time_and_none_gives_none(make_base):
    project = make_base({"long.md": f"{ORPHAN}# Long\n\n{'word ' * 399}\n", "sleep.md": ORPHAN + CHAPTER})
    assert "About 4 minutes" in line(project.build(mecfs_reading_speed=100).text("long.html"))
    build = project.build(mecfs_reading_speed=0)
    assert "mecfs-reading" not in build.text("long.html")
    assert "to read" not in build.text("sleep.html")
    assert "mecfs-length" in line(build.text("sleep.html"))


def test_a_page_that_is_mostly_a_table_has_no_reading_time(make_base):
    table = "# Studies\n\nAll.\n\n```{evidence-table}\n```\n"
    page = make_base({"all.md": ORPHAN + table}).build().text("all.html")
    assert "Ærø" in page
    assert "to read" not in page


def test_the_aids_can_be_turned_off(make_base):
    build = make_base({"sleep.md": ORPHAN + CHAPTER}).build(mecfs_reading_aids=False)
    for name in ["sleep.html", "studies/alpha-2001.html", "index.html"]:
        page = build.text(name)
        assert 'class="mecfs-more"' not in page
        assert "mecfs-reading" not in page
    # Other scripts depend on it.
    assert "mecfs-js" in build.text("sleep.html")


@pytest.mark.parametrize("name", ["index", "studies/alpha-2001", "genindex", "search", "mecfs-pem"])
def test_a_script_before_every_style_sheet_recalls_the_choice_before_anything_is_painted(base_html, name):
    page = base_html.text(f"{name}.html")
    script = page.index('localStorage.getItem("mecfs-length")')
    assert page.index("<head>") < script < page.index('rel="stylesheet"')
    assert page.count('localStorage.getItem("mecfs-length")') == 1


def test_pages_in_folders_have_the_aids_too_and_other_outputs_do_not(base_project):
    assert "mecfs-reading" in base_project.build("dirhtml").text("studies/alpha-2001/index.html")
    for builder, name in [
        ("singlehtml", "index.html"),
        ("text", "studies/alpha-2001.txt"),
        ("epub", "studies/alpha-2001.xhtml"),
    ]:
        text = base_project.build(builder).text(name)
        assert "minute to read" not in text
        assert 'class="mecfs-more"' not in text


def test_the_page_of_an_incremental_build_has_the_time_of_a_clean_one(make_base):
    project = make_base()
    project.build(mecfs_reading_speed=1)
    project.write({"more.md": f"{ORPHAN}# A further page that cites it\n\n{{cite:p}}`alpha-2001`\n"})
    again = project.build(mecfs_reading_speed=1).text("studies/alpha-2001.html")
    clean = project.build(mecfs_reading_speed=1, fresh=True).text("studies/alpha-2001.html")
    assert "A further page that cites it" in again
    assert line(again) == line(clean)
