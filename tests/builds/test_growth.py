"""The work of a build grows with the number of studies and no faster.

Not seconds are compared but lines of code that run, in this package and in sphinxcontrib-bibtex, at one size and at four
times that size: they are the same on every machine and under any load.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
import sphinxcontrib.bibtex
from filelock import FileLock
from samples import ALPHA, REFERENCES, myst_card, myst_page
from support import Project

import sphinx_mecfs

COUNTED = tuple(f"{Path(module.__file__).parent}/" for module in (sphinx_mecfs, sphinxcontrib.bibtex))
SMALL, FACTOR, PER_PAGE = 24, 4, 8
SLACK = 1.15
"""How far the lines of a base four times as large may be above four times the lines."""

TABLE = "# All\n\n```{evidence-table}\n:filter: design = case-series\n```\n\n```{evidence-explorer}\n```\n"
SETTINGS = {
    "extensions": ["myst_parser", "sphinx_mecfs"],
    "myst_enable_extensions": ["colon_fence"],
    "bibtex_bibfiles": ["refs.bib"],
    "bibtex_default_style": "mecfs",
    "bibtex_reference_style": "author_year",
    "bibtex_tooltips": False,
    "html_baseurl": "https://base.example/",
    "html_theme": "basic",
}


def key(number):
    return f"study-{number:04d}"


def entry(number):
    return (
        f"@article{{{key(number)},\n  author = {{Alpha, A and Beta, B and Gamma, C}},\n  title = {{Study {number}}},\n"
        f"  journal = {{Journal}},\n  year = {{{1990 + number % 30}}},\n  doi = {{10.1000/{number}}},\n}}\n"
    )


def page(numbers):
    cards = [myst_card(key(number), ALPHA | {"replicates": key(number ^ 1)}) for number in numbers]
    cites = " ".join(f"{{cite:p}}`{key(number)}`" for number in numbers)
    return "---\norphan: true\n---\n\n" + myst_page(f"From {numbers[0]}", *cards, f"\nSee {cites}.\n")


def project_of(root, size):
    project = Project(root, SETTINGS)
    refer = "\n\n".join(f"{{mecfs:study}}`{key(number)}`" for number in range(size))
    pages = {f"p{start}.md": page(range(start, start + PER_PAGE)) for start in range(0, size, PER_PAGE)}
    others = {"index.md": f"# Base\n\n{refer}\n", "all.md": f"---\norphan: true\n---\n\n{TABLE}"}
    listing = {"references.md": f"---\norphan: true\n---\n\n{REFERENCES}"}
    project.write({"conf.py": "", "refs.bib": "\n".join(map(entry, range(size))), **others, **listing, **pages})
    return project


def built(project):
    """Build a project; return how many lines ran, by file, and the warnings."""
    counts = Counter()

    def count(frame, event, _argument):
        if event == "line":
            counts[frame.f_code.co_filename] += 1
        return count

    def enter(frame, _event, _argument):
        return count if frame.f_code.co_filename.startswith(COUNTED) else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        build = project.build()
    finally:
        sys.settrace(before)
    return counts, build.warnings


def edit_card(project):
    project.replace("p0.md", "Three people were treated", "Four people were treated")


def edit_entry(project):
    project.replace("refs.bib", "{Study 1}", "{Study one}")


CHANGES = {"a full build": None, "no change": lambda _project: None, "an edited card": edit_card}
CHANGES["an edited entry"] = edit_entry


@pytest.fixture(scope="module")
def growth(tmp_path_factory, worker_id):
    """The lines of each kind of build, by file, of the small base and of one four times as large; counted once."""
    own = tmp_path_factory.getbasetemp()
    path = (own if worker_id == "master" else own.parent) / "growth.json"
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            path.write_text(json.dumps(counted(tmp_path_factory)), encoding="utf-8")
    return {what: [Counter(lines) for lines in sizes] for what, sizes in json.loads(path.read_text("utf-8")).items()}


def counted(tmp_path_factory):
    found = {what: [] for what in CHANGES}
    for size in (SMALL, SMALL * FACTOR):
        project = project_of(tmp_path_factory.mktemp("growth"), size)
        for what, change in CHANGES.items():
            if change is not None:
                change(project)
            counts, warnings = built(project)
            assert warnings == ()
            found[what].append(counts)
    return found


@pytest.mark.parametrize("what", CHANGES)
def test_four_times_the_studies_take_at_most_four_times_the_work(growth, what):
    small, large = growth[what]
    assert large.total() <= small.total() * FACTOR * SLACK


@pytest.mark.parametrize("what", CHANGES)
def test_no_part_of_the_work_grows_faster_than_the_studies(growth, what):
    small, large = growth[what]
    worth_a_look = [path for path, lines in large.items() if lines > large.total() / 100]
    fast = {path: (small[path], large[path]) for path in worth_a_look if large[path] > small[path] * FACTOR * SLACK}
    assert fast == {}


def test_an_edited_card_takes_a_small_part_of_the_work_of_a_full_build(growth):
    _small, full = growth["a full build"]
    _small, edit = growth["an edited card"]
    assert edit.total() < full.total() / 2
