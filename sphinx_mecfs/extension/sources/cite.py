"""The domain `cite` of sphinxcontrib-bibtex, in time that grows with the number of entries and no faster.

`BibtexDomain` looks through all citations for each entry of a list, through all entries twice for each citation, and
keeps entries, formatted texts and nodes in the environment. Here the same things are found by key, what each run has
anyway is not stored, and a list in our own style is formatted when it is written. Pages come out the same.

Sphinx provides for a domain that takes the place of another (`Sphinx.add_domain`, `override`). Everything here would be
better in sphinxcontrib-bibtex; docs/extension/speed.md has the changes to propose there.
"""

from __future__ import annotations

import ast
import copy
import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from pybtex.backends.plaintext import Backend as PlainText
from pybtex.database import BibliographyData
from pybtex.plugin import register_plugin
from sphinxcontrib.bibtex.bibfile import BibData
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.nodes import bibliography as bibliography_node
from sphinxcontrib.bibtex.roles import CiteRole
from sphinxcontrib.bibtex.transforms import BibliographyTransform, node_text_transform

from ...bibliography.reference import format_reference
from ...bibliography.style import FormattedReference
from ...evidence.problems import Problem
from ..report import report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pybtex.database import Entry
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.directives import BibliographyValue
    from sphinxcontrib.bibtex.domain import Citation
    from sphinxcontrib.bibtex.roles import CitationRef

    from ...bibliography.records import Entry as OwnEntry
    from ...bibliography.reference import Piece


class HandedOver(BibData):
    """What bibtex holds of the bibliography. Each run hands it over anew, so that nothing of it is stored."""

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return BibData, (self.encoding, {}, BibliographyData())


class References:
    """All citations of the project, by document, so that one can be forgotten without a look at the others."""

    def __init__(self) -> None:
        self.by_document: dict[str, list[CitationRef]] = {}

    def append(self, reference: CitationRef) -> None:
        """Add a citation."""
        self.by_document.setdefault(reference.docname, []).append(reference)

    def __iter__(self) -> Iterator[CitationRef]:
        return chain.from_iterable(self.by_document.values())


