"""Read the Retraction Watch data, a CSV file that Crossref gives away (Crossref, Retraction Watch data: user guide)."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from ...evidence.identifiers import fold_doi
from ...evidence.vocabulary import PublicationStatus
from ..readers.decoding import decode
from ..records import Notice, doubtful, unreadable
from ..texts import day_of, doi_from, pmid_from

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from ...evidence.problems import Finding
    from .comparing import Answers, Held

_NATURES: Mapping[str, PublicationStatus] = {
    "retraction": PublicationStatus.RETRACTED,
    "expression of concern": PublicationStatus.CONCERN,
    "correction": PublicationStatus.CORRECTED,
    "reinstatement": PublicationStatus.CURRENT,
}
_COLUMNS = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionDOI", "RetractionPubMedID", "RetractionNature")
_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def read_retraction_watch(data: bytes, base: Iterable[Held]) -> tuple[Answers, tuple[Finding, ...]]:
    """Return the notices on studies of a base, and what cannot be read of the file.

    The file answers on every study that has a DOI or PubMed id: one that it does not list has no notice there.
    """
    text, findings = decode(data)
    held = [one for one in base if one.doi or one.pmid]
    by_doi = {fold_doi(one.doi): one.key for one in held if one.doi}
    by_pmid = {one.pmid: one.key for one in held if one.pmid}
    notices: dict[str, list[Notice]] = {one.key: [] for one in held}
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            return {}, (*findings, unreadable(f"the file has no column {missing[0]!r}, as that of Retraction Watch", 1))
        for row in reader:
            key = by_doi.get(fold_doi(doi_from(row["OriginalPaperDOI"]))) or by_pmid.get(
                pmid_from(row["OriginalPaperPubMedID"])
            )
            if key:
                outcome = _notice(row, reader.line_num)
                if isinstance(outcome, Notice):
                    notices[key].append(outcome)
                else:
                    findings.append(outcome)
    except csv.Error as error:
        # What stands below the fault is not known, so that nothing can be said of any study.
        return {}, (*findings, unreadable(f"the file cannot be read on: {error}", reader.line_num))
    return {key: tuple(found) for key, found in notices.items()}, tuple(findings)


def _notice(row: Mapping[str, str | None], line: int) -> Notice | Finding:
    nature = (row["RetractionNature"] or "").strip().lower()
    status = _NATURES.get(nature)
    if status is None:
        return doubtful(f"{nature[:60]!r} is no kind of notice that is known", line)
    doi, pmid = doi_from(row["RetractionDOI"]), pmid_from(row["RetractionPubMedID"])
    return Notice(status, doi, pmid, _day(row.get("RetractionDate") or ""))


def _day(text: str) -> datetime.date | None:
    match = _DATE.match(text)
    return day_of(int(match[3]), int(match[1]), int(match[2])) if match else None
