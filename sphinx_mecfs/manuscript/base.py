"""Read a whole base from its sources: register, bibliography and pages, with the records by key."""

from __future__ import annotations

import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ..bibliography.reference import short_citation
from ..bibliography.store import Library, Located, load
from ..evidence.problems import Finding, Problem
from ..evidence.records import Study
from ..evidence.register import Register, read_register, shipped_register
from ..wording.rules import NO_RULES, Rules
from .head import latest_day_anywhere
from .pages import Knowledge, Page, Source, read_page, with_claims

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


class Settings(NamedTuple):
    """What of a project's settings decides how its sources are read; paths are absolute.

    `register` takes the place of the shipped one. `silent` are the kinds of warnings that the project does not want.
    `grade` measures how hard a text is to read. `others` holds the keys of other bases that the project cites, by kind
    and with the name of the base before each (`book:key`); `unread` the names of those whose data are not at hand.
    """

    sources: tuple[Source, ...]
    bibliography: tuple[Path, ...] = ()
    definitions: tuple[Path, ...] = ()
    colon_fence: bool = True
    silent: frozenset[str] = frozenset()
    longest_search: int = 0
    highest_grade: float = 0
    grade: Callable[[str], float] | None = None
    register: Path | None = None
    rules: Rules = NO_RULES
    others: Mapping[str, Collection[str]] = MappingProxyType({})
    unread: tuple[str, ...] = ()


class Base(NamedTuple):
    """What the sources of a base say.

    `faults` are those of the register and of files that cannot be read; `name_of` gives the words for a reference.
    """

    settings: Settings
    register: Register
    library: Library
    pages: tuple[Page, ...]
    faults: tuple[Located, ...]
    name_of: Callable[[str, str], str | None]

    def studies(self) -> dict[str, Study]:
        """Return the records of all sound cards by key; of several with one key, the first by document."""
        found: dict[str, Study] = {}
        for page in self.pages:
            for piece in page.cards:
                if isinstance(piece.record, Study):
                    found.setdefault(piece.key, piece.record)
        return found


def read_base(settings: Settings, wrap: Callable[[Sequence[Source]], Iterable[Source]] = tuple) -> Base:
    """Read everything; `wrap` may watch the files go by."""
    faults: list[Located] = []
    register = _register(settings, faults)
    library = load(settings.bibliography)
    known = Knowledge(
        register,
        library.entries,
        latest_day_anywhere(),
        settings.colon_fence,
        _names(register, library),
        settings.rules,
        settings.grade if settings.highest_grade else None,
        settings.highest_grade,
    )
    ordered = sorted(settings.sources, key=lambda source: source.docname)
    pages = tuple(with_claims(page) for page in _pages(wrap(ordered), known, faults))
    return Base(settings, register, library, pages, tuple(faults), known.name_of)


def _pages(sources: Iterable[Source], known: Knowledge, faults: list[Located]) -> Iterator[Page]:
    for source in sources:
        try:
            text = source.path.read_bytes().decode("utf-8", "replace")
        except OSError as error:
            finding = Finding(Problem.SOURCE, f"cannot read the file: {error.strerror}", line=1)
            faults.append(Located(source.path, finding))
            continue
        yield read_page(source, text, known)


def _register(settings: Settings, faults: list[Located]) -> Register:
    register = _read_register(settings.register, faults) if settings.register else shipped_register()
    for path in settings.definitions:
        register = register.extended(_read_register(path, faults))
    return register


def _read_register(path: Path, faults: list[Located]) -> Register:
    try:
        register, findings = read_register(path.read_bytes())
    except OSError as error:
        finding = Finding(Problem.REGISTER, f"cannot read the case definitions: {error.strerror}")
        register, findings = Register("missing", {}), (finding,)
    faults += [Located(path, finding) for finding in findings]
    return register


def _names(register: Register, library: Library) -> Callable[[str, str], str | None]:
    """Return what gives the words for a reference, as `extension.question.citations` does for those of a claim."""
    entries: Mapping[str, object] = library.entries

    def name_of(role: str, target: str) -> str | None:
        if role in {"mecfs:cite", "pem", "pem-badge"} or role.startswith("cite"):
            return ""
        if role == "mecfs:study" and target in entries:
            return short_citation(library.entries[target])
        if role == "mecfs:definition" and target in register:
            return register[target].title
        return None

    return name_of


def today() -> datetime.date:
    """Return the day that it is in UTC, from which the build counts how old a search is."""
    return datetime.datetime.now(datetime.UTC).date()
