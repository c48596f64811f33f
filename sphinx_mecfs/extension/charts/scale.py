"""From years to places between two ends of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...evidence.records import Study

MOST_TICKS = 9


class Scale(NamedTuple):
    """From years to places between two ends."""

    first: int
    last: int
    left: float
    right: float

    def x(self, year: float) -> float:
        """Return the place of a year; a single year stands in the middle."""
        if self.last == self.first:
            return (self.left + self.right) / 2
        return self.left + (year - self.first) / (self.last - self.first) * (self.right - self.left)

    def ticks(self) -> list[int]:
        """Return the years to be named: round ones, and not too many."""
        span = self.last - self.first
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if span / step < MOST_TICKS)
        begin = -(-self.first // step) * step
        return list(range(begin, self.last + 1, step)) or [self.first]


def scale_of(studies: Iterable[Study], left: float, right: float) -> Scale:
    """Return the scale of the years of studies, of which there is at least one."""
    years = [study.year for study in studies if study.year is not None]
    return Scale(min(years), max(years), left, right)
