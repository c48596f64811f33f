"""The directive `evidence-years`: how many studies each year has, by PEM status."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ...evidence.queries import count_by
from ...evidence.vocabulary import PemStatus
from ..i18n import _
from ..language import labelled, listed, number
from ..writing.blocks import Table
from ..writing.drawing import Bar, Drawing, Rule, Words
from .directive import ChartDirective, ChartView
from .legend import LINE, MARK_ROOM, description, flow, statuses_of
from .scale import Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

    from ...evidence.records import Study
    from ..writing.blocks import Parts
    from ..writing.view import Scope

WIDTH, _LEFT, _RIGHT, _TOP, _HEIGHT = 760.0, 40.0, 742.0, 16.0, 240.0
_WIDEST_BAR = 40.0

Counts = Counter[tuple[int, PemStatus]]


class YearsView(ChartView, frozen=True, kw_only=True):
    """Studies per year by PEM status, as bars."""

    def drawing(self, studies: list[Study], scope: Scope) -> Drawing:  # noqa: ARG002
        """Return the bars."""
        counts: Counts = Counter((study.year or 0, study.pem_status) for study in studies)
        statuses, years = statuses_of(studies), Counter(study.year for study in studies)
        scale = scale_of(studies, _LEFT, _RIGHT)
        width = min(_WIDEST_BAR, (_RIGHT - _LEFT) / (scale.last - scale.first + 1))
        centred = scale._replace(left=_LEFT + width / 2, right=_RIGHT - width / 2)
        unit = _HEIGHT / max(years.values())
        base = _TOP + _HEIGHT
        bars, words = _legend(statuses, base + 44)
        return Drawing(
            self.caption or str(_("Studies by year and PEM status")),
            description(studies, scale),
            WIDTH,
            words[-1].y + LINE / 2,
            rules=tuple(_lines(max(years.values()), unit)),
            words=(*_labels(max(years.values()), unit), *_year_words(centred, base), *words),
            bars=(*_bars(counts, statuses, centred, width, unit), *bars),
        )

    def data(self, studies: list[Study], scope: Scope) -> Table:  # noqa: ARG002
        """Return the numbers, a row for each year that has a study."""
        statuses = statuses_of(studies)
        counts: Counts = Counter((study.year or 0, study.pem_status) for study in studies)
        head = (str(_("Year")), *(str(_(status.label)) for status in statuses), str(_("Studies")))
        rows = tuple(_row(year, total, counts, statuses) for year, total in count_by(studies, "year"))
        return Table(str(_("Studies by year and PEM status")), head, rows, columns_on_paper=5, folded=True)


def _row(
    year: str, total: int, counts: Mapping[tuple[int, PemStatus], int], statuses: list[PemStatus]
) -> tuple[Parts, ...]:
    cells: list[Parts] = [(str(counts.get((int(year or 0), status), 0)),) for status in statuses]
    return ((year or str(_("not stated")),), *cells, (str(total),))


def _bars(
    counts: Mapping[tuple[int, PemStatus], int], statuses: list[PemStatus], scale: Scale, width: float, unit: float
) -> Iterator[Bar]:
    for year in range(scale.first, scale.last + 1):
        y = _TOP + _HEIGHT
        for status in statuses:
            if count := counts.get((year, status), 0):
                y -= count * unit
                label = labelled(listed((year, _(status.label))), number(count))
                yield Bar(scale.x(year) - width / 2, y, width, count * unit, status.group, status.symbol, label)


def _lines(highest: int, unit: float) -> Iterator[Rule]:
    for count in _steps(highest):
        y = _TOP + _HEIGHT - count * unit
        yield Rule(_LEFT, y, _RIGHT, y)


def _labels(highest: int, unit: float) -> Iterator[Words]:
    for count in _steps(highest):
        yield Words(_LEFT - 8, _TOP + _HEIGHT - count * unit + 4, str(count), "end")


def _steps(highest: int) -> range:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if highest / step <= 6)
    return range(0, highest + 1, step)


def _year_words(scale: Scale, base: float) -> list[Words]:
    return [Words(scale.x(year), base + 18, str(year), "middle") for year in scale.ticks()]


def _legend(statuses: list[PemStatus], y: float) -> tuple[list[Bar], list[Words]]:
    labels = [str(_(status.label)) for status in statuses]
    places = flow(labels, y, WIDTH)
    bars = [
        Bar(x, line - 10, 16, 14, status.group, status.symbol, label)
        for (x, line), status, label in zip(places, statuses, labels, strict=True)
    ]
    return bars, [Words(x + MARK_ROOM, line + 1, label) for (x, line), label in zip(places, labels, strict=True)]


class EvidenceYears(ChartDirective):
    """Studies by year of those that a filter selects."""

    chart = YearsView


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-years", EvidenceYears)
