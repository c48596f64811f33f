"""A base of one's own: it builds at once, for ME/CFS and for another condition, and takes nothing from anybody."""

import datetime
import errno
import re
import runpy
import subprocess
import sys
import tomllib
import zlib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from support import ROOT, Project
from typer.testing import CliRunner

from sphinx_mecfs.cli import init
from sphinx_mecfs.cli.app import app, main
from sphinx_mecfs.cli.init import Plan, base_files, write_base
from sphinx_mecfs.evidence.register import Words

TODAY = datetime.date(2026, 11, 1)
OTHER = Plan(
    "The Glimmer Book",
    Words(
        condition="glimmer fever",
        feature="BLINK",
        feature_name="blinking by night",
        feature_meaning="a blinking that begins after dark",
    ),
)
TIED = re.compile(r"ME/CFS|\bCFS\b|\bPEM\b|(?i:malaise|exertion|\beffort|fatigue|covid)")


def sphinx(source, builder, out):
    """Run Sphinx in a process of its own; a warning makes it fail."""
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", builder]
    command += ["-d", str(out) + "-trees", str(source), str(out)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=source)
    assert (done.returncode, done.stderr) == (0, "")


WRITTEN = {".html", ".txt", ".tex", ".typ", ".css", ".js", ".svg"}
WRITTEN |= {".json", ".jsonld", ".csv", ".bib", ".ris", ".cff", ".atom", ".xml"}


def texts(folder):
    """Every written text by its path; the inventory unpacked."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in WRITTEN and "_static" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
        elif path.name == "objects.inv":
            yield path, zlib.decompress(path.read_bytes().split(b"\n", 4)[4]).decode()


@pytest.mark.parametrize("plan", [Plan("My base"), OTHER], ids=["ME/CFS", "another condition"])
@pytest.mark.parametrize("builder", ["html", "typstpdf"])
def test_a_new_base_builds_at_once(tmp_path, plan, builder):
    write_base(tmp_path / "base", plan, TODAY)
    sphinx(tmp_path / "base", builder, tmp_path / "out")
    names = {"html": "studies/example-2020-first-study.html", "typstpdf": "evidence-base.pdf"}
    assert (tmp_path / "out" / names[builder]).is_file()


def test_a_base_about_me_cfs_says_so(tmp_path):
    write_base(tmp_path / "base", Plan("My base"), TODAY)
    sphinx(tmp_path / "base", "html", tmp_path / "out")
    card = (tmp_path / "out" / "studies" / "example-2020-first-study.html").read_text(encoding="utf-8")
    for words in ("PEM required (broad wording)", "Was post-exertional malaise (PEM) required?", "<dd>ME/CFS</dd>"):
        assert words in card
    assert 'href="data/studies.json"' in (tmp_path / "out" / "data.html").read_text(encoding="utf-8")
    assert "<title>My base</title>" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A base about another condition."""
    folder = tmp_path_factory.mktemp("other") / "base"
    write_base(folder, OTHER, TODAY)
    return folder


@pytest.mark.parametrize("builder", ["html", "text", "latex", "typst"])
def test_no_page_of_a_base_about_another_condition_speaks_of_me_cfs(other, tmp_path, builder):
    sphinx(other, builder, tmp_path / "out")
    written = list(texts(tmp_path / "out"))
    assert len(written) >= {"html": 12, "text": 8}.get(builder, 1)
    found = {str(path): TIED.findall(text) for path, text in written if path.name != "sphinx-book.typ"}
    assert {path: words for path, words in found.items() if words} == {}


def test_a_base_about_another_condition_says_its_own_words(other, tmp_path):
    sphinx(other, "html", tmp_path / "out")
    card = (tmp_path / "out" / "studies" / "example-2020-first-study.html").read_text(encoding="utf-8")
    question = (tmp_path / "out" / "questions" / "first-question.html").read_text(encoding="utf-8")
    index = (tmp_path / "out" / "mecfs-pem.html").read_text(encoding="utf-8")
    for words in ("BLINK required", "Was blinking by night (BLINK) required?", "Blinking by night was compulsory"):
        assert words in card
    assert "<dt>Population</dt><dd>glimmer fever</dd>" in card
    assert "1 study: BLINK required." in question
    assert "Studies by BLINK status" in index


