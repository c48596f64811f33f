"""What of a base needs a hand: cards with gaps, cards that nobody else has read, checks that are long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..evidence.problems import Problem
from ..evidence.questions.records import Question
from ..evidence.records import Study
from ..evidence.vocabulary import PemStatus, SourceRead, Term

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator
    from pathlib import Path

    from .base import Base
    from .pages import Fault, Page, Piece


class Task(Term):
    """A kind of work that is left to do."""

    GAPS = "gaps", "fill gaps", "What a card has to say is missing."
    FAULTS = "faults", "put right", "Something on a card or question is wrong; `check` says what."
    SECOND_READER = "second-reader", "second reader", "Nobody but its writer has checked it."
    STATUS_CHECK = "status-check", "look for notices", "Corrections and retractions were last looked for long ago."
    PEM = "pem", "clear up PEM", "It is not known whether PEM was required: no definition is named, or one not seen."
    FULL_TEXT = "full-text", "read the paper", "The card was written without the full text."
    SEARCH = (
        "search",
        "search again",
        "Studies were last looked for long ago, or nobody says when.",
    )


_GAPS = (Problem.OPTION_MISSING, Problem.SECTION_MISSING, Problem.GAP)
_OPEN_PEM = (PemStatus.UNCLEAR, PemStatus.NOT_REPORTED)


class Todo(NamedTuple):
    """A card or question with what is left to do; `details` says more, by task."""

    kind: str
    key: str
    path: Path
    line: int
    study: Study | None
    details: dict[Task, str]


def todos_of(base: Base, today: datetime.date, oldest: int) -> list[Todo]:
    """Return every card and question with something to do, by key; a check counts as old after `oldest` days."""
    found = [todo for page in base.pages for todo in _page_todos(page, today, oldest) if todo.details]
    return sorted(found, key=lambda todo: (todo.kind, todo.key, todo.path, todo.line))


def _page_todos(page: Page, today: datetime.date, oldest: int) -> Iterator[Todo]:
    for piece in page.cards:
        study = piece.record if isinstance(piece.record, Study) else None
        details = dict(_wrong(page, piece))
        if study is not None:
            details.update(_study_tasks(study, today, oldest))
        yield Todo("study", piece.key, page.source.path, piece.line, study, details)
    for piece in page.questions:
        details = dict(_wrong(page, piece))
        if isinstance(piece.record, Question):
            details.update(_question_tasks(piece.record, today, oldest))
        yield Todo("question", piece.key, page.source.path, piece.line, None, details)


def _wrong(page: Page, piece: Piece) -> Iterator[tuple[Task, str]]:
    own = [fault for fault in page.faults if fault.directive == piece.line]
    missing = [_subject(fault) for fault in own if fault.finding.problem in _GAPS]
    wrong = [fault.finding.message for fault in own if fault.finding.problem not in _GAPS]
    if missing:
        yield Task.GAPS, ", ".join(missing)
    if wrong:
        yield Task.FAULTS, "; ".join(wrong)


def _subject(fault: Fault) -> str:
    return fault.finding.field or fault.finding.message


def _study_tasks(study: Study, today: datetime.date, oldest: int) -> Iterator[tuple[Task, str]]:
    if not study.reviewed_by:
        yield Task.SECOND_READER, f"written by {', '.join(study.curated_by)}" if study.curated_by else ""
    age = (today - study.status_checked).days
    if age > oldest:
        yield Task.STATUS_CHECK, f"{age} days ago, on {study.status_checked}"
    if study.pem_status in _OPEN_PEM:
        yield Task.PEM, study.pem_status.label
    if study.source_read is not SourceRead.FULL_TEXT:
        yield Task.FULL_TEXT, f"{study.source_read.label} read"


def _question_tasks(question: Question, today: datetime.date, oldest: int) -> Iterator[tuple[Task, str]]:
    if not question.reviewers:
        yield Task.SECOND_READER, f"written by {', '.join(question.authors)}" if question.authors else ""
    if question.searched is None:
        yield Task.SEARCH, "no search is named"
    elif (age := (today - question.searched.day).days) > oldest:
        yield Task.SEARCH, f"{age} days ago, on {question.searched.day}"
