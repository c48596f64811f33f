"""From what was written to the records of a base, for the build and for everything that reads sources without one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from ..bibliography.reference import short_citation
from ..evidence.nearest import did_you_mean
from ..evidence.problems import Finding, Problem
from ..evidence.records import Study

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..bibliography.records import Entry
    from ..evidence.options import Raw
    from ..evidence.validation import Reading


def make_study(raw: Raw, reading: Reading, entry: Entry, summary: str) -> Study:
    """Return the record of a sound card; `summary` is its first sentence. Raises `ValueError` for an unsound one."""
    written = [raw.options, raw.sections, entry.digest]
    digest = hashlib.sha256(msgspec.json.encode(written, order="deterministic")).hexdigest()[:12]
    if reading.pem_status is None:
        raise ValueError(raw.key)
    return Study(
        key=raw.key,
        title=entry.title,
        label=short_citation(entry),
        year=entry.year,
        pem_status=reading.pem_status,
        digest=digest,
        summary=summary,
        **reading.values,
    )


def not_in_bibliography(key: str, known: Collection[str]) -> Finding:
    """Return what is said of a card whose key has no entry."""
    return Finding(Problem.KEY_NOT_IN_BIB, f"key {key!r} has no entry in the bibliography{did_you_mean(key, known)}")
