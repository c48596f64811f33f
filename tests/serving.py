"""A real HTTP server on loopback that answers as it is told: well, slowly, wrongly or half."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = "application/json"
XML = "text/xml; charset=UTF-8"


@dataclass(frozen=True)
class Answer:
    """One answer: `cut` bytes of the body at the end are never sent, `delay` is waited before, `drip` between bytes."""

    body: bytes = b""
    status: int = 200
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    delay: float = 0
    drip: float = 0
    close: bool = False


@dataclass(frozen=True)
class Asked:
    """One question that was asked."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


class _Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients that go away."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_arguments: object) -> None:
        """Say nothing."""


class Service:
    """Answers by path; the last answer of a path is given again and again."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[str, list[Answer]] = {}
        self._maker: Callable[[Asked], Answer | None] | None = None
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, path: str, *answers: Answer) -> None:
        """Set what is answered at a path, one after another."""
        self._answers[path] = list(answers)

    def answer_by(self, maker: Callable[[Asked], Answer | None]) -> None:
        """Let a function answer what has no answer of its own; None is a 404."""
        self._maker = maker

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _next(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        answers = self._answers.get(asked.path)
        if answers:
            return answers.pop(0) if len(answers) > 1 else answers[0]
        made = self._maker(asked) if self._maker else None
        return made or Answer(b"Resource not found.", 404, "text/plain")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                asked = Asked(unquote(parts.path), dict(parse_qsl(parts.query)), dict(self.headers))
                try:
                    self._send(service._next(asked))
                except OSError:
                    self.close_connection = True

            def _send(self, answer: Answer) -> None:
                time.sleep(answer.delay)
                if answer.close:
                    self.close_connection = True
                    self.connection.close()
                    return
                self.send_response(answer.status)
                if answer.kind:
                    self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(answer.body)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                body = answer.body[: len(answer.body) - answer.cut]
                step = 1 if answer.drip else max(len(body), 1)
                for start in range(0, len(body), step):
                    self.wfile.write(body[start : start + step])
                    self.wfile.flush()
                    time.sleep(answer.drip)
                if answer.cut:
                    self.close_connection = True

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        return Handler
