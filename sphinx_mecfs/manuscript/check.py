"""Everything that is wrong with a base, file by file, as a build would report it: one list, with lines and columns.

What a card, claim or question says by itself is checked when its page is read (`pages`); here is what only the whole
base can tell.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ..evidence.common.crossing import (
    citation_place,
    duplicate_card,
    twin,
    unknown_relations,
    unknown_sources,
    unknown_study,
    unknown_target,
)
from ..evidence.common.listings import unknown_questions
from ..evidence.common.rewording import reworder, said_for
from ..evidence.nearest import suggested
from ..evidence.queries import unknown_values
from ..evidence.questions.checks import check_claim, check_search
from ..evidence.questions.records import Claim, Question
from ..evidence.records import Study
from .base import today
from .columns import span_of
from .pages import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from ..bibliography.store import Located
    from ..evidence.problems import Finding, Problem
    from .base import Base, Settings
    from .markup.roles import Reference
    from .pages import Listed, Page, Piece


class Report(NamedTuple):
    """A problem and where it stands: lines and columns count from 1, `end` is the column behind what is meant.

    `suggestion` is the value that was probably meant, or "".
    """

    path: Path
    line: int
    column: int
    end: int
    problem: Problem
    message: str
    suggestion: str = ""


class _Known(NamedTuple):
    """Everything by key, with the document that it stands in; of several with one key, the first by document.

    `related` holds the keys of studies here and in other bases, which a card may name in a relation.
    """

    cards: Mapping[str, tuple[str, Piece]]
    claims: Mapping[str, tuple[str, Piece]]
    questions: Mapping[str, tuple[str, Piece]]
    studies: Mapping[str, Study]
    related: Collection[str]

    def keys(self, base: Base) -> dict[str, Collection[str]]:
        """Return the keys of each kind of thing that a role may name."""
        others = base.settings.others
        return {
            kind: dict.fromkeys([*own, *others.get(kind, ())])
            for kind, own in (
                ("study", self.cards),
                ("definition", base.register.definitions),
                ("claim", self.claims),
                ("question", self.questions),
            )
        }


def check_base(base: Base) -> list[Report]:
    """Return every problem, by file and line; those that the project has silenced are left out."""
    cards = _placed(base, "cards")
    # A study may relate to one of another base, as where a large base is built in parts.
    related = frozenset({*cards, *(key.partition(":")[2] for key in base.settings.others.get("study", ()))})
    known = _Known(cards, _placed(base, "claims"), _placed(base, "questions"), base.studies(), related)
    faults = _by_file((*base.faults, *base.library.findings))
    keys = known.keys(base)
    for page in base.pages:
        faults[page.source.path] += _page_faults(base, page, known, keys)
    silent = base.settings.silent
    wanted = {
        path: [fault for fault in found if not {"mecfs", f"mecfs.{fault.finding.problem.value}"} & silent]
        for path, found in sorted(faults.items())
    }
    reword = reworder(said_for(base.register.words))
    reports = (report for path, found in wanted.items() for report in _reports(path, found))
    return [report._replace(message=reword(report.message)) for report in reports]


def file_reports(findings: Iterable[Located]) -> list[Report]:
    """Return the problems of files that are no pages."""
    return [report for path, found in sorted(_by_file(findings).items()) for report in _reports(path, found)]


def _by_file(findings: Iterable[Located]) -> dict[Path, list[Fault]]:
    faults: dict[Path, list[Fault]] = defaultdict(list)
    for located in findings:
        faults[located.path].append(Fault(located.finding.line or 1, located.finding))
    return faults


def _placed(base: Base, name: str) -> dict[str, tuple[str, Piece]]:
    found: dict[str, tuple[str, Piece]] = {}
    for page in base.pages:
        pieces: tuple[Piece, ...] = getattr(page, name)
        for piece in pieces:
            found.setdefault(piece.key, (page.source.docname, piece))
    return found


def _reports(path: Path, faults: list[Fault]) -> Iterator[Report]:
    if not faults:
        return
    try:
        lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    for line, finding, _directive in sorted(faults, key=lambda fault: fault.line):
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        start, end = span_of(text, finding)
        yield Report(path, line, start, end, finding.problem, finding.message, suggested(finding.message))


# ---- one page -------------------------------------------------------------------------------------------------------


def _page_faults(base: Base, page: Page, known: _Known, keys: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    yield from page.faults
    for piece in page.cards:
        yield from _card_faults(piece, known)
    for piece in page.claims:
        yield from _twins("claim", piece, known.claims)
        yield from _claim_faults(piece, known)
    for piece in page.questions:
        yield from _twins("question", piece, known.questions)
        yield from _question_faults(base, piece)
    for listed in page.listings:
        yield from _listing_faults(listed, known)
    yield from _reference_faults(base, page, known, keys)


def _card_faults(piece: Piece, known: _Known) -> Iterator[Fault]:
    docname, first = known.cards[piece.key]
    if first is not piece:
        yield Fault(piece.line, duplicate_card(piece.key, docname))
    if isinstance(piece.record, Study):
        yield from _at(piece, unknown_relations(piece.record, known.related))


def _twins(what: str, piece: Piece, placed: Mapping[str, tuple[str, Piece]]) -> Iterator[Fault]:
    docname, first = placed[piece.key]
    if first is not piece:
        yield Fault(piece.line, twin(what, piece.key, docname))


def _claim_faults(piece: Piece, known: _Known) -> Iterator[Fault]:
    claim = piece.record
    if not isinstance(claim, Claim) or not claim.text:
        # Of a claim without words the build holds no record to check.
        return
    yield from _at(piece, unknown_sources(claim, known.cards))
    question = known.questions.get(claim.question)
    record = question[1].record if question else None
    # Of a question that is wrong it is not known what was searched; that it is wrong has been said.
    searched = question is not None and (not isinstance(record, Question) or record.searched is not None)
    yield from _at(piece, check_claim(claim, known.studies, searched=searched))


def _question_faults(base: Base, piece: Piece) -> Iterator[Fault]:
    if isinstance(piece.record, Question):
        yield from _at(piece, check_search(piece.record, today(), base.settings.longest_search))


def _listing_faults(listed: Listed, known: _Known) -> Iterator[Fault]:
    for finding in (
        *unknown_values(listed.conditions, list(known.studies.values())),
        *unknown_questions(listed.questions, known.questions),
    ):
        yield Fault(listed.line_of(finding.field), finding)


def _at(piece: Piece, findings: Iterator[Finding]) -> Iterator[Fault]:
    for finding in findings:
        yield Fault(piece.line_of(finding.field), finding)


def _reference_faults(base: Base, page: Page, known: _Known, keys: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    cited: set[tuple[int, str]] = set()
    for group, reference in page.references:
        if reference.kind == "cite":
            targets = dict.fromkeys(key for part in reference.target.split(",") if (key := part.strip()))
            if not reference.in_group:
                yield Fault(reference.line, citation_place(", ".join(targets)))
                continue
            for key in targets:
                if key not in known.cards and (group, key) not in cited:
                    yield Fault(reference.line, unknown_study(key, known.cards))
                cited.add((group, key))
        elif not _may_stand_elsewhere(base.settings, reference):
            found = unknown_target(reference.kind, reference.target, keys)
            if found is not None:
                yield Fault(reference.line, found)


def _may_stand_elsewhere(settings: Settings, reference: Reference) -> bool:
    """Tell whether a key stands in another base that the project cites, or may do so as far as is known here."""
    name, colon, key = reference.target.rpartition(":")
    if any(not colon or base == name for base in settings.unread):
        return True
    kinds = ("definition", "study") if reference.kind == "badge" else (reference.kind,)
    return any(
        other == reference.target or (not colon and other.endswith(f":{key}"))
        for kind in kinds
        for other in settings.others.get(kind, ())
    )
