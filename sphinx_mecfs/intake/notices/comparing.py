"""Compare what the cards of a base say on retractions and corrections with what the sources of notices say.

"Nothing found" does not mean that nothing has happened: a status of the base is never lowered, only named as one that
no source confirms.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from ...evidence.identifiers import fold_doi, is_pmid, normalise_doi
from ...evidence.vocabulary import PublicationStatus
from ..records import GRAVITY, Notice, gravest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Held(msgspec.Struct, frozen=True):
    """What a base says on a study: its status and notice, as written, and the identifiers of the paper."""

    key: str
    status: PublicationStatus
    notice: str = ""
    doi: str = ""
    pmid: str = ""


class Difference(msgspec.Struct, frozen=True):
    """A study on which base and sources differ.

    `kind` is `status` where a source knows something graver, `notice` where it names another notice, and `unconfirmed`
    where the base says something that no source does. `notice` is what `status-notice` would say ("": not known),
    `sources` who says so. `written` tells whether the card says it now.
    """

    key: str
    kind: Literal["status", "notice", "unconfirmed"]
    held: PublicationStatus
    found: PublicationStatus
    notice: str = ""
    sources: tuple[str, ...] = ()
    day: datetime.date | None = None
    written: bool = False


_GONE = frozenset({PublicationStatus.WITHDRAWN, PublicationStatus.RETRACTED, PublicationStatus.REPUBLISHED})
"""Which of these it is, sources say in different words; only a paper that was published anew is told apart."""

Answers = dict[str, tuple[Notice, ...]]
"""The notices that a source has, by the key of the study; a study that it did not answer on is not in it."""


def compare(base: Iterable[Held], answers: Mapping[str, Answers]) -> Iterator[Difference]:
    """Yield the differences in the order of the base; `answers` are those of each source by its name."""
    for held in base:
        told = {source: notices[held.key] for source, notices in answers.items() if held.key in notices}
        difference = _compared(held, told)
        if difference:
            yield difference


def _compared(held: Held, told: Mapping[str, tuple[Notice, ...]]) -> Difference | None:
    every = tuple(notice for notices in told.values() for notice in notices)
    found = gravest(every)
    status = found.status if found else PublicationStatus.CURRENT
    sources = tuple(source for source, notices in told.items() if status in {notice.status for notice in notices})
    gone = {held.status, status} <= _GONE and status is not PublicationStatus.REPUBLISHED
    if found and GRAVITY.index(status) > GRAVITY.index(held.status) and not gone:
        return Difference(held.key, "status", held.status, status, found.reference, sources, found.day)
    if status is not held.status and not gone:
        return Difference(held.key, "unconfirmed", held.status, status, "", tuple(told)) if told else None
    if found is None:
        return None
    same = [notice for notice in every if notice.status is status and notice.reference]
    if same and not any(_is(held.notice, notice) for notice in same):
        return Difference(held.key, "notice", held.status, status, found.reference, sources, found.day)
    return None


def _is(written: str, notice: Notice) -> bool:
    """Say whether an option names this notice; an address that holds no DOI may be any."""
    doi = normalise_doi(written)
    if doi is not None:
        return fold_doi(doi) == fold_doi(notice.doi) or not notice.doi
    pmid = written.upper().removeprefix("PMID").lstrip(" :")
    if is_pmid(pmid):
        return pmid == notice.pmid or not notice.pmid
    return True