class CitationNodes(Mapping[str, nodes.Element]):
    """The nodes of a list, made of their anchors when they are asked for."""

    def __init__(self, made: Mapping[str, nodes.Element]) -> None:
        self._kind = type(next(iter(made.values()), nodes.citation()))
        self._ids = {key: node["ids"][0] for key, node in made.items()}

    def __getitem__(self, key: str) -> nodes.Element:
        return self._kind(ids=[self._ids[key]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class Lists(dict[BibliographyKey, "BibliographyValue"]):
    """The lists of references, without their nodes."""

    def __setitem__(self, key: BibliographyKey, value: BibliographyValue) -> None:
        if not isinstance(value.citation_nodes, CitationNodes):
            value = value._replace(citation_nodes=CitationNodes(value.citation_nodes))  # type: ignore[arg-type]
        super().__setitem__(key, value)


_DECIDED = {ast.dump(ast.parse(text)): text for text in ("True", "cited", "not cited")}
"""Filters that need no look at an entry: those of a list without options, and of `all`, `cited` and `notcited`."""


_TARGET = r"\s*+(?:\{[^{}]++\}\s*+)?[^{}\s,]++\s*+(?:\{[^{}]++\}\s*+)?"
_TARGETS = re.compile(rf"{_TARGET}(?:,{_TARGET}){{0,99}}+")
"""What bibtex reads of a citation; it calls itself for each key, so that Python would stop it at some hundred."""


class CheckedCiteRole(CiteRole):
    """bibtex's role. It would end the build at a citation that it cannot read, which is a problem of its line here."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the citation, or its text as it stands."""
        if _TARGETS.fullmatch(self.target):
            made: tuple[list[nodes.Node], list[nodes.system_message]] = super().run()
            return made
        named = " ".join(self.target.split())[:80]
        message = f"the citation {named!r} names no keys, or more than 100, parted by commas"
        report(Problem.CITATION_TARGET, message, self.get_location())
        return [nodes.literal("", self.text)], []


class QuickBibtexDomain(BibtexDomain):
    """bibtex's domain with another way to keep and find citations."""

    data_version = 1_000 + BibtexDomain.data_version
    roles: ClassVar[dict[str, Any]] = {name: CheckedCiteRole() for name in BibtexDomain.roles}
    initial_data: ClassVar[dict[str, Any]] = {
        "bibdata": HandedOver("", {}, BibliographyData()),
        "bibliographies": Lists(),
        "citation_refs": References(),
    }

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        # Worked out anew in each run by `env_updated`, and so not part of the environment.
        self._citations: list[Citation] = []
        self._places: dict[str, list[int]] = {}
        self._citing: dict[str, set[str]] = {}

    @property
    def citations(self) -> list[Citation]:
        """The entries that stand in lists."""
        return self._citations

    @property
    def references(self) -> Mapping[str, Sequence[CitationRef]]:
        """The citations of each document."""
        references: References = self.data["citation_refs"]
        return references.by_document

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.data["citation_refs"].by_document.pop(docname, None)
        for key in [key for key in self.bibliographies if key.docname == docname]:
            del self.bibliographies[key]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel process has read."""
        for key, value in otherdata["bibliographies"].items():
            if key.docname in docnames:
                self.bibliographies[key] = value
        theirs = otherdata["citation_refs"].by_document
        ours = self.data["citation_refs"].by_document
        ours.update({docname: found for docname, found in theirs.items() if docname in docnames})

    # ---- choosing what stands in lists

    def env_updated(self) -> Iterable[str]:
        """Choose the entries and their labels."""
        self._citing = self.citing_documents()
        updated: Iterable[str] = super().env_updated()
        places: dict[str, list[int]] = defaultdict(list)
        for place, citation in enumerate(self.citations):
            places[citation.key].append(place)
        self._places = dict(places)
        return updated

    def citing_documents(self) -> dict[str, set[str]]:
        """Return the names of the documents that cite each key."""
        documents: dict[str, set[str]] = defaultdict(set)
        for docname, references in self.references.items():
            for reference in references:
                for target in reference.targets:
                    documents[target.key].add(docname)
        return dict(documents)

    def get_all_cited_keys(self, docnames: Sequence[str]) -> Iterator[str]:
        """Yield the keys that are cited, in the order of the documents."""
        for docname in docnames:
            for reference in self.references.get(docname, ()):
                yield from (target.key for target in reference.targets)

    def get_filtered_entries(self, bibliography_key: BibliographyKey) -> Iterable[tuple[str, Entry]]:
        """Yield the entries that a list chooses, in the order of the files; a filter of its own is left to bibtex."""
        chosen = self.bibliographies[bibliography_key]
        decided = _DECIDED.get(ast.dump(chosen.filter_))
        if decided is None:
            yield from super().get_filtered_entries(bibliography_key)
            return
        named = set(chosen.keys)
        for entry in self.get_entries(chosen.bibfiles):
            key = chosen.keyprefix + entry.key
            if decided == "True" or (key in self._citing) == (decided == "cited") or entry.key in named:
                yield key, entry

    # ---- writing

    def resolve_xref(  # type: ignore[override]  # noqa: PLR0913, PLR0917  (Sphinx calls it with these)
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Return a citation, as bibtex makes it where there are no entries but those that are cited."""
        keys = dict.fromkeys(found.key for found in parse_citation_targets(target))
        # Several keys of one citation are shown in the order of the list.
        found = sorted(place for key in keys for place in self._places.get(key, ()))
        narrow = copy.copy(self)
        narrow._citations = [self._citations[place] for place in found]  # noqa: SLF001
        resolved: nodes.Element = super(QuickBibtexDomain, narrow).resolve_xref(
            env, fromdocname, builder, typ, target, node, contnode
        )
        return resolved


def reference_paragraph(entry: OwnEntry) -> nodes.paragraph:
    """Return a reference in our style; the way over pybtex's rich text leads to the same, in four times the time."""
    return nodes.paragraph("", "", *map(_inline, format_reference(entry)))


def _inline(piece: Piece) -> nodes.Node:
    made: nodes.Text | nodes.TextElement = nodes.Text(piece.text)
    if piece.style:
        made = _STYLES[piece.style]("", "", made)
    return nodes.reference("", "", made, refuri=piece.url) if piece.url else made


_STYLES: Mapping[str, type[nodes.TextElement]] = {"emphasis": nodes.emphasis, "strong": nodes.strong}


class QuickBibliographyTransform(BibliographyTransform):
    """Put the entries in a list that citations lead to; lists with numbers or bullets are left to bibtex."""

    default_priority = BibliographyTransform.default_priority - 1

    def run(self, **_kwargs: object) -> None:
        """Replace the places of lists by the lists."""
        domain: QuickBibtexDomain = self.env.domains["cite"]  # type: ignore[assignment]
        for place in list(self.document.findall(bibliography_node)):
            key = BibliographyKey(docname=place["docname"], id_=place["ids"][0])
            if domain.bibliographies[key].list_ == "citation":
                listed = (citation for citation in domain.citations if citation.bibliography_key == key)
                entries = [self._entry(domain, citation) for citation in listed]
                self._link_back(domain, key, entries)
                place.replace_self(nodes.container("", *entries) if entries else nodes.target())

    def _entry(self, domain: QuickBibtexDomain, citation: Citation) -> nodes.Element:
        node = domain.bibliographies[citation.bibliography_key].citation_nodes[citation.key]
        node["key"] = citation.key
        node += nodes.label("", citation.formatted_entry.label, support_smartquotes=False)
        formatted = citation.formatted_entry
        ours = isinstance(formatted, FormattedReference)
        node += reference_paragraph(formatted.record) if ours else self.backend.paragraph(formatted)
        node["docname"] = citation.bibliography_key.docname
        node_text_transform(node)
        return node

    @staticmethod
    def _link_back(domain: QuickBibtexDomain, key: BibliographyKey, entries: Iterable[nodes.Element]) -> None:
        """Note in each entry the citations of it in the same document, to which it links."""
        backwards: dict[str, list[str]] = defaultdict(list)
        for reference in domain.references.get(key.docname, ()):
            for cited in {target.key for target in reference.targets}:
                backwards[cited].append(reference.citation_ref_id)
        for node in entries:
            if node["key"] in backwards:
                node["backrefs"] = backwards[node["key"]]
            del node["key"]


def setup(app: Sphinx) -> None:
    """Have the domain and the role take the place of bibtex's own."""
    app.add_domain(QuickBibtexDomain, override=True)
    app.add_role("cite", CheckedCiteRole(), override=True)
    # bibtex asks for this at each citation, and pybtex would look through all that is installed each time.
    register_plugin("pybtex.backends", "plaintext", PlainText, force=True)
    app.add_post_transform(QuickBibliographyTransform)
