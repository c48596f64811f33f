"""How the charts show PEM statuses and numbers of people, and the lines below them that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...evidence.vocabulary import PemStatus
from ..i18n import _
from ..language import labelled, number, parted
from ..language import to_translate as marked
from ..writing.drawing import Mark, Shape, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...evidence.records import Study
    from .scale import Scale

SHAPES: Mapping[PemStatus, Shape] = {
    PemStatus.REQUIRED: Shape.DISC,
    PemStatus.REQUIRED_BROAD: Shape.RING,
    PemStatus.OPTIONAL: Shape.SQUARE,
    PemStatus.ABSENT: Shape.FULL_SQUARE,
    PemStatus.MIXED: Shape.DIAMOND,
    PemStatus.UNCLEAR: Shape.TRIANGLE,
    PemStatus.NOT_REPORTED: Shape.FALLING_TRIANGLE,
    PemStatus.NOT_APPLICABLE: Shape.CROSS,
}

UNSTATED_RADIUS = 4.0
"""The radius of the mark of a study whose number of people is not stated, the same as of the smallest class."""

SIZES: tuple[tuple[int, float, str], ...] = (
    (1, 4.0, marked("1 to 9 people, or not stated")),
    (10, 5.5, marked("10 to 49")),
    (50, 7.0, marked("50 to 199")),
    (200, 9.0, marked("200 to 999")),
    (1000, 11.5, marked("1,000 or more")),
)
"""Classes of numbers of people: the least number, the radius of the mark, what the legend says."""

LINE, MARK_ROOM = 20.0, 26.0
_LETTER = 7.2  # the mean width of a letter, wide enough for the faces in use


class Legend(NamedTuple):
    """The marks and words of a legend, and the y at which it ends."""

    marks: tuple[Mark, ...]
    words: tuple[Words, ...]
    bottom: float


def radius_of(study: Study) -> float:
    """Return the radius of the mark of a study."""
    people = study.participants or 0
    return next((radius for least, radius, _words in reversed(SIZES) if people >= least), UNSTATED_RADIUS)


def statuses_of(studies: Iterable[Study]) -> list[PemStatus]:
    """Return the statuses that occur, in the order of the vocabulary."""
    found = {study.pem_status for study in studies}
    return [status for status in PemStatus if status in found]


def pem_legend(statuses: Sequence[PemStatus], y: float, width: float) -> Legend:
    """Return the legend of statuses as marks."""
    entries = [(SHAPES[status], status.group, 5.5, str(_(status.label)), False) for status in statuses]
    return _flow(entries, y, width)


def size_legend(y: float, width: float, *, with_struck: bool) -> Legend:
    """Return the legend of sizes, and of the line through a study that was retracted or questioned."""
    entries = [(Shape.DISC, "muted", radius, str(_(says)), False) for _least, radius, says in SIZES]
    if with_struck:
        entries.append((Shape.DISC, "muted", 5.5, str(_("retracted, withdrawn or questioned")), True))
    return _flow(entries, y, width)


def _flow(entries: Sequence[tuple[Shape, str, float, str, bool]], y: float, width: float) -> Legend:
    """Set marks with their words one after another, in as many lines as they need."""
    places = flow([says for _shape, _group, _radius, says, _struck in entries], y, width)
    marks = [
        Mark(x + 12, line, radius, shape, group, struck=struck)
        for (x, line), (shape, group, radius, _says, struck) in zip(places, entries, strict=True)
    ]
    words = [Words(x + MARK_ROOM, line + 4, entry[3]) for (x, line), entry in zip(places, entries, strict=True)]
    return Legend(tuple(marks), tuple(words), places[-1][1] + LINE / 2)


def flow(texts: Sequence[str], y: float, width: float) -> list[tuple[float, float]]:
    """Return the place of each text, with room for a mark before it, set one after another in lines."""
    places: list[tuple[float, float]] = []
    x = 0.0
    for text in texts:
        needed = MARK_ROOM + _LETTER * len(text)
        if x and x + needed > width:
            x, y = 0.0, y + LINE
        places.append((x, y))
        x += needed + 14
    return places


def description(studies: Sequence[Study], scale: Scale) -> str:
    """Return how many studies there are, from when to when, and how many of each status."""
    counts = [
        labelled(_(status.label), number(sum(study.pem_status is status for study in studies)))
        for status in statuses_of(studies)
    ]
    span = str(scale.first) if scale.first == scale.last else f"{scale.first}–{scale.last}"
    return f"{labelled(_('Studies'), number(len(studies)))}, {span}. {parted(counts)}."
