"""The closed lists of terms that an evidence card may use.

Each member is its own value (what an author writes), with the `label` that readers see and a `doc` sentence that
says what the term means. Labels are English here; the Sphinx side translates them when it shows them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A term of a closed list: value, label and meaning."""

    label: str
    doc: str

    def __new__(cls, value: str, label: str, doc: str) -> Self:
        """Make a member from what authors write, what readers see and what it means."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.doc = doc
        return member

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the term that an author has written, or None where it is not in the list."""
        return next((term for term in cls if term.value == text), None)


class PemStatus(Term):
    """Whether post-exertional malaise was a required criterion for taking part."""

    REQUIRED = "required", "PEM required", "Post-exertional malaise was compulsory for every participant."
    REQUIRED_BROAD = (
        "required-broad",
        "PEM required (broad wording)",
        "An item was compulsory that is worded more widely than post-exertional malaise.",
    )
    OPTIONAL = (
        "optional",
        "PEM not required (optional item)",
        "Post-exertional malaise is one item of a list; a person could take part without it.",
    )
    ABSENT = "absent", "PEM not required", "Nothing like post-exertional malaise stands among the criteria."
    MIXED = (
        "mixed",
        "PEM mixed",
        "Post-exertional malaise was required of some participants and not of others.",
    )
    UNCLEAR = (
        "unclear",
        "PEM unclear",
        "A definition is named, but its text was not seen or sources disagree on it.",
    )
    NOT_REPORTED = "not-reported", "PEM not reported", "What was read names no criteria for taking part."
    NOT_APPLICABLE = "not-applicable", "PEM not applicable", "The work has no participants to select."

    @property
    def symbol(self) -> str:
        """A sign that tells the statuses apart without colour; it never stands without the label."""
        return _PEM_SYMBOLS[self]

    @property
    def group(self) -> str:
        """How the status is shown and counted: `required`, `not-required`, `other` or `muted`."""
        return _PEM_GROUPS[self]


_PEM_SYMBOLS = {
    PemStatus.REQUIRED: "●",
    PemStatus.REQUIRED_BROAD: "◉",
    PemStatus.OPTIONAL: "○",
    PemStatus.ABSENT: "○",
    PemStatus.MIXED: "◐",
    PemStatus.UNCLEAR: "?",
    PemStatus.NOT_REPORTED: "–",
    PemStatus.NOT_APPLICABLE: "·",
}
_PEM_GROUPS = {
    PemStatus.REQUIRED: "required",
    PemStatus.REQUIRED_BROAD: "required",
    PemStatus.OPTIONAL: "not-required",
    PemStatus.ABSENT: "not-required",
    PemStatus.MIXED: "other",
    PemStatus.UNCLEAR: "other",
    PemStatus.NOT_REPORTED: "other",
    PemStatus.NOT_APPLICABLE: "muted",
}


