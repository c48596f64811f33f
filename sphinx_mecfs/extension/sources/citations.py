"""What the extension asks of sphinxcontrib-bibtex; with `cite` the only module that knows it.

It hands bibtex entries that were read and linted here, registers each card's key as cited, tells which pages cite a
key, and has pages written again whose citations have become stale. bibtex documents the classes used here without
promising that they stay, so that a new release of it can break this file and no other.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pybtex.database import BibliographyData
from pybtex.utils import OrderedCaseInsensitiveDict
from sphinxcontrib.bibtex.bibfile import BibFile, get_mtime
from sphinxcontrib.bibtex.citation_target import CitationTarget
from sphinxcontrib.bibtex.roles import CitationRef

from ...bibliography.convert import record_of, to_pybtex
from ...bibliography.style import FormattedReference
from .cite import HandedOver

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ...bibliography.records import Entry
    from .cite import QuickBibtexDomain


def bib_paths(app: Sphinx) -> tuple[Path, ...]:
    """Return the project's bibliography files, as bibtex resolves them: relative to the folder of `conf.py`."""
    return tuple((Path(app.confdir) / name).resolve() for name in app.config.bibtex_bibfiles)


def hand_over(app: Sphinx, entries: Mapping[str, Entry]) -> None:
    """Give bibtex the entries, so that it need not read the files.

    Has to run before bibtex's own `builder-inited` handler (priority 500). That one reads files only where what it
    holds is older than they are, and its own reading loses every entry after a faulty one.
    """
    domain, paths, encoding = _domain(app.env), bib_paths(app), app.config.bibtex_encoding
    data = BibliographyData()
    # Not one by one: that would have each entry looked into for a cross-reference.
    data.entries = OrderedCaseInsensitiveDict((key, to_pybtex(entry)) for key, entry in entries.items())
    # Which file an entry stands in matters only to a list of one file: all entries go with the first.
    keys = [dict.fromkeys(data.entries.keys()), *({} for _ in paths[1:])]
    files = {path: BibFile(get_mtime(path), own) for path, own in zip(paths, keys, strict=False)}
    domain.data["bibdata"] = HandedOver(encoding, files, data)


def register_citation(env: BuildEnvironment, node_id: str, line: int, key: str) -> None:
    """Note that the current document cites `key`, without a visible citation, so that a bibliography lists it."""
    _domain(env).citation_refs.append(CitationRef(node_id, env.docname, line, [CitationTarget(key, "", "")]))


def citing_documents(env: BuildEnvironment) -> Mapping[str, set[str]]:
    """Return the names of the documents that cite each key."""
    return _domain(env).citing_documents()


def listing_documents(env: BuildEnvironment) -> set[str]:
    """Return the documents that hold a list of references."""
    return {key.docname for key in _domain(env).bibliographies}


def citation_states(env: BuildEnvironment) -> dict[str, str]:
    """Return, by document that lists or cites anything, a hash of what it shows of the bibliography.

    Holds only after bibtex's own `env-updated` handler (priority 500) has chosen the entries and their labels.
    """
    shown: dict[str, list[str]] = defaultdict(list)
    listed: dict[str, str] = {}
    for citation in _domain(env).citations:
        formatted = citation.formatted_entry
        words = formatted.text if not isinstance(formatted, FormattedReference) else ""
        text = f"{citation.citation_id} {formatted.label} {words} {record_of(citation.entry).digest}"
        listed[citation.key] = f"{citation.bibliography_key} {text}"
        shown[citation.bibliography_key.docname].append(f"{citation.key} {text}")
    for key, documents in citing_documents(env).items():
        for docname in documents:
            shown[docname].append(f"{key} {listed.get(key)}")
    return {docname: _hash(sorted(parts)) for docname, parts in shown.items()}


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _domain(env: BuildEnvironment) -> QuickBibtexDomain:
    return cast("QuickBibtexDomain", env.get_domain("cite"))
