"""The page that holds the whole book in short misses no subject, no question and no study."""

import re

from support import ROOT

DOCS = ROOT / "docs"
SHORT = (DOCS / "short.md").read_text(encoding="utf-8")


def read(name):
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_subject_stands_in_it_with_its_title_and_its_studies():
    subjects = re.findall(r"^\.\./topics/([a-z-]+)$", read("studies/index.md"), re.MULTILINE)
    listed = {path.stem for path in (DOCS / "topics").glob("*.md")}
    assert set(subjects) == listed
    expected = []
    for name in subjects:
        page = read(f"topics/{name}.md")
        title = re.search(r"^# (.*)$", page, re.MULTILINE).group(1)
        chosen = re.search(r"\{evidence-table\}\n:filter: (.*)$", page, re.MULTILINE).group(1)
        expected.append((title, chosen))
    assert re.findall(r"^## (.*)\n\n```\{evidence-table\}\n:filter: (.*)$", SHORT, re.MULTILINE) == expected


def test_every_question_stands_in_it():
    named = re.search(r"\{evidence-answers\}\n:questions: (.*)$", SHORT, re.MULTILINE).group(1).split(", ")
    assert sorted(named) == sorted(path.stem for path in (DOCS / "questions").glob("*.md") if path.stem != "index")


def test_it_stands_first_in_the_contents():
    assert re.search(r"```\{toctree\}.*?```", read("index.md"), re.DOTALL).group(0).split()[-2] == "short"
