"""What identifiers of papers and trials look like: pure checks that ask nobody whether the thing exists."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNSAFE = r"\s<>\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_DOI = re.compile(rf"10\.[0-9]{{4,9}}/[^{_UNSAFE}]+")
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s*)(?=10\.)", re.IGNORECASE)
_PMID = re.compile(r"[1-9][0-9]{0,8}")
_PMCID = re.compile(r"PMC[1-9][0-9]{0,9}")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_IN_ADDRESS = rf"{_UNSAFE}\"\\^`{{}}|"
_WEB_ADDRESS = re.compile(
    rf"(?i:https?)://(?:\[[0-9A-Fa-f:.]+\]|[^{_NOT_IN_ADDRESS}/?#@:\[\]]+)(?::[0-9]{{1,5}})?"
    rf"(?:[/?#][^{_NOT_IN_ADDRESS}]*)?"
)


def normalise_doi(text: str) -> str | None:
    """Return the bare DOI in `text`, as it was written, or None where there is none.

    A DOI may stand after `https://doi.org/` or `doi:`. Its form is the one that Crossref gives as covering current
    DOIs, `10.` with four to nine digits, a slash and a suffix; blanks, control characters and angle brackets are
    refused.
    """
    text = text.strip()
    prefix = _DOI_PREFIX.match(text)
    bare = text[prefix.end() :] if prefix else text
    return bare if _DOI.fullmatch(bare) else None


def fold_doi(doi: str) -> str:
    """Return what two spellings of one DOI have in common: capitals do not tell DOIs apart (DOI Handbook, 2.4)."""
    return doi.casefold()


def is_pmid(text: str) -> bool:
    """Say whether this is a PubMed id: a whole number without leading zeros."""
    return _PMID.fullmatch(text) is not None


def is_pmcid(text: str) -> bool:
    """Say whether this is a PubMed Central id: `PMC` and a whole number."""
    return _PMCID.fullmatch(text) is not None


def is_web_address(text: str) -> bool:
    """Say whether this is an absolute http or https address with the characters that RFC 3986 allows.

    Letters beyond ASCII are allowed, as browsers show them. A user name before the host is refused, since it can pass
    one host off as another.
    """
    return _WEB_ADDRESS.fullmatch(text) is not None


def parse_iso_date(text: str) -> datetime.date | None:
    """Return the date written as YYYY-MM-DD (ISO 8601, extended form), or None where it is none or does not exist."""
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


REGISTRIES: Mapping[str, str] = {
    "ClinicalTrials.gov": r"NCT[0-9]{8}",
    "ISRCTN": r"ISRCTN[0-9]{8}",
    "EU CTIS": r"20[0-9]{2}-5[0-9]{5}-[0-9]{2}-[0-9]{2}",
    "EudraCT": r"(?:EUCTR)?(?:19|20)[0-9]{2}-[0-9]{6}-[0-9]{2}(?:-[A-Z]{2})?",
    "ANZCTR": r"ACTRN[0-9]{14}",
    "jRCT": r"jRCT[a-z]?[0-9]{9,10}",
    "UMIN-CTR": r"UMIN[0-9]{9}",
    "JapicCTI": r"JapicCTI-[0-9]{6}",
    "ChiCTR": r"ChiCTR(?:-[A-Z]{1,5}-)?[0-9]{8,10}",
    "DRKS": r"DRKS[0-9]{8}",
    "CTRI": r"CTRI/20[0-9]{2}/[0-9]{2,3}/[0-9]{6}",
    "Netherlands": r"NTR[0-9]{1,5}|NL[0-9]{3,5}|NL-OMON[0-9]{4,6}",
    "IRCT": r"IRCT[0-9]{9,15}N[0-9]{1,3}",
    "PACTR": r"PACTR[0-9]{15,16}",
    "CRiS": r"KCT[0-9]{7}",
    "ReBEC": r"RBR-[0-9a-z]{6,7}",
    "Thai CTR": r"TCTR[0-9]{11}",
}
"""The form of a registration id by registry: ClinicalTrials.gov and primary registries of the WHO platform (ICTRP)."""

_REGISTRATION = re.compile(
    r"(?<![0-9A-Za-z-])(?:" + "|".join(f"({form})" for form in REGISTRIES.values()) + r")(?![0-9A-Za-z]|-[0-9A-Za-z])"
)


class Registration(NamedTuple):
    """A trial's id and the registry, a key of `REGISTRIES`, whose form it has."""

    registry: str
    id: str


def registrations_in(text: str) -> tuple[Registration, ...]:
    """Return the trial registration ids that stand in `text`, in their order; empty where there is none."""
    names = tuple(REGISTRIES)
    return tuple(
        Registration(names[match.lastindex - 1], match.group())
        for match in _REGISTRATION.finditer(text)
        if match.lastindex
    )
