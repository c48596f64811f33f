"""The records of an import: a publication as a file or service gives it, and what came of reading it."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

import msgspec

from ..bibliography.records import Person
from ..evidence.problems import Finding, Problem
from ..evidence.vocabulary import PublicationStatus

if TYPE_CHECKING:
    from collections.abc import Collection

GRAVITY: tuple[PublicationStatus, ...] = (
    PublicationStatus.CURRENT,
    PublicationStatus.CORRECTED,
    PublicationStatus.CONCERN,
    PublicationStatus.WITHDRAWN,
    PublicationStatus.RETRACTED,
    PublicationStatus.REPUBLISHED,
)
"""What a notice makes of a paper, from the lightest on; a paper that was published anew has been retracted before."""


class Notice(msgspec.Struct, frozen=True):
    """A notice on a publication, and the status that it gives; a reinstatement gives `CURRENT`.

    `doi` and `pmid` are those of the notice ("": unknown), `day` its date as far as known.
    """

    status: PublicationStatus
    doi: str = ""
    pmid: str = ""
    day: datetime.date | None = None

    @property
    def reference(self) -> str:
        """What the option `status-notice` says: the DOI, else the PubMed id, else ""."""
        return self.doi or (f"PMID {self.pmid}" if self.pmid else "")


class Publication(msgspec.Struct, frozen=True, omit_defaults=True):
    """A publication as a record describes it. Texts are plain Unicode in one line.

    `type` is a type of BibTeX. `container` is the journal or book, `publisher` also the institution of a report or
    thesis. `pages` has an en rule between the first page and the last, or is the number of the article. `others` says
    that authors are missing at the end. `month` is 0 where it is not known. Identifiers are well formed or empty and
    come from the record's own list.

    `notices` are notices on it; `notice_of` names what it is itself a notice on (DOI or PMID). `preprint_of` and
    `published_as` are DOIs of the paper that a preprint became; `preprints` those of the preprints of a paper.
    `asked` says that Crossref and PubMed were both asked for it now, so that there are no other notices there. `source`
    and `line` are where it was read: the name of a file or service, and the line (0: none).
    """

    type: str
    title: str = ""
    authors: tuple[Person, ...] = ()
    others: bool = False
    editors: tuple[Person, ...] = ()
    container: str = ""
    year: int | None = None
    month: int = 0
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    publisher: str = ""
    language: str = ""
    registration: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    notice_of: tuple[str, ...] = ()
    is_preprint: bool = False
    published_as: str = ""
    preprints: tuple[str, ...] = ()
    asked: bool = False
    source: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """The file and the line, as messages give them."""
        return f"{self.source}:{self.line}" if self.line else self.source

    @property
    def notice(self) -> Notice | None:
        """The notice that counts: `gravest` of all."""
        return gravest(self.notices)


_SERVERS = re.compile(
    r"(?:med|bio|ar|psy|chem|socar|ed)rxiv\b|research square|ssrn\b|preprints?(?:\.org)?$|authorea", re.IGNORECASE
)
_SERVER_DOIS = re.compile(
    r"10\.1101/(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)?[0-9]{6}|10\.21203/rs\.|10\.20944/preprints"
    r"|10\.48550/arxiv|10\.2139/ssrn|10\.3123[1-5]/osf|10\.26434/chemrxiv|10\.22541/au\.",
    re.IGNORECASE,
)


def is_preprint_place(container: str, doi: str) -> bool:
    """Say whether a name of a journal or a DOI is that of a server of preprints, which files often do not say."""
    return _SERVERS.match(container) is not None or _SERVER_DOIS.match(doi) is not None


def gravest(notices: tuple[Notice, ...]) -> Notice | None:
    """Return the gravest notice, of several the latest that can be named; None where there is none.

    A reinstatement that is later than the others leaves nothing.
    """
    known = [notice for notice in notices if notice.status is not PublicationStatus.CURRENT]
    back = [notice.day for notice in notices if notice.status is PublicationStatus.CURRENT and notice.day]
    standing = [notice for notice in known if not (back and notice.day and notice.day < max(back))]

    def rank(notice: Notice) -> tuple[int, bool, datetime.date]:
        return GRAVITY.index(notice.status), bool(notice.reference), notice.day or datetime.date.min

    return max(standing, key=rank, default=None)


class Remark(msgspec.Struct, frozen=True):
    """A problem of an import and the file, address or identifier that it is about; the line is in the finding."""

    source: str
    finding: Finding

    @property
    def place(self) -> str:
        """The file and the line, as messages give them."""
        return f"{self.source}:{self.finding.line}" if self.finding.line else self.source


class Reading(msgspec.Struct, frozen=True):
    """What came of a file: the name of its format, how many records it holds, those read, and every problem.

    Each record is among `publications` or is left out by one finding of the kind `import-record` (BibTeX: of a
    kind of the bibliography).
    """

    format: str
    count: int
    publications: tuple[Publication, ...]
    findings: tuple[Finding, ...] = ()


def with_mark(notices: tuple[Notice, ...], types: Collection[str]) -> tuple[Notice, ...]:
    """Return notices with a retraction that only the types of publication tell of (in small letters, as PubMed's)."""
    known = any(notice.status in {PublicationStatus.RETRACTED, PublicationStatus.REPUBLISHED} for notice in notices)
    return notices if known or "retracted publication" not in types else (*notices, Notice(PublicationStatus.RETRACTED))


def left_out(message: str, line: int = 0) -> Finding:
    """Return the finding that a record is left out."""
    return Finding(Problem.IMPORT_RECORD, message, line=line)


def unreadable(message: str, line: int = 0) -> Finding:
    """Return the finding that a file, or the rest of it, cannot be read."""
    return Finding(Problem.IMPORT_FILE, message, line=line)


def doubtful(message: str, line: int = 0, field: str = "") -> Finding:
    """Return the finding that a value of a record is left out or cut."""
    return Finding(Problem.IMPORT_VALUE, message, field, line)
