"""A question page shows its answer first, then its claims with what stands behind them, then its references."""

import re
from html import unescape

import pytest
from facts import in_order, squeezed
from question_pages import ORPHAN, PAGES, QUESTION, RST_QUESTION
from sphinx.util.inventory import InventoryFile

SHOWN = [
    "Does the drug help?",
    "Short answer",
    "Nobody knows. One trial was retracted.",
    "Key messages",
    "It was tried",
    "Searched 2026-11-01",
    "No second reader yet",
    "Studies behind the answer",
    "1 study: PEM not required.",
    "Text between.",
    "What was tried",
    "Very low certainty",
    "Kind: effect",
    "Three people felt better",
    "+ Supports",
    "Ærø 2001",
    "HR 0.27, 95% CI 0.10-0.70, p = 0.007",
    "− Contradicts",
    "Beta 2010 (retracted)",
    "PEM in these studies",
    "1 study: PEM not required.",
    "Supports: 3 people in 1 study.",
    "If only studies that required PEM count",
    "Too few studies to say: none of them is known to have required PEM.",
    "Retracted or withdrawn, not counted",
    "Certainty (GRADE)",
    "Very low certainty. The claim is very uncertain. Indirectness: nobody had to have PEM.",
    "Dissent",
    "Deeper",
    "No clear link was seen.",
    "= No clear difference",
    "Harms",
    "Not reported.",
    "Who was left out",
    "Children.",
    "What is not known",
    "All of it.",
    "About this answer",
    "people with ME/CFS",
    "placebo",
    "PubMed; drug AND cfs; 2026-11-01",
    "First Writer",
    "Nobody yet",
    "This page is not medical advice.",
    "References",
    "A trial that did not hold",
    "Card (retracted)",
    "TNF-α and β2-receptors in three people",
]


def words(html):
    body = html[html.index("<h1>") : html.index('<div class="sphinxsidebar"')]
    return squeezed(unescape(re.sub(r"<[^>]+>", " ", body.replace("¶", "")))).replace(" .", ".")


def test_the_base_with_questions_builds_without_a_warning(question_html):
    assert question_html.warnings == ()


def test_a_question_page_shows_everything_in_order(question_html):
    assert in_order(words(question_html.text("question.html")), SHOWN)


@pytest.mark.parametrize("builder", ["text", "man", "texinfo"])
def test_plain_outputs_lose_nothing_of_a_question(question_project, builder):
    conf = {
        "man_pages": [("question", "q", "Q", "", 7)],
        "texinfo_documents": [("question", "q", "Q", "", "q", "Q", "S")],
    }
    build = question_project.build(builder, out=f"plain-{builder}", doctrees=f"dt-{builder}", **conf)
    name = {"text": "question.txt", "man": "q.7", "texinfo": "q.texi"}[builder]
    text = squeezed(build.text(name).replace("\\-", "-").replace("\\", "").replace("@w{}", ""))
    assert all(
        part in text for part in ["Nobody knows", "Kind: effect", "people in 1 study", "A trial that did not hold"]
    )


def test_headings_in_a_question_are_sections_of_the_page(question_html):
    contents = question_html.app.env.tocs["question"].astext().split("\n\n")
    assert contents == [
        "Does the drug help?",
        "What was tried",
        "Deeper",
        "Harms",
        "Who was left out",
        "What is not known",
        "About this answer",
    ]


def test_citations_are_numbered_as_a_reader_meets_them_and_lead_to_the_list(question_html):
    page = question_html.text("question.html")
    cited = re.findall(r'href="#(drug--ref-\d+)"[^>]*>(?:<[^>]+>)?\[?(\d+)', page)
    assert cited[0] == ("drug--ref-1", "1")
    assert set(cited) == {("drug--ref-1", "1"), ("drug--ref-2", "2")}
    listed = re.findall(r'<li id="(drug--ref-\d+)">(.*?)</li>', page)
    assert [anchor for anchor, _text in listed] == ["drug--ref-1", "drug--ref-2"]
    assert "Beta A." in listed[0][1]
    assert "Ærø Ø," in listed[1][1]


def test_a_claim_whose_text_cites_nothing_ends_with_the_numbers_of_its_studies(question_html):
    text = re.search(r'id="drug-link--text">(.*?)</div>', question_html.text("question.html"), re.DOTALL).group(1)
    assert squeezed(re.sub(r"<[^>]+>", "", text)).startswith("No clear link was seen. [2]")


def test_a_claim_by_itself_has_references_of_its_own(question_html):
    page = question_html.text("other.html")
    assert page.index('id="alone"') < page.index("References") < page.index('id="alone--ref-1"')


def test_a_claim_is_quoted_with_its_certainty_whoever_refers_to_it(question_html):
    page = words(question_html.text("other.html"))
    assert "“Three people felt better after the drug.” (very low certainty)" in page
    assert "this (low certainty)" in page
    assert "“No clear link was seen.” (low certainty) and Does the drug help?" in page


def test_a_card_lists_the_claims_and_questions_that_use_it_with_the_direction(question_html):
    page = words(question_html.text("studies/alpha-2001.html"))
    assert in_order(
        page,
        [
            "Where this study is used",
            "Claims + Supports: “A claim by itself.”",
            "Question Does the drug help? + Supports: “Three people felt better after the drug.”",
            "= No clear difference: “No clear link was seen.”",
            "Pages that cite it",
        ],
    )


def test_a_definition_lists_the_studies_that_used_it(question_html):
    page = words(question_html.text("definitions.html"))
    assert page.count("Studies in this base that used it") == 2
    assert "Studies in this base that used it: Ærø 2001 ; Beta 2010 (retracted)" in page


def test_questions_and_claims_stand_in_the_inventory(question_html):
    with (question_html.outdir / "objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda base, uri: base + uri)
    assert set(inventory["mecfs:claim"]) == {"drug-helps", "drug-link", "alone"}
    assert set(inventory["mecfs:question"]) == {"drug"}
    assert {"claim-drug-helps", "question-drug"} <= set(inventory["std:label"])


def test_both_markups_give_the_same_page(make_base):
    pages = {}
    for name, text in (("question.md", PAGES["question.md"]), ("question.rst", f":orphan:\n\n{RST_QUESTION}")):
        project = make_base({name: text})
        build = project.build("html", fresh=True)
        assert build.warnings == ()
        pages[name] = words(build.text("question.html"))
        project.remove(name)
    assert pages["question.md"] == pages["question.rst"]


def test_text_after_a_section_in_the_middle_of_the_page_is_kept(make_base):
    page = QUESTION.replace(":Harms: Not reported.\n", "").replace(
        "### Deeper", ":Harms: Not reported.\n\nMore.\n\n### Deeper"
    )
    build = make_base({"question.md": ORPHAN + page}).build()
    assert build.warnings == ()
    assert in_order(words(build.text("question.html")), ["What was tried", "More.", "Deeper", "Harms", "Not reported."])
