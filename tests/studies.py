"""Make the record of a study in a test, without a card."""

from __future__ import annotations

import datetime
from typing import Any

from sphinx_mecfs.evidence.records import Study
from sphinx_mecfs.evidence.vocabulary import Design, PemStatus, Population, SourceRead


def study(key: str = "alpha-2001", pem: PemStatus = PemStatus.OPTIONAL, **changes: Any) -> Study:
    """A cohort of an unstated number of people; label and year come from the key, `pem` is the computed status."""
    name, _hyphen, year = key.rpartition("-")
    values = {
        "title": f"A study by {name}",
        "label": f"{name.capitalize()} {year}",
        "year": int(year),
        "digest": "",
        "summary": "",
        "design": Design.COHORT,
        "criteria": ("fukuda-1994",),
        "source_read": SourceRead.ABSTRACT,
        "population": Population.ME_CFS,
        "status_checked": datetime.date(2026, 1, 31),
        **changes,
    }
    return Study(key=key, pem_status=pem, **values)
