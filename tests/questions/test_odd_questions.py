"""Questions, claims and tables in odd places, and with odd content."""

import re

import pytest
from facts import in_order, squeezed
from question_pages import ORPHAN, PAGES, QUESTION, claim, question
from samples import base_files

INNER = ":::{claim} inner\n:kind: effect\n:supports: alpha-2001\n:certainty: low\n:indirectness: x\n\nIt helps.\n:::\n"


def built(make_base, text, **more):
    build = make_base({"claims.md": text, **more}).build()
    return build, build.text("claims.html")


def words(page):
    return squeezed(re.sub(r"<[^>]+>", " ", page[page.index("<h1>") :].replace("¶", ""))).replace(" .", ".")


def test_a_heading_citation_or_claim_in_a_closing_section_stays_there_and_counts(make_base):
    harms = ":Harms:\n  ## Sub\n\n  Text {mecfs:cite}`beta-2010`.\n\n" + "".join(
        f"  {line}\n" for line in INNER.splitlines()
    )
    build, page = built(make_base, question({}, f":Short answer: No.\n:What is not known: Much.\n{harms}"))
    assert build.warnings == ()
    assert in_order(
        words(page), ["Short answer", "Studies behind the answer", "1 study", "Harms", "Sub", "Text [ 1 ]", "It helps."]
    )
    assert "Low certainty" in page


@pytest.mark.parametrize(
    "table",
    [
        ":::{evidence-table}\n\n:filter: design = rct\n:::",
        ":::{evidence-table} design = rct\n:::",
        ":::{evidence-table}\n:filter: design = rct\n:filter: year > 2000\n:::",
        ":::{evidence-table}\n:columns: study\n\nfilter: design = rct\n:::",
    ],
)
def test_a_filter_that_is_not_read_gives_a_warning_and_no_table(make_base, table):
    build, page = built(make_base, f"{ORPHAN}# Table\n\n{table}\n")
    assert len(build.warnings) == 1
    assert "<table" not in page


def test_a_caption_that_cannot_be_seen_whole_gives_a_warning_for_the_line_and_one_for_the_option(make_base):
    build, page = built(make_base, f"{ORPHAN}# Table\n\n:::{{evidence-table}}\n:caption: a\u202eb\n:::\n")
    assert [warning.split("mecfs.")[-1] for warning in build.warnings] == ["page-character]", "option-character]"]
    assert "<table" not in page


def test_a_table_is_checked_again_when_the_register_changes(make_base):
    own = 'version = "1"\n[[definitions]]\nkey = "{}"\nname = "Local"\nyear = 2020\npem = "required"\nmark = "A"\nbasis = "x"\n'
    page = f"{ORPHAN}# Table\n\n:::{{evidence-table}}\n:filter: criteria = local-2020\n:::\n"
    project = make_base({"own.toml": own.format("other-2020"), "claims.md": page}, mecfs_definitions=["own.toml"])
    assert len(project.build().warnings) == 1
    project.write({"own.toml": own.format("local-2020")})
    build = project.build()
    assert build.warnings == ()
    assert "This table cannot be shown" not in build.text("claims.html")


def test_a_question_in_a_list_is_reported_and_makes_no_sections_there(make_base):
    nested = "".join(f"  {line}\n" for line in QUESTION.partition("\n\n")[2].splitlines())
    build, page = built(make_base, f"{ORPHAN}# Page\n\n- item\n\n{nested}")
    assert [warning.split("[mecfs.")[1] for warning in build.warnings if "mecfs" in warning] == ["question-place]"]
    assert "<li><section" not in page.replace("\n", "")
    assert "What is not known" in page


def test_a_question_inside_a_question_is_reported_and_nothing_is_shown_twice(make_base):
    inner = (
        ":::::{evidence-question} inner-one\n:updated: 2026-11-01\n\n:Short answer: No.\n:What is not known: All.\n\n"
        + INNER
        + ":::::\n"
    )
    outer = (
        question({}, body=inner)
        .replace("::::{evidence-question} so", "::::::{evidence-question} so")
        .rpartition("::::")[0]
    )
    build, page = built(make_base, f"{outer}::::::\n")
    assert any(warning.endswith("[mecfs.question-place]") for warning in build.warnings)
    assert page.count("Kind: effect") == 1


def test_anchors_do_not_clash(make_base):
    body = "## So\n\nText.\n\n## So about\n\nText.\n" + INNER.replace("} inner", "} so-harms")
    build, page = built(
        make_base, question({}, ":Short answer: No.\n:What is not known: Much.\n:Harms: none.\n", body=body)
    )
    assert build.warnings == ()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_label_of_a_claim_is_what_readers_see(make_base):
    text = "% a secret\n\nAs {mecfs:study}`alpha-2001` {pem}`alpha-2001` says, *it* helps {mecfs:cite}`alpha-2001`."
    build, _page = built(make_base, claim({}, text=text), **{"more.md": f"{ORPHAN}# More\n\n{{mecfs:claim}}`one`\n"})
    assert build.warnings == ()
    assert "“As Ærø 2001 says, it helps.” (low certainty)" in words(build.text("more.html"))


def test_a_claim_of_citations_only_is_reported(make_base):
    build, _page = built(make_base, claim({}, text="{mecfs:cite}`alpha-2001`"))
    assert build.warnings == ("claims.md:7: WARNING: the claim has no words of its own [mecfs.section-missing]",)


def test_a_page_that_cites_by_number_is_listed_on_the_card(make_base):
    build, _page = built(make_base, question({}, body="Text {mecfs:cite}`beta-2010`.\n"))
    assert in_order(words(build.text("studies/beta-2010.html")), ["Pages that cite it", "Is it so?"])


def test_translated_text_keeps_its_numbers(make_base):
    catalogue = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Three people felt better {mecfs:cite}`alpha-2001` after *the drug*."\n'
        'msgstr "Tre personer {mecfs:cite}`alpha-2001`."\n\nmsgid "No clear link was seen."\nmsgstr "Ingen."\n'
    )
    project = make_base(
        {**PAGES, "locale/nb/LC_MESSAGES/question.po": catalogue}, language="nb", locale_dirs=["locale"]
    )
    build = project.build()
    assert [warning for warning in build.warnings if "mecfs" in warning] == []
    page = words(build.text("question.html"))
    assert "Tre personer [ 2 ]." in page
    assert "Ingen. [ 2 ]" in page
    assert "«Tre personer.»" in words(build.text("other.html"))


def test_a_claim_in_the_root_document_is_reached_from_a_card_in_the_same_book(make_base):
    index = base_files()["index.md"].replace("definitions\nreferences", "definitions\nreferences\nstudies/alpha-2001")
    project = make_base({"index.md": index + "\n\n" + INNER}, latex_engine="xelatex", version="1")
    tex = next(iter(project.build("latex").outdir.glob("*.tex"))).read_text(encoding="utf-8")
    assert r"\detokenize{index:inner}" in tex
    assert "studies/alpha-2001:inner" not in tex


def test_no_output_holds_what_python_says_of_a_record(make_base):
    build = make_base(PAGES).build("xml")
    text = build.text("question.xml")
    assert "Record(" not in text
    assert "/question.md:" not in text
    assert "Three people felt better" in text
