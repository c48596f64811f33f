"""Zotero saves the paper from a card, the card itself second, and the list of studies from a question."""

import re

import pytest
from question_pages import ORPHAN, PAGES
from samples import ALPHA, BETA, myst_card, myst_page
from zotero import COINS, EMBEDDED_METADATA, offers


def test_a_click_on_a_card_saves_the_paper(base_html):
    (priority, items), _second = offers(base_html.text("studies/alpha-2001.html"))
    assert priority == COINS
    (paper,) = items
    assert paper.type == "journalArticle"
    assert paper.authors == [("Ærø", "Øystein"), ("Łuk", "Bo-Li K."), ("van Dam", "C.")]
    assert paper.fields == {
        "title": "TNF-α and β2-receptors in three people: a series",
        "publicationTitle": "Journal of Tests",
        "date": "2001",
        "volume": "9",
        "issue": "2",
        "pages": "28-31",
        "DOI": "10.1000/alpha.2001",
    }


def test_the_second_choice_is_the_card_as_a_report(base_html):
    _first, (priority, items) = offers(base_html.text("studies/beta-2010.html"))
    assert priority == EMBEDDED_METADATA
    (card,) = items
    assert card.type == "report"
    assert card.authors == [("Writer", "First")]
    number = card.fields.pop("number")
    assert re.fullmatch(r"beta-2010 [0-9a-f]{12}", number)
    assert card.fields == {
        "title": "Evidence card: Beta in plain words (Beta 2010, retracted)",
        "date": "2026/11/02",
        "institution": "Test base",
        "language": "en",
        "url": "https://base.example/studies/beta-2010.html",
    }


def test_the_authors_of_the_paper_never_become_those_of_the_card(base_html):
    page = base_html.text("studies/alpha-2001.html")
    assert "byline" in page
    _first, (_priority, (card,)) = offers(page)
    assert card.authors == [("Test base", "")]


@pytest.fixture
def question(make_base):
    return make_base(PAGES).build()


def test_a_question_offers_each_of_its_studies_once(question):
    (priority, items), (_second, (page,)) = offers(question.text("question.html"))
    assert priority == COINS
    assert [item.fields["DOI"] for item in items] == ["10.1000/beta", "10.1000/alpha.2001"]
    assert (page.type, page.fields["title"]) == ("report", "Does the drug help?")


def test_a_claim_by_itself_offers_its_studies(question):
    ((priority, items),) = offers(question.text("other.html"))
    assert (priority, [item.fields["DOI"] for item in items]) == (COINS, ["10.1000/alpha.2001"])


def test_a_page_of_several_cards_offers_each_paper(make_base):
    both = ORPHAN + myst_page("Both", myst_card("alpha-2001", ALPHA), myst_card("beta-2010", BETA))
    project = make_base({"both.md": both})
    project.remove("studies/alpha-2001.md")
    project.remove("studies/beta-2010.md")
    ((_priority, items),) = offers(project.build().text("both.html"))
    assert [item.fields["DOI"] for item in items] == ["10.1000/alpha.2001", "10.1000/beta"]


def test_other_pages_offer_nothing(base_html):
    assert offers(base_html.text("index.html")) == []


def test_the_span_is_empty_and_hidden_and_stands_in_no_book(base_project):
    page = base_project.build("html").text("studies/alpha-2001.html")
    (span,) = re.findall(r'<span class="Z3988".*?</span>', page)
    assert re.fullmatch(r'<span class="Z3988" aria-hidden="true" title="[^"<>]*"></span>', span)
    book = base_project.build("epub", epub_show_urls="no", version="1")
    assert not any(b"Z3988" in data for data in book.files().values())
