"""The page of a new study builds, shows what is missing, and is warned about at each gap."""

import datetime
import re
from html import unescape

import pytest
from samples import REFS
from shapes import entry, pubmed_article, pubmed_set

from sphinx_mecfs.bibliography.records import Person
from sphinx_mecfs.evidence.fields import CARD_BODY, CARD_FIELDS
from sphinx_mecfs.evidence.vocabulary import PublicationStatus
from sphinx_mecfs.intake.base.entries import entry_of, entry_text
from sphinx_mecfs.intake.base.pages import page_text
from sphinx_mecfs.intake.readers.files import read_records
from sphinx_mecfs.intake.records import Notice, Publication

TODAY = datetime.date(2026, 11, 20)
PAPER = Publication("article", "A plain title", (Person("Fluge", "Øystein"),), container="A journal", year=2009)
KEY = "fluge-2009-plain-title"
GAPS = ("design", "participants", "criteria", "source-read", "status-checked")
SECTIONS = ("Summary", "Findings", "Harms", "Does not show")


def page(publication=PAPER, **options):
    return page_text(KEY, publication, TODAY, orphan=True, **options)


def files(publication=PAPER, text=None):
    bib = REFS + "\n" + entry_text(entry_of(KEY, publication))
    return {"refs.bib": bib, f"studies/{KEY}.md": text or page(publication)}


def line_of(text, start):
    return next(number for number, line in enumerate(text.splitlines(), start=1) if line.startswith(start))


def test_each_gap_is_warned_about_at_its_line(make_base):
    build = make_base(files()).build()
    text = page()
    wanted = [
        f"studies/{KEY}.md:{line_of(text, f':{name}:')}: WARNING: {name!r} is not filled in yet: it says TODO [mecfs.gap]"
        for name in (*GAPS, *SECTIONS)
    ]
    assert list(build.warnings) == wanted


def test_a_page_with_gaps_is_shown_as_unfinished_with_all_of_them(make_base):
    html = unescape(make_base(files()).build().text(f"studies/{KEY}.html")).replace("‘", "'").replace("’", "'")
    assert f"This evidence card is not finished: {KEY}" in html
    for name in (*GAPS, *SECTIONS):
        assert f"'{name}' is not filled in yet: it says TODO" in html


def test_a_page_whose_gaps_are_filled_builds_without_a_warning(make_base):
    text = page()
    for name, value in {
        "design": "case-series",
        "participants": "3",
        "criteria": "not-reported",
        "source-read": "abstract",
        "status-checked": "2026-11-20",
        **dict.fromkeys(SECTIONS, "Some words."),
    }.items():
        text = re.sub(rf"^:{name}: TODO .*$", f":{name}: {value}", text, count=1, flags=re.MULTILINE)
    build = make_base(files(text=text)).build()
    assert build.warnings == ()
    assert f'id="{KEY}"' in build.text(f"studies/{KEY}.html")


def test_a_fault_beside_a_gap_is_told_as_one(make_base):
    text = page().replace(":participants: TODO How many people took part in all.", ":participants: three")
    build = make_base(files(text=text)).build()
    assert "This evidence card cannot be shown" in build.text(f"studies/{KEY}.html")
    assert sum("mecfs.number" in warning for warning in build.warnings) == 1


def test_a_gap_is_the_word_in_capitals_alone(make_base):
    text = page().replace(
        ":design: TODO", ":design: cohort\n:groups: todo, TODOS and mastodon\n:funding: TODO\n:design-x:"
    )
    build = make_base(files(text=re.sub("\n:design-x:.*", "", text))).build()
    assert [warning.split("WARNING: ")[1].split()[0] for warning in build.warnings][:3] == [
        "'funding'",
        "'participants'",
        "'criteria'",
    ]


# ---- what is filled, and what never


def test_every_required_field_and_section_is_there():
    text = page()
    for field in CARD_FIELDS:
        assert (f":{field.name}: " in text) is (field.required or field.name in {"participants", "added"})
    for section in CARD_BODY.sections:
        assert (f":{section.label}: TODO" in text) is (section.label in SECTIONS)


def test_what_the_record_says_of_the_paper_is_filled():
    notice = Notice(PublicationStatus.RETRACTED, "10.1126/science.334.6063.1636-a", "22194552")
    paper = Publication("article", "A title", registration=("NCT00848692",), notices=(notice,), asked=True)
    text = page(paper)
    for line in (
        ":registration: NCT00848692",
        ":status: retracted",
        ":status-notice: 10.1126/science.334.6063.1636-a",
        ":status-checked: 2026-11-20",
        ":added: 2026-11-20",
    ):
        assert f"{line}\n" in text


def test_a_notice_without_an_identifier_is_a_gap():
    paper = Publication("article", "A title", notices=(Notice(PublicationStatus.CORRECTED),))
    assert ":status: corrected\n:status-notice: TODO DOI, PMID or address\n" in page(paper)


def test_no_record_can_set_definition_pem_findings_or_summary():
    paper = entry("fluge-2009-clinical-impact")
    abstract = "<Abstract><AbstractText>PEM was required (Fukuda 1994). All improved.</AbstractText></Abstract>"
    article = pubmed_article(paper).replace("<AuthorList", f"{abstract}<AuthorList")
    (found,) = read_records(pubmed_set(article), "x").publications
    text = page(found)
    assert "All improved" not in text
    assert ":pem" not in text
    for name in ("design", "criteria", "source-read", "Summary", "Findings", "Harms", "Does not show"):
        assert f"\n:{name}: TODO " in text


HOSTILE = [
    "A *title* with `code`, {ref}`x` and [a](link)",
    "<script>alert(1)</script> & <b>bold</b>",
    "# A heading ## in a heading",
    "$x$ and $$y$$ and ~~z~~ and ^a^ | b",
    "::: not the end :::",
    "--- a rule ---",
    "1. A list",
    "\\ back \\slash\\",
    "% a comment",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_words_and_no_markup(make_base, title):
    paper = Publication("article", title, (Person("Fluge"),), container="A journal", year=2009)
    build = make_base(files(paper)).build("text")
    assert {warning.rsplit("[", 1)[1] for warning in build.warnings if "refs.bib" not in warning} == {"mecfs.gap]"}
    heading = build.text(f"studies/{KEY}.txt").splitlines()[0]
    assert heading.replace("“", '"') == title
