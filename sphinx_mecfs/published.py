"""What an installed package brings along of the base that it was released with, for the `conf.py` of other projects.

`refs.bib` is in every wheel. The data file and the inventory are in wheels that were made by the nox session `build`,
which builds the base first; in a working copy the bibliography is read where it is written.
"""

from __future__ import annotations

from pathlib import Path

from .formats.external import read_external

PACKAGE = Path(__file__).resolve().parent
BIBLIOGRAPHIES = (PACKAGE / "data" / "refs.bib", PACKAGE.parent / "refs.bib")
PUBLISHED = PACKAGE / "data" / "published"
DATA_FILE, INVENTORY = "studies.json", "objects.inv"
NAME = "mecfs"
"""What the base is called in roles: `external+mecfs:ref`, `mecfs:key`."""


def bib_path() -> str:
    """Return the path of the base's bibliography, for `bibtex_bibfiles`.

    Raises `FileNotFoundError` where the package was installed without it.
    """
    for path in BIBLIOGRAPHIES:
        if path.is_file():
            return str(path)
    message = "this installation of sphinx-mecfs has no refs.bib"
    raise FileNotFoundError(message)


def data_path() -> str | None:
    """Return the path of the base's data file, or None where the package was installed without it."""
    return _path(DATA_FILE)


def intersphinx_mapping(address: str = "") -> dict[str, tuple[str, str | None]]:
    """Return a value for `intersphinx_mapping` that names the base `mecfs`.

    `address` is where the base is published; empty: the address that the data file tells. The inventory is that of the
    package, so that a build needs no network and gives the same tomorrow; where the package has none, that of the
    address. Raises `ValueError` where no address is known.
    """
    return {NAME: (address or _address(), _path(INVENTORY))}


def external_bases(address: str = "") -> dict[str, tuple[str, str | None]]:
    """Return a value for `mecfs_external` that names the base `mecfs`; as `intersphinx_mapping`, with the data file."""
    return {NAME: (address or _address(), _path(DATA_FILE))}


def _path(name: str) -> str | None:
    path = PUBLISHED / name
    return str(path) if path.is_file() else None


def _address() -> str:
    path = data_path()
    address = read_external(Path(path).read_bytes()).address if path else ""
    if not address:
        message = "give the address at which the base is published: this installation of sphinx-mecfs knows none"
        raise ValueError(message)
    return address
