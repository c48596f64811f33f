"""The packages that an installation brings along, and their licences, from the metadata that they carry."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, requires
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

# How licences are named in metadata that is older than SPDX expressions.
SAME = {
    "mit": "MIT",
    "the mit license": "MIT",
    "mit license": "MIT",
    "expat license": "MIT",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "new bsd": "BSD-3-Clause",
    "3-clause bsd": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache-2": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "python software foundation license": "PSF-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "gnu general public license v3 or later (gplv3+)": "GPL-3.0-or-later",
    "gnu general public license v2 or later (gplv2+)": "GPL-2.0-or-later",
    "public domain": "LicenseRef-Public-Domain",
    "isc license (iscl)": "ISC",
}


def asked_for() -> list[str]:
    """What the package itself asks for, with all extras that readers of the manual are told of."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *(line for lines in project["optional-dependencies"].values() for line in lines)]


def brought_along() -> dict[str, set[str]]:
    """The names of all packages that an installation brings along here, each with those that ask for it ("": we do)."""
    found: dict[str, set[str]] = {}
    waiting = [("", requirement) for requirement in map(Requirement, asked_for())]
    while waiting:
        by, requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in found:
            waiting += [(name, one) for one in _requirements(name, tuple(requirement.extras))]
        found.setdefault(name, set()).add(by)
    return found


def _requirements(package: str, extras: tuple[str, ...]) -> Iterator[Requirement]:
    try:
        lines = requires(package) or []
    except PackageNotFoundError:
        # An extra that is not installed here.
        return
    for requirement in map(Requirement, lines):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


def licence_of(package: str) -> str:
    """The licence of a package as an SPDX expression, as far as its metadata tell; else their own words; "" if it is not here."""
    try:
        data = metadata(package)
    except PackageNotFoundError:
        return ""
    if expression := data.get("License-Expression"):
        return expression
    classifiers = [
        line.rpartition(" :: ")[2] for line in data.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    said = [*classifiers, (data.get("License") or "").split("\n")[0]]
    named = [SAME.get(re.sub(r"\s+", " ", one).strip().lower(), one) for one in said if one and one != "OSI Approved"]
    return " AND ".join(dict.fromkeys(sorted(named[:1] or ["not stated"])))
