"""An abbreviation is spelled out on every page that uses it: nobody has to remember it from another page."""

import re
from html.parser import HTMLParser

import pytest
from support import ROOT

DOCS = ROOT / "docs"

# The abbreviations of the glossary, and the words for which they stand as a page may write them.
SPELLED_OUT = {
    "CBT": ["cognitive behaviour therapy", "cognitive behavioural therapy"],
    "CCC": ["canadian consensus criteria", "canadian criteria"],
    "CFS": ["chronic fatigue syndrome"],
    "CPET": ["cardiopulmonary exercise test"],
    "GET": ["graded exercise therapy"],
    "ICC": ["international consensus criteria"],
    "IOM": ["institute of medicine"],
    "ME/CFS": ["chronic fatigue syndrome"],
    "NICE": ["national institute for health and care excellence"],
    "PEM": ["post-exertional malaise"],
    "PENE": ["post-exertional neuroimmune exhaustion"],
    "PICO": ["population, intervention, comparator"],
    "POTS": ["postural orthostatic tachycardia syndrome"],
    "RCT": ["randomised controlled trial", "randomized controlled trial"],
    "XMRV": ["xenotropic murine leuk"],
}
# Names that stand for themselves: a grading system, a kind of analysis, a questionnaire.
NAMES = {"GRADE", "ROC", "SF-36"}

UNREAD = {"script", "style", "svg", "button", "pre", "code"}
# What others wrote, to the letter, and names of other pages, each of which explains itself.
QUOTED = {"mecfs-card-title", "mecfs-reference", "mecfs-snapshot", "mecfs-references", "mecfs-byline"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "use", "wbr"}


class Words(HTMLParser):
    """The words of a page: all that are read, and those that are its own."""

    def __init__(self, page):
        super().__init__()
        self.read, self.own, self._unread, self._quoted = "", "", 0, 0
        start = page.index('<article role="main"')
        self.feed(page[start : page.index("<footer", start)])

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        self._unread += bool(self._unread) or tag in UNREAD
        self._quoted += bool(self._quoted) or tag == "a" or bool(classes & QUOTED)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self._unread = max(0, self._unread - 1)
            self._quoted = max(0, self._quoted - 1)

    def handle_data(self, data):
        if not self._unread:
            self.read += data
            self.own += " " if self._quoted else data


def unexplained(page, titles):
    """The abbreviations of a page that it does not spell out."""
    words = Words(page)
    read, own = (re.sub(r"\s+", " ", text) for text in (words.read, words.own))
    for title in titles:
        own = own.replace(title, "")
    return [
        short
        for short, long in SPELLED_OUT.items()
        if re.search(rf"(?<![\w/-]){re.escape(short)}(?![\w/-])", own)
        and not any(name in read.lower() for name in long)
    ]


@pytest.fixture(scope="module")
def pages(book):
    """The pages of the book, but for the indices, whose entries are names, and the manual, which explains on its first."""
    names = [
        path.relative_to(DOCS).with_suffix("")
        for path in DOCS.rglob("*.md")
        if "_build" not in path.parts and (path.parent.name != "extension" or path.stem == "index")
    ]
    return {str(name): book.text(f"{name}.html") for name in names if (book.outdir / f"{name}.html").exists()}


def test_every_abbreviation_of_the_glossary_is_known_here():
    glossary = (DOCS / "reading/glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^([A-Z][A-Z0-9/-]+)$", glossary, re.MULTILINE) + re.findall(
        r"^([A-Z]{3,}) \w", glossary, re.MULTILINE
    )
    assert len(terms) > 10
    assert set(terms) - SPELLED_OUT.keys() - NAMES == set()


def test_an_abbreviation_is_spelled_out_on_every_page_that_uses_it(pages):
    papers = [re.search(r'class="mecfs-card-title"[^>]*>(.*?)<', page) for page in pages.values()]
    titles = {found.group(1) for found in papers if found}
    missing = {name: found for name, page in pages.items() if (found := unexplained(page, titles))}
    assert missing == {}
