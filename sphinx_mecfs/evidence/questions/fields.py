"""The fields of a claim and of a question, declared once.

Options, validation, records, labels, exports and the documentation derive from these declarations.
"""

from __future__ import annotations

from ..fields import Body, Field, Kind, Place, Section
from ..vocabulary import Certainty, CertaintyDomain, ClaimKind, Direction

DIRECTION_FIELDS: tuple[Field, ...] = tuple(
    Field(direction.value, direction.label, Kind.KEYS, f"Studies, by key. {direction.doc}") for direction in Direction
)
DOMAIN_FIELDS: tuple[Field, ...] = tuple(
    Field(domain.value, domain.label, Kind.TEXT, domain.doc) for domain in CertaintyDomain
)

CLAIM_FIELDS: tuple[Field, ...] = (
    Field("kind", "Kind", Kind.TERM, "What sort of statement it is.", ClaimKind, required=True),
    *DIRECTION_FIELDS,
    Field(
        "certainty",
        "Certainty",
        Kind.TERM,
        "How certain the whole body of evidence is (GRADE); the next eight say why.",
        Certainty,
    ),
    *DOMAIN_FIELDS,
)

CLAIM_BODY = Body(
    (
        Section(
            "Claim", "The statement, in one or two sentences. The text without a marker is the claim.", required=True
        ),
        Section(
            "Statistics", "A list of figures as reported, each as `- study-key: HR 0.27, 95% CI 0.10-0.70, p = 0.007`."
        ),
        Section("Dissent", "Who disagrees, and why."),
    ),
    unmarked="Claim",
)

QUESTION_FIELDS: tuple[Field, ...] = (
    Field("population", "Population", Kind.TEXT, "Whom the question is about.", place=Place.FACTS),
    Field("intervention", "Intervention", Kind.TEXT, "What is done or looked at.", place=Place.FACTS),
    Field("comparator", "Compared with", Kind.TEXT, "What it is compared with.", place=Place.FACTS),
    Field("outcomes", "Outcomes", Kind.TEXT, "What counts.", place=Place.FACTS),
    Field("searched", "Searched", Kind.SEARCH, "Where studies were looked for; with which words; on which day."),
    Field(
        "updated",
        "Updated",
        Kind.DATE,
        "The day (YYYY-MM-DD) on which the text was last changed in meaning.",
        required=True,
    ),
    Field("authors", "Written by", Kind.WORDS, "Who wrote the page, separated by commas."),
    Field("reviewers", "Second reader", Kind.WORDS, "Who has checked it; not the ones who wrote it."),
)

QUESTION_BODY = Body(
    (
        Section("Short answer", "Two sentences at most, without figures.", required=True),
        Section("Key messages", "A list of what to take away; three are enough."),
        Section("Harms", "What harm was reported; “not reported” is an answer."),
        Section("Who was left out", "Who was not studied: severely ill people, children, men, parts of the world."),
        Section("What is not known", "What is left to find out.", required=True),
    ),
    free=True,
)
