"""Ask both services for the notices on the studies of a base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .client import ServiceError
from .crossref import Crossref
from .gathering import remark
from .pubmed import BATCH, PubMed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..intake.notices.comparing import Answers, Held
    from ..intake.records import Remark
    from .client import Clock
    from .settings import ServiceSettings

MOST_FAILURES = 5
"""Questions in a row that a service may fail to answer before it is left alone."""


def crossref_notices(
    base: Sequence[Held], settings: ServiceSettings, clock: Clock | None = None, done: Callable[[], None] = lambda: None
) -> tuple[Answers, tuple[Remark, ...]]:
    """Return what Crossref knows of the studies that have a DOI, and what it did not answer."""
    service = Crossref(settings, clock)
    answers: Answers = {}
    remarks: list[Remark] = []
    failures = 0
    for held in base:
        if not held.doi or failures >= MOST_FAILURES:
            continue
        try:
            answers[held.key] = service.work(held.doi).notices
            failures = 0
        except ServiceError as error:
            # A DOI may be registered elsewhere; that is no fault of the service.
            failures += not error.missing
            remarks.append(remark(held.key, str(error)))
        done()
    return answers, (*remarks, *_given_up("Crossref", failures))


def pubmed_notices(
    base: Sequence[Held], settings: ServiceSettings, clock: Clock | None = None, done: Callable[[], None] = lambda: None
) -> tuple[Answers, tuple[Remark, ...]]:
    """Return what PubMed knows of the studies with a PubMed id, or whose DOI it knows; and what it did not answer."""
    service = PubMed(settings, clock)
    answers: Answers = {}
    remarks: list[Remark] = []
    known = {held.pmid: held.key for held in base if held.pmid}
    pmids = list(known)
    for start in range(0, len(pmids), BATCH):
        batch = pmids[start : start + BATCH]
        try:
            found = [one for _batch, reading in service.records(batch) for one in reading.publications]
            answers |= {known[one.pmid]: one.notices for one in found if one.pmid in known}
            missing = [known[pmid] for pmid in batch if known[pmid] not in answers]
            remarks += [remark(key, "PubMed has no article with this PubMed id") for key in missing]
        except ServiceError as error:
            remarks.append(remark(f"{known[batch[0]]} …", str(error)))
        for _pmid in batch:
            done()
    failures = 0
    for held in base:
        if held.pmid or not held.doi or failures >= MOST_FAILURES:
            continue
        try:
            found_one = service.find(held.doi)
            answers |= {held.key: found_one.notices} if found_one else {}
            failures = 0
        except ServiceError as error:
            failures += 1
            remarks.append(remark(held.key, str(error)))
        done()
    return answers, (*remarks, *_given_up("PubMed", failures))


def _given_up(name: str, failures: int) -> list[Remark]:
    if failures < MOST_FAILURES:
        return []
    return [remark(name, f"{name} failed {failures} times in a row and is asked no more")]
