"""The manual for authors is followed to the letter: every command on it is run, in its order."""

import json
import os
import re
import shlex
import subprocess
import sys

import pytest
from support import ROOT

MANUAL = ROOT / "docs" / "extension"


def snippets(page, language):
    text = (MANUAL / page).read_text(encoding="utf-8")
    return [match[2] for match in re.finditer(rf"(?ms)^(```+){language}\n(.*?)^\1$", text)]


def follow(commands, folder, expected=()):
    """Run each line of a snippet and return what all said; `cd` leads on; a status that is not 0 has to be expected."""
    said = []
    for line in commands.splitlines():
        program, *arguments = shlex.split(line)
        if program == "cd":
            folder = folder / arguments[0]
            continue
        ways = {
            "sphinx-mecfs": [sys.executable, "-m", "sphinx_mecfs"],
            "sphinx-build": [sys.executable, "-m", "sphinx"],
        }
        done = subprocess.run(
            [*ways.get(program, [program]), *arguments], capture_output=True, text=True, cwd=folder, check=False,
            env={**os.environ, "MECFS_MAIL": ""},
        )  # fmt: skip
        assert done.returncode == (1 if line in expected else 0), (line, done.stdout, done.stderr)
        said.append(done.stdout)
    return folder, said


def test_from_an_empty_folder_to_a_published_base_of_three_studies_with_one_retraction(tmp_path):
    start, removal, by_hand, adding, retraction, fixing, publishing = snippets("authors.md", "sh")
    base, _said = follow(start, tmp_path)
    follow(removal, base)
    clean_up(base)
    follow(by_hand, base)
    papers, table = snippets("authors.md", "text")
    (base / "papers.ris").write_text(papers, encoding="utf-8")
    _base, said = follow(adding, base)
    assert "2 added" in said[0]
    assert all(name in said[1] for name in ("alder-2019", "cedar-2021", "dogwood-2018"))
    (card,) = snippets("authors.md", "md")
    fill_gaps(base, card)
    (base / "watch.csv").write_text(table, encoding="utf-8")
    _base, said = follow(retraction, base)
    (page,) = (base / "studies").glob("dogwood-*.md")
    assert ":status: retracted\n:status-notice: 10.1000/notice\n" in page.read_text(encoding="utf-8")
    _base, said = follow(fixing, base)
    assert "No problem in" in said[0]
    follow(publishing, base)
    html = (base / "_build" / "html" / "studies" / f"{page.stem}.html").read_text(encoding="utf-8")
    assert "etracted" in html
    assert (base / "trials.csv").read_text(encoding="utf-8").count("alder-2019-walking-trial") >= 1


def clean_up(base):
    """Do by hand what the manual says: take out the invented entry, and the question from the tables of contents."""
    text = (base / "refs.bib").read_text(encoding="utf-8")
    (base / "refs.bib").write_text(text.partition("@")[0], encoding="utf-8")
    for name in ("index.md", "pdf.md"):
        text = (base / name).read_text(encoding="utf-8")
        assert "questions/first-question\n" in text
        (base / name).write_text(text.replace("questions/first-question\n", ""), encoding="utf-8")


def fill_gaps(base, card):
    (page,) = (base / "studies").glob("cedar-*.md")
    key = re.search(r"evidence-card\} (\S+)", card)[1]
    assert page.stem == key
    page.write_text(card, encoding="utf-8")
    for name in ("alder", "dogwood"):
        (page,) = (base / "studies").glob(f"{name}-*.md")
        text = page.read_text(encoding="utf-8")
        options = {"design": "case-series", "participants": "3", "criteria": "not-reported", "source-read": "abstract"}
        options["status-checked"] = "2026-11-01"
        for option, value in options.items():
            text = re.sub(rf":{option}: TODO.*", f":{option}: {value}", text)
        page.write_text(re.sub(r"TODO.*", "It was looked at.", text), encoding="utf-8")


def test_every_command_stands_in_the_manual():
    text = (MANUAL / "authors.md").read_text(encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "sphinx_mecfs", "--help"], capture_output=True, text=True, check=True)
    commands = set(re.findall(r"(?m)^│ ([a-z][a-z-]+) ", done.stdout))
    assert commands == set(re.findall(r"(?m)^\| `([a-z-]+)", text))


def test_what_the_manual_says_to_editors_can_be_read():
    settings, tasks = map(json.loads, snippets("editors.md", "json"))
    assert settings["[markdown]"]
    (task,) = tasks["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    line = "studies/a.md:8:10: unknown design 'x'; did you mean 'y'? [mecfs.vocabulary]"
    found = re.match(pattern["regexp"], line)
    assert [found[pattern[name]] for name in ("file", "line", "column", "code")] == [
        "studies/a.md",
        "8",
        "10",
        "mecfs.vocabulary",
    ]


def test_the_commands_for_editors_write_what_editors_read(tmp_path):
    (commands,) = snippets("editors.md", "sh")
    follow(commands.replace("schema snippets .", f"schema snippets {ROOT / 'docs'}"), tmp_path)
    made = json.loads((tmp_path / ".vscode" / "mecfs.code-snippets").read_text(encoding="utf-8"))
    assert made["study: fluge-2009-clinical-impact"]["body"] == ["{mecfs:study}`fluge-2009-clinical-impact`"]


@pytest.mark.parametrize("hook", ["sphinx-mecfs-check", "sphinx-mecfs-lint-bib"])
def test_the_hooks_run_commands_that_there_are(hook):
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert f"- id: {hook}\n" in text
    command = re.search(rf"- id: {hook}\n(?:  .*\n)*?  entry: sphinx-mecfs (\S+)", text)[1]
    done = subprocess.run([sys.executable, "-m", "sphinx_mecfs", command, "--help"], capture_output=True, check=False)
    assert done.returncode == 0
