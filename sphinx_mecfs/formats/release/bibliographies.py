"""Write the whole bibliography as BibTeX, RIS and CSL-JSON; what has been retracted says so wherever it goes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from ...bibliography.records import Entry, pack_fields
from ...bibliography.texts import to_tex
from .._text import one_line
from ..bibtex import to_bibtex
from ..csl import to_csl
from ..ris import to_ris
from .pieces import Part, Piece, item_json, joined, list_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...evidence.records import Study
    from .model import Release, StudyItem


def refs_bib(release: Release) -> Iterator[Part]:
    """Yield all entries as BibTeX, by key."""
    return joined("\n", (Piece(release.stamp("bib", e.key), partial(to_bibtex, e)) for e, _item in _entries(release)))


def references_ris(release: Release) -> Iterator[Part]:
    """Yield all entries as RIS, by key, with a blank line between records."""
    return joined("\r\n", (Piece(release.stamp("ris", e.key), partial(to_ris, e)) for e, _item in _entries(release)))


def references_json(release: Release) -> Iterator[Part]:
    """Yield all entries as CSL-JSON, as `references_csl` does."""

    def text(entry: Entry, item: StudyItem | None) -> str:
        return item_json(_with_ours(to_csl(entry), release, item), depth=1)

    listed = _entries(release)
    return list_json(Piece(release.stamp("csl", one.key), partial(text, one, item)) for one, item in listed)


def references_csl(release: Release) -> list[dict[str, object]]:
    """Return all entries as items of CSL-JSON, by key.

    What the base says of a study stands under `custom`, where that schema has room for it.
    """
    return [_with_ours(to_csl(entry), release, item) for entry, item in _entries(release)]


def marked(entry: Entry, study: Study | None, say: Callable[[str], str] = str) -> Entry:
    """Return an entry whose note begins with a retraction, withdrawal or expression of concern, if there is one."""
    if study is None or not study.status.needs_mark:
        return entry
    mark = f"{say(study.status.label)}. {say(study.status.doc)} {say('Notice:')} {one_line(study.status_notice)}"
    note = f"{mark}. {entry.note}" if entry.note else mark
    fields = [(name, text) for name, text in entry.fields if name != "note"]
    packed = pack_fields([*fields, ("note", to_tex(note))]) if fields else ""
    return msgspec.structs.replace(entry, note=note, packed=packed)


def _entries(release: Release) -> Iterator[tuple[Entry, StudyItem | None]]:
    items = {item.study.key: item for item in release.studies}
    for key, entry in sorted(release.entries.items()):
        item = items.get(key)
        yield marked(entry, item.study if item else None, release.about.say), item


def _with_ours(csl: dict[str, object], release: Release, item: StudyItem | None) -> dict[str, object]:
    if item is None:
        return csl
    study = item.study
    ours = {
        "pem": study.pem_status.value,
        "pem-label": release.about.say(study.pem_status.label),
        "criteria": list(study.criteria),
        "design": study.design.value,
        "participants": study.participants,
        "source-read": study.source_read.value,
        "status": study.status.value,
        "status-checked": study.status_checked.isoformat(),
        "card": release.about.at(item.page) or item.page,
        "digest": study.digest,
    }
    return csl | {"custom": {"mecfs": {name: value for name, value in ours.items() if value is not None}}}
