"""A check takes time in proportion to the number of cards, and a small part of that of a build."""

from pathlib import Path

from samples import ALPHA, CONF, SECTIONS, myst_card
from support import Project
from timing import cpu_seconds, lines_run

import sphinx_mecfs
from sphinx_mecfs.cli.project import load_project
from sphinx_mecfs.manuscript.base import read_base
from sphinx_mecfs.manuscript.check import check_base

PACKAGE = f"{Path(sphinx_mecfs.__file__).parent}/"
SLACK = 1.1
"""How far the lines of a base four times as large may be above four times the lines."""


def project_of(folder, count):
    """A base of this many cards, a page for each."""
    project = Project(folder, {"project": "Test base", "html_theme": "basic", **CONF, "mecfs_badge_page": ""})
    entry = (
        "@article{{s{0}-2001,\n  author = {{A, B}},\n  title = {{T {0}}},\n  journal = {{J}},\n  year = {{2001}},\n}}\n"
    )
    files = {"index.md": "# Base\n", "refs.bib": "\n".join(entry.format(number) for number in range(count))}
    for number in range(count):
        card = myst_card(f"s{number}-2001", ALPHA, SECTIONS)
        files[f"studies/s{number}.md"] = f"---\norphan: true\n---\n\n# Study {number}\n\n{card}"
    files["conf.py"] = "\n".join(f"{name} = {value!r}" for name, value in project.conf.items())
    project.write(files)
    return project


def seconds(project):
    """CPU time of a check."""

    def check():
        assert check_base(read_base(load_project(project.srcdir).settings)) == []

    return cpu_seconds(check)


def test_four_times_the_cards_take_four_times_as_long(tmp_path):
    small, large = project_of(tmp_path / "a", 200), project_of(tmp_path / "b", 800)
    seconds(small)
    assert seconds(large) < 4 * 1.5 * seconds(small)


def test_four_times_the_cards_run_four_times_the_lines_in_every_file(tmp_path):
    counts = []
    for size in (24, 96):
        settings = load_project(project_of(tmp_path / str(size), size).srcdir).settings
        counts.append(lines_run(lambda settings=settings: check_base(read_base(settings)), PACKAGE))
    small, large = counts
    assert large.total() <= small.total() * 4 * SLACK
    worth_a_look = [path for path, lines in large.items() if lines > large.total() / 100]
    assert {path for path in worth_a_look if large[path] > small[path] * 4 * SLACK} == set()
    assert large.total() > small.total() * 3


def test_a_check_takes_less_than_a_tenth_of_a_build(tmp_path):
    project = project_of(tmp_path, 200)
    building = cpu_seconds(lambda: project.build("html"), tries=1)
    assert seconds(project) < 0.1 * building
