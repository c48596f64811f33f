"""All files of a release."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from .bibliographies import references_json, references_ris, refs_bib
from .describe import citation_cff, dataset, linked_json
from .document import data_json
from .feed import atom
from .links import linkset, sitemap
from .listing import DATA_FILES, FOLDER, SITEMAP
from .pieces import text_of, to_json
from .schema import data_schema
from .tables import FileSum, claims_csv, data_package, studies_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .model import Release
    from .pieces import Part

PACKAGE = "datapackage.json"

_WRITERS: Mapping[str, Callable[[Release], Iterable[Part]]] = {
    "studies.json": data_json,
    "studies.schema.json": lambda release: [to_json(data_schema(release.about))],
    "studies.csv": studies_csv,
    "claims.csv": lambda release: [claims_csv(release)],
    "refs.bib": refs_bib,
    "references.ris": references_ris,
    "references.csl.json": references_json,
    "CITATION.cff": lambda release: [citation_cff(release)],
    "dataset.jsonld": lambda release: [to_json(dataset(release))],
    "base.jsonld": linked_json,
    "feed.atom": lambda release: [atom(release)],
    "linkset.json": linkset,
}


def release_parts(release: Release, sums: Mapping[str, FileSum]) -> Iterator[tuple[str, Iterable[Part]]]:
    """Yield the path of each file below the start page of the base, and the parts that it is put together from.

    Whoever takes them puts the sum of each file into `sums`, by that path, before the next is asked for: the last
    ones say how large the others are.

    A base without an address has no sitemap, which has to name each page in full (sitemaps.org). In the other files,
    links then lead from one file to another.
    """
    for name in (file.name for file in DATA_FILES if file.name != PACKAGE):
        yield f"{FOLDER}/{name}", _WRITERS[name](release)
    measured = {file.name: sums[f"{FOLDER}/{file.name}"] for file in DATA_FILES if file.name != PACKAGE}
    yield f"{FOLDER}/{PACKAGE}", [to_json(data_package(release, measured))]
    if release.about.address:
        yield SITEMAP, [sitemap(release)]


def release_files(release: Release) -> Iterator[tuple[str, bytes]]:
    """Yield the path of each file below the start page of the base, and its content, one after the other."""
    sums: dict[str, FileSum] = {}
    for path, parts in release_parts(release, sums):
        content = text_of(parts).encode()
        sums[path] = FileSum(len(content), hashlib.sha256(content).hexdigest())
        yield path, content
