"""A check of the sources reports what a build reports: the same problems at the same lines."""

import re

import pytest
from cards.test_wrong_cards import test_a_wrong_option_is_reported_at_its_line as wrong_options
from question_pages import ORPHAN, PAGES, RST_QUESTION, claim, question
from questions.test_wrong_claims import QUESTIONS, REMARKS, WRONG
from samples import ALPHA, BETA, REFS, SECTIONS, base_files, myst_card, rst_card
from support import ROOT

from sphinx_mecfs.cli.project import load_project
from sphinx_mecfs.manuscript.base import read_base
from sphinx_mecfs.manuscript.check import check_base

OPTIONS = [
    case for mark in wrong_options.pytestmark if mark.args[0] == ("options", "line", "message") for case in mark.args[1]
]
PAGE = "studies/alpha-2001"
MYST_HEAD = "---\norphan: true\n---\n\n# Alpha\n\nText.\n\n"
RST_HEAD = ":orphan:\n\nAlpha\n=====\n\nText.\n\n"


def same(pair, at_least=1):
    """Assert that both say the same, and that there is something to say."""
    built, found = pair
    assert found == built
    assert len(found) >= at_least
    return found


@pytest.fixture
def with_card(make_base):
    def make(markup, options, sections=SECTIONS, key="alpha-2001"):
        head, card = (MYST_HEAD, myst_card) if markup == "md" else (RST_HEAD, rst_card)
        project = make_base()
        project.remove(f"{PAGE}.md")
        project.write({f"{PAGE}.{markup}": head + card(key, options, sections)})
        return project

    return make


@pytest.mark.parametrize("markup", ["md", "rst"])
@pytest.mark.parametrize("case", range(len(OPTIONS)), ids=[case[1] for case in OPTIONS])
def test_a_wrong_option(with_card, compare, markup, case):
    assert len(OPTIONS) > 8
    same(compare(with_card(markup, OPTIONS[case][0])))


@pytest.mark.parametrize("markup", ["md", "rst"])
def test_many_faults_of_one_card(with_card, compare, markup):
    options = {**ALPHA, "design": "rtc", "participants": "3.5", "pem": "required"}
    same(compare(with_card(markup, options, ":Sumary: x\n:Does not show: y\n")), 6)


@pytest.mark.parametrize("markup", ["md", "rst"])
@pytest.mark.parametrize(
    "changes",
    [
        {"participants": "3\nstray words"},
        {"participants": "3\n:participants: 4"},
        {"primary outcome": "walking"},
        {"Summary": "Text."},
        {"intervention": "a\u202eb"},
        {"follows-up": "beta-2011"},
        {"curated-by": "A B", "reviewed-by": "a b"},
        {"funding": "a: b # c 'd"},
    ],
    ids=",".join,
)
def test_odd_options(with_card, compare, markup, changes):
    same(compare(with_card(markup, {**ALPHA, **changes})), 0)


@pytest.mark.parametrize("key", ["", "alpha-2002", "Alpha_2001"])
def test_a_key_that_is_none_or_not_in_the_bibliography(with_card, compare, key):
    same(compare(with_card("md", ALPHA, key=key)))


