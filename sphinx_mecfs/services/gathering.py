"""Gather the records of identifiers from both services, and name what each does not give."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ..evidence.problems import Finding, Problem
from ..intake.matching import filled
from ..intake.records import Publication, Remark
from .client import ServiceError
from .crossref import Crossref
from .pubmed import BATCH, PubMed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .client import Clock
    from .settings import ServiceSettings


class Gathered(NamedTuple):
    """Records, remarks, and the identifiers of which none was found."""

    publications: tuple[Publication, ...]
    remarks: tuple[Remark, ...]
    missing: tuple[str, ...]


class Gatherer:
    """Asks Crossref and PubMed for the same publication and puts the two answers together."""

    def __init__(self, settings: ServiceSettings, clock: Clock | None = None) -> None:
        self.crossref = Crossref(settings, clock)
        self.pubmed = PubMed(settings, clock)

    def gather(
        self, dois: Sequence[str], pmids: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Gathered:
        """Return the records of DOIs and PubMed ids; never raises for what a service does."""
        found: list[Publication] = []
        remarks: list[Remark] = []
        missing: list[str] = []
        total = len(dois) + len(pmids)
        for start in range(0, len(pmids), BATCH):
            batch = pmids[start : start + BATCH]
            found += self._by_pmids(batch, remarks, missing)
            if progress:
                progress(start + len(batch), total)
        for done, doi in enumerate(dois, start=len(pmids) + 1):
            publication = self._by_doi(doi, remarks)
            found += [publication] if publication else []
            missing += [] if publication else [doi]
            if progress:
                progress(done, total)
        return Gathered(tuple(found), tuple(remarks), tuple(missing))

    def _by_doi(self, doi: str, remarks: list[Remark]) -> Publication | None:
        first = second = None
        asked = True
        try:
            first = self.crossref.work(doi)
        except ServiceError as error:
            asked = error.missing
            remarks.append(remark(doi, str(error)))
        try:
            second = self.pubmed.find(doi)
        except ServiceError as error:
            asked = False
            remarks.append(remark(doi, str(error)))
        return together(second, first, asked=asked)

    def _by_pmids(self, pmids: Sequence[str], remarks: list[Remark], missing: list[str]) -> list[Publication]:
        try:
            readings = [reading for _batch, reading in self.pubmed.records(pmids)]
        except ServiceError as error:
            remarks.append(remark(", ".join(pmids[:5]) + (" …" if len(pmids) > 5 else ""), str(error)))
            missing += pmids
            return []
        by_id = {one.pmid: one for reading in readings for one in reading.publications}
        remarks += [Remark("PubMed", one) for reading in readings for one in reading.findings]
        unknown = [pmid for pmid in pmids if pmid not in by_id]
        remarks += [remark(f"PMID {pmid}", "PubMed has no article with this id") for pmid in unknown]
        missing += unknown
        return [self._with_crossref(by_id[pmid], remarks) for pmid in dict.fromkeys(pmids) if pmid in by_id]

    def _with_crossref(self, publication: Publication, remarks: list[Remark]) -> Publication:
        crossref = None
        asked = True
        try:
            crossref = self.crossref.work(publication.doi) if publication.doi else None
        except ServiceError as error:
            # A DOI may be registered elsewhere, and then Crossref does not know it.
            asked = error.missing
            remarks += [] if error.missing else [remark(publication.doi, str(error))]
        return together(publication, crossref, asked=asked) or publication


def together(pubmed: Publication | None, crossref: Publication | None, *, asked: bool) -> Publication | None:
    """Return one record of the two of a publication; PubMed's goes first, since its names and pages are checked.

    `asked` says that both services have answered on it.
    """
    made = filled(pubmed, crossref) if pubmed and crossref else pubmed or crossref
    if made is None:
        return None
    preprint = any(one is not None and one.is_preprint for one in (pubmed, crossref))
    kind = crossref.type if preprint and crossref else made.type
    return msgspec.structs.replace(made, is_preprint=preprint, type=kind, asked=asked)


def remark(source: str, message: str) -> Remark:
    """Return what a service did not do."""
    return Remark(source, Finding(Problem.SERVICE, message))
