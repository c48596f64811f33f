"""A directive for the manual only: `declared`, which lists what the code declares, so that the two cannot differ."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from rooms import ALLOWED, modules, room_imports, room_of
from sphinx.util.docutils import SphinxDirective
from wording_figures import PARTS, figures, sentences

from sphinx_mecfs.evidence.common.listings import (
    ANSWERS_FIELDS,
    CHART_FIELDS,
    COUNTS_FIELDS,
    EXPLORER_FIELDS,
    MATRIX_FIELDS,
    TABLE_FIELDS,
)
from sphinx_mecfs.evidence.fields import CARD_BODY, CARD_FIELDS, Body, Field
from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.queries import QUERY_FIELDS, operators_of
from sphinx_mecfs.evidence.questions.fields import CLAIM_BODY, CLAIM_FIELDS, QUESTION_BODY, QUESTION_FIELDS
from sphinx_mecfs.evidence.vocabulary import (
    Certainty,
    CertaintyDomain,
    ClaimKind,
    CriteriaRule,
    Design,
    Direction,
    Mark,
    PemStatus,
    Population,
    PublicationStatus,
    Sensitivity,
    SourceRead,
    Term,
)
from sphinx_mecfs.extension.config import SETTINGS
from sphinx_mecfs.wording.rules import shipped_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def options(fields: Sequence[Field]) -> Table:
    """Return the options of a directive."""
    rows = []
    for field in fields:
        needed = "required" if field.required else f"default {field.default}" if field.default else ""
        kind = "term" if field.vocabulary else field.kind.value
        rows.append((f"`{field.name}`", kind, needed, field.doc))
    return ("Option", "Value", "Needed", "What it says"), rows


def sections(body: Body) -> Table:
    """Return the sections of a directive's body."""
    needed = {True: "required", False: ""}
    rows = [
        (f"`:{section.label}:`", "for trials" if section.for_trials else needed[section.required], section.doc)
        for section in body.sections
    ]
    return ("Section", "Required", "What it holds"), rows


def settings() -> Table:
    """Return the values of conf.py."""
    return ("Setting", "Default", "What it does"), [
        (f"`{setting.name}`", f"`{setting.default!r}`", setting.doc) for setting in SETTINGS
    ]


def problems() -> Table:
    """Return every warning."""
    return ("Warning", "What it means"), [(f"`mecfs.{problem.value}`", problem.doc) for problem in Problem]


def rooms() -> Table:
    """Return the rooms of the package, what each imports, and how many modules and lines it has."""
    found = room_imports()
    rows = []
    for room in ALLOWED:
        files = [path for path in modules() if room_of(path) == room]
        texts = [path.read_text(encoding="utf-8") for path in files]
        if not any(texts):
            continue
        doc = next(
            (ast.get_docstring(ast.parse(t)) for p, t in zip(files, texts, strict=True) if p.stem == "__init__"),
            "",
        )
        first = (doc or "").split("\n")[0]
        lines = sum(len(text.splitlines()) for text in texts)
        uses = ", ".join(other for other in ALLOWED if other in found.get(room, set())) or "nothing"
        rows.append((f"`{room}`", first, uses, f"{len(files)} / {lines}"))
    return ("Room", "What it holds", "Imports from", "Modules / lines"), rows


def terms(vocabulary: type[Term]) -> Table:
    """Return the terms of one closed list."""
    return ("Term", "Shown as", "Meaning"), [(f"`{term.value}`", term.label, term.doc) for term in vocabulary]


def query_fields() -> Table:
    """Return the fields that a filter, an order and the columns of a table may name."""
    rows = [(f"`{name}`", field.label, f"`{'` `'.join(operators_of(field))}`") for name, field in QUERY_FIELDS.items()]
    return ("Field", "Shown as", "Operators"), rows


def wording_groups() -> Table:
    """Return the groups of rules for wording, with their reasons."""
    rows = [(f"`{one.id}`: {one.title}", one.why, one.source) for one in shipped_rules().groups]
    return ("Group", "Why", "Source"), rows


