"""PubMed's E-utilities: records by PubMed id, and the id of a DOI (NCBI, A General Introduction to the E-utilities)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..evidence.identifiers import fold_doi, is_pmid
from ..intake.readers.files import read_records
from ..intake.readers.values import item, texts_of
from .client import Client, Question, ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..intake.records import Publication, Reading
    from .client import Clock
    from .settings import ServiceSettings

BATCH = 200
"""Records that one question asks for: up to 200 ids may stand in an address."""

_TOOL = "sphinx-mecfs"
_RATE_WITH_KEY = 10.0


class PubMed:
    """Asks the E-utilities, not more than 3 times a second, or 10 times with a key of NCBI."""

    def __init__(self, settings: ServiceSettings, clock: Clock | None = None) -> None:
        self._address = settings.pubmed.rstrip("/")
        self._private = {"tool": _TOOL, "email": settings.mail}
        if settings.api_key:
            self._private["api_key"] = settings.api_key
        rate = _RATE_WITH_KEY if settings.api_key else settings.pubmed_rate
        self._client = Client("PubMed", settings, max(rate, settings.pubmed_rate), clock)

    def records(self, pmids: Sequence[str]) -> Iterator[tuple[Sequence[str], Reading]]:
        """Yield the records of each batch of ids. Raises ServiceError; ids that are not known give no record."""
        for start in range(0, len(pmids), BATCH):
            batch = pmids[start : start + BATCH]
            yield batch, self._fetch(batch)

    def find(self, doi: str) -> Publication | None:
        """Return the record of a DOI, or None where PubMed has none. Raises ServiceError.

        A search that finds nothing goes on with parts of what was asked for, so that only a record with this very DOI
        counts.
        """
        pmids = self._search(doi)
        found = self._fetch(pmids).publications if pmids else ()
        return next((one for one in found if fold_doi(one.doi) == fold_doi(doi)), None)

    def _fetch(self, pmids: Iterable[str]) -> Reading:
        query = {"db": "pubmed", "retmode": "xml", "id": ",".join(pmids)}
        question = Question(f"{self._address}/efetch.fcgi", query, "xml", self._private)
        return self._client.ask(question, _read_records)

    def _search(self, doi: str) -> list[str]:
        query = {"db": "pubmed", "retmode": "json", "retmax": "5", "term": f'"{doi}"[AID]'}
        question = Question(f"{self._address}/esearch.fcgi", query, "json", self._private)
        return self._client.ask(question, _read_search)


def _read_records(body: bytes) -> Reading:
    reading = read_records(body, "PubMed")
    if reading.format != "PubMed XML" or (not reading.count and reading.findings):
        message = "PubMed answers with XML that cannot be read"
        raise ServiceError(message)
    if not body.rstrip().endswith((b"</PubmedArticleSet>", b"/>")):
        message = "PubMed answers with XML that breaks off"
        raise ServiceError(message)
    named = tuple(msgspec.structs.replace(one, source=f"PubMed {one.pmid}", line=0) for one in reading.publications)
    return msgspec.structs.replace(reading, publications=named)


def _read_search(body: bytes) -> list[str]:
    try:
        value: object = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        message = "PubMed answers with JSON that cannot be read"
        raise ServiceError(message) from error
    result = item(value).get("esearchresult")
    if not isinstance(result, dict):
        message = "PubMed answers with JSON that holds no result of a search"
        raise ServiceError(message)
    return [pmid for pmid in texts_of(result.get("idlist"))[:5] if is_pmid(pmid)]
