"""The command `retractions`: what the base says on retractions and corrections against what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from ..bibliography.reader import read_bibliography
from ..evidence.fields import FIELD_BY_NAME
from ..evidence.problems import Finding, Problem
from ..evidence.vocabulary import PublicationStatus
from ..intake.base.cards import CardText, decode, encode, find_cards, set_options
from ..intake.base.journal import replace_file
from ..intake.notices.comparing import Answers, Difference, Held, compare
from ..intake.notices.retraction_watch import read_retraction_watch
from ..intake.records import Remark, unreadable
from ..services.watching import crossref_notices, pubmed_notices

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..bibliography.records import Entry
    from ..intake.base.layout import Layout
    from ..services.settings import ServiceSettings
    from .add import Progress

Source = Literal["crossref", "pubmed"]
"""A service that can be asked for notices."""

_SUFFIXES = {".md": True, ".rst": False}


class RetractionReport(msgspec.Struct, frozen=True):
    """What came of a comparison.

    `checked` counts the studies on which at least one source answered, `studies` all. `changed` are the pages that were
    written.
    """

    studies: int
    checked: int
    differences: tuple[Difference, ...] = ()
    remarks: tuple[Remark, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether something is left that a person has to look at; that a paper has no identifier is known for good."""
        unknown = any(one.finding.problem is not Problem.IMPORT_CARD for one in self.remarks)
        return unknown or any(not one.written for one in self.differences)


class _Card(NamedTuple):
    """A card, and the page that it stands on."""

    path: Path
    card: CardText


def retractions(
    layout: Layout,
    *,
    today: datetime.date,
    services: ServiceSettings | None = None,
    sources: Sequence[Source] = ("crossref", "pubmed"),
    retraction_watch: Path | None = None,
    write: bool = False,
    stamp: bool = False,
    progress: Progress | None = None,
) -> RetractionReport:
    """Compare a base with the sources of notices: `sources` of the `services`, if given, and a CSV of Retraction Watch.

    `write` puts a graver status and its notice into the cards; a status is never lowered, nor a notice exchanged.
    `stamp` also dates `status-checked` on cards that all sources answered on and that nothing is left to do for. Never
    raises for what files, services or the disk do.
    """
    remarks: list[Remark] = []
    cards = dict(_cards(layout, remarks))
    base = tuple(_held(cards, _entries(layout, remarks), remarks))
    answers = _ask(base, services, sources, progress, remarks)
    if retraction_watch is not None:
        answers |= _from_file(retraction_watch, base, remarks)
    differences = tuple(compare(base, answers))
    changes = _changes(base, differences, answers, today, stamp=stamp) if write else {}
    changed, done = _write(cards, changes, remarks)
    return RetractionReport(
        len(base),
        len({key for told in answers.values() for key in told}),
        tuple(msgspec.structs.replace(one, written=_is_written(one, changes, done)) for one in differences),
        tuple(remarks),
        tuple(changed),
    )


# ---- the base -------------------------------------------------------------------------------------------------------


def _cards(layout: Layout, remarks: list[Remark]) -> Iterator[tuple[str, _Card]]:
    for path in sorted(layout.studies.rglob("*")):
        if path.suffix not in _SUFFIXES or not path.is_file():
            continue
        try:
            text = decode(path.read_bytes())
        except OSError as error:
            remarks.append(_remark(path.name, Problem.IMPORT_CARD, f"cannot read the page: {error.strerror}"))
            continue
        for card in find_cards(text, markdown=_SUFFIXES[path.suffix]):
            yield card.key, _Card(path, card)


def _entries(layout: Layout, remarks: list[Remark]) -> Mapping[str, Entry]:
    try:
        return read_bibliography(layout.bibliography.read_bytes()).entries
    except OSError as error:
        message = f"cannot read the bibliography: {error.strerror}"
        remarks.append(_remark(layout.bibliography.name, Problem.BIB_FILE, message))
        return {}


def _held(cards: Mapping[str, _Card], entries: Mapping[str, Entry], remarks: list[Remark]) -> Iterator[Held]:
    for key, (path, card) in cards.items():
        entry = entries.get(key)
        written = card.value("status") or FIELD_BY_NAME["status"].default
        status = PublicationStatus.parse(written)
        line = card.options["status"].start + 1 if "status" in card.options else card.line + 1
        if status is None:
            message = f"the status {written!r} is none that there is, so that it cannot be compared"
            remarks.append(_remark(path.name, Problem.VOCABULARY, message, line))
        elif entry is None or not (entry.doi or entry.pmid):
            what = "has no entry in the bibliography" if entry is None else "has neither DOI nor PubMed id"
            message = f"{key!r} {what}, so that nobody can be asked for notices"
            remarks.append(_remark(path.name, Problem.IMPORT_CARD, message, card.line + 1))
        else:
            yield Held(key, status, card.value("status-notice"), entry.doi, entry.pmid)


# ---- the sources ----------------------------------------------------------------------------------------------------


