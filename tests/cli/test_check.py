"""The commands `check` and `lint-bib`: what they say in each form, what they put right, and what they return."""

import json
import re
import subprocess
import sys

import pytest
from changing import change

from sphinx_mecfs.evidence.problems import Problem

ALPHA = "studies/alpha-2001.md"


@pytest.fixture
def wrong(base):
    """The small base with one fault."""
    change(base / ALPHA, ":design: case-series", ":design: case-serie")
    return base


@pytest.mark.usefixtures("base")
def test_a_sound_base_is_fine(run):
    done = run("check")
    assert done.stdout == "No problem in 5 files, 2 cards, 0 questions, 0 claims, 3 references.\n"
    assert done.stderr == ""


@pytest.mark.usefixtures("wrong")
def test_a_problem_is_shown_with_its_line_and_what_to_write(run):
    lines = run("check", status=1).stdout.splitlines()
    assert lines == [
        f"{ALPHA}:8:10: unknown design 'case-serie'; did you mean 'case-series'? [mecfs.vocabulary]",
        "  8 | :design: case-serie",
        "    |          ^^^^^^^^^^ case-series",
        "1 problem in 5 files, 2 cards, 0 questions, 0 claims, 3 references.",
    ]


@pytest.mark.usefixtures("wrong")
def test_json_says_the_same(run):
    for arguments in (["--json"], ["--format", "json"]):
        document = json.loads(run("check", *arguments, status=1).stdout)
        (problem,) = document["problems"]
        assert problem == {
            "file": ALPHA, "line": 8, "column": 10, "end_column": 20, "kind": "mecfs.vocabulary",
            "message": "unknown design 'case-serie'; did you mean 'case-series'?", "suggestion": "case-series",
        }  # fmt: skip
        assert document["checked"]["cards"] == 2


def test_annotations_of_github_name_the_place_and_escape_what_would_end_them(wrong, run):
    change(wrong / ALPHA, "case-serie", "50%,\u2028:x")
    unseen, option, line = run("check", "--format", "github", status=1).stdout.splitlines()[:3]
    assert "title=mecfs.page-character::U+2028 cannot be seen" in unseen
    assert "title=mecfs.option-character::" in option
    assert line.startswith(f"::warning file={ALPHA},line=8,col=10,endColumn=")
    assert "title=mecfs.vocabulary::unknown design '50%25," in line


@pytest.mark.usefixtures("wrong")
def test_sarif_has_the_shape_that_code_scanning_reads(run):
    log = json.loads(run("check", "--format", "sarif", status=1).stdout)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (scan,) = log["runs"]
    driver = scan["tool"]["driver"]
    assert driver["name"] == "sphinx-mecfs"
    assert [rule["id"] for rule in driver["rules"]] == [f"mecfs.{problem.value}" for problem in Problem]
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    (result,) = scan["results"]
    assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "mecfs.vocabulary"
    assert result["level"] in {"none", "note", "warning", "error"}
    assert result["message"]["text"].startswith("unknown design")
    (place,) = result["locations"]
    assert place["physicalLocation"]["artifactLocation"] == {"uri": ALPHA}
    assert place["physicalLocation"]["region"] == {"startLine": 8, "startColumn": 10, "endColumn": 20}
    assert scan["columnKind"] == "unicodeCodePoints"


@pytest.mark.usefixtures("base")
def test_sarif_of_a_sound_base_has_no_results(run):
    assert json.loads(run("check", "--format", "sarif").stdout)["runs"][0]["results"] == []


def test_only_problems_of_the_files_that_are_named(wrong, run):
    change(wrong / "studies/beta-2010.md", ":design: rct", ":design: x")
    assert run("check", ALPHA, status=1).stdout.count("[mecfs.") == 1
    assert run("check", status=1).stdout.count("[mecfs.") == 2
    assert run("check", "index.md").exit_code == 0


def test_the_project_is_found_above_and_below(base, run, tmp_path, monkeypatch):
    monkeypatch.chdir(base / "studies")
    assert "2 cards" in run("check", base / ALPHA).stdout
    outer = tmp_path / "outer"
    outer.mkdir()
    for path in [path for path in base.iterdir() if path != outer]:
        (outer / "docs").mkdir(exist_ok=True)
        path.rename(outer / "docs" / path.name)
    monkeypatch.chdir(outer)
    assert "2 cards" in run("check").stdout
    assert "2 cards" in run("check", "docs/conf.py").stdout


@pytest.mark.parametrize(
    ("conf", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("x = (", "conf.py cannot be read"),
        ("import sys; sys.exit(3)", "conf.py cannot be read"),
    ],
)
def test_a_configuration_that_cannot_be_run_is_told_in_a_sentence(base, run, conf, said):
    (base / "conf.py").write_text(conf, encoding="utf-8")
    assert said in run("check", status=2).stderr


def test_what_the_configuration_prints_does_not_get_into_json(base, run):
    with (base / "conf.py").open("a", encoding="utf-8") as file:
        file.write('\nprint("hello")\n')
    assert json.loads(run("check", "--json").stdout)["problems"] == []


@pytest.mark.parametrize("arguments", [["check", "nowhere"], ["lint-bib", "no.bib"], ["status", "nowhere"]])
@pytest.mark.usefixtures("base")
def test_what_is_not_there_is_wrong_use(run, arguments):
    assert "sphinx-mecfs: " in run(*arguments, status=2).stderr


def test_a_folder_without_a_project_is_wrong_use(run, tmp_path):
    assert "there is no conf.py" in run("check", tmp_path, status=2).stderr


