"""Read works as Crossref's REST API gives them (Crossref, REST API documentation, the format of works)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.identifiers import is_web_address, registrations_in
from ...evidence.vocabulary import PublicationStatus
from ..names import MOST, group, person
from ..records import Notice, Publication
from ..texts import day_of, doi_from, pages_of
from .values import Item, date_parts, first_of, item, items, text_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...bibliography.records import Person

_TYPES: Mapping[str, str] = {
    "journal-article": "article", "peer-review": "article", "book": "book", "monograph": "book",
    "edited-book": "book", "reference-book": "book", "book-chapter": "incollection", "book-section": "incollection",
    "book-part": "incollection", "reference-entry": "incollection", "proceedings": "proceedings",
    "proceedings-article": "inproceedings", "report": "report", "report-component": "report", "standard": "report",
    "dissertation": "thesis", "dataset": "dataset", "database": "dataset",
}  # fmt: skip

UPDATES: Mapping[str, PublicationStatus] = {
    "retraction": PublicationStatus.RETRACTED,
    "partial_retraction": PublicationStatus.CORRECTED,
    "removal": PublicationStatus.WITHDRAWN,
    "withdrawal": PublicationStatus.WITHDRAWN,
    "expression_of_concern": PublicationStatus.CONCERN,
    "correction": PublicationStatus.CORRECTED,
    "corrigendum": PublicationStatus.CORRECTED,
    "erratum": PublicationStatus.CORRECTED,
    "addendum": PublicationStatus.CORRECTED,
    "clarification": PublicationStatus.CORRECTED,
}
"""What the types of updates that Crossmark knows make of a paper; a new version makes nothing of it."""

_IS_NOTICE = frozenset(UPDATES) - {"addendum", "clarification"}


def from_crossref(work: Item, line: int = 0) -> Publication:
    """Make a publication of a work; nothing is taken from the references that it lists.

    The year is that of print, which citations give, else the first one. `updated-by` are notices on it, and a work with
    `update-to` is itself a notice.
    """
    year, month, _day = _date(work)
    preprint = text_of(work.get("subtype")) == "preprint" or text_of(work.get("type")) == "posted-content"
    kind = _TYPES.get(text_of(work.get("type")), "misc")
    relation = item(work.get("relation"))
    return Publication(
        type=kind,
        title=_title(work),
        authors=_people(work.get("author")),
        editors=_people(work.get("editor")),
        container=first_of(work, "container-title", "short-container-title") or _institution(work, preprint),
        year=year or None,
        month=month,
        volume=first_of(work, "volume"),
        issue=first_of(work, "issue"),
        pages=pages_of(first_of(work, "page", "article-number")),
        edition=first_of(work, "edition-number"),
        doi=doi_from(work.get("DOI")),
        url="" if doi_from(work.get("DOI")) else _address(work.get("URL")),
        publisher=first_of(work, "publisher") if kind != "article" else "",
        language=first_of(work, "language"),
        registration=tuple(_registrations(work)),
        notices=tuple(notices_of(work)),
        notice_of=tuple(_notice_of(work)),
        is_preprint=preprint,
        published_as=next(_related(relation, "is-preprint-of"), "") if preprint else "",
        preprints=() if preprint else tuple(_related(relation, "has-preprint")),
        line=line,
    )


def notices_of(work: Item) -> Iterator[Notice]:
    """Yield the notices on a work, which stand in `updated-by`."""
    for update in items(work.get("updated-by")):
        status = UPDATES.get(_update_type(update))
        if status is not None:
            year, month, day = date_parts(update.get("updated"))
            yield Notice(status, doi_from(update.get("DOI")), day=day_of(year, month, day) if year else None)


def _notice_of(work: Item) -> Iterator[str]:
    for update in items(work.get("update-to")):
        if _update_type(update) in _IS_NOTICE:
            # Of a paper that was corrected in place, the update is the work itself.
            doi = doi_from(update.get("DOI"))
            if doi.casefold() != doi_from(work.get("DOI")).casefold():
                yield doi or "a work"


def _update_type(update: Item) -> str:
    return text_of(update.get("type")).lower().replace("-", "_").replace(" ", "_")


def _date(work: Item) -> tuple[int, int, int]:
    issue = item(work.get("journal-issue"))
    dates = (
        work.get("published-print"), issue.get("published-print"), work.get("issued"), work.get("published"),
        work.get("published-online"), work.get("posted"),
    )  # fmt: skip
    return next((parts for date in dates if (parts := date_parts(date))[0]), (0, 0, 0))


def _title(work: Item) -> str:
    title, subtitle = first_of(work, "title"), first_of(work, "subtitle")
    return f"{title}: {subtitle}" if subtitle and subtitle.lower() not in title.lower() else title


def _institution(work: Item, preprint: bool) -> str:  # noqa: FBT001 - private, and named at its one call
    names = [text_of(one.get("name")) for one in items(work.get("institution"))]
    return next(filter(None, names), "") if preprint else ""


def _address(value: object) -> str:
    address = text_of(value)
    return address if is_web_address(address) else ""


def _people(value: object) -> tuple[Person, ...]:
    found: list[Person] = []
    for name in items(value)[:MOST]:
        named = text_of(name.get("name"))
        one = group(named) if named else person(*(text_of(name.get(part)) for part in ("family", "given", "suffix")))
        found += [one] if one else []
    return tuple(found)


def _registrations(work: Item) -> Iterator[str]:
    numbers = [text_of(one.get("clinical-trial-number")) for one in items(work.get("clinical-trial-number"))]
    yield from dict.fromkeys(found.id for text in numbers for found in registrations_in(text.upper()))


def _related(relation: Item, name: str) -> Iterator[str]:
    for one in items(relation.get(name)):
        if text_of(one.get("id-type")).lower() == "doi" and (doi := doi_from(one.get("id"))):
            yield doi


def works_in(value: object) -> list[object] | None:
    """Return the works of an answer: of one work, a message of one, or a list; None where the value is no answer."""
    message = item(value).get("message")
    if not isinstance(message, dict):
        return None
    listed = message.get("items")
    return listed if isinstance(listed, list) else [message]


def is_work(value: object) -> bool:
    """Say whether an object is a work of Crossref rather than an item of CSL: there its title is a list."""
    record = item(value)
    return isinstance(record.get("title"), list) or (
        "DOI" in record and "id" not in record and bool(texts_of(record.get("container-title")))
    )
