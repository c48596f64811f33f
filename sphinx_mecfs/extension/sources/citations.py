"""The only module that knows sphinxcontrib-bibtex.

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
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.citation_target import CitationTarget
from sphinxcontrib.bibtex.roles import CitationRef

from ...bibliography.convert import to_pybtex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import BibtexDomain

    from ...bibliography.records import Entry


def bib_paths(app: Sphinx) -> tuple[Path, ...]:
    """Return the project's bibliography files, as bibtex resolves them: relative to the folder of `conf.py`."""
    return tuple((Path(app.confdir) / name).resolve() for name in app.config.bibtex_bibfiles)


def hand_over(app: Sphinx, entries: Mapping[str, Entry], known_digest: str) -> str:
    """Give bibtex the entries, so that it need not read the files, and return their digest.

    `known_digest` is what the last run returned: where nothing changed, what bibtex holds is kept. Has to run before
    bibtex's own `builder-inited` handler (priority 500). That one reads files only where what it holds is older than
    they are, and its own reading loses every entry after a faulty one.
    """
    domain, paths, encoding = _domain(app.env), bib_paths(app), app.config.bibtex_encoding
    digest = _hash(f"{key} {entry.digest}" for key, entry in entries.items())
    data = domain.bibdata.data
    if digest != known_digest:
        data = BibliographyData({key: to_pybtex(entry) for key, entry in entries.items()})
    # Which file an entry stands in matters only to a list of one file: all entries go with the first.
    keys = [dict.fromkeys(data.entries.keys()), *({} for _ in paths[1:])]
    files = {path: BibFile(get_mtime(path), own) for path, own in zip(paths, keys, strict=False)}
    domain.data["bibdata"] = BibData(encoding, files, data)
    return digest


def register_citation(env: BuildEnvironment, node_id: str, line: int, key: str) -> None:
    """Note that the current document cites `key`, without a visible citation, so that a bibliography lists it."""
    _domain(env).citation_refs.append(CitationRef(node_id, env.docname, line, [CitationTarget(key, "", "")]))


def citing_documents(env: BuildEnvironment) -> Mapping[str, set[str]]:
    """Return the names of the documents that cite each key."""
    documents: dict[str, set[str]] = defaultdict(set)
    for reference in _domain(env).citation_refs:
        for target in reference.targets:
            documents[target.key].add(reference.docname)
    return documents


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
        text = f"{citation.citation_id} {citation.formatted_entry.label} {citation.formatted_entry.text}"
        entry = citation.entry
        listed[citation.key] = f"{citation.bibliography_key} {text} {entry.fields.get('year')} {entry.persons}"
        shown[citation.bibliography_key.docname].append(f"{citation.key} {text}")
    for key, documents in citing_documents(env).items():
        for docname in documents:
            shown[docname].append(f"{key} {listed.get(key)}")
    return {docname: _hash(sorted(parts)) for docname, parts in shown.items()}


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _domain(env: BuildEnvironment) -> BibtexDomain:
    return cast("BibtexDomain", env.get_domain("cite"))