@pytest.mark.usefixtures("base")
def test_two_forms_at_once_are_wrong_use(run):
    assert "different things" in run("check", "--json", "--format", "sarif", status=2).stderr


def test_control_characters_do_not_reach_the_terminal(base, run):
    change(base / ALPHA, ":design: case-series", ":design: \x1b[31mred")
    assert "\x1b" not in run("check", status=1).stdout


def test_cards_that_myst_does_not_see_are_told_of(base, run):
    change(base / "conf.py", "['colon_fence']", "[]")
    done = run("check", status=1)
    assert "0 cards" in done.stdout
    assert 'add "colon_fence"' in done.stderr


# ---- putting right


def unsettle(base):
    text = (base / ALPHA).read_text(encoding="utf-8")
    text = text.replace(":status-checked: 2026-11-01\n", "").replace(":design:", ":status-checked: 1.11.2026\n:design:")
    (base / ALPHA).write_text(text, encoding="utf-8")
    change(base / "refs.bib", "doi = {10.1000/beta}", "doi = {https://doi.org/10.1000/beta}")


def test_fix_puts_right_what_is_safe_once(base, run):
    before = (base / ALPHA).read_bytes()
    unsettle(base)
    assert "Put right: 2 files.\nNo problem" in run("check", "--fix").stdout
    after = (base / ALPHA).read_bytes()
    assert sorted(after.splitlines()) == sorted(before.splitlines())
    assert "doi = {10.1000/beta}," in (base / "refs.bib").read_text(encoding="utf-8")
    assert "Put right" not in run("check", "--fix").stdout
    assert (base / ALPHA).read_bytes() == after
    assert not [path for path in base.rglob(".*") if path.is_file()]


def test_diff_shows_it_and_writes_nothing(base, run):
    unsettle(base)
    before = (base / ALPHA).read_bytes()
    shown = run("check", "--diff", status=1).stdout
    assert f"--- a/{ALPHA}\n+++ b/{ALPHA}\n" in shown
    assert "-:status-checked: 1.11.2026\n" in shown
    assert "+:status-checked: 2026-11-01\n" in shown
    assert "Would be put right with --fix: 2 files." in shown
    assert (base / ALPHA).read_bytes() == before


def test_fix_keeps_json_apart(base, run):
    unsettle(base)
    done = run("check", "--fix", "--diff", "--json")
    assert json.loads(done.stdout)["problems"] == []
    assert "Put right: 2 files." in done.stderr


def test_a_file_keeps_its_rights(base, run):
    unsettle(base)
    (base / ALPHA).chmod(0o640)
    run("check", "--fix")
    assert (base / ALPHA).stat().st_mode & 0o777 == 0o640


def test_only_named_files_are_put_right(base, run):
    unsettle(base)
    assert "Put right: 1 file." in run("check", "--fix", ALPHA).stdout
    assert "https://doi.org" in (base / "refs.bib").read_text(encoding="utf-8")


# ---- the bibliography by itself


def test_lint_bib_needs_no_project(tmp_path, run):
    path = tmp_path / "own.bib"
    path.write_text('@article{B_1, title="T", year={19}}\n@article{a-1, title={U}}\n', encoding="utf-8")
    said = run("lint-bib", path, status=1).stdout
    assert re.search(r"own\.bib:1:\d+: key 'B_1' is not lower-case words", said)
    assert "problems in 1 files, 2 entries." in said
    assert json.loads(run("lint-bib", path, "--json", status=1).stdout)["checked"] == {"files": 1, "entries": 2}


def test_lint_bib_looks_at_several_files_together(tmp_path, run):
    for name in ("one", "two"):
        (tmp_path / f"{name}.bib").write_text("@misc{a-1, title={T}}\n", encoding="utf-8")
    assert "is used in one.bib already" in run("lint-bib", tmp_path / "one.bib", tmp_path / "two.bib", status=1).stdout


def test_lint_bib_puts_right(tmp_path, run):
    path = tmp_path / "own.bib"
    path.write_text('@misc{b-1, title="T"}\n@misc{a-1, title={U}}\n', encoding="utf-8")
    assert "Put right: 1 file." in run("lint-bib", path, "--fix").stdout
    assert path.read_text(encoding="utf-8").startswith("@misc{a-1,")


# ---- as a program


def test_the_module_and_the_console_script_do_the_same(wrong):
    script = "import sys; from sphinx_mecfs.cli.app import main; sys.argv[0] = 'sphinx-mecfs'; main()"
    ways = ([sys.executable, "-m", "sphinx_mecfs", "check"], [sys.executable, "-c", script, "check"])
    done = [subprocess.run(way, capture_output=True, text=True, cwd=wrong, check=False) for way in ways]
    assert done[0].stdout == done[1].stdout
    assert [each.returncode for each in done] == [1, 1]
    assert [each.stderr for each in done] == ["", ""]


def test_a_reader_that_has_had_enough_ends_it_quietly(wrong):
    for number in range(3000):
        (wrong / "studies" / f"x{number}.md").write_text(":::{evidence-card} a\n:::\n", encoding="utf-8")
    command = f"{sys.executable} -m sphinx_mecfs check | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=wrong, check=False)
    assert "Traceback" not in done.stderr
    assert done.stdout


def test_help_loads_none_of_the_rest():
    code = (
        "import sys; sys.argv = ['sphinx-mecfs', '--version']\n"
        "from sphinx_mecfs.cli.app import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted({'sphinx', 'docutils', 'yaml', 'pybtex', 'requests'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == "[]"