def _ask(
    base: Sequence[Held],
    services: ServiceSettings | None,
    sources: Sequence[Source],
    progress: Progress | None,
    remarks: list[Remark],
) -> dict[str, Answers]:
    answers: dict[str, Answers] = {}
    if services is None:
        return answers
    if "crossref" in sources:
        answers["Crossref"], more = crossref_notices(base, services, done=_counted("Crossref", base, progress))
        remarks += more
    if "pubmed" in sources:
        answers["PubMed"], more = pubmed_notices(base, services, done=_counted("PubMed", base, progress))
        remarks += more
    return answers


def _counted(name: str, base: Sequence[Held], progress: Progress | None) -> Callable[[], None]:
    count = iter(range(1, len(base) + 1))

    def done() -> None:
        if progress:
            progress(f"asking {name}", next(count, len(base)), len(base))

    return done


def _from_file(path: Path, base: Sequence[Held], remarks: list[Remark]) -> dict[str, Answers]:
    try:
        answers, findings = read_retraction_watch(path.read_bytes(), base)
    except OSError as error:
        remarks.append(Remark(path.name, unreadable(f"cannot read the file: {error.strerror}")))
        return {}
    remarks += [Remark(path.name, finding) for finding in findings]
    return {"Retraction Watch": answers}


# ---- writing --------------------------------------------------------------------------------------------------------


def _changes(
    base: Sequence[Held],
    differences: Sequence[Difference],
    answers: Mapping[str, Answers],
    today: datetime.date,
    *,
    stamp: bool,
) -> dict[str, dict[str, str]]:
    """Return the options to be written, by the key of the card."""
    changes = {
        one.key: {"status": one.found.value, "status-notice": one.notice}
        for one in differences
        if one.kind == "status" and one.notice
    }
    left = {one.key for one in differences} - changes.keys()
    for held in base if stamp and answers else ():
        if held.key not in left and all(held.key in told for told in answers.values()):
            changes.setdefault(held.key, {})["status-checked"] = today.isoformat()
    return changes


def _write(
    cards: Mapping[str, _Card], changes: Mapping[str, Mapping[str, str]], remarks: list[Remark]
) -> tuple[list[str], set[str]]:
    """Write the options and return the paths of the pages, and the keys of the cards that say them now."""
    changed: list[str] = []
    done: set[str] = set()
    for key, values in changes.items():
        path, _card = cards[key]
        try:
            made = _rewritten(path, key, values)
            if made is not None:
                replace_file(path, made)
        except OSError as error:
            remarks.append(_remark(path.name, Problem.IMPORT_CARD, f"cannot write the page: {error.strerror}"))
            continue
        if made is None:
            remarks.append(_remark(path.name, Problem.IMPORT_CARD, f"the options of {key!r} cannot be written safely"))
            continue
        done.add(key)
        changed += [] if str(path) in changed else [str(path)]
    return changed, done


def _rewritten(path: Path, key: str, values: Mapping[str, str]) -> bytes | None:
    """Return a page with options of a card changed; None where the card does not say just this afterwards."""
    markdown = _SUFFIXES[path.suffix]
    text = decode(path.read_bytes())
    card = next((one for one in find_cards(text, markdown=markdown) if one.key == key), None)
    if card is None:
        return None
    made = set_options(text, card, values)
    again = next((one for one in find_cards(made, markdown=markdown) if one.key == key), None)
    wanted = {name: option.value for name, option in card.options.items()} | dict(values)
    if again is None or {name: option.value for name, option in again.options.items()} != wanted:
        return None
    return encode(made)


def _is_written(difference: Difference, changes: Mapping[str, Mapping[str, str]], done: set[str]) -> bool:
    return difference.key in done and "status" in changes.get(difference.key, {})


# ---- what is reported -----------------------------------------------------------------------------------------------


def _remark(source: str, problem: Problem, message: str, line: int = 0) -> Remark:
    return Remark(source, Finding(problem, message, line=line))


def retractions_text(report: RetractionReport) -> str:
    """Return the report in words, for people."""
    lines = [_said(one) for one in report.differences]
    lines += [f"{one.place}: {one.finding.message} [{one.finding.problem.value}]" for one in report.remarks]
    written = sum(one.written for one in report.differences)
    lines.append(
        f"{report.checked} of {report.studies} studies checked: {len(report.differences)} differences, "
        f"{written} written. A study that no source lists is not known to be sound."
    )
    return "\n".join(lines) + "\n"


def _said(one: Difference) -> str:
    who = ", ".join(one.sources)
    when = f", {one.day.isoformat()}" if one.day else ""
    if one.kind == "unconfirmed":
        return f"{one.key}: the card says {one.held.value}; according to {who} it is {one.found.value}"
    what = f"{one.found.value} ({who}{when}), notice {one.notice or 'not known'}"
    done = "; written" if one.written else ""
    if one.kind == "notice":
        return f"{one.key}: another notice than that on the card: {what}"
    return f"{one.key}: the card says {one.held.value}; found {what}{done}"