class Design(Term):
    """The design of a study."""

    CASE_REPORT = "case-report", "Case report", "One person described."
    CASE_SERIES = "case-series", "Case series", "Several people described, without a comparison group."
    SINGLE_ARM_TRIAL = (
        "single-arm-trial",
        "Single-arm trial",
        "Everyone gets the treatment; nothing to compare with.",
    )
    NONRANDOMISED_TRIAL = (
        "nonrandomised-trial",
        "Non-randomised trial",
        "Groups are compared, but chance did not decide who is in which.",
    )
    RCT = "rct", "Randomised controlled trial", "Chance decides who gets which treatment."
    CROSSOVER_TRIAL = (
        "crossover-trial",
        "Crossover trial",
        "Each participant gets each treatment, in random order.",
    )
    CLUSTER_RCT = (
        "cluster-rct",
        "Cluster-randomised trial",
        "Chance decides by group, such as clinic or school.",
    )
    COHORT = "cohort", "Cohort study", "A group is followed over time."
    CASE_CONTROL = (
        "case-control",
        "Case-control study",
        "People with the illness are compared with people without.",
    )
    CROSS_SECTIONAL = "cross-sectional", "Cross-sectional study", "A group is looked at once."
    SURVEY = "survey", "Survey", "People answer questions."
    QUALITATIVE = "qualitative", "Qualitative study", "People's own accounts are studied."
    DIAGNOSTIC_ACCURACY = (
        "diagnostic-accuracy",
        "Diagnostic accuracy study",
        "A test is held against a diagnosis.",
    )
    GENETIC_ASSOCIATION = "genetic-association", "Genetic association study", "Gene variants are compared."
    LABORATORY = "laboratory", "Laboratory study", "Cells or samples are studied."
    ANIMAL = "animal", "Animal study", "Animals are studied."
    SYSTEMATIC_REVIEW = (
        "systematic-review",
        "Systematic review",
        "All studies on a question, found by a stated search.",
    )
    META_ANALYSIS = (
        "meta-analysis",
        "Meta-analysis",
        "Results of several studies are put together in figures.",
    )
    NARRATIVE_REVIEW = "narrative-review", "Narrative review", "An overview without a stated search."
    GUIDELINE = "guideline", "Guideline", "Recommendations of a body."
    CASE_DEFINITION = "case-definition", "Case definition", "Says who counts as having the illness."
    INSTRUMENT_VALIDATION = (
        "instrument-validation",
        "Instrument validation",
        "A questionnaire or measure is tested.",
    )
    PROTOCOL = "protocol", "Protocol", "A plan for a study."
    REANALYSIS = "reanalysis", "Reanalysis", "The data of an earlier study are analysed again."
    COMMENTARY = "commentary", "Commentary", "An opinion, letter or editorial."

    @property
    def is_trial(self) -> bool:
        """Whether people were given a treatment to test it, so that harms have to be addressed."""
        return self in _TRIALS

    @property
    def is_review(self) -> bool:
        """Whether the people in it are those of other studies, so that they are not counted again."""
        return self in _REVIEWS


_REVIEWS = frozenset({Design.SYSTEMATIC_REVIEW, Design.META_ANALYSIS, Design.NARRATIVE_REVIEW})
_TRIALS = frozenset(
    {
        Design.SINGLE_ARM_TRIAL,
        Design.NONRANDOMISED_TRIAL,
        Design.RCT,
        Design.CROSSOVER_TRIAL,
        Design.CLUSTER_RCT,
    }
)


class CriteriaRule(Term):
    """How several case definitions were combined."""

    ALL = "all", "all of them", "Each participant met every definition."
    ANY = "any", "at least one of them", "Each participant met at least one definition."
    SUBSET = "subset", "a subgroup", "Only a subgroup met a further definition."


class SourceRead(Term):
    """The deepest source that the writer of the card has read."""

    FULL_TEXT = "full-text", "full text", "The whole paper was read."
    ABSTRACT = "abstract", "abstract", "Only the abstract was read."
    REGISTRY = "registry", "trial register", "Only the entry in a trial register was read."
    SECONDARY = "secondary", "secondary source", "Only what others wrote about the study was read."


class Population(Term):
    """Who was studied; which of these a card means that does not say, its register tells."""

    CONDITION = "condition", "This condition", "People with the condition that the base is about."
    ME_CFS = "me-cfs", "ME/CFS", "People with ME/CFS."
    LONG_COVID = "long-covid", "Long COVID", "People with Long COVID."
    POST_INFECTIOUS = "post-infectious", "Post-infectious illness", "People ill after another infection."
    OTHER = "other", "Other", "Other people, cells or animals."


class PublicationStatus(Term):
    """What has happened to the paper since it was published."""

    CURRENT = "current", "Current", "No notice is known."
    CORRECTED = "corrected", "Corrected", "The journal has published a correction."
    CONCERN = (
        "expression-of-concern",
        "Expression of concern",
        "The journal has voiced doubts about the paper.",
    )
    RETRACTED = "retracted", "Retracted", "The paper has been retracted: its findings do not stand."
    REPUBLISHED = (
        "retracted-republished",
        "Retracted and republished",
        "The paper was retracted and published anew.",
    )
    WITHDRAWN = "withdrawn", "Withdrawn", "The paper or preprint has been withdrawn."

    @property
    def needs_mark(self) -> bool:
        """Whether the study may not be named without a word on its status."""
        return self not in {PublicationStatus.CURRENT, PublicationStatus.CORRECTED}

    @property
    def stands(self) -> bool:
        """Whether the findings may be counted in a synthesis."""
        return self not in {PublicationStatus.RETRACTED, PublicationStatus.WITHDRAWN}


