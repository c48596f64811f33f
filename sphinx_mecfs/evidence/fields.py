"""The fields of an evidence card, declared once, and what a declaration consists of.

Options of the directive, validation, the record, labels, tables, exports and the documentation derive from
`CARD_FIELDS` and `CARD_BODY`. A test holds the attributes of `Study` to them.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from .vocabulary import CriteriaRule, Design, PemStatus, Population, PublicationStatus, SourceRead, Term


class Kind(StrEnum):
    """How the text of an option is read."""

    TEXT = "text"
    NUMBER = "whole number"
    TERM = "term"
    CRITERIA = "definition keys"
    KEYS = "study keys"
    WORDS = "list"
    REGISTRATION = "registration ids"
    DATE = "date"
    NOTICE = "DOI, PMID or web address"
    SEARCH = "sources; terms; date"


class Place(StrEnum):
    """Where on the card a field is shown; a field with a place of its own says `OWN`."""

    OWN = "own"
    FACTS = "facts"
    RELATIONS = "relations"


class Field(msgspec.Struct, frozen=True):
    """One option of a card.

    `name` is what authors write, `label` what readers see; `back` is the label on the card that a relation points at.
    """

    name: str
    label: str
    kind: Kind
    doc: str
    vocabulary: type[Term] | None = None
    required: bool = False
    default: str = ""
    place: Place = Place.OWN
    back: str = ""

    @property
    def attribute(self) -> str:
        """The name of the attribute of `Study` that holds the value."""
        return self.name.replace("-", "_")


class Section(msgspec.Struct, frozen=True):
    """One section of a card's body; `for_trials` makes it required where people were given a treatment."""

    label: str
    doc: str
    required: bool = False
    for_trials: bool = False

    @property
    def name(self) -> str:
        """The section's name in lower case with hyphens, as in class names."""
        return self.label.lower().replace(" ", "-")


class Body(msgspec.Struct, frozen=True):
    """The sections of a directive's body, in the order in which they are shown.

    `unmarked` is the label of the section that text before the first marker belongs to; `free` says that text may
    stand between the sections instead.
    """

    sections: tuple[Section, ...]
    unmarked: str = ""
    free: bool = False

    def find(self, label: str) -> Section | None:
        """Return the section of that label, whose capitals and spaces do not matter, or None."""
        wanted = " ".join(label.lower().split())
        return next((section for section in self.sections if section.label.lower() == wanted), None)


CARD_FIELDS: tuple[Field, ...] = (
    Field("design", "Design", Kind.TERM, "The design of the study.", Design, required=True),
    Field("participants", "Participants", Kind.NUMBER, "How many people took part in all."),
    Field("groups", "Groups", Kind.TEXT, "The groups and their sizes, in words.", place=Place.FACTS),
    Field(
        "criteria",
        "Case definition",
        Kind.CRITERIA,
        "Keys of the register, or `not-reported` (nothing stated in what was read), or `not-applicable` "
        "(no participants).",
        required=True,
    ),
    Field("criteria-rule", "Combined", Kind.TERM, "How two or more definitions were combined.", CriteriaRule),
    Field(
        "pem",
        "PEM by protocol",
        Kind.TERM,
        "Only where the study's own protocol was stricter than its definition; needs the next two.",
        PemStatus,
    ),
    Field("pem-quote", "Quote", Kind.TEXT, "The protocol's own words on PEM."),
    Field("pem-locator", "Place", Kind.TEXT, "Where the quote stands: page, section or table."),
    Field(
        "source-read",
        "Read",
        Kind.TERM,
        "The deepest source that was read for the card.",
        SourceRead,
        required=True,
    ),
    Field(
        "population",
        "Population",
        Kind.TERM,
        "Who was studied; without it, people with the condition that the register names.",
        Population,
    ),
    Field("intervention", "Intervention", Kind.TEXT, "What was given or done.", place=Place.FACTS),
    Field("comparator", "Comparator", Kind.TEXT, "What it was compared with.", place=Place.FACTS),
    Field("duration", "Duration", Kind.TEXT, "How long people were treated or followed.", place=Place.FACTS),
    Field(
        "primary-outcome",
        "Primary outcome",
        Kind.TEXT,
        "What the study set out to measure.",
        place=Place.FACTS,
    ),
    Field("registration", "Registration", Kind.REGISTRATION, "Ids of trial registers.", place=Place.FACTS),
    Field("funding", "Funding", Kind.TEXT, "Who paid.", place=Place.FACTS),
    Field("topics", "Topics", Kind.WORDS, "Subjects, separated by commas.", place=Place.FACTS),
    Field(
        "status",
        "Status",
        Kind.TERM,
        "What has happened to the paper since; all but `current` need `status-notice`.",
        PublicationStatus,
        default="current",
    ),
    Field(
        "status-notice",
        "Notice",
        Kind.NOTICE,
        "DOI, PMID or address of the notice of correction or retraction.",
    ),
    Field(
        "status-checked",
        "Status checked",
        Kind.DATE,
        "The day (YYYY-MM-DD) on which corrections and retractions were last looked for.",
        required=True,
    ),
    Field(
        "replicates",
        "Replicates",
        Kind.KEYS,
        "Studies whose finding this one found again.",
        place=Place.RELATIONS,
        back="Replicated by",
    ),
    Field(
        "contradicts",
        "Contradicts",
        Kind.KEYS,
        "Studies whose finding this one did not find.",
        place=Place.RELATIONS,
        back="Contradicted by",
    ),
    Field(
        "follows-up",
        "Follows up",
        Kind.KEYS,
        "Studies whose participants this one followed further.",
        place=Place.RELATIONS,
        back="Followed up by",
    ),
    Field(
        "reanalyses",
        "Reanalyses",
        Kind.KEYS,
        "Studies whose data this one analyses again.",
        place=Place.RELATIONS,
        back="Reanalysed by",
    ),
    Field(
        "comments-on",
        "Comments on",
        Kind.KEYS,
        "Studies that this paper discusses.",
        place=Place.RELATIONS,
        back="Commented on by",
    ),
    Field("added", "Card added", Kind.DATE, "The day on which the card was added.", place=Place.FACTS),
    Field("updated", "Card updated", Kind.DATE, "The day of its last change in meaning.", place=Place.FACTS),
    Field("curated-by", "Card written by", Kind.WORDS, "Who wrote the card, separated by commas."),
    Field("reviewed-by", "Second reader", Kind.WORDS, "Who has checked it; not the one who wrote it."),
)

CARD_BODY = Body(
    (
        Section("Summary", "What was done and found, in two to four plain sentences.", required=True),
        Section("Why it matters", "Why a reader may care."),
        Section("Findings", "The figures, as reported."),
        Section("Harms", "What harm was reported; “not reported” is an answer.", for_trials=True),
        Section("Does not show", "What the study cannot tell.", required=True),
        Section("Open questions", "What is left to find out."),
    ),
    unmarked="Summary",
)

FIELD_BY_NAME: dict[str, Field] = {field.name: field for field in CARD_FIELDS}
RELATIONS: tuple[Field, ...] = tuple(field for field in CARD_FIELDS if field.place is Place.RELATIONS)
