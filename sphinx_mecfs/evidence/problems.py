"""Everything that can be wrong with an evidence base, in one enumeration.

A problem's value is its warning subtype: `mecfs.vocabulary` can be listed in Sphinx's `suppress_warnings`.
The documentation of the warnings is generated from the `doc` of each member.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

import msgspec


class Problem(StrEnum):
    """One kind of mistake, with the sentence that explains it."""

    doc: str

    def __new__(cls, value: str, doc: str) -> Self:
        """Make a member whose value is its warning subtype and whose `doc` explains it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.doc = doc
        return member

    # the card
    KEY_FORMAT = "key-format", "A key is not made of lower-case words and numbers joined by single hyphens."
    KEY_DUPLICATE = "key-duplicate", "Two cards, definitions, claims or questions have the same key."
    KEY_NOT_IN_BIB = "key-not-in-bib", "A card's key has no entry in the bibliography."
    OPTION_UNKNOWN = "option-unknown", "A directive has an option that does not exist."
    OPTION_MISSING = "option-missing", "A required option is absent or empty."
    OPTION_BLOCK = "option-block", "The block of options between `---` cannot be read."
    OPTION_CHARACTER = (
        "option-character",
        "An option holds a control character, or one that turns text around.",
    )
    PAGE_CHARACTER = (
        "page-character",
        "A page holds a character that cannot be seen, such as one that turns text around; a sign shows its place.",
    )
    OPTION_REPEATED = "option-repeated", "An option is given twice."
    VOCABULARY = "vocabulary", "A value is not a term of its closed list."
    NUMBER = "number", "A value should be a whole number."
    DATE = "date", "A date is not written as YYYY-MM-DD, or does not exist."
    DATE_FUTURE = "date-future", "A date lies in the future."
    IDENTIFIER = "identifier", "A DOI, PubMed id or web address is malformed."
    REGISTRATION = "registration", "A trial registration id fits the pattern of no known registry."
    CRITERIA_UNKNOWN = "criteria-unknown", "A case definition is not in the register."
    CRITERIA_RULE = (
        "criteria-rule",
        "Two or more case definitions need `criteria-rule`, and one must not have it.",
    )
    PEM_INCOMPLETE = (
        "pem-incomplete",
        "`pem`, `pem-quote` and `pem-locator` are given together or not at all.",
    )
    PEM_NOT_STRICTER = (
        "pem-not-stricter",
        "`pem` states a protocol that is not stricter than the definition used.",
    )
    STATUS_NOTICE = (
        "status-notice",
        "A corrected or retracted study needs its notice, and a current one has none.",
    )
    SECTION_UNKNOWN = "section-unknown", "A section is not one of the sections of a card."
    SECTION_MISSING = "section-missing", "A required section is absent or empty."
    SECTION_REPEATED = (
        "section-repeated",
        "A section is given twice, or text stands before the first section.",
    )
    READING_GRADE = "reading-grade", "A summary is harder to read than `mecfs_reading_grade` allows."
    SECTION_INDENT = "section-indent", "A line right below a section is not indented, so that it would be cut off."
    REVIEW_SELF = "review-self", "A card is reviewed by its own curator."
    RELATION_SELF = "relation-self", "A study names itself in a relation to another study."

    GAP = "gap", "An option or section still holds the word `TODO`, as an import leaves it for a person to fill."

    # claims and questions
    DIRECTION_REPEATED = "direction-repeated", "A claim names a study twice."
    STATISTIC = (
        "statistic",
        "A figure cannot be right: bounds out of order, estimate outside its interval, or p not between 0 and 1.",
    )
    STATISTIC_STUDY = "statistic-study", "A figure names no study, or one that the claim does not name."
    CLAIM_NO_STUDY = "claim-no-study", "A claim names no study for, against or in between."
    CLAIM_RETRACTED = "claim-retracted", "All studies of a claim have been retracted or withdrawn."
    CLAIM_INDIRECT = (
        "claim-indirect",
        "No study that supports a claim is known to have required PEM, and `indirectness` says nothing on it.",
    )
    CLAIM_WORDING = "claim-wording", "A claim of the kind `association` says that one thing brings about another."
    CLAIM_CERTAINTY = "claim-certainty", "A claim has no certainty."
    CLAIM_DISSENT = (
        "claim-dissent",
        "A claim names nothing that speaks against it, and neither it nor its question says what was searched.",
    )
    SHORT_ANSWER = "short-answer", "The short answer has more than two sentences."
    SEARCH_STALE = "search-stale", "The last search for a question is older than `mecfs_search_max_age` days."
    QUESTION_TITLE = "question-title", "A question stands under no heading, so that it has no title."
    QUESTION_PLACE = "question-place", "A question stands inside a list, a box or another question."
    CITATION_PLACE = "citation-place", "A numbered citation stands outside a question and a claim."
    CITATION_TARGET = (
        "citation-target",
        "A citation cannot be read, since its keys are not parted by commas, and is shown as text.",
    )

    # wording
    WORDING = "wording", "A sentence uses words that the rules for wording ask to replace."
    WORDING_EXCUSE = (
        "wording-excuse",
        "A comment that excuses a wording names an unknown rule, gives no reason, or has nothing to excuse.",
    )

    # tables
    QUERY = "query", "A filter, sort order or list of columns names something unknown, or cannot be read."

    # references between pages
    CLAIM_UNKNOWN = "claim-unknown", "A reference names a claim that does not exist."
    QUESTION_UNKNOWN = "question-unknown", "A reference names a question that does not exist."
    STUDY_UNKNOWN = "study-unknown", "A reference names a study that has no card."
    DEFINITION_UNKNOWN = "definition-unknown", "A reference names a definition that is not in the register."
    BADGE_UNKNOWN = "badge-unknown", "A badge names neither a status, nor a study, nor a definition."

    # other bases
    EXTERNAL = "external", "The data of another base cannot be read, or a reference may be one to such a base."
    EXTERNAL_STALE = (
        "external-stale",
        "The data of another base cannot be renewed; what was read of it before is used.",
    )
    EXTERNAL_PART = "external-part", "Entries in the data of another base cannot be read and are left out."
    EXTERNAL_AMBIGUOUS = (
        "external-ambiguous",
        "A reference by key alone names something that stands in several other bases; the first is linked.",
    )

    # outputs
    PDF_SIZE = "pdf-size", "A PDF will hold more studies than `mecfs_pdf_limit` allows for one file."

    # mathematics
    MATH = "math", "A formula cannot be turned into MathML and is shown as TeX."

    # files
    SOURCE = "source", "A source file cannot be read."

    # the register
    REGISTER = "register", "A file of case definitions cannot be read, or one of its definitions is wrong."

    # the bibliography
    BIB_FILE = "bib-file", "A bibliography file is missing or cannot be read."
    BIB_SYNTAX = "bib-syntax", "An entry of a bibliography file breaks off, for example for want of a brace."
    BIB_DUPLICATE_KEY = (
        "bib-duplicate-key",
        "A bibliography key is used twice (capitals do not tell keys apart).",
    )
    BIB_DUPLICATE_FIELD = "bib-duplicate-field", "A field stands twice in one bibliography entry."
    BIB_STRING = "bib-string", "A bibliography field uses an abbreviation that no `@string` defines."
    BIB_ENCODING = "bib-encoding", "A bibliography file holds a byte that is not UTF-8."
    BIB_KEY = "bib-key", "A bibliography key is not made of lower-case words and numbers joined by hyphens."
    BIB_DUPLICATE_ID = "bib-duplicate-id", "Two bibliography entries have the same DOI or PubMed id."
    BIB_FIELD = "bib-field", "A bibliography field holds TeX, a comment sign or a malformed value."
    BIB_REQUIRED = "bib-required", "A bibliography entry lacks a field that its type needs."

    # the import
    IMPORT_FILE = "import-file", "A file to import is missing, is in no known format, or breaks off (`add`)."
    IMPORT_RECORD = "import-record", "A record of an import is left out (`add`)."
    IMPORT_VALUE = "import-value", "A value of a record is left out, cut or in doubt (`add`)."
    IMPORT_CONFLICT = "import-conflict", "A record agrees with an entry in one identifier and not in another (`add`)."
    IMPORT_CARD = "import-card", "A card cannot be written, or stands there already (`add`, `retractions`)."
    SERVICE = "service", "A service does not answer as it should (`add`, `retractions`)."


class Finding(msgspec.Struct, frozen=True):
    """One problem that was found, and where.

    `field` is the option or section that caused it (empty: the whole card); `line` is a line number in the file
    where that is known already (bibliography, register), else 0 and the caller works it out from `field`.
    """

    problem: Problem
    message: str
    field: str = ""
    line: int = 0
