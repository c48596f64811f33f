"""Write a Sphinx project of the same studies in one of several forms, as a person would write it in each.

Every project has the studies, three tables and one list of them (`studies.SELECTIONS`) and 200 references to them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studies import SELECTIONS, Selection, Study, bibtex, study

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HERE = Path(__file__).resolve().parent
REFERENCES = 200
COLUMNS = ("title", "year", "journal", "design", "participants")

CONF = """\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
project = "bench"
extensions = {extensions!r}
myst_enable_extensions = ["fieldlist", "colon_fence"]
html_theme = "furo"
exclude_patterns = ["_build"]
bibtex_bibfiles = ["refs.bib"]
{more}
"""
NEEDS = """\
needs_types = [dict(directive="evidence", title="Evidence", prefix="", color="#fff", style="node")]
needs_fields = {{name: {{"nullable": True}} for name in {fields!r}}}
needs_id_regex = "^[A-Z0-9_]+"
needs_build_json = False
"""
OURS = """\
bibtex_default_style = "mecfs"
bibtex_reference_style = "author_year"
bibtex_cite_id = "cite-{key}"
bibtex_tooltips = False
"""


class Form(NamedTuple):
    """A form: what it is, its extensions, and what it is installed with beside Sphinx, MyST and Furo."""

    name: str
    says: str
    extensions: tuple[str, ...]
    packages: tuple[str, ...] = ()


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("mecfs", "sphinx_mecfs", ("myst_parser", "sphinx_mecfs")),
        Form("plain", "plain MyST", ("myst_parser",)),
        Form("needs", "sphinx-needs", ("myst_parser", "sphinx_needs"), ("sphinx-needs==9.1.0",)),
        Form("bibtex", "plain MyST and sphinxcontrib-bibtex", ("myst_parser", "sphinxcontrib.bibtex")),
        Form("bound", "lower bound", ("myst_parser", "lower_bound"), ("bibtexparser>=2,<3",)),
    )
}


class Plan(NamedTuple):
    """What to write: the form, how many studies, how many to a page (1: each its own), and further pages.

    `orphan` pages stand in no table of contents, `listed` adds a bibliography in which every study is cited and
    listed, `explorer` our page with all studies.
    """

    form: str
    count: int
    per_page: int = 50
    listed: bool = False
    explorer: bool = False
    seed: int = 0

    @property
    def orphan(self) -> bool:
        """Whether pages of studies stand in no table of contents: Furo's cost is quadratic in those that do."""
        return self.per_page == 1 or self.count > 10_000

    @property
    def name(self) -> str:
        """Return a name for the folder."""
        more = "-listed" * self.listed + "-explorer" * self.explorer
        return f"{self.form}-{self.count}-{self.per_page}{more}"


