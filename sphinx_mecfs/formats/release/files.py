"""Write all files of a release."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from .bibliographies import references_json, references_ris, refs_bib
from .describe import citation_cff, dataset, linked_json
from .document import data_json
from .feed import atom
from .links import linkset, sitemap
from .listing import DATA_FILES, FOLDER, SITEMAP
from .pieces import Pieces, Shelf, to_json
from .schema import data_schema
from .tables import FileSum, claims_csv, data_package, studies_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .model import Release

PACKAGE = "datapackage.json"

_WRITERS: Mapping[str, Callable[[Release, Pieces], str]] = {
    "studies.json": data_json,
    "studies.schema.json": lambda release, _pieces: to_json(data_schema(release.about)),
    "studies.csv": studies_csv,
    "claims.csv": lambda release, _pieces: claims_csv(release),
    "refs.bib": refs_bib,
    "references.ris": references_ris,
    "references.csl.json": references_json,
    "CITATION.cff": lambda release, _pieces: citation_cff(release),
    "dataset.jsonld": lambda release, _pieces: to_json(dataset(release)),
    "base.jsonld": linked_json,
    "feed.atom": lambda release, _pieces: atom(release),
    "linkset.json": lambda release, _pieces: to_json(linkset(release)),
}


def release_files(release: Release, shelf: Shelf | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the path of each file below the start page of the base, and its content.

    One after the other, since those of a large base take much memory. `shelf` keeps the texts of single studies from
    one run to the next.

    A base without an address has no sitemap, which has to name each page in full (sitemaps.org). In the other files,
    links then lead from one file to another.
    """
    kept, sums = shelf or Shelf(), {}
    for name in (file.name for file in DATA_FILES if file.name != PACKAGE):
        pieces = Pieces(kept.load(name))
        content = _WRITERS[name](release, pieces).encode()
        kept.keep(name, pieces.used)
        del pieces
        sums[name] = FileSum(len(content), hashlib.sha256(content).hexdigest())
        yield f"{FOLDER}/{name}", content
    yield f"{FOLDER}/{PACKAGE}", to_json(data_package(release, sums)).encode()
    if release.about.address:
        yield SITEMAP, sitemap(release).encode()
