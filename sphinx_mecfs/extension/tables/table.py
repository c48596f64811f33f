"""The directive `evidence-table`: studies chosen by a filter, one to a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.common.listings import TABLE_FIELDS, read_columns
from ...evidence.queries import QUERY_FIELDS, Condition, sort_studies
from ..i18n import _
from ..writing.blocks import Block, Table
from .cells import cell
from .directive import StudyView, TableDirective, no_study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from ...evidence.problems import Finding
    from ...evidence.records import Study
    from ..writing.view import Scope

LONG = 8
"""How many rows a reader sees at a glance; tables with more of them can be sorted and filtered on a website."""


class TableView(StudyView, frozen=True, kw_only=True):
    """A table of studies."""

    columns: tuple[str, ...]
    sort: tuple[str, ...]

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return the table."""
        studies = sort_studies(self.selected(scope), self.sort)
        return (self.table(studies, scope),) if studies else no_study()

    def table(self, studies: Sequence[Study], scope: Scope) -> Table:
        """Return a table of studies, in the order in which they are given."""
        head = tuple(str(_(QUERY_FIELDS[name].label)) for name in self.columns)
        rows = tuple(tuple(cell(study, name, scope) for name in self.columns) for study in studies)
        return Table(self.caption, head, rows, columns_on_paper=5, tools=len(rows) > LONG)


class EvidenceTable(TableDirective):
    """A table of studies."""

    fields = TABLE_FIELDS

    def view(self, options: dict[str, str], conditions: tuple[Condition, ...]) -> tuple[TableView, Sequence[Finding]]:
        """Return the table that the options ask for."""
        columns, sort, findings = read_columns(options)
        caption = options.get("caption", "")
        return TableView(conditions=conditions, caption=caption, columns=columns, sort=sort), findings


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-table", EvidenceTable)
