"""The records of an evidence base: plain, immutable, small."""

from __future__ import annotations

import datetime

import msgspec

from .vocabulary import CriteriaRule, Design, Mark, PemStatus, Population, PublicationStatus, SourceRead

KEY_PATTERN = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
"""What every key looks like (studies, definitions, bibliography entries)."""

NOT_REPORTED = "not-reported"
NOT_APPLICABLE = "not-applicable"
UNDEFINED_CRITERIA = (NOT_REPORTED, NOT_APPLICABLE)
"""What `criteria` may say instead of keys of the register."""


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A case definition of the register.

    `pem` says whether it requires post-exertional malaise, `basis` why, `mark` how sure that is. `neighbour` is true
    for the definition of a neighbouring condition. `cite`, `doi` and `pmid` say where it was published, as far as seen.
    """

    key: str
    name: str
    year: int
    pem: PemStatus
    mark: Mark
    basis: str
    cite: str = ""
    doi: str = ""
    pmid: str = ""
    neighbour: bool = False

    @property
    def title(self) -> str:
        """Name and year, as a reference shows them."""
        return self.name if str(self.year) in self.name else f"{self.name} {self.year}"


class Search(msgspec.Struct, frozen=True):
    """A search for studies: where, with which words, and on which day."""

    sources: str
    terms: str
    day: datetime.date


class Study(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a valid evidence card says about one published study.

    `title`, `label` ("Fluge 2009") and `year` come from the bibliography; `pem_status` is computed; `digest` is a
    hash of all that the card says; `summary` is the first sentence of its Summary, without markup. The other
    attributes are the options of the card, `fields.CARD_FIELDS`.
    """

    key: str
    title: str
    label: str
    year: int | None
    pem_status: PemStatus
    digest: str
    summary: str
    design: Design
    criteria: tuple[str, ...]
    source_read: SourceRead
    status_checked: datetime.date
    participants: int | None = None
    groups: str = ""
    criteria_rule: CriteriaRule | None = None
    pem: PemStatus | None = None
    pem_quote: str = ""
    pem_locator: str = ""
    population: Population = Population.CONDITION
    intervention: str = ""
    comparator: str = ""
    duration: str = ""
    primary_outcome: str = ""
    registration: tuple[str, ...] = ()
    funding: str = ""
    topics: tuple[str, ...] = ()
    status: PublicationStatus = PublicationStatus.CURRENT
    status_notice: str = ""
    replicates: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    follows_up: tuple[str, ...] = ()
    reanalyses: tuple[str, ...] = ()
    comments_on: tuple[str, ...] = ()
    added: datetime.date | None = None
    updated: datetime.date | None = None
    curated_by: tuple[str, ...] = ()
    reviewed_by: tuple[str, ...] = ()