HEADS = {
    "a block between dashes": "---\ndesign: rtc\ngroups: |\n  one\n  two\nsource-read: abstrac\n---\n",
    "a block that is no YAML": "---\ndesign: [\n---\n",
    "a block that never ends": "---\ndesign: rct\n",
    "a blank line first": "\n:design: rct\n",
    "no options": "",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_heads_of_every_shape(make_base, compare, head):
    page = f"{MYST_HEAD}:::{{evidence-card}} alpha-2001\n{head}:Summary: x\n:Does not show: y\n:::\n"
    same(compare(make_base({f"{PAGE}.md": page})))


WRONG_CARD = myst_card("alpha-2001", {**ALPHA, "design": "rtc"})
PLACES = {
    "in a list": "- item\n\n  " + WRONG_CARD.replace("\n", "\n  "),
    "in a numbered list in a list": "- item\n\n  1. more\n\n     " + WRONG_CARD.replace("\n", "\n     "),
    "in a quotation": "> " + WRONG_CARD.replace("\n", "\n> "),
    # MyST counts a line too many where a fence of colons stands right below another (its `render_colon_fence`).
    "in a note": f"::::{{note}}\nText.\n\n{WRONG_CARD}::::\n",
    "in a note of backticks": f"````{{note}}\n{WRONG_CARD}````\n",
    "in a plain division": f"::::classy\n{WRONG_CARD}::::\n",
    "in reStructuredText": "```{eval-rst}\n" + rst_card("alpha-2001", {**ALPHA, "design": "rtc"}) + "```\n",
    "without an end": WRONG_CARD.rpartition(":::")[0],
    "between backticks": WRONG_CARD.replace(":::", "```"),
    "between tildes": WRONG_CARD.replace(":::", "~~~"),
    "after a table": "| a |\n|---|\n| b |\n\n" + WRONG_CARD,
    "right below a line": "A line.\n" + WRONG_CARD,
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_a_wrong_card_in_any_place(make_base, compare, text):
    found = same(compare(make_base({f"{PAGE}.md": MYST_HEAD + text})))
    assert any("unknown design 'rtc'" in line for line in found)


HIDDEN = {
    "in code": f"````md\n{WRONG_CARD}````\n",
    "in a code directive": f"````{{code-block}} md\n{WRONG_CARD}````\n",
    "in a comment": f"<!--\n{WRONG_CARD}-->\n",
    "indented": "    " + WRONG_CARD.replace("\n", "\n    "),
    "in raw HTML": f"<pre>\n{WRONG_CARD}</pre>\n",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_what_only_looks_like_a_card_is_none(make_base, compare, text):
    page = MYST_HEAD + myst_card("alpha-2001", ALPHA) + "\n\nText.\n\n" + text
    assert compare(make_base({f"{PAGE}.md": page})) == ([], [])


RST_PLACES = {
    "in a list": "- item\n\n  {card}",
    "in a note": ".. note::\n\n   {card}",
    "in a quotation": "Text.\n\n   {card}",
}
RST_HIDDEN = {
    "in a literal block": "So::\n\n   {card}",
    "in code": ".. code-block:: rst\n\n   {card}",
    "in a comment": ".. no\n\n   {card}",
}


@pytest.mark.parametrize("text", [*RST_PLACES.values(), *RST_HIDDEN.values()], ids=[*RST_PLACES, *RST_HIDDEN])
def test_a_card_anywhere_in_restructuredtext(make_base, compare, text):
    card = rst_card("beta-2010", {**BETA, "design": "rtc"})
    indent = text.split("\n")[-1].index("{")
    page = RST_HEAD + text.replace("{card}", card.replace("\n", "\n" + " " * indent))
    project = make_base({"more.rst": page})
    project.remove("studies/beta-2010.md")
    wrong = any("unknown design" in line for line in same(compare(project), 0))
    assert wrong is (text in RST_PLACES.values())


CLAIMS = {**WRONG, **REMARKS, **QUESTIONS}


@pytest.mark.parametrize("case", CLAIMS)
def test_wrong_claims_and_questions(make_base, compare, case):
    same(compare(make_base({"claims.md": CLAIMS[case][0]})))


QUESTION = PAGES["question.md"]
ODD_QUESTIONS = {
    "without a heading": question({}).replace("# Is it so?\n", ""),
    "in a list": ORPHAN + "# Page\n\n- item\n\n" + "".join(f"  {line}\n" for line in QUESTION.splitlines()[6:]),
    "in a note": question({}).replace("::::{", "::::::{note}\nText.\n\n::::{") + "::::::\n",
    "with a claim that is wrong": QUESTION.replace(":no-difference: alpha-2001", ":no-difference: alpha-2002"),
    "without a date": QUESTION.replace(":updated: 2026-11-02\n", ""),
    "inside a question": question({}, body=":::{evidence-question} two\n:updated: 2026-11-01\n:::\n"),
    "cited outside": f"{ORPHAN}# Text\n\nSee {{mecfs:cite}}`alpha-2001, beta-2010`.\n",
    "a claim of citations": claim({}, text="{mecfs:cite}`alpha-2001`"),
    "an unknown study cited twice": claim({}, text="It {mecfs:cite}`no-1` helps {mecfs:cite}`no-1`."),
    "in reStructuredText": ":orphan:\n\n" + RST_QUESTION.replace(":certainty: low\n", ":certainty: lo\n"),
}


@pytest.mark.parametrize("case", ODD_QUESTIONS)
def test_odd_questions(make_base, compare, case):
    name = "claims.rst" if "reStructured" in case else "claims.md"
    same(compare(make_base({name: ODD_QUESTIONS[case]})))


TEXTS = {
    "unknown keys": "{mecfs:study}`alpha-2002` {mecfs:definition}`fukuda-1995` {pem}`alpha-2003` {pem-badge}`requird`",
    "unknown claims": "{mecfs:claim}`one` and {mecfs:question}`two`",
    "in bold": "**{mecfs:study}`alpha-2002`**",
    "with words": "{mecfs:study}`the trial <alpha-2002>`",
    "without a link": "{mecfs:study}`!alpha-2002` {mecfs:study}`alpha-2002`",
    "in a table": "| a |\n|---|\n| {mecfs:study}`alpha-2002` |",
    "in code": "`{mecfs:study}` `` {mecfs:study}`alpha-2002` `` {mecfs:study}`alpha-2009`",
    "in a heading": "## About {mecfs:study}`alpha-2002`",
    "in a note": ":::{note}\n{mecfs:study}`alpha-2002`\n:::",
    "escaped": "\\{mecfs:study}`alpha-2002` {pem}`alpha-2003`",
    "in wording": "Rituximab cures everyone and you should take it.",
}


@pytest.mark.parametrize("case", TEXTS)
def test_references_and_words_in_running_text(make_base, compare, case):
    same(compare(make_base({"text.md": f"{ORPHAN}# Text\n\n{TEXTS[case]}\n"})))


def test_references_in_restructuredtext(make_base, compare):
    page = ":orphan:\n\nText\n====\n\nSee :mecfs:study:`alpha-2002`, :pem:`x <y>` and ``:mecfs:study:`a```.\n"
    same(compare(make_base({"text.rst": page})))


TABLES = {
    "evidence-table": ["filter: desgn = rct", "filter: topics = magic", "columns: yeer", "sort: -yeer", "filtr: x"],
    "evidence-counts": ["by: title", "by: design, year", "caption: x"],
    "evidence-map": ["table: no", "filter: year > x"],
    "evidence-years": ["table: no"],
    "evidence-matrix": ["questions: drugs"],
    "evidence-answers": ["questions: drugs", "filter: year > 1"],
    "evidence-explorer": ["columns: study"],
}


@pytest.mark.parametrize(("name", "option"), [(name, option) for name in TABLES for option in TABLES[name]])
def test_wrong_tables(make_base, compare, name, option):
    page = f"{ORPHAN}# Table\n\nText.\n\n:::{{{name}}}\n:{option}\n:::\n"
    same(compare(make_base({"table.md": page, "question.md": QUESTION})))


@pytest.mark.parametrize("text", [":::{evidence-table} x\n:::", ":::{evidence-table}\n\n:filter: design = rct\n:::"])
def test_what_is_no_option_of_a_table(make_base, compare, text):
    same(compare(make_base({"table.md": f"{ORPHAN}# Table\n\n{text}\n"})))


def test_keys_used_twice(make_base, compare):
    twin = MYST_HEAD + myst_card("alpha-2001", ALPHA) + myst_card("alpha-2001", ALPHA)
    files = {"studies/twin.md": twin, "claims.md": claim({}), "more.md": claim({}), "q.md": question({})}
    same(compare(make_base({**files, "r.md": question({})})), 4)


def test_a_wrong_bibliography_and_register(make_base, compare):
    bib = REFS.replace("pmid = {1234567},", "pmid = {x},\n  doi = {10.1000/beta},").replace(
        "year = {1999}", "year = {19}"
    )
    own = 'version = "1"\n[[definitions]]\nkey = "Wrong"\nname = "L"\n'
    project = make_base({"refs.bib": bib, "own.toml": own})
    same(compare(project, mecfs_definitions=["own.toml", "gone.toml"], bibtex_bibfiles=["refs.bib", "gone.bib"]), 5)


def test_another_register_and_its_words(make_base, compare):
    own = (
        'version = "1"\n[words]\ncondition = "glimmer"\nfeature = "BLINK"\nfeature-name = "blinking"\n'
        'feature-meaning = "a blink"\n[[definitions]]\nkey = "lumen-2019"\nname = "Lumen"\nyear = 2019\npem = "optional"\n'
        'mark = "A"\nbasis = "x"\n'
    )
    files = {
        "own.toml": own,
        "index.md": "# Base\n\n{pem}`fukuda-1994`\n",
        f"{PAGE}.md": MYST_HEAD + myst_card("alpha-2001", {**ALPHA, "criteria": "lumen-2019"}),
        "claims.md": claim({"indirectness": ""}),
    }
    found = same(compare(make_base(files), mecfs_register="own.toml"), 2)
    assert any("BLINK" in line for line in found)


def test_what_the_project_does_not_want_to_hear(make_base, compare):
    project = make_base(
        {f"{PAGE}.md": MYST_HEAD + myst_card("alpha-2001", {**ALPHA, "design": "rtc", "participants": "x"})}
    )
    (only,) = same(compare(project, suppress_warnings=["mecfs.vocabulary"]))
    assert only.endswith("[mecfs.number]")


def test_line_ends_and_marks_of_other_systems_change_no_line(make_base, compare):
    text = MYST_HEAD + myst_card("alpha-2001", {**ALPHA, "design": "rtc"})
    same(compare(make_base({f"{PAGE}.md": text.replace("\n", "\r\n").encode()})))
    same(compare(make_base({f"{PAGE}.md": b"\xef\xbb\xbf" + text.encode()})))


def test_the_book_has_no_problem():
    base = read_base(load_project(ROOT / "docs").settings)
    assert [f"{report.path}:{report.line}: {report.message}" for report in check_base(base)] == []
    assert len(base.studies()) >= 130


def test_the_records_of_the_book_are_those_of_the_build(tmp_path):
    from sphinx.application import Sphinx  # noqa: PLC0415
    from sphinx.util.docutils import docutils_namespace  # noqa: PLC0415

    with docutils_namespace():
        app = Sphinx(ROOT / "docs", ROOT / "docs", tmp_path / "out", tmp_path / "trees", "dummy", status=None)
        app.build()
    catalogue = app.env.domains["mecfs"].catalogue
    base = read_base(load_project(ROOT / "docs").settings)
    assert base.studies() == {key: card.study for key, (_place, card) in catalogue.cards.items()}
    claims = {piece.key: piece.record for page in base.pages for piece in page.claims}
    assert claims == {key: record.claim for key, (_place, record) in catalogue.claims.items()}
    questions = {piece.key: piece.record for page in base.pages for piece in page.questions}
    for key, (_place, record) in catalogue.questions.items():
        mine, built = questions[key], record.question
        assert (mine.title, mine.short_answer, mine.claims) == (built.title, built.short_answer, built.claims)


def test_the_samples_are_right(make_base, compare):
    assert compare(make_base(PAGES)) == ([], [])
    assert re.search(r"^# Base", base_files()["index.md"])
