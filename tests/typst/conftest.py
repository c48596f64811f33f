"""Fixtures: whole books, built once for all the questions that a module asks of them."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import Destination
from support import Build, Project

BOOKS = Path(__file__).with_name("books")


@dataclass(frozen=True)
class Book:
    """One built book: its source, its PDF and what Sphinx said."""

    build: Build
    name: str

    @cached_property
    def source(self) -> str:
        return self.build.text(f"{self.name}.typ")

    @cached_property
    def pdf(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(self.build.outdir / f"{self.name}.pdf")

    @cached_property
    def pages(self) -> list[str]:
        """The text of every page, each run of white space as one space."""
        return [re.sub(r"\s+", " ", page.extract_text()) for page in self.pdf.pages]

    @cached_property
    def text(self) -> str:
        return " ".join(self.pages)

    def page_of(self, words: str) -> int:
        """The number of the only page that holds these words, counted from 1."""
        (number,) = [number for number, text in enumerate(self.pages, 1) if words in text]
        return number

    @cached_property
    def outline(self) -> list[tuple[int, str, int]]:
        """The bookmarks: depth, title, page."""
        return list(self._walk(self.pdf.outline, 0))

    def _walk(self, entries: list[Any], depth: int) -> Iterator[tuple[int, str, int]]:
        for entry in entries:
            if isinstance(entry, Destination):
                page = self.pdf.get_destination_page_number(entry)
                assert page is not None
                yield depth, str(entry.title), page + 1
            else:
                yield from self._walk(entry, depth + 1)

    @cached_property
    def addresses(self) -> set[str]:
        """The addresses of all links that lead out of the book."""
        actions = [link["/A"] for link in self._links() if "/A" in link]
        return {str(action["/URI"]) for action in actions if "/URI" in action}

    def targets(self, page: int) -> set[int]:
        """The pages that the links of one page lead to."""
        found = set()
        for link in self._links(page):
            place = link.get("/Dest") or link.get("/A", {}).get("/D")
            if isinstance(place, str | bytes):
                place = self.pdf.named_destinations[str(place)].dest_array
            if place is not None:
                number = self.pdf.get_page_number(place[0].get_object())
                assert number is not None
                found.add(number + 1)
        return found

    def _links(self, page: int | None = None) -> list[Any]:
        pages = self.pdf.pages if page is None else [self.pdf.pages[page - 1]]
        annotations = [note.get_object() for one in pages for note in one.get("/Annots", [])]
        return [note for note in annotations if note["/Subtype"] == "/Link"]


MakeBook = Callable[..., Book]


def build_book(root: Path, files: dict[str, str | bytes], **conf: Any) -> Book:
    """Write a project and build its PDF."""
    extensions = ["sphinx_mecfs.typst", *conf.pop("extensions", [])]
    project = Project(root, {"project": "Test book", "extensions": extensions, **conf})
    project.write(files)
    build = project.build("typstpdf")
    (pdf,) = build.outdir.glob("*.pdf")
    return Book(build, pdf.stem)


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Return a function that builds one book of RST or MyST sources: `make_book({"index.rst": "..."})`."""

    def make(files: dict[str, str | bytes], **conf: Any) -> Book:
        return build_book(tmp_path, files, **conf)

    return make


def _sample(name: str) -> dict[str, str | bytes]:
    folder = BOOKS / name
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


COMMON = {
    "project": "The ME/CFS Book",
    "author": "Ø. Author",
    "release": "2026.1",
    "copyright": "2026, Ø. Author",
    "numfig": True,
    "typst_classes": {"evidence": "card", "lead": "strong", "badge": "badge"},
}


@pytest.fixture(scope="module")
def rst_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A book of reStructuredText documents with nearly every kind of node."""
    return build_book(tmp_path_factory.mktemp("rst"), _sample("rst"), **COMMON)


@pytest.fixture(scope="module")
def myst_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A book of MyST documents."""
    syntax = [
        "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
        "smartquotes", "strikethrough", "tasklist",
    ]  # fmt: skip
    return build_book(
        tmp_path_factory.mktemp("myst"), _sample("myst"), **COMMON,
        extensions=["myst_parser"], myst_enable_extensions=syntax,
    )  # fmt: skip


@pytest.fixture
def add_extension(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Any]], str]:
    """Return a function that makes an extension of a `setup` function and returns its name."""

    def add(setup: Callable[..., Any]) -> str:
        module = types.ModuleType("sample_extension")
        module.setup = setup  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return module.__name__

    return add
