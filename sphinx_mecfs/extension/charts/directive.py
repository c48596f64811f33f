"""What the directives for charts share: a figure of the studies that a filter selects, with its data as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.common.listings import CHART_FIELDS, DataTable, read_chart_table
from ..i18n import _
from ..tables.directive import StudyView, TableDirective, no_study
from ..writing.blocks import Chart, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...evidence.problems import Finding
    from ...evidence.queries import Condition
    from ...evidence.records import Study
    from ..writing.blocks import Block, Table
    from ..writing.drawing import Drawing
    from ..writing.view import Scope


class ChartView(StudyView, frozen=True, kw_only=True):
    """A figure of studies. Those without a year cannot stand in it; a line says how many they are."""

    table: DataTable = DataTable.FOLDED

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return the figure and its table."""
        studies = self.selected(scope)
        dated = [study for study in studies if study.year is not None]
        if not dated:
            return no_study()
        drawing = self.drawing(dated, scope)
        blocks: list[Block] = [Chart(drawing)]
        if undated := len(studies) - len(dated):
            blocks.append(Line("note", (str(_("Studies without a year, which are not in the figure: %d.") % undated),)))
        if self.table is DataTable.FOLDED:
            blocks.append(self.data(studies, scope))
        return tuple(blocks)

    def drawing(self, studies: list[Study], scope: Scope) -> Drawing:
        """Return the figure of studies that have a year, of which there is at least one."""
        raise NotImplementedError

    def data(self, studies: list[Study], scope: Scope) -> Table:
        """Return the same data as a table."""
        raise NotImplementedError


class ChartDirective(TableDirective):
    """A directive for a chart, which is a view of `chart`."""

    fields = CHART_FIELDS
    chart: type[ChartView]

    def view(self, options: dict[str, str], conditions: tuple[Condition, ...]) -> tuple[ChartView, Sequence[Finding]]:
        """Return the chart that the options ask for, and what is wrong with them."""
        table, findings = read_chart_table(options)
        return self.chart(conditions=conditions, caption=options.get("caption", ""), table=table), findings
