"""A browser, the book built once, and pages opened in it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import ARGUMENTS, Site, browser_program, serving, visiting
from playwright.sync_api import Browser, Page, sync_playwright
from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser without a window."""
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=browser_program(), args=ARGUMENTS)
        yield program
        program.close()


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The book as a website: the one that MECFS_BOOK names, or else built here."""
    folder = Path(os.environ.get("MECFS_BOOK") or tmp_path_factory.mktemp("book") / "html")
    if not (folder / "index.html").exists():
        command = [sys.executable, "-m", "sphinx", "-q", "-j", "auto", "-b", "html", "-d", str(folder.parent / "dt")]
        subprocess.run([*command, str(ROOT / "docs"), str(folder)], check=True)
    with serving(folder) as site:
        yield site


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address: `visit(book.file("index.html"), width=320, dark=True, script=False)`.

    At the end of the test there may have been no error in a page and no request to another host.
    """
    with ExitStack() as stack:

        def open_page(address: str, **options: Any) -> Page:
            return stack.enter_context(visiting(browser, address, **options))

        yield open_page
