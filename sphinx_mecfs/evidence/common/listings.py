"""The directives that list, count and draw studies: their options, declared once, and what may be wrong there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..fields import Field, Kind
from ..nearest import did_you_mean
from ..options import read_term
from ..problems import Finding, Problem
from ..queries import QUERY_FIELDS, read_fields
from ..vocabulary import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

COLUMNS = "study, year, design, participants, pem"
SORT = "year"


class DataTable(Term):
    """Where the data of a chart stand as a table."""

    FOLDED = "folded", "Folded", "Below the chart, folded away on screen."
    NONE = "none", "None", "Not here, since the page has a table of the same studies."


FILTER = Field("filter", "Filter", Kind.TEXT, "Conditions, parted by semicolons, such as `design = rct; year >= 2010`.")
CAPTION = Field("caption", "Caption", Kind.TEXT, "The caption of the table.")
QUESTIONS = Field(
    "questions", "Questions", Kind.KEYS, "Questions, by key, parted by commas; empty: all, in order of title."
)
CHART_TABLE = Field("table", "Table", Kind.TERM, "Where the data stand as a table.", DataTable, default="folded")

TABLE_FIELDS = (
    FILTER,
    Field("sort", "Sort", Kind.TEXT, "Fields to sort by, parted by commas; `-` turns one around.", default=SORT),
    Field("columns", "Columns", Kind.TEXT, "Fields to show, parted by commas.", default=COLUMNS),
    CAPTION,
)
COUNTS_FIELDS = (
    Field("by", "By", Kind.TEXT, "The field whose values are counted.", required=True),
    FILTER,
    CAPTION,
)
ANSWERS_FIELDS = (QUESTIONS,)
MATRIX_FIELDS = (QUESTIONS, FILTER, CAPTION)
CHART_FIELDS = (
    FILTER,
    Field("caption", "Caption", Kind.TEXT, "The caption of the figure, which is also its name."),
    CHART_TABLE,
)
EXPLORER_FIELDS = (FILTER, CAPTION)
COUNTED = {
    name: field
    for name, field in QUERY_FIELDS.items()
    if field.vocabulary is not None or field.kind in {Kind.CRITERIA, Kind.WORDS} or name == "year"
}
"""The fields whose values can be counted."""


def read_columns(options: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Finding, ...]]:
    """Return the columns and the order of a table, and what is wrong with them."""
    columns, column_findings = read_fields(options.get("columns") or COLUMNS, "columns", QUERY_FIELDS)
    sort, sort_findings = read_fields(options.get("sort") or SORT, "sort", QUERY_FIELDS, signed=True)
    return columns, sort, (*column_findings, *sort_findings)


def read_counted(options: Mapping[str, str]) -> tuple[str, tuple[Finding, ...]]:
    """Return the field that is counted, and what is wrong with it."""
    names, findings = read_fields(options.get("by", ""), "by", COUNTED)
    if not findings and len(names) != 1:
        findings = (Finding(Problem.QUERY, "by names the one field whose values are counted", "by"),)
    return names[0] if names else "pem", findings


def read_chart_table(options: Mapping[str, str]) -> tuple[DataTable, tuple[Finding, ...]]:
    """Return where the data of a chart stand, and what is wrong with what is asked for."""
    table = read_term(CHART_TABLE, options.get("table") or CHART_TABLE.default)
    findings = (table,) if isinstance(table, Finding) else ()
    return (table if isinstance(table, DataTable) else DataTable.FOLDED), findings


def question_keys(options: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys that the option `questions` names, each once."""
    listed = (key.strip() for key in options.get("questions", "").split(","))
    return tuple(dict.fromkeys(key for key in listed if key))


def unknown_questions(named: Iterable[str], known: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each question that is named and does not exist."""
    for key in named:
        if key not in known:
            message = f"questions names {key!r}, which does not exist{did_you_mean(key, known)}"
            yield Finding(Problem.QUESTION_UNKNOWN, message, "questions")


def leftover(key: str, rest: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for what is no option, since a filter that is not read would let all studies through.

    `key` is what stands on the first line, `rest` the lines below the options.
    """
    others = [line.strip() for line in rest if line.strip()]
    for text in [*([key] if key else []), *others[:1]]:
        message = f"{text!r} is no option; options stand right below the directive, without a blank line above them"
        yield Finding(Problem.OPTION_BLOCK, message)


class Listing(NamedTuple):
    """A directive that lists: its options, and what finds faults in them beyond those that all options can have."""

    fields: tuple[Field, ...]
    faults: Callable[[Mapping[str, str]], tuple[Finding, ...]]


LISTINGS: Mapping[str, Listing] = {
    "evidence-table": Listing(TABLE_FIELDS, lambda options: read_columns(options)[2]),
    "evidence-explorer": Listing(EXPLORER_FIELDS, lambda _options: ()),
    "evidence-counts": Listing(COUNTS_FIELDS, lambda options: read_counted(options)[1]),
    "evidence-map": Listing(CHART_FIELDS, lambda options: read_chart_table(options)[1]),
    "evidence-years": Listing(CHART_FIELDS, lambda options: read_chart_table(options)[1]),
    "evidence-matrix": Listing(MATRIX_FIELDS, lambda _options: ()),
    "evidence-answers": Listing(ANSWERS_FIELDS, lambda _options: ()),
}
"""What is listed, by the name of the directive."""
