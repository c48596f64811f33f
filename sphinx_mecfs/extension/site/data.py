"""The studies as data for the scripts of a website: classic scripts, which a page can load from a folder too.

`mecfs-studies.js` serves the explorer and the previews: it holds what filters ask for. What is read and searched, such
as titles and summaries, is four fifths of the whole when packed. It comes in parts, `mecfs-texts-0.js` and so on, and
readers load those of the studies that they see, and all when they type words. The others hold references in one form
each, for those who download a list. All are written after the pages, only where something has changed, and loaded
when needed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ...bibliography.folding import REPLACED
from ...bibliography.reference import author_list
from ...evidence.queries import sort_studies
from ...evidence.vocabulary import Design, PemStatus, PublicationStatus, SourceRead
from ...formats.bibtex import to_bibtex
from ...formats.csl import to_csl
from ...formats.ris import to_ris
from ..domain.revision import code_digest, state_of
from ..i18n import _
from ..sources.files import Written, last_written, note_written, replace_file
from ..tables.cells import all_studies, definition_name
from ..writing.html import has_downloads
from ..writing.view import scope_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

    from ...bibliography.records import Entry
    from ...evidence.records import Study
    from ...evidence.vocabulary import Term
    from ..writing.view import Scope

T = TypeVar("T")

VERSION = 2
"""The version of what `mecfs-studies.js` holds."""

PART = 500
"""How many studies a part of the texts holds: some 50 kB when it is sent."""

NEWEST_FIRST = ("-year",)
"""The order of the studies, which is also that in which the explorer shows them at first: it begins with one part."""

FORMS: Mapping[str, Callable[[Entry], object]] = {"Bibtex": to_bibtex, "Ris": to_ris, "Csl": to_csl}
"""The forms of references, by the end of the name under which a script finds them."""

FOLDER = "_static"
STUDIES, REFERENCES = "scripts", "references"
"""The names under which it is noted what has been written."""


def study_scripts(app: Sphinx, scope: Scope) -> dict[str, bytes]:
    """Return the scripts of the studies and of the parts of their texts, by name."""
    studies = sort_studies(all_studies(scope.catalogue), NEWEST_FIRST)
    scripts = {"mecfs-studies.js": script("mecfsStudies", _studies_data(app, scope, studies))}
    for number, some in enumerate(in_parts(studies, PART)):
        texts = [_texts(scope, study) for study in some]
        scripts[f"mecfs-texts-{number}.js"] = script(f"mecfsTexts{number}", texts)
    return scripts


def in_parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield items in parts of a size, the last of which may be smaller; one empty part if there are no items."""
    for start in range(0, len(items) or 1, size):
        yield items[start : start + size]


def _studies_data(app: Sphinx, scope: Scope, studies: Sequence[Study]) -> dict[str, object]:
    criteria = sorted({criterion for study in studies for criterion in study.criteria})
    return {
        "version": VERSION,
        "part": PART,
        "fold": dict(REPLACED),
        "terms": {
            "pem": {status.value: [status.symbol, str(_(status.label)), status.group] for status in PemStatus},
            "design": _labels(Design),
            "population": _labels(scope.domain.base.register.words.accepted),
            "status": _labels(PublicationStatus),
            "read": _labels(SourceRead),
            "criteria": {key: definition_name(scope, key) for key in criteria},
        },
        "studies": [_study(app, scope, study) for study in studies],
    }


def _labels(terms: Iterable[Term]) -> dict[str, str]:
    return {term.value: str(_(term.label)) for term in terms}


def _study(app: Sphinx, scope: Scope, study: Study) -> dict[str, object]:
    place, _card = scope.catalogue.cards[study.key]
    return {
        "key": study.key,
        "name": place.label + scope.catalogue.mark(study.key),
        "year": study.year,
        "url": f"{app.builder.get_target_uri(place.docname)}#{place.anchor}",
        "pem": study.pem_status,
        "design": study.design,
        "criteria": study.criteria,
        "topics": study.topics,
        "population": study.population,
        "status": study.status,
        "read": study.source_read,
        "participants": study.participants,
    }


def _texts(scope: Scope, study: Study) -> dict[str, object]:
    entry = scope.domain.base.entries[study.key]
    return {
        "title": study.title,
        "journal": entry.journal,
        "authors": author_list(entry, len(entry.authors) or 1),
        "summary": study.summary,
        "doi": entry.doi,
        "pmid": entry.pmid,
    }


def script(name: str, data: object) -> bytes:
    """Return a classic script that gives data a name; nothing in the data can end the script or break its lines."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Inside a page `<` could end the script, and old engines took these two for ends of lines.
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.{name}={text};\n".encode()


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write the scripts of a website whose build has succeeded, as far as anything in them may have changed."""
    if exception is not None or not has_downloads(app.builder):
        return
    state = state_of(app)
    if _is_current(app, STUDIES, state):
        return
    scope = scope_of(app.env)
    entries = {key: scope.domain.base.entries[key] for key in sorted(s.key for s in all_studies(scope.catalogue))}
    _write(app, STUDIES, study_scripts(app, scope), state)
    # An edit of a card changes no reference, and to write all of them takes longer than all else after an edit.
    stamp = _stamp(entries.values())
    if not _is_current(app, REFERENCES, stamp):
        scripts = {
            f"mecfs-{form.lower()}.js": script(f"mecfs{form}", {key: write(entry) for key, entry in entries.items()})
            for form, write in FORMS.items()
        }
        _write(app, REFERENCES, scripts, stamp)


def _stamp(entries: Iterable[Entry]) -> str:
    return hashlib.sha256("\n".join((code_digest(), *(entry.digest for entry in entries))).encode()).hexdigest()[:32]


def _is_current(app: Sphinx, sort: str, stamp: str) -> bool:
    """Tell whether the last build has written scripts of a sort from the same, and they are still there."""
    before = last_written(app, sort)
    return before.stamp == stamp and all((Path(app.outdir) / name).is_file() for name in before.names)


def _write(app: Sphinx, sort: str, scripts: Mapping[str, bytes], stamp: str) -> None:
    for name, content in scripts.items():
        replace_file(Path(app.outdir) / FOLDER / name, content)
    note_written(app, sort, Written(tuple(f"{FOLDER}/{name}" for name in scripts), stamp))


def setup(app: Sphinx) -> None:
    """Connect the event."""
    app.connect("build-finished", write_data)
