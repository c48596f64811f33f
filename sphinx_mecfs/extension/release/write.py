"""Write the release beside the pages of a website, at the end of a build that has succeeded."""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ...formats.release.files import release_parts
from ...formats.release.listing import DATA_FILES, FOLDER, SITEMAP
from ..domain.revision import state_of
from ..sources.base import CACHE_FOLDER
from ..sources.files import Written, last_written, note_written
from ..writing.view import scope_of
from .about import is_published
from .collect import collect
from .spool import Spool, Spooled
from .store import Store

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...formats.release.model import Release, StudyItem
    from ...formats.release.tables import FileSum

PACKAGE = Path(__file__).resolve().parent.parent.parent
SORT, SEEN = "release", "release-seen"
"""The names under which it is noted what has been written, and of which state of the base that is."""


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the files whose content has changed, and remove those of ours that the base no longer has."""
    if exception is not None or app.builder.name not in {"html", "dirhtml"}:
        return
    out = Path(app.outdir)
    before = last_written(app, SORT)
    state, seen = f"{state_of(app)} {_has_own_sitemap(app)}", last_written(app, SEEN)
    if seen.stamp == state and all((out / name).is_file() for name in before.names):
        return
    _write_changed(app, before)
    note_written(app, SEEN, Written(stamp=state))


def _write_changed(app: Sphinx, before: Written) -> None:
    out, store = Path(app.outdir), Store(app)
    store.clear((*(f"{FOLDER}/{file.name}" for file in DATA_FILES), SITEMAP))
    with Spool(Path(app.doctreedir) / CACHE_FOLDER) as spool:
        release = _stamped(app, collect(app.env, spool)) if is_published(app.env) else None
        stamp = _stamp(app, release)
        if before.stamp == stamp and all((out / name).is_file() for name in before.names):
            return
        names = _write_all(store, release, own_sitemap=_has_own_sitemap(app)) if release is not None else ()
    note_written(app, SORT, Written(tuple(sorted(names)), stamp))


def _write_all(store: Store, release: Release, *, own_sitemap: bool) -> list[str]:
    """Write the files of a release that have changed, and return the names of all."""
    sums: dict[str, FileSum] = {}
    for name, parts in release_parts(release, sums):
        if name != SITEMAP or not own_sitemap:
            sums[name] = store.write(name, parts)
    return list(sums)


def _stamped(app: Sphinx, release: Release) -> Release:
    """Return a release with a hash of all that is said of each study, here and as linked data."""
    own = [release.about, release.definitions, app.config.language, scope_of(app.env).domain.base.register.words]
    common = hashlib.sha256(_encoded(own) + _code()).digest()
    cards: dict[str, list[object]] = defaultdict(list)
    for card in release.cards:
        cards[card.paper.entry.key].append(card)
    said = ((item.study.key, item, release.entries.get(item.study.key)) for item in release.studies)
    stamps = {
        key: hashlib.blake2b(common + _said(item) + _encoded([entry, cards[key]]), digest_size=16).hexdigest()
        # Of two cards with one key, each would pass for the other.
        for key, item, entry in said
        if len(cards[key]) == 1
    }
    return release._replace(stamps=stamps)


def _said(item: StudyItem) -> bytes:
    """Return all that is said of a study in its card as bytes, its texts by their hash."""
    sections = item.sections
    digest = sections.digest if isinstance(sections, Spooled) else _encoded(sections)
    return _encoded([item.study, item.page]) + digest


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=lambda _function: None)


def _stamp(app: Sphinx, release: Release | None) -> str:
    """Return a hash of all that goes into the files: making it costs a tenth of making them."""
    said = [app.config.language, scope_of(app.env).domain.base.register.words, _has_own_sitemap(app)]
    found = hashlib.sha256(_encoded(said) + _code())
    if release is not None:
        # One by one, since a large base takes much memory as one text.
        for part in (release.about, release.definitions, release.questions, release.claims, release.pages):
            found.update(_encoded(part))
        for each in (*release.answers, *(entry.digest for _key, entry in sorted(release.entries.items()))):
            found.update(_encoded(each))
        for item in release.studies:
            found.update(release.stamps.get(item.study.key, "").encode() or _said(item))
        for card in release.cards:
            found.update(b"" if card.paper.entry.key in release.stamps else _encoded(card))
    return found.hexdigest()


@functools.cache
def _code() -> bytes:
    """Return a hash of the code that makes the files, so that a new release of it writes them anew."""
    rooms = ("formats", "bibliography", "evidence")
    paths = [path for room in rooms for path in sorted((PACKAGE / room).rglob("*.py"))]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).digest()


def _has_own_sitemap(app: Sphinx) -> bool:
    """Tell whether another extension, or the project itself, provides the list of pages."""
    paths = [Path(app.confdir) / name for name in app.config.html_extra_path]
    provided = any(path.name == SITEMAP or (path / SITEMAP).is_file() for path in paths)
    return provided or "sphinx_sitemap" in app.extensions


def setup(app: Sphinx) -> None:
    """Connect the event."""
    app.connect("build-finished", write)
