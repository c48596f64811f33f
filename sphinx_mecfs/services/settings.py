"""Where the services are, and how they are asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLES = {
    "MECFS_CROSSREF": "crossref",
    "MECFS_PUBMED": "pubmed",
    "MECFS_MAIL": "mail",
    "MECFS_NCBI_KEY": "api_key",
    "MECFS_CACHE": "cache",
}
"""The attributes that variables of the environment give."""


class ServiceSettings(msgspec.Struct, frozen=True):
    """Addresses, politeness and limits.

    `mail` is the contact that both services ask for; without it none is asked. `api_key` is one of NCBI and raises its
    rate from 3 to 10 requests a second. `cache` is a folder of answers, kept for `cache_days`; None: none are kept.
    `timeout` is how many seconds may pass without a byte, `deadline` how many one question may take with all its
    `tries`, `longest` how many bytes an answer may have.
    """

    crossref: str = "https://api.crossref.org"
    pubmed: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    mail: str = ""
    api_key: str = ""
    cache: Path | None = None
    cache_days: float = 7.0
    timeout: float = 20.0
    deadline: float = 120.0
    longest: int = 50_000_000
    tries: int = 4
    crossref_rate: float = 5.0
    pubmed_rate: float = 3.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], **given: str | float | Path | None) -> ServiceSettings:
        """Return the settings of `environment` (such as `MECFS_MAIL`); what is given, and not None, goes before it."""
        found: dict[str, Any] = {
            name: environment[variable] for variable, name in VARIABLES.items() if environment.get(variable)
        }
        found |= {name: value for name, value in given.items() if value is not None}
        if isinstance(found.get("cache"), str):
            found["cache"] = Path(found["cache"])
        return cls(**found)