class Mark(Term):
    """How sure the register is of what it says about a case definition."""

    A = "A", "A: text read and confirmed", "The text or abstract was read, and an independent source agrees."
    B = (
        "B",
        "B: several paraphrases agree",
        "Two or more paraphrases agree; the criteria themselves were not read.",
    )
    C = "C", "C: one source or inference", "One source only, or partly inferred: to be confirmed."
    D = "D", "D: not confirmed", "Nothing found confirms it."


class Direction(Term):
    """Which way a study points as to a claim."""

    SUPPORTS = "supports", "Supports", "Its findings agree with the claim."
    CONTRADICTS = "contradicts", "Contradicts", "Its findings go against the claim."
    MIXED = "mixed", "Mixed", "Its findings agree in part, or its sources disagree on them."
    NO_DIFFERENCE = "no-difference", "No clear difference", "It looked for a difference and reports no clear one."
    CONTEXT = "context", "Context", "It bears on the claim without being evidence for or against; it is not counted."

    @property
    def symbol(self) -> str:
        """A sign that tells the directions apart; it never stands without the label."""
        return _DIRECTION_SYMBOLS[self]


_DIRECTION_SYMBOLS = {
    Direction.SUPPORTS: "+",
    Direction.CONTRADICTS: "\N{MINUS SIGN}",
    Direction.MIXED: "\N{PLUS-MINUS SIGN}",
    Direction.NO_DIFFERENCE: "=",
    Direction.CONTEXT: "\N{MIDDLE DOT}",
}


class ClaimKind(Term):
    """What sort of statement a claim is."""

    EFFECT = "effect", "Effect", "What something does, as tested by a comparison."
    ASSOCIATION = "association", "Association", "Two things are seen together; which brings about which is open."
    PREVALENCE = "prevalence", "How common", "How many people have something."
    DIAGNOSTIC = "diagnostic", "Diagnosis", "How well a test tells people with an illness from others."
    MECHANISM = "mechanism", "Mechanism", "What may go on in the body."
    HARM = "harm", "Harm", "What harm was reported."
    EXPERIENCE = "experience", "Experience", "What people with the illness report."
    DEFINITION = "definition", "Definition", "Who counts as having an illness."


class Certainty(Term):
    """How certain a body of evidence is, as the GRADE working group grades it (BMJ 2008;336:924-926)."""

    HIGH = "high", "High certainty", "Further research is very unlikely to change the claim."
    MODERATE = "moderate", "Moderate certainty", "Further research may well change the claim."
    LOW = "low", "Low certainty", "Further research is likely to change the claim."
    VERY_LOW = "very-low", "Very low certainty", "The claim is very uncertain."


class CertaintyDomain(Term):
    """A reason for rating certainty down or up, as in GRADE."""

    RISK_OF_BIAS = "risk-of-bias", "Risk of bias", "Rated down: how the studies were done may have bent their results."
    INCONSISTENCY = "inconsistency", "Inconsistency", "Rated down: the studies disagree."
    INDIRECTNESS = (
        "indirectness",
        "Indirectness",
        "Rated down: people, treatment or measure differ from those in question; so where PEM was not required.",
    )
    IMPRECISION = "imprecision", "Imprecision", "Rated down: few people or wide intervals."
    PUBLICATION_BIAS = "publication-bias", "Publication bias", "Rated down: other results may not have been published."
    LARGE_EFFECT = "large-effect", "Large effect", "Rated up: the effect is too large for bias alone."
    DOSE_RESPONSE = "dose-response", "Dose and response", "Rated up: more of it goes with more effect."
    CONFOUNDING = "opposing-confounding", "Opposing confounding", "Rated up: what may bend the result would hide it."


class Sensitivity(Term):
    """Whether a claim still has support if only studies that required PEM count; two have to be on different people."""

    YES = "yes", "Yes", "At least two such studies bear on the claim, and one or more supports it."
    NO = "no", "No", "At least two such studies bear on the claim, and none supports it."
    TOO_FEW = "too-few", "Too few studies to say", "Fewer than two such studies on different people bear on the claim."
