"""The command `add`: studies from identifiers and files into a base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ..bibliography.lint import lint_entry
from ..bibliography.reader import read_bibliography
from ..bibliography.reference import short_citation
from ..evidence.identifiers import is_pmid, normalise_doi
from ..evidence.problems import Finding, Problem
from ..intake.base.entries import InsertError, entry_of, entry_text
from ..intake.base.journal import JournalError, Writing, begin, checked, finish, pending
from ..intake.base.pages import page_text
from ..intake.matching import Duplicate, New, Plan, plan
from ..intake.readers.files import read_records
from ..intake.records import Publication, Remark, unreadable
from ..services.gathering import Gatherer

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping

    from ..bibliography.records import Entry
    from ..intake.base.layout import Layout
    from ..services.settings import ServiceSettings

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

LARGEST_FILE = 500_000_000
"""Bytes of a file beyond which it is not read."""


class Added(msgspec.Struct, frozen=True):
    """A study that was added: its key, "Fluge 2009", its page ("": none), and where its records stand."""

    key: str
    label: str
    card: str
    sources: tuple[str, ...]


class AddReport(msgspec.Struct, frozen=True):
    """What came of an import.

    `read` counts the records that were found. Each is in `added`, in `duplicates`, or left out by a remark of a kind in
    `LOST`. `resumed` are keys of an earlier import that had been cut off and is whole now. `written` is false for a
    trial, and where nothing could be written.
    """

    read: int
    added: tuple[Added, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    remarks: tuple[Remark, ...] = ()
    resumed: tuple[str, ...] = ()
    written: bool = False

    @property
    def failed(self) -> bool:
        """Whether something that was asked for is not in the base now."""
        return any(remark.finding.problem in LOST for remark in self.remarks)


LOST = frozenset(
    {
        Problem.IMPORT_FILE, Problem.IMPORT_RECORD, Problem.IMPORT_CONFLICT, Problem.SERVICE, Problem.BIB_FILE,
        Problem.BIB_DUPLICATE_KEY,
    }
)  # fmt: skip
"""Kinds of remarks on what is not added."""


class _Asked(NamedTuple):
    """What was asked for, apart."""

    dois: tuple[str, ...]
    pmids: tuple[str, ...]
    files: tuple[Path, ...]
    remarks: tuple[Remark, ...]


class _Found(NamedTuple):
    """Records with remarks; `read` counts also those that are left out."""

    read: int
    publications: tuple[Publication, ...]
    remarks: tuple[Remark, ...]


def add(
    items: Sequence[str],
    layout: Layout,
    *,
    today: datetime.date,
    services: ServiceSettings | None = None,
    merge_preprints: bool = False,
    cards: bool = True,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> AddReport:
    """Add studies to a base: entries to its bibliography and pages with gaps to its studies.

    `items` are DOIs, PubMed ids and paths of files, mixed. Without `services`, none is asked, and an identifier is a
    problem. `cards=False` adds entries only. Never raises for what files, services or the disk do.
    """
    try:
        resumed, told = ((), ()) if dry_run else _resume(layout, progress)
        held = read_bibliography(_bytes_of(layout.bibliography)).entries
    except (JournalError, InsertError, OSError) as error:
        return AddReport(0, remarks=(_remark(layout.bibliography.name, Problem.BIB_FILE, _reason(error)),))
    found = _find(items, services, progress)
    made = plan(found.publications, held, merge_preprints=merge_preprints)
    entries = {new.key: entry_of(new.key, new.publication) for new in made.new}
    report = AddReport(
        found.read,
        tuple(_added(new, entries[new.key], layout, cards=cards) for new in made.new),
        made.duplicates,
        (*told, *found.remarks, *made.remarks, *_lint(made, entries)),
        resumed,
    )
    if dry_run or not made.new:
        return report
    texts = {key: entry_text(entry) for key, entry in entries.items()}
    writing = Writing(texts, _pages(made, layout, today) if cards else {})
    return _write(report, layout, writing, progress)


def _resume(layout: Layout, progress: Progress | None) -> tuple[tuple[str, ...], tuple[Remark, ...]]:
    """Finish what an earlier run has begun to write, and return the keys of that."""
    earlier = pending(layout)
    if earlier is None:
        return (), ()
    remarks = finish(layout, earlier, _said(progress, "finishing an earlier import"))
    return tuple(earlier.entries), remarks


def _write(report: AddReport, layout: Layout, writing: Writing, progress: Progress | None) -> AddReport:
    try:
        checked(layout, writing)
        begin(layout, writing)
        remarks = finish(layout, writing, _said(progress, "writing"))
    except (InsertError, OSError) as error:
        fault = _remark(layout.bibliography.name, Problem.BIB_FILE, _reason(error))
        return msgspec.structs.replace(report, added=(), remarks=(*report.remarks, fault))
    return msgspec.structs.replace(report, remarks=(*report.remarks, *remarks), written=True)


def _pages(made: Plan, layout: Layout, today: datetime.date) -> dict[str, str]:
    return {new.key: page_text(new.key, new.publication, today, orphan=layout.orphan) for new in made.new}


# ---- what was asked for ---------------------------------------------------------------------------------------------


def _find(items: Sequence[str], services: ServiceSettings | None, progress: Progress | None) -> _Found:
    asked = _asked(items)
    publications: list[Publication] = []
    remarks = list(asked.remarks)
    read = len(asked.remarks)
    for done, path in enumerate(asked.files, start=1):
        one = _read_file(path)
        read += one.read
        publications += one.publications
        remarks += one.remarks
        if progress:
            progress("reading", done, len(asked.files))
    ids = (*asked.dois, *(f"PMID {pmid}" for pmid in asked.pmids))
    read += len(ids)
    if ids and services is None:
        remarks += [_remark(one, Problem.SERVICE, "it is not looked up, since no service may be asked") for one in ids]
    elif services is not None and ids:
        gathered = Gatherer(services).gather(asked.dois, asked.pmids, _said(progress, "asking"))
        publications += gathered.publications
        remarks += gathered.remarks
    return _Found(read, tuple(publications), tuple(remarks))


def _asked(items: Sequence[str]) -> _Asked:
    dois: dict[str, str] = {}
    pmids: dict[str, None] = {}
    files: list[Path] = []
    remarks: list[Remark] = []
    for text in map(str.strip, items):
        doi = normalise_doi(text)
        pmid = text.upper().removeprefix("PMID").lstrip(" :")
        if doi is not None:
            dois.setdefault(doi.casefold(), doi)
        elif is_pmid(pmid) and not _is_file(text):
            pmids.setdefault(pmid)
        elif _is_file(text):
            files.append(Path(text))
        else:
            message = "it is neither a DOI, nor a PubMed id, nor a file that is there"
            remarks.append(_remark(text[:200], Problem.IMPORT_FILE, message))
    return _Asked(tuple(dois.values()), tuple(pmids), tuple(dict.fromkeys(files)), tuple(remarks))


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _read_file(path: Path) -> _Found:
    try:
        if path.stat().st_size > LARGEST_FILE:
            finding = unreadable(f"the file has more than {LARGEST_FILE} bytes; cut it into several")
            return _Found(0, (), (Remark(path.name, finding),))
        data = path.read_bytes()
    except OSError as error:
        return _Found(0, (), (Remark(path.name, unreadable(f"cannot read the file: {_reason(error)}")),))
    reading = read_records(data, path.name)
    return _Found(reading.count, reading.publications, tuple(Remark(path.name, one) for one in reading.findings))


# ---- what is reported -----------------------------------------------------------------------------------------------


def _added(new: New, entry: Entry, layout: Layout, *, cards: bool) -> Added:
    return Added(new.key, short_citation(entry), str(layout.page_of(new.key)) if cards else "", new.sources)


def _lint(made: Plan, entries: Mapping[str, Entry]) -> Iterator[Remark]:
    """Yield what the linter of the bibliography says of the new entries."""
    for new in made.new:
        for finding in lint_entry(entries[new.key]):
            yield Remark(new.sources[0], Finding(Problem.IMPORT_VALUE, f"{new.key}: {finding.message}"))


def _remark(source: str, problem: Problem, message: str) -> Remark:
    return Remark(source, Finding(problem, message))


def _reason(error: Exception) -> str:
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)


def _said(progress: Progress | None, what: str) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(what, done, total)


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def add_text(report: AddReport) -> str:
    """Return the report in words, for people."""
    lines = [f"finished an earlier import: {len(report.resumed)} studies"] if report.resumed else []
    verb = "added" if report.written else "would be added"
    lines += [f"{verb}: {one.key} ({one.label})" for one in report.added]
    lines += [f"there already: {one.key} ({one.source}, same {one.by})" for one in report.duplicates]
    lines += [f"{one.place}: {one.finding.message} [{one.finding.problem.value}]" for one in report.remarks]
    lost = sum(one.finding.problem in LOST for one in report.remarks)
    lines.append(
        f"{report.read} records: {len(report.added)} {verb}, {len(report.duplicates)} there already, {lost} problems"
    )
    if report.written and any(one.card for one in report.added):
        lines.append("Fill each TODO on the new pages; the build reports those that are left.")
    return "\n".join(lines) + "\n"
