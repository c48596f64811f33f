"""Ask a web service: politely, within limits of time and size, and with one clear sentence where it fails.

requests comes with Sphinx. The retries of urllib3, which it could use, end where the body of an answer begins, know no
limit for the whole of a question and would sleep as long as a `Retry-After` says; so one question is one loop here.
"""

from __future__ import annotations

import contextlib
import datetime
import email.utils
import time
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import urlencode

import requests
import urllib3

from ..version import __version__
from .cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .settings import ServiceSettings

T = TypeVar("T")

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHUNK = 16384
_FIRST_WAIT = 1.0
_FAILURES = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, UnicodeError, ValueError)


class ServiceError(Exception):
    """A service did not answer as it should; the message is one sentence for a person. `missing`: it knows no such."""

    def __init__(self, message: str, *, missing: bool = False) -> None:
        super().__init__(message)
        self.missing = missing


class Clock(NamedTuple):
    """How time is read and waited for, in seconds."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Question(NamedTuple):
    """What is asked: an address, its query, and the kind of content that the answer must have.

    `private` are parts of the query that say who asks, and not what: they are no part of the name under which an answer
    is kept, and stand in no message.
    """

    address: str
    query: Mapping[str, str]
    content: str
    private: Mapping[str, str] = {}

    @property
    def name(self) -> str:
        """The address with the query that tells one answer from another."""
        return f"{self.address}?{urlencode(self.query)}" if self.query else self.address


class _Retry(Exception):  # noqa: N818 - it is caught in this module and no error
    """It may be worth asking again, after some seconds if the service said so."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class Client:
    """Asks one service, not faster than `rate` questions a second."""

    def __init__(self, name: str, settings: ServiceSettings, rate: float, clock: Clock | None = None) -> None:
        self.name, self._settings, self._clock = name, settings, clock or Clock()
        self._cache = Cache(settings.cache, settings.cache_days)
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"sphinx-mecfs/{__version__} (mailto:{settings.mail})"
        self._pause = 1 / rate
        self._next = 0.0

    def ask(self, question: Question, read: Callable[[bytes], T]) -> T:
        """Return what `read` makes of the body of the answer, or of the one in the cache.

        `read` raises ServiceError where the body is not what was asked for; such a body is not kept. Raises
        ServiceError.
        """
        if not self._settings.mail:
            message = f"{self.name} is not asked without a contact: give your mail address"
            raise ServiceError(message)
        if not question.address.startswith(("https://", "http://")):
            message = f"the address of {self.name} begins with neither https:// nor http://"
            raise ServiceError(message)
        kept = self._cache.get(question.name)
        if kept is not None:
            with contextlib.suppress(ServiceError):
                return read(kept)
        body = self._ask(question)
        result = read(body)
        self._cache.put(question.name, body)
        return result

    def _ask(self, question: Question) -> bytes:
        end = self._clock.now() + self._settings.deadline
        wait = _FIRST_WAIT
        for attempt in range(1, self._settings.tries + 1):
            self._pace()
            try:
                return self._once(question, end)
            except _Retry as retry:
                pause = wait if retry.after is None else retry.after
                if attempt == self._settings.tries or self._clock.now() + pause > end:
                    tries = "once" if attempt == 1 else f"{attempt} times"
                    later = f"; it asks to wait {pause:.0f} s" if retry.after else ""
                    message = f"{self.name} {retry} (asked {tries}{later})"
                    raise ServiceError(message) from retry
                self._clock.sleep(pause)
                wait *= 2
        message = f"{self.name} was not asked: the number of tries is 0"
        raise ServiceError(message)

    def _pace(self) -> None:
        now = self._clock.now()
        if now < self._next:
            self._clock.sleep(self._next - now)
        self._next = max(now, self._next) + self._pause

    def _once(self, question: Question, end: float) -> bytes:
        query = {**question.query, **question.private}
        timeout = min(self._settings.timeout, max(end - self._clock.now(), 0.1))
        try:
            with self._session.get(question.address, params=query, stream=True, timeout=timeout) as answer:
                self._check(answer, question)
                return self._body(answer, end)
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            message = "does not answer in time"
            raise _Retry(message) from error
        except (requests.TooManyRedirects, requests.exceptions.InvalidURL) as error:
            message = f"{self.name} cannot be asked: {type(error).__name__}"
            raise ServiceError(message) from error
        except requests.ConnectionError as error:
            message = "cannot be reached, or closes the connection"
            raise _Retry(message) from error
        except _FAILURES as error:
            message = "breaks its answer off"
            raise _Retry(message) from error

    def _check(self, answer: requests.Response, question: Question) -> None:
        status = answer.status_code
        if status in {404, 410}:
            message = f"{self.name} knows nothing of it ({status})"
            raise ServiceError(message, missing=True)
        if status in _AGAIN:
            message = f"answers {status}"
            raise _Retry(message, _retry_after(answer.headers.get("Retry-After", "")))
        if status != requests.codes.ok:
            message = f"{self.name} answers {status}"
            raise ServiceError(message)
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind and question.content not in kind and not kind.startswith("text/plain"):
            message = f"{self.name} answers with {kind[:60]!r} instead of {question.content}"
            raise ServiceError(message)

    def _body(self, answer: requests.Response, end: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        # What has arrived is taken at once; the ways of requests wait until a chunk is full, however long that takes.
        while part := answer.raw.read1(_CHUNK, decode_content=True):
            size += len(part)
            if size > self._settings.longest:
                message = f"{self.name} answers with more than {self._settings.longest} bytes"
                raise ServiceError(message)
            if self._clock.now() > end:
                message = f"{self.name} answers too slowly: {size} bytes in {self._settings.deadline:.0f} s"
                raise ServiceError(message)
            parts.append(part)
        return b"".join(parts)


def _retry_after(text: str) -> float | None:
    """Return the seconds that a `Retry-After` names, as a number or a date (RFC 9110, 10.2.3), or None."""
    if text.isascii() and text.strip().isdigit() and len(text) < 10:
        return float(text)
    try:
        day = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if day.tzinfo is None:
        day = day.replace(tzinfo=datetime.UTC)
    return max((day - datetime.datetime.now(datetime.UTC)).total_seconds(), 0.0)
