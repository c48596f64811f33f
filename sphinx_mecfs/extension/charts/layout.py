"""Where the marks of the map stand: beside each other in the row of a design, at the year, none over another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...evidence.vocabulary import Design
from .legend import radius_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...evidence.records import Study
    from .scale import Scale

GAP = 1.5
"""The least distance between two marks."""

ROW_PADDING = 6.0


class Placed(NamedTuple):
    """A study at its place."""

    study: Study
    x: float
    y: float
    radius: float


class Row(NamedTuple):
    """The studies of one design; `middle` is the y of its line."""

    design: Design
    top: float
    bottom: float
    middle: float
    placed: tuple[Placed, ...]


def rows_of(studies: Sequence[Study], scale: Scale, top: float) -> list[Row]:
    """Return a row for each design that occurs, each as high as its marks need, beginning at `top`."""
    by_design: dict[Design, list[Study]] = defaultdict(list)
    for study in studies:
        by_design[study.design].append(study)
    rows = []
    for design in (design for design in Design if design in by_design):
        offsets = _swarm(by_design[design], scale)
        above = max(placed.radius - placed.y for placed in offsets)
        below = max(placed.radius + placed.y for placed in offsets)
        middle = top + ROW_PADDING + max(above, 9.0)
        bottom = middle + max(below, 9.0) + ROW_PADDING
        moved = tuple(placed._replace(y=placed.y + middle) for placed in offsets)
        rows.append(Row(design, top, bottom, middle, moved))
        top = bottom
    return rows


def _swarm(studies: Iterable[Study], scale: Scale) -> list[Placed]:
    """Place studies at their years, as near to the line y = 0 as the marks placed before them allow.

    The order is that of years, then size, then keys, so that the same studies always give the same picture.
    """
    ordered = sorted(studies, key=lambda study: (study.year or 0, -radius_of(study), study.key))
    placed: list[Placed] = []
    for study in ordered:
        x, radius = scale.x(study.year or 0), radius_of(study)
        # Only marks to the left of this one have been placed, and the last ones are the nearest.
        near = [other for other in placed if x - other.x < radius + other.radius + GAP]
        placed.append(Placed(study, x, _free_place(x, radius, near), radius))
    return placed


def _free_place(x: float, radius: float, near: Sequence[Placed]) -> float:
    """Return the offset nearest to 0 at which a mark touches none near it: at 0, or right beside one of them."""
    candidates = [0.0]
    for other in near:
        reach = radius + other.radius + GAP
        rise = (reach**2 - (x - other.x) ** 2) ** 0.5
        candidates += [other.y - rise, other.y + rise]
    # Rounded, so that the same figure comes out on every machine.
    ordered = sorted({round(candidate, 2) for candidate in candidates}, key=lambda y: (abs(y), y))
    return next(y for y in ordered if all(_apart(x, y, radius, other) for other in near))


def _apart(x: float, y: float, radius: float, other: Placed) -> bool:
    reach = radius + other.radius + GAP
    return bool((x - other.x) ** 2 + (y - other.y) ** 2 >= (reach - 0.05) ** 2)
