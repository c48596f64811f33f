"""Write all files of a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bibliographies import references_csl, references_ris, refs_bib
from .describe import citation_cff, dataset, linked_data
from .document import data_document, to_json
from .feed import atom
from .links import linkset, sitemap
from .listing import DATA_FILES, FOLDER, SITEMAP
from .schema import data_schema
from .tables import claims_csv, data_package, studies_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .model import Release

PACKAGE = "datapackage.json"

_WRITERS: Mapping[str, Callable[[Release], str]] = {
    "studies.json": lambda release: to_json(data_document(release)),
    "studies.schema.json": lambda release: to_json(data_schema(release.about)),
    "studies.csv": studies_csv,
    "claims.csv": claims_csv,
    "refs.bib": refs_bib,
    "references.ris": references_ris,
    "references.csl.json": lambda release: to_json(references_csl(release)),
    "CITATION.cff": citation_cff,
    "dataset.jsonld": lambda release: to_json(dataset(release)),
    "base.jsonld": lambda release: to_json(linked_data(release)),
    "feed.atom": atom,
    "linkset.json": lambda release: to_json(linkset(release)),
}


def release_files(release: Release) -> dict[str, bytes]:
    """Return the content of each file by its path below the start page of the base.

    A base without an address has no sitemap, which has to name each page in full (sitemaps.org). In the other files,
    links then lead from one file to another.
    """
    about = release.about
    wanted = [file.name for file in DATA_FILES]
    contents = {name: _WRITERS[name](release).encode() for name in wanted if name != PACKAGE}
    contents[PACKAGE] = to_json(data_package(release, contents)).encode()
    files = {f"{FOLDER}/{name}": contents[name] for name in wanted}
    return files | ({SITEMAP: sitemap(release).encode()} if about.address else {})
