"""What a data release is made from: the records of a base, each with its page, and why a study has its PEM status."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from ...evidence.records import UNDEFINED_CRITERIA, Definition, Study
from ...evidence.vocabulary import PemStatus, Population, Term
from .listing import FOLDER

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Mapping

    from ...bibliography.records import Entry
    from ...evidence.questions.records import Claim, Question
    from ..jsonld import Answer, Card

FORMAT_VERSION = "1.0"
"""The version of the data format: the first figure changes where a reader of the data has to, the second where not."""


TO_ROOT = "../"
"""The way from a data file to the start page."""


class About(NamedTuple):
    """What a base says of itself.

    `address` is where it is published, ending with a slash, or "".
    `licence` is an SPDX identifier or the address of a licence, or "". `generator` names the program and its version.
    `say` turns words of the code into those that readers see: of their language, and of the register in use, which has
    the `populations` too.
    """

    title: str
    version: str = ""
    address: str = ""
    licence: str = ""
    author: str = ""
    language: str = "en"
    generator: str = ""
    register: str = ""
    say: Callable[[str], str] = str
    populations: tuple[Population, ...] = tuple(Population)

    def at(self, page: str) -> str:
        """Return the address of a page or file of the base, or "" where the base has none."""
        return self.address + page if self.address else ""

    def terms(self, vocabulary: type[Term]) -> tuple[Term, ...]:
        """Return the terms of a closed list that the records of the base may have."""
        return self.populations if vocabulary is Population else tuple(vocabulary)

    def file_at(self, name: str) -> str:
        """Return the address of a data file; its bare name where the base has no address."""
        return self.at(f"{FOLDER}/{name}") or name

    def seen(self, page: str, root: str = TO_ROOT) -> str:
        """Return the address of a page or file; where the base has none, the way there from another one.

        `root` is the way to the start page from where the link stands: a data file, if nothing is said.
        """
        return self.at(page) or (root + page) or "./"

    @property
    def licence_address(self) -> str:
        """Where the licence can be read, or "" (SPDX publishes a page for each of its identifiers)."""
        if not self.licence or "://" in self.licence:
            return self.licence
        return f"https://spdx.org/licenses/{quote(self.licence)}.html"


class StudyItem(NamedTuple):
    """A study, the plain text of its card's sections by name, and its page with the anchor ("" for none)."""

    study: Study
    sections: Mapping[str, str]
    page: str = ""


class DefinitionItem(NamedTuple):
    """A case definition and its page with the anchor ("" for none)."""

    definition: Definition
    page: str = ""


class ClaimItem(NamedTuple):
    """A claim and its page with the anchor."""

    claim: Claim
    page: str = ""


class QuestionItem(NamedTuple):
    """A question and its page with the anchor."""

    question: Question
    page: str = ""


class Release(NamedTuple):
    """A base as it is published.

    The lists are in the order in which they are written: definitions by year and name, all else by key.
    `entries` is the bibliography by key; `pages` holds the address of each page below that of the base, with the last
    day on which what it shows was changed or checked, where that is known. `cards` and `answers` are the same studies
    and questions as linked data has them. `stamps` holds a hash of all that is said of a study, by key, where the texts
    made from it are kept.
    """

    about: About
    definitions: tuple[DefinitionItem, ...] = ()
    studies: tuple[StudyItem, ...] = ()
    questions: tuple[QuestionItem, ...] = ()
    claims: tuple[ClaimItem, ...] = ()
    entries: Mapping[str, Entry] = {}
    pages: tuple[tuple[str, datetime.date | None], ...] = ()
    cards: tuple[Card, ...] = ()
    answers: tuple[Answer, ...] = ()
    stamps: Mapping[str, str] = {}

    def stamp(self, form: str, key: str) -> str:
        """Return a stamp of all that the text of a study goes back to in a form, or "" where none is known."""
        found = self.stamps.get(key)
        return f"{form} {found}" if found else ""

    @property
    def updated(self) -> datetime.date | None:
        """The last day on which a card or question was changed or checked; None where no record has a day."""
        days = [day for item in self.studies if (day := last_day(item.study))]
        return latest([*days, *(item.question.updated for item in self.questions)])

    @property
    def description(self) -> str:
        """What the release holds, in a sentence."""
        says = self.about.say(
            "%(title)s: %(studies)d published studies as evidence cards, with %(questions)d questions, "
            "%(claims)d claims and %(definitions)d case definitions."
        )
        counted = ("studies", "questions", "claims", "definitions")
        return says % {"title": self.about.title, **{name: len(getattr(self, name)) for name in counted}}


def last_day(study: Study) -> datetime.date | None:
    """Return the last day on which a card was added, changed or checked."""
    return latest([study.added, study.updated, study.status_checked])


def latest(days: Iterable[datetime.date | None]) -> datetime.date | None:
    """Return the latest of the days that are stated, or None."""
    return max((day for day in days if day is not None), default=None)


# ---- PEM ------------------------------------------------------------------------------------------------------------


class PemReason(Term):
    """What the PEM status of a study rests on."""

    PROTOCOL = (
        "protocol",
        "By protocol",
        "The study's own protocol was stricter than its definition; it is quoted.",
    )
    DEFINITION = "definition", "By case definition", "Computed from the case definitions that the study used."
    NONE_NAMED = "none-named", "None named", "What was read names no case definition, so nothing can be said."
    NO_PARTICIPANTS = "no-participants", "No participants", "The work has no participants to select."


def pem_reason(study: Study) -> PemReason:
    """Return what the status of a study rests on."""
    if study.pem is not None:
        return PemReason.PROTOCOL
    if study.pem_status is PemStatus.NOT_REPORTED:
        return PemReason.NONE_NAMED
    return PemReason.NO_PARTICIPANTS if study.pem_status is PemStatus.NOT_APPLICABLE else PemReason.DEFINITION


def named_definitions(study: Study) -> tuple[str, ...]:
    """Return the keys of the case definitions that a study used."""
    return tuple(key for key in study.criteria if key not in UNDEFINED_CRITERIA)