def test_a_warning_says_the_words_of_the_base(other, tmp_path):
    page = (other / "questions" / "first-question.md").read_text(encoding="utf-8")
    source = tmp_path / "base"
    write_base(source, OTHER, TODAY)
    page = page.replace(":indirectness: no person took part\n", "")
    (source / "questions" / "first-question.md").write_text(page, encoding="utf-8")
    register = source / "register.toml"
    register.write_text(register.read_text(encoding="utf-8").replace('"required"', '"absent"'), encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", str(source), str(tmp_path / "out")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "is known to have required BLINK" in done.stderr


def other_project(folder):
    """A base about another condition, built in this process."""
    write_base(folder / "source", OTHER, TODAY)
    conf = runpy.run_path(str(folder / "source" / "conf.py"))
    return Project(folder, {name: value for name, value in conf.items() if not name.startswith("__")})


def test_words_change_on_every_page_when_the_register_changes(tmp_path):
    project = other_project(tmp_path)
    project.write({"bare.md": "---\norphan: true\n---\n\n# Bare\n\n{pem-badge}`required`\n"})
    assert "BLINK required" in project.build().text("bare.html")
    project.replace("register.toml", '"BLINK"', '"WINK"')
    build = project.build()
    assert build.warnings == ()
    assert "WINK required" in build.text("bare.html")
    assert "BLINK" not in "".join(build.text(f"{name}.html") for name in ("bare", "mecfs-pem", "register"))


def test_the_words_of_one_build_do_not_reach_the_next(make_base, tmp_path):
    assert "BLINK required" in other_project(tmp_path / "other").build().text("badge.html")
    assert "PEM required" in make_base().build().text("index.html")


# ---- files -------------------------------------------------------------------------------------------------------


def test_a_folder_that_exists_is_added_to(tmp_path):
    (tmp_path / "README.md").write_text("Mine.")
    written = write_base(tmp_path, Plan(), TODAY)
    assert (tmp_path / "README.md").read_text() == "Mine."
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == sorted([*written, tmp_path / "README.md"])


def test_nothing_is_overwritten_and_nothing_is_left_behind(tmp_path):
    folder = tmp_path / "base"
    folder.mkdir()
    (folder / "refs.bib").write_text("mine")
    with pytest.raises(FileExistsError, match=r"refs\.bib would be overwritten"):
        write_base(folder, Plan(), TODAY)
    assert [path.name for path in folder.iterdir()] == ["refs.bib"]
    assert (folder / "refs.bib").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["base"]


@pytest.mark.parametrize("exists", [True, False])
def test_a_base_that_cannot_be_written_whole_is_not_written(tmp_path, monkeypatch, exists):
    folder = tmp_path / "base"
    if exists:
        folder.mkdir()
    write = Path.write_text
    monkeypatch.setattr(init.shutil, "copyfileobj", _fail_at(5, init.shutil.copyfileobj))
    monkeypatch.setattr(Path, "write_text", write if exists else _fail_at(5, write))
    with pytest.raises(OSError, match="disk full"):
        write_base(folder, Plan(), TODAY)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert folder.exists() is exists


def _fail_at(call, function):
    calls = []

    def failing(*args, **options):
        calls.append(args)
        if len(calls) == call:
            raise OSError(errno.ENOSPC, "disk full")
        return function(*args, **options)

    return failing


def test_a_file_where_the_folder_should_be_is_left(tmp_path):
    (tmp_path / "base").write_text("mine")
    with pytest.raises(FileExistsError, match="is left as it is"):
        write_base(tmp_path / "base", Plan(), TODAY)


@pytest.mark.parametrize("title", ["", "a\nb", "<b>", "x" * 300, "[a](b)", "50%", "`a`", '"a"'])
def test_a_title_that_would_be_more_than_words_is_refused(tmp_path, title):
    with pytest.raises(ValueError, match="a sign that has a meaning in Markdown"):
        write_base(tmp_path / "base", Plan(title), TODAY)
    assert not (tmp_path / "base").exists()


def test_the_same_plan_and_day_give_the_same_files():
    assert base_files(OTHER, TODAY) == base_files(OTHER, TODAY)
    assert "register.toml" in base_files(OTHER, TODAY)
    assert "register.toml" not in base_files(Plan(), TODAY)
    assert "@@" not in "".join(base_files(OTHER, TODAY).values())


# ---- the command -------------------------------------------------------------------------------------------------

FEVER = ["--condition", "glimmer fever", "--feature", "BLINK", "--feature-name", "blinking by night"]
FEVER += ["--feature-meaning", "a blinking that begins after dark"]


def test_the_command_writes_a_base_and_says_how_to_build_it(tmp_path):
    done = CliRunner().invoke(app, ["init", str(tmp_path / "base")])
    assert done.exit_code == 0
    assert (tmp_path / "base" / "conf.py").is_file()
    assert f"sphinx-build {tmp_path / 'base'}" in done.stdout
    again = CliRunner().invoke(app, ["init", str(tmp_path / "base")])
    assert again.exit_code == 2
    assert "would be overwritten" in again.stderr


def test_the_command_writes_a_base_about_another_condition(tmp_path):
    command = [
        sys.executable,
        "-m",
        "sphinx_mecfs",
        "init",
        str(tmp_path / "base"),
        "--title",
        "The Glimmer Book",
        *FEVER,
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stderr == ""
    sphinx(tmp_path / "base", "html", tmp_path / "out")
    card = (tmp_path / "out" / "studies" / "example-2020-first-study.html").read_text(encoding="utf-8")
    assert "Was blinking by night (BLINK) required?" in card
    assert "<title>The Glimmer Book</title>" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["init"], "FOLDER"),
        (["make", "x"], "make"),
        (["init", "a", "b"], "b"),
        (["init", "a", *FEVER[:2]], "another condition needs --feature, --feature-name, --feature-meaning too"),
        (["init", "a", "--title", "<b>"], "a sign that has a meaning in Markdown"),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(arguments, says, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_is_installed_under_its_name():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert EntryPoint("sphinx-mecfs", scripts["sphinx-mecfs"], "console_scripts").load() is main
