"""A server that stands for both services, and settings that ask it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from serving import XML, Answer, Service
from shapes import ENTRIES, crossref_answer, pubmed_article, pubmed_set

from sphinx_mecfs.services.client import Clock
from sphinx_mecfs.services.settings import ServiceSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from serving import Asked


class Time:
    """Time that passes only when it is waited for."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waits: list[float] = []

    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.seconds += seconds
        self.waits.append(round(seconds, 2))


@pytest.fixture
def waits() -> Time:
    """A clock that does not really wait."""
    return Time()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A server that knows nothing yet."""
    monkeypatch.setenv("no_proxy", "*")
    made = Service()
    yield made
    made.close()


@pytest.fixture
def settings(service: Service) -> ServiceSettings:
    """Settings that ask the server, fast and without a cache."""
    return ServiceSettings(
        crossref=service.address,
        pubmed=f"{service.address}/eutils",
        mail="writer@base.example",
        timeout=0.5,
        deadline=5,
        crossref_rate=10_000,
        pubmed_rate=10_000,
    )


@pytest.fixture
def book(service: Service) -> Callable[..., Service]:
    """Let the server know the papers of the book: `book(crossref={key: {...}}, pubmed={key: {...}})` changes records."""

    def know(
        crossref: dict[str, dict[str, object]] | None = None, pubmed: dict[str, dict[str, str]] | None = None
    ) -> Service:
        def answer(asked: Asked) -> Answer | None:
            if asked.path.startswith("/works/"):
                return _work(asked.path.removeprefix("/works/"), crossref or {})
            if asked.path == "/eutils/efetch.fcgi":
                return _articles(asked.query["id"].split(","), pubmed or {})
            if asked.path == "/eutils/esearch.fcgi":
                return _search(asked.query["term"])
            return None

        service.answer_by(answer)
        return service

    return know


def _work(doi: str, changes: dict[str, dict[str, object]]) -> Answer | None:
    found = [one for one in ENTRIES.values() if one.doi and one.doi.lower() == doi.lower()]
    return Answer(crossref_answer(found[0], **changes.get(found[0].key, {}))) if found else None


def _articles(pmids: list[str], changes: dict[str, dict[str, str]]) -> Answer:
    found = [one for pmid in pmids for one in ENTRIES.values() if one.pmid == pmid]
    return Answer(pubmed_set(*(pubmed_article(one, **changes.get(one.key, {})) for one in found)), kind=XML)


def _search(term: str) -> Answer:
    doi = term.removesuffix("[AID]").strip('"')
    ids = [one.pmid for one in ENTRIES.values() if one.doi and one.doi.lower() == doi.lower() and one.pmid]
    result = {"header": {"type": "esearch"}, "esearchresult": {"count": str(len(ids)), "idlist": ids}}
    return Answer(json.dumps(result).encode())


@pytest.fixture
def changed(settings: ServiceSettings) -> Callable[..., ServiceSettings]:
    """Return a function that changes the settings."""
    return lambda **changes: msgspec.structs.replace(settings, **changes)
