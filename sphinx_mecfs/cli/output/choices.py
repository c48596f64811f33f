"""The forms that commands can write, by themselves, so that `--help` need not load what writes them."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """The form in which problems are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class ExportFormat(StrEnum):
    """The form of what is exported."""

    JSON = "json"
    CSV = "csv"
    CLAIMS_CSV = "claims-csv"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    SCHEMA = "schema"
    CFF = "cff"
    LINES = "jsonl"