def wording_rules() -> Table:
    """Return the rules for wording: the words, what to write instead, and where the words are right."""
    rows = []
    for one in shipped_rules().compiled:
        words = ", ".join(_pattern(pattern) for pattern in one.rule.words)
        right = [f"in the section `{name}`" for name in sorted(one.not_in)]
        right += [f"in a card of the design `{name}`" for name in sorted(one.not_for)]
        rows.append((f"`{one.rule.id}`", words, one.instead, ", ".join(right)))
    return ("Rule", "Words", "Instead", "Right"), rows


def wording_surroundings() -> Table:
    """Return the surroundings in which words that a group or rule names are right."""
    scopes = [*shipped_rules().groups, *(one.rule for one in shipped_rules().compiled)]
    rows = [(f"`{one.id}`", ", ".join(_pattern(pattern) for pattern in one.allowed)) for one in scopes if one.allowed]
    return ("Group or rule", "Right in these surroundings"), rows


def _pattern(pattern: str) -> str:
    """Return a pattern of words as code that can be broken into lines on a small screen."""
    return f"`{pattern.replace('|', ' | ')}`"


def wording_figures() -> Table:
    """Return precision and recall of each group, as measured now."""
    measured = {part: figures(part) for part in PARTS}
    rows = [
        (one.title, *(f"{found[one.id].precision:.2f} / {found[one.id].recall:.2f}" for found in measured.values()))
        for one in shipped_rules().groups
    ]
    rows.append(("Sentences", *(str(len(list(sentences(part)))) for part in PARTS)))
    return ("Precision / recall", *PARTS.values()), rows


VOCABULARIES: dict[str, type[Term]] = {
    "certainty": Certainty,
    "certainty-domain": CertaintyDomain,
    "claim-kind": ClaimKind,
    "criteria-rule": CriteriaRule,
    "design": Design,
    "direction": Direction,
    "mark": Mark,
    "pem": PemStatus,
    "population": Population,
    "sensitivity": Sensitivity,
    "source-read": SourceRead,
    "status": PublicationStatus,
}
TABLES: dict[str, Callable[[], Table]] = {
    "options": lambda: options(CARD_FIELDS),
    "sections": lambda: sections(CARD_BODY),
    "claim-options": lambda: options(CLAIM_FIELDS),
    "claim-sections": lambda: sections(CLAIM_BODY),
    "question-options": lambda: options(QUESTION_FIELDS),
    "question-sections": lambda: sections(QUESTION_BODY),
    "table-options": lambda: options(TABLE_FIELDS),
    "chart-options": lambda: options(CHART_FIELDS),
    "counts-options": lambda: options(COUNTS_FIELDS),
    "answers-options": lambda: options(ANSWERS_FIELDS),
    "explorer-options": lambda: options(EXPLORER_FIELDS),
    "matrix-options": lambda: options(MATRIX_FIELDS),
    "query-fields": query_fields,
    "settings": settings,
    "problems": problems,
    "rooms": rooms,
    "wording-groups": wording_groups,
    "wording-rules": wording_rules,
    "wording-surroundings": wording_surroundings,
    "wording-figures": wording_figures,
}


class Declared(SphinxDirective):
    """A table of what the code declares; the argument says which."""

    required_arguments = 1
    option_spec: ClassVar[None] = None

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        name = self.arguments[0]
        head, rows = TABLES[name]() if name in TABLES else terms(VOCABULARIES[name])
        return [_table(head, rows)]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> nodes.table:
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in head), cols=len(head))
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group)


def _row(cells: Iterable[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", _text(cell)) for cell in cells))


def _text(cell: str) -> nodes.paragraph:
    paragraph = nodes.paragraph()
    for index, piece in enumerate(cell.split("`")):
        if piece:
            paragraph += nodes.literal("", piece) if index % 2 else nodes.Text(piece)
    return paragraph


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive."""
    app.add_directive("declared", Declared)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
