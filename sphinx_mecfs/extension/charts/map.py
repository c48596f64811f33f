"""The directive `evidence-map`: studies by year and design, sized by participants, marked by PEM status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.queries import sort_studies
from ..i18n import _
from ..language import counted, listed
from ..language import to_translate as marked
from ..tables.table import TableView
from ..writing.drawing import Drawing, Mark, Rule, Words
from .directive import ChartDirective, ChartView
from .layout import Row, rows_of
from .legend import SHAPES, description, pem_legend, size_legend, statuses_of
from .scale import Scale, scale_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...evidence.records import Study
    from ..domain.catalogue import Catalogue
    from ..writing.blocks import Table
    from ..writing.view import Scope
    from .layout import Placed

WIDTH = 760.0
_LEFT, _RIGHT, _TOP = 190.0, 740.0, 24.0
_LETTER = 7.0  # the mean width of a letter in the names of rows, which have no other room
READING = marked("Each mark is a study: further right is later, larger is more people; a row is a design.")
_COLUMNS = ("study", "year", "design", "participants", "pem")


class MapView(ChartView, frozen=True, kw_only=True):
    """The evidence map."""

    def drawing(self, studies: list[Study], scope: Scope) -> Drawing:
        """Return the map."""
        names = (str(_(study.design.label)) for study in studies)
        scale = scale_of(studies, max(_LEFT, *(_LETTER * len(name) for name in names)), _RIGHT)
        rows = rows_of(studies, scale, _TOP)
        bottom, statuses = rows[-1].bottom, statuses_of(studies)
        struck = any(study.status.needs_mark for study in studies)
        pem = pem_legend(statuses, bottom + 28, WIDTH)
        size = size_legend(pem.bottom + 14, WIDTH, with_struck=struck)
        marks = [_mark(placed, scope.catalogue) for row in rows for placed in row.placed]
        return Drawing(
            self.caption or str(_("Studies by year and design")),
            f"{description(studies, scale)} {_(READING)}",
            WIDTH,
            size.bottom + 4,
            rules=(*_grid(scale, _TOP, bottom), *(Rule(0, row.top, WIDTH, row.top) for row in rows)),
            words=(*_years(scale), *(_row_name(row) for row in rows), *pem.words, *size.words),
            marks=(*marks, *pem.marks, *size.marks),
        )

    def data(self, studies: list[Study], scope: Scope) -> Table:
        """Return the studies with all that the map shows of them."""
        caption = str(_("The studies of the map, by year"))
        view = TableView(conditions=(), caption=caption, columns=_COLUMNS, sort=("year",))
        return view.table(sort_studies(studies, ("year",)), scope)._replace(folded=True)


def _mark(placed: Placed, catalogue: Catalogue) -> Mark:
    study = placed.study
    place, _card = catalogue.cards[study.key]
    people = str(_("number of people not stated"))
    if study.participants is not None:
        people = counted("%s person", "%s people", study.participants)
    facts = [
        place.label + catalogue.mark(study.key),
        str(_(study.design.label)),
        people,
        str(_(study.pem_status.label)),
    ]
    return Mark(
        placed.x,
        placed.y,
        placed.radius,
        SHAPES[study.pem_status],
        study.pem_status.group,
        listed(facts),
        place.docname,
        place.anchor,
        struck=study.status.needs_mark,
    )


def _grid(scale: Scale, top: float, bottom: float) -> list[Rule]:
    lines = [Rule(scale.x(year), top, scale.x(year), bottom) for year in scale.ticks()]
    return [*lines, Rule(0, bottom, WIDTH, bottom)]


def _years(scale: Scale) -> list[Words]:
    return [Words(scale.x(year), _TOP - 8, str(year), "middle") for year in scale.ticks()]


def _row_name(row: Row) -> Words:
    return Words(0, row.middle + 4, str(_(row.design.label)))


class EvidenceMap(ChartDirective):
    """The evidence map of the studies that a filter selects."""

    chart = MapView


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-map", EvidenceMap)
