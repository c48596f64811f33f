"""The page of a new study: what its record says, and a gap for everything that only a reader of the paper can say.

A gap is the word TODO with a hint. The build reports each at its line until it is filled or taken out (problem `gap`).
An import never says which definition was used, whether PEM was required, what was found, or what that means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...evidence.fields import CARD_BODY, CARD_FIELDS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from ...evidence.fields import Field, Section
    from ..records import Publication

GAP = "TODO"
"""The word that marks a gap; `evidence.options.check_gap` finds it."""

_ASKED = frozenset({"participants"})
"""Options that are not required and that hardly a card can do without."""

_ASKED_SECTIONS = frozenset({"Findings"})
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|$~^@!&])")


def page_text(key: str, publication: Publication, today: datetime.date, *, orphan: bool = False) -> str:
    """Return the Markdown page of a new study.

    `orphan` puts in the line that keeps a page out of Sphinx's warning on pages outside every table of contents.
    """
    lines = [*_head(publication.title, orphan=orphan), f":::{{evidence-card}} {key}"]
    lines += [f":{name}: {value}" for name, value in _options(publication, today)]
    lines += ["", *map(_section, filter(_is_asked, CARD_BODY.sections)), ":::", ""]
    return "\n".join(lines)


def _head(title: str, *, orphan: bool) -> Iterator[str]:
    if orphan:
        yield from ("---", "orphan: true", "---", "")
    heading = _MARKDOWN.sub(r"\\\1", title)
    yield f"# {heading}"
    yield ""


def _options(publication: Publication, today: datetime.date) -> Iterator[tuple[str, str]]:
    known = _known(publication, today)
    for field in CARD_FIELDS:
        if field.name in known:
            yield field.name, known[field.name]
        elif (field.required and not field.default) or field.name in _ASKED:
            yield field.name, _gap(field)


def _known(publication: Publication, today: datetime.date) -> dict[str, str]:
    known = {"registration": ", ".join(dict.fromkeys(publication.registration)), "added": today.isoformat()}
    notice = publication.notice
    if notice:
        known |= {"status": notice.status.value, "status-notice": notice.reference or f"{GAP} DOI, PMID or address"}
    if publication.asked:
        known["status-checked"] = today.isoformat()
    return {name: value for name, value in known.items() if value}


def _gap(field: Field) -> str:
    if field.vocabulary is not None:
        return f"{GAP} {' '.join(field.vocabulary)}"
    return f"{GAP} {field.doc}"


def _is_asked(section: Section) -> bool:
    return section.required or section.for_trials or section.label in _ASKED_SECTIONS


def _section(section: Section) -> str:
    return f":{section.label}: {GAP} {section.doc}"
