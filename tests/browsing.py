"""Pages in a real browser: where the browser is, how pages are opened, and what they must not do."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
HOW = """No browser was found. Install Chromium (on Debian and its relatives: apt-get install chromium), or name the
program of a Chromium or Chrome that is installed in the environment variable MECFS_BROWSER."""
# A browser that phones home would wait for hosts that a closed network does not reach.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_program() -> str:
    """The program of the browser; raises `RuntimeError` that says how to get one."""
    found = os.environ.get("MECFS_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise RuntimeError(HOW)
    return found


@dataclass
class Visit:
    """An open page, and what happened in it that must not happen."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"file", "data", "blob"} and address.hostname != "127.0.0.1":
            self.errors.append(f"request to another host: {request.url}")


@dataclass(frozen=True)
class Site:
    """A built website, as a folder and as a local server."""

    folder: Path
    port: int

    def file(self, name: str) -> str:
        """The address of a page in the folder."""
        path, mark, rest = name.partition("#") if "#" in name else name.partition("?")
        return (self.folder / path).as_uri() + mark + rest

    def served(self, name: str) -> str:
        """The address of a page on the server."""
        return f"http://127.0.0.1:{self.port}/{name}"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing of each request."""


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """Serve a folder on a free port of this machine."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(folder, server.server_address[1])
        server.shutdown()


@contextmanager
def visiting(
    browser: Browser, address: str, *, width: int = 1280, height: int = 900, dark: bool = False, script: bool = True
) -> Iterator[Page]:
    """Open a page in a fresh profile; on leaving, nothing may have gone wrong in it."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        accept_downloads=True,
    )
    if address.startswith("http"):
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit = Visit(context.new_page())
    visit.watch()
    visit.page.goto(address)
    yield visit.page
    context.close()
    assert visit.errors == []
