"""Zotero saves every paper of the book from its card, with what refs.bib says of it."""

import re

from support import ROOT
from zotero import COINS, EMBEDDED_METADATA, clean_author, offers

from sphinx_mecfs.bibliography.store import load

KEYS = sorted(path.stem for path in (ROOT / "docs/studies").glob("*.md") if path.stem != "index")


def expected(entry):
    """What Zotero should hold of an entry, by the names of its fields; a plus sign is lost to it."""
    first, last = entry.page_range
    fields = {
        "title": entry.title,
        "publicationTitle": entry.journal,
        "date": str(entry.year or ""),
        "volume": entry.volume,
        "issue": entry.number if entry.journal else "",
        "pages": f"{first}-{last}" if last else first,
        "DOI": entry.doi,
        "publisher": entry.publisher or entry.institution,
        "edition": entry.edition,
        "url": entry.url,
    }
    return {name: text.replace("+", " ") for name, text in fields.items() if text}


def authors(entry):
    """Pairs of last and first name, the first with full stops after initials."""
    return [*map(name, entry.authors), *[("et al", "")] * entry.others]


def name(person):
    if person.literal:
        return person.family.replace(", ", " "), ""
    return clean_author(f"{person.surname}, {person.given} {person.suffix}".rstrip(), comma=True)


def kind(entry):
    return "journalArticle" if entry.journal else {"techreport": "report", "misc": "document"}[entry.type]


def test_a_click_on_any_card_saves_its_paper_and_the_second_choice_is_the_card(book, tmp_path):
    entries = load((ROOT / "refs.bib",), tmp_path).entries
    assert len(KEYS) >= 130
    for key in KEYS:
        entry = entries[key]
        (first, (paper,)), (second, (card,)) = offers(book.text(f"studies/{key}.html"))
        assert (first, second) == (COINS, EMBEDDED_METADATA)
        assert (key, paper.type, paper.fields) == (key, kind(entry), expected(entry))
        assert (key, paper.authors) == (key, authors(entry))
        assert card.type == "report"
        assert card.fields["institution"] == "The ME/CFS Evidence Book"
        assert card.fields["title"].startswith("Evidence card: ")


def test_a_question_offers_the_studies_that_it_lists(book):
    pages = sorted(path for path in (book.outdir / "questions").glob("*.html") if path.stem != "index")
    assert len(pages) >= 9
    for path in pages:
        page = path.read_text(encoding="utf-8")
        (priority, items), _page = offers(page)
        assert priority == COINS
        listed = re.findall(r'<li id="[a-z0-9-]+--ref-\d+">', page)
        assert len({item.fields["title"] for item in items}) == len(items) == len(listed) > 0
        assert all(item.authors for item in items)
