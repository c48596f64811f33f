"""After an edit of one card, every table, matrix and mix equals that of a clean build."""

import pytest
from question_pages import ORPHAN, PAGES

VIEWS = {
    **PAGES,
    "views.md": f"{ORPHAN}# Views\n\n:::{{evidence-table}}\n:filter: participants >= 3\n:::\n\n:::{{evidence-counts}}\n:by: pem\n:::\n\n"
    ":::{evidence-matrix}\n:::\n",
}
EDITS = {
    "the definition of a card": lambda p: p.replace("studies/alpha-2001.md", "fukuda-1994", "icc-2011"),
    "the number of people": lambda p: p.replace("studies/alpha-2001.md", ":participants: 3", ":participants: 4"),
    "too few people for the filter": lambda p: p.replace(
        "studies/alpha-2001.md", ":participants: 3", ":participants: 2"
    ),
    "a retraction withdrawn": lambda p: p.replace(
        "studies/beta-2010.md", ":status: retracted\n:status-notice: 10.1000/notice\n", ""
    ),
    "a card removed": lambda p: p.remove("studies/beta-2010.md"),
    "the name of a study": lambda p: p.replace("refs.bib", "Beta, Ann", "Gamma, Ann"),
    "the text of a claim": lambda p: p.replace("question.md", "No clear link", "No link"),
    "the certainty of a claim": lambda p: p.replace("question.md", ":certainty: very-low", ":certainty: low"),
    "the direction of a study": lambda p: p.replace("question.md", ":contradicts:", ":mixed:"),
    "the question": lambda p: p.replace("question.md", "# Does the drug help?", "# Does the drug work?"),
    "a claim made wrong": lambda p: p.replace("question.md", ":kind: effect", ":kind: efect"),
    "a question removed": lambda p: p.remove("question.md"),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("builder", ["html", "text"])
def test_an_incremental_build_with_questions_equals_a_clean_one(make_base, edit, builder):
    project = make_base(VIEWS)
    project.build(builder)
    EDITS[edit](project)
    incremental = project.build(builder).files()
    clean = project.build(builder, out="clean", doctrees="clean-doctrees", fresh=True).files()
    assert {name for name in incremental.keys() & clean.keys() if incremental[name] != clean[name]} == set()
    assert clean.keys() <= incremental.keys()


def test_reading_in_parallel_gives_the_same_pages(make_base):
    project = make_base(VIEWS)
    alone = project.build("html", out="one", doctrees="dt-one").files()
    together = project.build("html", out="four", doctrees="dt-four", parallel=4).files()
    assert alone == together


def test_nothing_is_written_again_where_nothing_has_changed(make_base):
    project = make_base(VIEWS)
    project.build()
    assert "no targets are out of date" in project.build().status
