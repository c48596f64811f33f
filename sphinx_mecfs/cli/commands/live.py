"""The command `live`: a website that is built again at each save and shown again in the browser.

Most of the time of a small change goes into starting Python and loading Sphinx with its extensions. So they are loaded
once, and each build runs in a copy of that process (`fork`), which ends with the build: nothing that a build leaves
behind can reach the next one. Where processes cannot be copied (Windows), or where code has changed, a build starts
from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Status, UserError
from ..project import find_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.applications import Starlette

QUICK = ("mecfs_fulltext=0",)
"""Settings without which a page is shown as it will be, only sooner."""


class Wish(NamedTuple):
    """What to show: further files and folders to watch, the output, the port (0: a free one), the browser, options."""

    watch: Sequence[Path] = ()
    out: Path | None = None
    port: int = 0
    open_browser: bool = False
    options: Sequence[str] = ()


def live(folder: Path, wish: Wish) -> Status:
    """Build, serve and build again until interrupted. Raises `UserError` where sphinx-autobuild is not installed."""
    try:
        import uvicorn
        from sphinx_autobuild.utils import find_free_port, open_browser, show_message
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed"
        raise UserError(message, 'pip install "sphinx-mecfs[live]"') from None
    source = find_folder(folder)
    out = (wish.out or source / "_build" / "live").resolve()
    out.mkdir(parents=True, exist_ok=True)
    port = wish.port or find_free_port()
    arguments = ["-b", "html", *(part for one in QUICK for part in ("-D", one)), *wish.options, str(source), str(out)]
    build = Build(arguments, f"http://127.0.0.1:{port}")
    build.first()
    app = _app(build, [source, *(path.resolve() for path in wish.watch)], out, port)
    if wish.open_browser:
        open_browser(f"127.0.0.1:{port}", 1)
    show_message(f"Serving on {build.address}. Press Ctrl+C to stop.")
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
    return Status.FINE


class Build:
    """Builds the website with these arguments of sphinx-build; called in a process of its own for each change."""

    def __init__(self, arguments: Sequence[str], address: str) -> None:
        self.arguments, self.address = list(arguments), address

    def first(self) -> None:
        """Build in this process, so that everything that a build needs is loaded for those to come."""
        if can_fork():
            multiprocessing.set_start_method("fork", force=True)
            self._here()
        else:
            self._anew()

    def __call__(self, *, changed_paths: Sequence[Path]) -> None:
        """Build again for changes of files."""
        code = any(path.suffix == ".py" and path.name != "conf.py" for path in changed_paths)
        if code or not can_fork():
            self._anew()
        else:
            self._here()
        sys.stdout.write(f"Serving on {self.address}\n")
        sys.stdout.flush()

    def _here(self) -> None:
        from sphinx.cmd.build import main

        main(self.arguments)

    def _anew(self) -> None:
        import subprocess

        subprocess.run([sys.executable, "-m", "sphinx", *self.arguments], check=False)  # noqa: S603


def can_fork() -> bool:
    """Tell whether this process can be copied as it is."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def _app(build: Build, watched: Sequence[Path], out: Path, port: int) -> Starlette:
    from sphinx_autobuild.filter import IgnoreFilter
    from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
    from sphinx_autobuild.server import RebuildServer
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Mount, WebSocketRoute
    from starlette.staticfiles import StaticFiles

    ignored = [".git", ".venv", "venv", ".nox", "__pycache__", "_build", str(out)]
    server = RebuildServer(list(watched), IgnoreFilter(ignored, []), change_callback=build)
    return Starlette(
        routes=[
            WebSocketRoute("/websocket-reload", server, name="reload"),
            Mount("/", app=StaticFiles(directory=out, html=True), name="static"),
        ],
        middleware=[Middleware(JavascriptInjectorMiddleware, ws_url=f"127.0.0.1:{port}")],
        lifespan=server.lifespan,
    )
