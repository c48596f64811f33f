"""Find doubles: which records are one publication, among themselves and with the entries that a base has.

Two records are one where they have the same DOI, PubMed id or PMC id, or the same title, year and first author and no
identifier that differs. Where one identifier agrees and another does not, nobody but a person can tell: that is a
conflict, and the record is left out. A preprint and its paper are two publications unless a merge is asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ..bibliography.folding import fold
from ..evidence.identifiers import fold_doi
from ..evidence.problems import Finding, Problem
from .keys import STATUS_MARK, Keys
from .records import Publication, Remark, is_preprint_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..bibliography.records import Entry, Person

_SIGNS = re.compile(r"[^\w]+")
_LATER = 2


class Duplicate(msgspec.Struct, frozen=True):
    """A record that is a publication which is there already: its place, the key it has, and by what it was known."""

    source: str
    key: str
    by: str


class New(NamedTuple):
    """A publication to be added under a key, and the places of the records that it was made from."""

    key: str
    publication: Publication
    sources: tuple[str, ...]


class Plan(NamedTuple):
    """What an import comes to: each record is in `new`, in `duplicates` or named as left out in `remarks`."""

    new: tuple[New, ...]
    duplicates: tuple[Duplicate, ...]
    remarks: tuple[Remark, ...]


class _Work:
    """One publication among those that are known: an entry of the base, or records of the import made one."""

    def __init__(self, publication: Publication, key: str = "") -> None:
        self.publication, self.key = publication, key
        self.sources: list[str] = [] if key else [publication.place]
        self.by: list[tuple[str, str]] = []


def plan(publications: Iterable[Publication], held: Mapping[str, Entry], *, merge_preprints: bool = False) -> Plan:
    """Say which publications are new to a base whose entries are `held`, and under which keys.

    The time grows with the number of records.
    """
    planner = _Planner(merge_preprints=merge_preprints)
    if merge_preprints:
        # A paper first, so that each of its preprints finds it.
        publications = sorted(publications, key=lambda publication: publication.is_preprint)
    for key, entry in held.items():
        planner.hold(_of_entry(entry), key)
    for publication in publications:
        planner.take(publication)
    return planner.planned(held)


class _Planner:
    def __init__(self, *, merge_preprints: bool) -> None:
        self._merge = merge_preprints
        self._by_id: dict[tuple[str, str], _Work] = {}
        self._links: dict[str, _Work] = {}
        self._by_place: dict[tuple[object, ...], _Work] = {}
        self._by_title: dict[tuple[str, str], list[_Work]] = {}
        self._works: list[_Work] = []
        self._remarks: list[Remark] = []
        self._twins: list[tuple[Publication, _Work, str]] = []

    def hold(self, publication: Publication, key: str) -> None:
        self._index(_Work(publication, key))

    def take(self, publication: Publication) -> None:
        if publication.notice_of:
            about = publication.notice_of[0]
            self._leave_out(publication, Problem.IMPORT_RECORD, f"the record is itself a notice, on {about}")
            return
        known: dict[int, tuple[_Work, str]] = {}
        for by, work in self._with_same_id(publication):
            known.setdefault(id(work), (work, by))
        if not known and (alike := self._with_same_title(publication)):
            known = {id(alike): (alike, "title, year and first author")}
        if not known:
            self._add(publication)
            return
        (work, by), *more = known.values()
        fault = (
            "its identifiers are those of two publications" if more else _disagreement(publication, work.publication)
        )
        if fault:
            message = f"{_shown(publication)}: {fault}: {', '.join(_who(one) for one, _by in known.values())}"
            self._leave_out(publication, Problem.IMPORT_CONFLICT, message)
            return
        self._join(work, publication, by)

    def planned(self, held: Mapping[str, Entry]) -> Plan:
        keys = Keys(held)
        for work in self._works:
            work.key = keys.make(work.publication)
        new = tuple(New(work.key, work.publication, tuple(work.sources)) for work in self._works)
        works = {id(work): work for work in (*self._works, *self._by_id.values(), *self._by_place.values())}
        works |= {id(work): work for listed in self._by_title.values() for work in listed}
        duplicates = [Duplicate(source, work.key, by) for work in works.values() for source, by in work.by]
        remarks = [*self._remarks, *(self._twin_remark(*twin) for twin in self._twins)]
        return Plan(new, tuple(duplicates), tuple(remarks))

    # ---- what is known

    def _with_same_id(self, publication: Publication) -> Iterator[tuple[str, _Work]]:
        for kind, value in _ids(publication):
            if work := self._by_id.get((kind, value)):
                yield kind, work

    def _alike(self, publication: Publication) -> list[_Work]:
        return self._by_title.get(_title_key(publication), [])

    def _with_same_title(self, publication: Publication) -> _Work | None:
        same = self._by_place.get(_place_key(publication))
        if same and not _differs(publication, same.publication):
            return same
        for work in self._alike(publication):
            other = work.publication
            if other.year == publication.year and not _differs(publication, other):
                return work
        return None

    def _index(self, work: _Work) -> None:
        for one in _ids(work.publication):
            self._by_id.setdefault(one, work)
        for doi in _versions(work.publication):
            self._links.setdefault(doi, work)
        self._by_place.setdefault(_place_key(work.publication), work)
        listed = self._by_title.setdefault(_title_key(work.publication), [])
        # Of countless records with one title, such as "Reply", a few tell what there is to tell.
        if work not in listed and len(listed) < 20:
            listed.append(work)

    # ---- what a record comes to

    def _add(self, publication: Publication) -> None:
        twin = self._twin(publication)
        if twin and self._merge and self._merged(publication, twin):
            return
        work = _Work(publication)
        self._works.append(work)
        self._index(work)
        if twin:
            self._twins.append((publication, twin, "preprint"))
            return
        near = (one for one in self._alike(publication) if one is not work and _years_apart(one, publication) <= 1)
        alike = next(near, None)
        if alike:
            self._twins.append((publication, alike, "title"))

    def _join(self, work: _Work, publication: Publication, by: str) -> None:
        work.by.append((publication.place, by))
        for doi in _versions(publication):
            self._links.setdefault(doi, work)
        if not work.key:
            work.publication = filled(work.publication, publication)
            self._index(work)

    def _twin(self, publication: Publication) -> _Work | None:
        """Return the preprint of a paper, or the paper of a preprint, as far as it is known."""
        named = (self._by_id.get(("DOI", doi)) for doi in _versions(publication))
        found = next(filter(None, named), None) or self._links.get(fold_doi(publication.doi))
        if found:
            return found
        for work in self._alike(publication):
            if _years_apart(work, publication) <= _LATER and work.publication.is_preprint != publication.is_preprint:
                return work
        return None

    def _merged(self, publication: Publication, twin: _Work) -> bool:
        """Make a preprint one with its paper. A preprint that the base has is never changed into the paper."""
        if not publication.is_preprint:
            return False
        twin.by.append((publication.place, "preprint of the paper"))
        return True

    def _leave_out(self, publication: Publication, problem: Problem, message: str) -> None:
        self._remarks.append(Remark(publication.source, Finding(problem, message, line=publication.line)))

    def _twin_remark(self, publication: Publication, work: _Work, kind: str) -> Remark:
        if kind == "preprint":
            message = f"{_shown(publication)}: {_who(work)} is the preprint or paper of the same work"
        else:
            message = f"{_shown(publication)}: title and first author are those of {_who(work)}"
        return Remark(publication.source, Finding(Problem.IMPORT_VALUE, message, line=publication.line))


# ---- identity -------------------------------------------------------------------------------------------------------


def _ids(publication: Publication) -> tuple[tuple[str, str], ...]:
    ids = (("DOI", fold_doi(publication.doi)), ("PMID", publication.pmid), ("PMCID", publication.pmcid))
    return tuple((kind, value) for kind, value in ids if value)


def _versions(publication: Publication) -> tuple[str, ...]:
    """Return the DOIs of the other versions that a record names: its preprints, or the paper that it became."""
    return tuple(fold_doi(doi) for doi in (publication.published_as, *publication.preprints) if doi)


def _title_key(publication: Publication) -> tuple[str, str]:
    title = STATUS_MARK.sub("", publication.title)
    return _SIGNS.sub("", fold(title)), _lead(publication.authors or publication.editors)


def _place_key(publication: Publication) -> tuple[object, ...]:
    """Return what two records have in common that tell the same of where a publication stands."""
    return *_title_key(publication), publication.year, publication.volume, publication.pages.partition("–")[0]


def _years_apart(work: _Work, publication: Publication) -> int:
    return abs((work.publication.year or 0) - (publication.year or 0))


def _lead(persons: tuple[Person, ...]) -> str:
    return _SIGNS.sub("", fold(persons[0].surname)) if persons else ""


def _differs(one: Publication, other: Publication) -> bool:
    """Say whether something tells two records with one title apart."""
    pairs = [(fold_doi(one.doi), fold_doi(other.doi)), (one.pmid, other.pmid), (one.pmcid, other.pmcid)]
    pairs += [(one.volume, other.volume), (one.pages.partition("–")[0], other.pages.partition("–")[0])]
    return one.is_preprint != other.is_preprint or any(a and b and a != b for a, b in pairs)


def _disagreement(one: Publication, other: Publication) -> str:
    """Return what speaks against it that two records with one identifier are the same, or ""."""
    for name, a, b in (("DOI", fold_doi(one.doi), fold_doi(other.doi)), ("PMID", one.pmid, other.pmid)):
        if a and b and a != b:
            return f"another {name} ({a}, not {b}) than"
    titles, leads = zip(_title_key(one), _title_key(other), strict=True)
    other_work = all(titles) and titles[0] != titles[1] and all(leads) and leads[0] != leads[1]
    return "another title and another first author than" if other_work and one.year != other.year else ""


def filled(one: Publication, other: Publication) -> Publication:
    """Return a record with what it lacks taken from another of the same publication; notices are put together."""
    lacking = {
        name: value
        for name in one.__struct_fields__
        if name not in {"type", "others", "notices", "source", "line"}
        and not getattr(one, name)
        and (value := getattr(other, name))
    }
    if one.type == "misc":
        lacking["type"] = other.type
    if "authors" in lacking:
        lacking["others"] = other.others
    notices = tuple(dict.fromkeys((*one.notices, *other.notices)))
    return msgspec.structs.replace(one, **lacking, notices=notices)


def _of_entry(entry: Entry) -> Publication:
    return Publication(
        type=entry.type,
        title=entry.title,
        authors=entry.authors,
        editors=entry.editors,
        year=entry.year,
        volume=entry.volume,
        pages=entry.pages,
        doi=entry.doi,
        pmid=entry.pmid,
        pmcid=entry.pmcid,
        is_preprint=is_preprint_place(entry.journal, entry.doi),
    )


def _shown(publication: Publication) -> str:
    return repr(publication.title if len(publication.title) <= 80 else f"{publication.title[:77]}…")


def _who(work: _Work) -> str:
    return repr(work.key) if work.key else f"the record at {work.sources[0]}"
