"""Where a base keeps its bibliography and the pages of its studies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOURCES = ("docs", "source", "doc", ".")


class LayoutError(Exception):
    """A base is not found; the message says what is missing and which option names it."""


class Layout(msgspec.Struct, frozen=True):
    """The bibliography file and the folder of study pages; new pages are orphans where those that are there are."""

    bibliography: Path
    studies: Path
    orphan: bool = False

    def page_of(self, key: str) -> Path:
        """Return the page of a study."""
        return self.studies / f"{key}.md"


def find_layout(folder: Path, *, bibliography: Path | None = None, studies: Path | None = None) -> Layout:
    """Find the base in a folder, which may be that of the project or that of `conf.py`.

    What is given is taken as it is. Raises LayoutError where `refs.bib` or the folder `studies` is not found.
    """
    bibliography = bibliography or next(filter(Path.is_file, _candidates(folder, "refs.bib")), None)
    if bibliography is None:
        message = f"there is no refs.bib in {folder}; name the bibliography"
        raise LayoutError(message)
    studies = studies or next(filter(Path.is_dir, _candidates(folder, "studies")), None)
    if studies is None:
        message = f"there is no folder 'studies' in {folder}; name the folder of the pages of studies"
        raise LayoutError(message)
    return Layout(bibliography, studies, _has_orphans(studies))


def _candidates(folder: Path, name: str) -> Iterator[Path]:
    for below in (".", *_SOURCES):
        yield folder / below / name
    yield folder.parent / name


def _has_orphans(studies: Path) -> bool:
    """Say whether the pages that are there begin with `orphan: true`, by looking at one."""
    for page in sorted(studies.glob("*.md")):
        text = page.read_text(encoding="utf-8", errors="replace")[:2000]
        if "{evidence-card}" in text:
            return text.startswith("---") and "\norphan: true\n" in text
    return False
