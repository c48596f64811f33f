"""Crossref's REST API: a work by its DOI (https://www.crossref.org/documentation/retrieve-metadata/rest-api/)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from ..evidence.identifiers import fold_doi
from ..intake.readers.crossref import from_crossref, works_in
from ..intake.readers.files import accepted
from ..intake.readers.values import item
from .client import Client, Question, ServiceError

if TYPE_CHECKING:
    from ..intake.records import Publication
    from .client import Clock
    from .settings import ServiceSettings


class Crossref:
    """Asks Crossref; the contact goes with each question, which puts it into the pool of the polite."""

    def __init__(self, settings: ServiceSettings, clock: Clock | None = None) -> None:
        self._address = settings.crossref.rstrip("/")
        self._mail = settings.mail
        self._client = Client("Crossref", settings, settings.crossref_rate, clock)

    def work(self, doi: str) -> Publication:
        """Return the record of a work, with the notices on it. Raises ServiceError."""
        address = f"{self._address}/works/{quote(doi, safe='')}"
        question = Question(address, {}, "json", {"mailto": self._mail})
        return self._client.ask(question, lambda body: _read(body, doi))


def _read(body: bytes, doi: str) -> Publication:
    try:
        value: object = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        message = "Crossref answers with JSON that cannot be read"
        raise ServiceError(message) from error
    work = next((one for one in works_in(value) or [] if isinstance(one, dict)), None)
    if not work:
        message = "Crossref answers with JSON that holds no work"
        raise ServiceError(message)
    publication, _cut = accepted(from_crossref(item(work)), f"Crossref {doi}")
    if publication is None:
        message = "Crossref answers with a work that has no title"
        raise ServiceError(message)
    if fold_doi(publication.doi) != fold_doi(doi):
        message = f"Crossref answers on another DOI: {publication.doi or 'none'}"
        raise ServiceError(message)
    return publication
