"""What the pages "Cite an entry" and "Run a base of your own" show does what they say."""

import re
import shlex
import subprocess
import sys

import pytest
from question_pages import PAGES
from samples import CONF, base_files
from support import ROOT, Project

MANUAL = ROOT / "docs/extension"
KEYS = ("alpha-2001", "beta-2010", "drug", "drug-helps", "fukuda-1994")


def snippets(name, language):
    return re.findall(
        rf"````*{language}\n(.*?)\n````*\n(?=\n|$)", (MANUAL / name).read_text(encoding="utf-8"), re.DOTALL
    )


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The base of the examples."""
    project = Project(tmp_path_factory.mktemp("published"), {"project": "Base", "html_theme": "basic", **CONF})
    project.write({**base_files(), **PAGES})
    build = project.build()
    return build.outdir


def run(source, out):
    """Build a project as its reader would, in a process of its own; a warning makes it fail."""
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", str(source), str(out)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("settings", "page", "suffix"),
    [(0, ("rst", 0), "rst"), (1, ("md", 0), "md"), (2, ("md", 1), "md"), (3, ("md", 2), "md")],
)
def test_each_way_to_cite_builds_as_the_manual_shows_it(published, tmp_path, settings, page, suffix):
    conf = snippets("citing.md", "python")[settings]
    # The host of the example does not exist: its files are read from the folder that would be published there.
    conf = conf.replace('("https://base.example/", None)', f'("https://base.example/", {str(published)!r} + FILE)')
    conf = conf.replace("+ FILE", "+ '/data/studies.json'" if "mecfs_external" in conf else "+ '/objects.inv'")
    text = snippets("citing.md", page[0])[page[1]]
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text(conf, encoding="utf-8")
    (source / f"index.{suffix}").write_text(text, encoding="utf-8")
    run(source, tmp_path / "out")
    html = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    if settings == 3:
        assert "BMC Neurology" in html
    else:
        assert len(re.findall(r'href="https://base\.example/[^"]*#', html)) >= len(KEYS)
        assert "PEM not required" in html or settings != 2


def test_the_manual_names_every_setting_and_function_for_citing():
    text = (MANUAL / "citing.md").read_text(encoding="utf-8")
    names = ["mecfs_external", "bib_path()", "intersphinx_mapping(", "external_bases(", "mecfs.external-stale"]
    assert [name for name in names if name not in text] == []


def test_the_commands_of_the_manual_start_a_base(tmp_path):
    first, second = snippets("own-base.md", "sh")[0].splitlines()
    start(first, tmp_path)
    _program, *arguments = second.split()
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-q", *arguments], check=True, capture_output=True, cwd=tmp_path
    )
    assert (tmp_path / "my-base/_build/html/index.html").is_file()
    (listed,) = re.findall(r"\| File \| What it is \|\n(.*?)\n\n", (MANUAL / "own-base.md").read_text(), re.DOTALL)
    named = re.findall(r"`([\w/.-]+\.(?:py|bib|md))`", "".join(line.split("|")[1] for line in listed.splitlines()))
    assert [
        name for name in named if not (tmp_path / "my-base" / name.replace("KEY", "example-2020-first-study")).is_file()
    ] == []


def start(command, folder):
    """Run the command that starts a base, as it is not on every path."""
    program, *arguments = shlex.split(command.replace("\\\n", " "))
    assert program == "sphinx-mecfs"
    subprocess.run([sys.executable, "-m", "sphinx_mecfs", *arguments], check=True, capture_output=True, cwd=folder)


def test_the_command_of_the_manual_starts_a_base_about_another_condition(tmp_path):
    start(snippets("own-base.md", "sh")[1], tmp_path)
    run(tmp_path / "glimmer", tmp_path / "out")
    assert "BLINK required" in (tmp_path / "out" / "badge.html").read_text(encoding="utf-8")


def test_the_register_of_the_manual_takes_the_place_of_the_shipped_one(make_base):
    (register,) = snippets("own-base.md", "toml")
    text = "# Base\n\n{pem-badge}`required` {mecfs:definition}`lumen-2019`\n\n```{toctree}\ndefinitions\n```\n"
    project = make_base(
        {"register.toml": register, "index.md": text}, mecfs_register="register.toml", mecfs_badge_page=""
    )
    for name in ("studies/alpha-2001.md", "studies/beta-2010.md", "references.md"):
        project.remove(name)
    build = project.build()
    assert build.warnings == ()
    assert "BLINK required" in build.text("index.html")
    assert build.text("definitions.html").count('id="definition-') == 1


def test_the_python_of_the_manual_writes_a_base_that_builds(tmp_path):
    (code,) = snippets("own-base.md", "python")
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=tmp_path)
    run(tmp_path / "glimmer", tmp_path / "out")
    assert "BLINK required" in (tmp_path / "out" / "badge.html").read_text(encoding="utf-8")
