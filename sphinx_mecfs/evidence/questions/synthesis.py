"""What the studies behind a claim add up to: who had to have PEM, how many people, and whether support rests on that.

Nothing here is typed by an author. The rules:

* Studies of the direction `context` are not counted, nor are retracted and withdrawn ones.
* People are counted once within a direction: a study that follows up or reanalyses another that is counted there has
  the same people. Where studies name one another in a circle, the largest counts. Reviews have the people of other
  studies and add none.
* The sensitivity asks whether support remains if only studies that required PEM count (broad wording included). With
  fewer than two such studies there are too few to say, since one study is not a body of evidence.
* There are no percentages: counts of studies are not votes, and are never shown as a share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..records import Study
from ..vocabulary import Direction, PemStatus, PublicationStatus, Sensitivity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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

    `required` counts the studies that required PEM by direction; `withdrawn` are those that do not count, `marked`
    those that were corrected, questioned or republished.
    """

    mix: PemMix
    people: tuple[tuple[Direction, People], ...]
    sensitivity: Sensitivity
    required: tuple[tuple[Direction, int], ...]
    withdrawn: tuple[Study, ...]
    marked: tuple[Study, ...]


def synthesise(sources: Iterable[tuple[Direction, Study]]) -> Synthesis:
    """Add up the studies of a claim, each with its direction."""
    bearing = [(direction, study) for direction, study in sources if direction is not Direction.CONTEXT]
    counted = [(direction, study) for direction, study in bearing if study.status.stands]
    by_direction = {d: [study for direction, study in counted if direction is d] for d in Direction}
    required = {
        d: sum(study.pem_status.group == "required" for study in studies) for d, studies in by_direction.items()
    }
    return Synthesis(
        mix=pem_mix(study for _direction, study in counted),
        people=tuple((d, people(studies)) for d, studies in by_direction.items() if studies),
        sensitivity=_sensitivity(required),
        required=tuple((d, count) for d, count in required.items() if count),
        withdrawn=tuple(study for _direction, study in bearing if not study.status.stands),
        marked=tuple(study for _direction, study in counted if study.status is not PublicationStatus.CURRENT),
    )


def pem_mix(studies: Iterable[Study]) -> PemMix:
    """Return how many studies have each PEM status."""
    statuses = [study.pem_status for study in studies]
    return PemMix(tuple((status, statuses.count(status)) for status in PemStatus if status in statuses))


def people(studies: Sequence[Study]) -> People:
    """Return how many people took part in studies, each person counted once as far as the records tell."""
    by_key = {study.key: study for study in studies}
    origins = {study.key: _origins(study, by_key) for study in studies}
    shared = [
        study
        for study in studies
        if any(
            _gives_people(origin) and (study.key not in origins[origin.key] or _size(origin) > _size(study))
            for origin in origins[study.key].values()
        )
    ]
    own = [study for study in studies if study not in shared and not study.design.is_review]
    numbers = [study.participants for study in own if study.participants is not None]
    return People(
        total=sum(numbers),
        studies=len(numbers),
        unstated=len(own) - len(numbers),
        shared=tuple(study.key for study in shared if not study.design.is_review),
        reviews=tuple(study.key for study in studies if study.design.is_review),
    )


def _origins(study: Study, among: Mapping[str, Study]) -> dict[str, Study]:
    """Return the other studies of the set that a study follows up or reanalyses, over any number of steps."""
    found: dict[str, Study] = {}
    ahead = [*study.follows_up, *study.reanalyses]
    while ahead:
        key = ahead.pop()
        if key in among and key not in found and key != study.key:
            found[key] = among[key]
            ahead += [*among[key].follows_up, *among[key].reanalyses]
    return found


def _gives_people(study: Study) -> bool:
    return study.participants is not None and not study.design.is_review


def _size(study: Study) -> tuple[int, str]:
    return (-1 if study.participants is None else study.participants, study.key)


def _sensitivity(required: Mapping[Direction, int]) -> Sensitivity:
    if sum(required.values()) < LEAST_STUDIES:
        return Sensitivity.TOO_FEW
    return Sensitivity.YES if required[Direction.SUPPORTS] else Sensitivity.NO
