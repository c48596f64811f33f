"""A base to import into, and files of many records, made from those of the book."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING

import msgspec
from shapes import ARTICLES, nbib_record, pubmed_article, pubmed_set

from sphinx_mecfs.cli.add import add
from sphinx_mecfs.formats.csl import to_csl
from sphinx_mecfs.formats.ris import to_ris
from sphinx_mecfs.intake.base.layout import find_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sphinx_mecfs.bibliography.records import Entry
    from sphinx_mecfs.cli.add import AddReport

TODAY = datetime.date(2026, 11, 20)


class Base:
    """A folder with a bibliography and a folder of studies."""

    def __init__(self, root: Path, bib: bytes = b"") -> None:
        self.root = root
        self.bib = root / "refs.bib"
        self.studies = root / "docs/studies"
        self.studies.mkdir(parents=True)
        self.bib.write_bytes(bib)

    def file(self, name: str, data: str | bytes) -> str:
        """Write a file to import and return its path."""
        folder = self.root / "inbox"
        folder.mkdir(exist_ok=True)
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return str(path)

    def add(self, *items: str, **options: object) -> AddReport:
        return add(items, find_layout(self.root), today=TODAY, **options)

    def pages(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.studies.iterdir())}

    def files(self) -> dict[str, bytes]:
        """Everything that is in the base but for the files to import."""
        found = (path for path in sorted(self.root.rglob("*")) if path.is_file() and "inbox" not in path.parts)
        return {str(path.relative_to(self.root)): path.read_bytes() for path in found}


PAPERS = [one for one in ARTICLES.values() if one.doi]
FORMATS: dict[str, Callable[[Sequence[Entry]], bytes]] = {
    "records.ris": lambda entries: "".join(map(to_ris, entries)).encode(),
    "records.json": lambda entries: json.dumps([to_csl(one) for one in entries]).encode(),
    "records.nbib": lambda entries: "".join(map(nbib_record, entries)).encode(),
    "records.xml": lambda entries: pubmed_set(*map(pubmed_article, entries)),
}


def numbered(count: int) -> list[Entry]:
    """Papers that differ in title and identifiers, as many as are wanted."""
    made = []
    for number in range(count):
        paper, turn = PAPERS[number % len(PAPERS)], number // len(PAPERS)
        changes = {"title": f"{paper.title} in cohort {turn}", "doi": f"{paper.doi}.{turn}", "pmcid": "", "packed": ""}
        made.append(msgspec.structs.replace(paper, pmid=str(10_000_000 + number), **changes))
    return made


def mixed(count: int) -> tuple[dict[str, bytes], int]:
    """Files that hold `count` records, and how many different papers those are: each tenth stands in two formats."""
    papers = numbered(count - count // 10)
    papers += papers[: count // 10]
    share = -(-count // len(FORMATS))
    parts = [papers[start : start + share] for start in range(0, count, share)]
    files = {name: write(part) for (name, write), part in zip(FORMATS.items(), parts, strict=True)}
    return files, count - count // 10
