"""What the manual shows is built as it stands, in the small base."""

import re

import pytest
from support import ROOT

MANUAL = ROOT / "docs/extension"


def snippets(name):
    return re.findall(r"````md\n(.*?)````", (MANUAL / name).read_text(encoding="utf-8"), re.DOTALL)


def test_the_question_of_the_manual_builds(make_base):
    (page,) = snippets("questions.md")
    build = make_base({"question.md": f"---\norphan: true\n---\n\n{page}"}).build()
    assert build.warnings == ()
    assert 'class="mecfs-question" id="drug"' in build.text("question.html")
    assert "HR 0.27, 95% CI 0.10-0.70" in build.text("question.html")


@pytest.mark.parametrize("index", range(2))
def test_the_tables_of_the_manual_build(make_base, index):
    build = make_base({"table.md": f"---\norphan: true\n---\n\n# Table\n\n{snippets('tables.md')[index]}"}).build()
    assert build.warnings == ()


def test_the_explorer_of_the_manual_builds(make_base):
    page = "---\norphan: true\n---\n\n# Find\n\n" + next(one for one in snippets("site.md") if "explorer" in one)
    build = make_base({"find.md": page}).build()
    assert build.warnings == ()
    assert "All studies on ME/CFS" in build.text("find.html")


def test_the_manual_shows_every_directive_and_role_that_there_is():
    text = "".join(path.read_text(encoding="utf-8") for path in MANUAL.glob("*.md"))
    names = ["evidence-card", "evidence-question", "{claim}", "evidence-table", "evidence-counts", "evidence-matrix"]
    names += [
        "evidence-explorer",
        "evidence-data",
        "case-definitions",
        "mecfs:study",
        "mecfs:definition",
        "mecfs:question",
        "mecfs:claim",
        "mecfs:cite",
    ]
    assert [name for name in names if name not in text] == []