def write(plan: Plan, folder: Path) -> None:
    """Write a project into a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "e").mkdir(parents=True)
    studies = [study(number, plan.seed) for number in range(plan.count)]
    (folder / "conf.py").write_text(conf(plan, studies[0]))
    if plan.form == "bound":
        shutil.copy(HERE / "lower_bound.py", folder)
    starts = range(0, plan.count, plan.per_page)
    pages = [_page(plan, studies[start : start + plan.per_page], start, folder) for start in starts]
    others = ["tables", "references", *["bibliography"] * plan.listed, *["explorer"] * plan.explorer]
    index = "# Bench\n\n" + _toctree(others) + ("" if plan.orphan else _toctree(pages))
    (folder / "index.md").write_text(index)
    (folder / "tables.md").write_text(_tables(plan, studies))
    (folder / "references.md").write_text(_references(plan.form, studies))
    if plan.form in {"mecfs", "bibtex", "bound"}:
        (folder / "refs.bib").write_text("\n".join(map(bibtex, studies)))
    if plan.listed:
        (folder / "bibliography.md").write_text("# Bibliography\n\n```{bibliography}\n:all:\n```\n")
    if plan.explorer:
        (folder / "explorer.md").write_text("# All studies\n\n```{evidence-explorer}\n```\n")


def conf(plan: Plan, example: Study) -> str:
    """Return the text of conf.py."""
    form = FORMS[plan.form]
    fields = ["authors", *(name for name in example.fields if name != "tags")]
    more = {"needs": NEEDS.format(fields=fields), "mecfs": OURS}.get(plan.form, "")
    return CONF.format(extensions=list(form.extensions), more=more)


def _page(plan: Plan, group: Sequence[Study], start: int, folder: Path) -> str:
    alone = plan.per_page == 1
    name = group[0].key if alone else f"page{start:06d}"
    text = "---\norphan: true\n---\n\n" if plan.orphan else ""
    text += "" if alone else f"# Studies from {start}\n\n"
    text += "".join(entry(plan, one, alone=alone) for one in group)
    (folder / "e" / f"{name}.md").write_text(text)
    return f"e/{name}"


def entry(plan: Plan, one: Study, *, alone: bool) -> str:
    """Return a study in a form, alone on its page or with others."""
    rows = "".join(f":{name}: {value}\n" for name, value in {"authors": "; ".join(one.authors), **one.fields}.items())
    bold = "".join(f"**{name}**\n\n{text}\n\n" for name, text in one.texts)
    head = f"# {one.key}\n\n" if alone else ""
    match plan.form:
        case "mecfs":
            # Title, authors, journal, year and identifiers stand in refs.bib.
            cite = f"Compare {{cite:p}}`{one.key}`.\n\n" if plan.listed else ""
            return f"{head}{_card(one)}\n\n{cite}"
        case "needs":
            return f"{head}:::{{evidence}} {one.title}\n:id: {_need_id(one)}\n{rows}\n{bold}:::\n\n"
        case "bound":
            return f"{head}:::{{bound-card}} {one.key}\n:title: {one.title}\n{rows}\n{bold}:::\n\n"
        case _:
            mark = "#" if alone else "##"
            cite = f"Compare {{cite:p}}`{one.key}`.\n\n" if plan.form == "bibtex" else ""
            texts = "".join(f"{mark}# {name}\n\n{text}\n\n" for name, text in one.texts)
            return f"({one.key})=\n{mark} {one.title}\n\n{rows}\n{cite}{texts}"


def _card(one: Study) -> str:
    names = [name for name in one.fields if name not in {"year", "journal", "doi", "pmid"}]
    options = "".join(f":{name.replace('_', '-')}: {one.fields[name]}\n" for name in names)
    sections = "".join(f":{name}: {text}\n" for name, text in one.texts)
    return f":::{{evidence-card}} {one.key}\n{options}\n{sections}:::"


def _need_id(one: Study) -> str:
    return one.key.upper().replace("-", "_")


def _tables(plan: Plan, studies: Sequence[Study]) -> str:
    *tables, recent = SELECTIONS
    parts = ["# Tables\n"]
    for selection in tables:
        parts.append(f"## {selection.name}\n\n{_table(plan.form, selection, studies)}\n")
    parts.append(f"## {recent.name}\n\n{_list(plan.form, recent, studies)}\n")
    return "\n".join(parts)


def _table(form: str, selection: Selection, studies: Sequence[Study]) -> str:
    match form:
        case "mecfs":
            columns = "study, title, year, design, participants"
            return f"```{{evidence-table}}\n:filter: {selection.ours}\n:columns: {columns}\n```"
        case "needs":
            columns = ", ".join(["id", *COLUMNS])
            return f"```{{needtable}}\n:filter: '{selection.needs}'\n:style: table\n:columns: {columns}\n```"
        case "bound":
            return f"```{{bound-table}} {selection.name}\n```"
        case _:
            rows = [_row(one) for one in studies if selection.holds(one)]
            return f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|\n" + "\n".join(rows)


def _row(one: Study) -> str:
    return f"| {{ref}}`{one.title} <{one.key}>` | " + " | ".join(one.fields[name] for name in COLUMNS[1:]) + " |"


def _list(form: str, selection: Selection, studies: Iterable[Study]) -> str:
    match form:
        case "mecfs":
            return f"```{{evidence-table}}\n:filter: {selection.ours}\n:columns: study, title\n```"
        case "needs":
            return f"```{{needlist}}\n:filter: '{selection.needs}'\n```"
        case "bound":
            return f"```{{bound-table}} {selection.name}\n```"
        case _:
            return "\n".join(f"- {{ref}}`{one.title} <{one.key}>`" for one in studies if selection.holds(one))


def _references(form: str, studies: Sequence[Study]) -> str:
    step = max(1, len(studies) // REFERENCES)
    some = [studies[number * step % len(studies)] for number in range(REFERENCES)]
    lines = [f"As shown in {_reference(form, one)}." for one in some]
    return "# References\n\n" + "\n\n".join(lines) + "\n"


def _reference(form: str, one: Study) -> str:
    match form:
        case "mecfs":
            return f"{{mecfs:study}}`{one.key}`"
        case "needs":
            return f"{{need}}`{_need_id(one)}`"
        case "bound":
            return f"{{bound-ref}}`{one.key}`"
        case _:
            return f"{{ref}}`see <{one.key}>`"


def _toctree(names: Iterable[str]) -> str:
    return "```{toctree}\n" + "\n".join(names) + "\n```\n\n"
