"""What the studies behind a claim add up to: who had to have PEM, how many people, and whether support rests on that.

Nothing here is typed by an author. The rules:

* Studies of the direction `context` are not counted, nor are retracted and withdrawn ones.
* People are counted once within a direction: a study that follows up or reanalyses another has the same people, over
  any number of steps, whether or not the claim names what lies between. Of studies with the same people the first one
  counts, or else the largest. Reviews have the people of other studies and add none.
* The sensitivity asks whether support remains if only studies that required PEM count (broad wording included). With
  fewer than two such studies on different people there are too few to say, since one study is no body of evidence.
* There are no percentages: counts of studies are not votes, and are never shown as a share.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from ..records import Study
from ..vocabulary import Direction, PemStatus, PublicationStatus, Sensitivity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST_STUDIES = 2
"""How many studies that required PEM have to bear on a claim before anything is said of its sensitivity."""


class PemMix(msgspec.Struct, frozen=True):
    """How many studies have each PEM status, in the order of the statuses; those that none has are left out."""

    counts: tuple[tuple[PemStatus, int], ...] = ()

    @property
    def total(self) -> int:
        """How many studies there are."""
        return sum(count for _status, count in self.counts)


class People(msgspec.Struct, frozen=True):
    """How many people took part in the studies of one direction.

    `total` counts each person once as far as the records tell; `studies` is how many studies that total comes from,
    `unstated` how many give no number, `shared` the keys of those with the people of another, `reviews` of reviews.
    """

    total: int = 0
    studies: int = 0
    unstated: int = 0
    shared: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()


class Synthesis(msgspec.Struct, frozen=True):
    """All that is computed for a claim.

    `required` counts the studies that required PEM by direction, `independent` how many of them, in all directions, are
    on different people; `withdrawn` are those that do not count, `marked`
    those that were corrected, questioned or republished.
    """

    mix: PemMix
    people: tuple[tuple[Direction, People], ...]
    sensitivity: Sensitivity
    required: tuple[tuple[Direction, int], ...]
    independent: int
    withdrawn: tuple[Study, ...]
    marked: tuple[Study, ...]


Lookup = Callable[[str], Study | None]
"""Finds the record of a study by its key."""


def synthesise(sources: Iterable[tuple[Direction, Study]], lookup: Lookup) -> Synthesis:
    """Add up the studies of a claim, each with its direction; `lookup` knows all studies of the base."""
    bearing = [(direction, study) for direction, study in sources if direction is not Direction.CONTEXT]
    counted = [(direction, study) for direction, study in bearing if study.status.stands]
    by_direction = {d: [study for direction, study in counted if direction is d] for d in Direction}
    required = {d: [s for s in studies if s.pem_status.group == "required"] for d, studies in by_direction.items()}
    independent = len(_on_different_people([s for studies in required.values() for s in studies], lookup))
    return Synthesis(
        mix=pem_mix(study for _direction, study in counted),
        people=tuple((d, people(studies, lookup)) for d, studies in by_direction.items() if studies),
        sensitivity=_sensitivity(independent, supported=bool(required[Direction.SUPPORTS])),
        required=tuple((d, len(studies)) for d, studies in required.items() if studies),
        independent=independent,
        withdrawn=tuple(study for _direction, study in bearing if not study.status.stands),
        marked=tuple(study for _direction, study in counted if study.status is not PublicationStatus.CURRENT),
    )


def pem_mix(studies: Iterable[Study]) -> PemMix:
    """Return how many studies have each PEM status."""
    statuses = [study.pem_status for study in studies]
    return PemMix(tuple((status, statuses.count(status)) for status in PemStatus if status in statuses))


def people(studies: Sequence[Study], lookup: Lookup) -> People:
    """Return how many people took part in studies, each person counted once as far as the records tell."""
    own = [study for study in studies if not study.design.is_review]
    numbered = [study for study in own if study.participants is not None]
    counted = _on_different_people(numbered, lookup)
    covered = {origin for study in counted for origin in origins(study, lookup)}
    others = [study for study in own if study not in counted]
    shared = [study for study in others if origins(study, lookup) & covered]
    return People(
        total=sum(study.participants or 0 for study in counted),
        studies=len(counted),
        unstated=len(others) - len(shared),
        shared=tuple(study.key for study in shared),
        reviews=tuple(study.key for study in studies if study.design.is_review),
    )


def origins(study: Study, lookup: Lookup) -> frozenset[str]:
    """Return the keys of the studies whose people a study has: its own, or those at the end of what it follows up.

    In a circle of studies, the first key stands for all. What a study does with a review is no work on its people.
    """
    seen: set[str] = set()
    ends: set[str] = set()
    ahead = [study.key]
    while ahead:
        key = ahead.pop()
        if key in seen:
            continue
        seen.add(key)
        record = study if key == study.key else lookup(key)
        before = _earlier(record, lookup) if record else []
        ends |= set() if before else {key}
        ahead += before
    return frozenset(ends or {min(seen)})


def _earlier(study: Study, lookup: Lookup) -> list[str]:
    found = ((key, lookup(key)) for key in (*study.follows_up, *study.reanalyses))
    return [key for key, other in found if other is None or not other.design.is_review]


def _on_different_people(studies: Sequence[Study], lookup: Lookup) -> list[Study]:
    """Return studies no two of which have people in common: first studies before later ones, large before small."""
    chosen: list[Study] = []
    covered: set[str] = set()
    ordered = sorted(studies, key=lambda study: (bool(_earlier(study, lookup)), -(study.participants or 0), study.key))
    for study in ordered:
        found = origins(study, lookup)
        if not found & covered:
            chosen.append(study)
            covered |= found
    return chosen


def _sensitivity(independent: int, *, supported: bool) -> Sensitivity:
    if independent < LEAST_STUDIES:
        return Sensitivity.TOO_FEW
    return Sensitivity.YES if supported else Sensitivity.NO
