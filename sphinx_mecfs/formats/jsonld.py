"""Write what a page holds as JSON-LD with the vocabulary of schema.org, for search engines and harvesters.

The paper and what we say of it are two things: the paper is a `MedicalScholarlyArticle`, the card a `Review` of it.
What schema.org has no word for is not bent into one that is near: criteria and PEM are `DefinedTerm`s in `about` of the
card (there is no property for inclusion criteria), there are no ratings, no `EvidenceLevel` (for guidelines only) and
no `ClaimReview` (for claims made elsewhere). A retraction is a `creativeWorkStatus` and a `correction`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from ..bibliography.reference import doi_address, pubmed_address
from ..evidence.vocabulary import Design
from ._text import container, is_group, one_line, publisher

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence

    from ..bibliography.records import Entry, Person

CONTEXT = "https://schema.org"

Node = dict[str, object]
"""A node of the graph."""

PUBLICATION_TYPES: Mapping[Design, str] = {
    Design.CASE_REPORT: "Case Reports",
    Design.SINGLE_ARM_TRIAL: "Clinical Trial",
    Design.NONRANDOMISED_TRIAL: "Clinical Trial",
    Design.RCT: "Randomized Controlled Trial",
    Design.CLUSTER_RCT: "Randomized Controlled Trial",
    Design.CROSSOVER_TRIAL: "Clinical Trial",
    Design.COHORT: "Observational Study",
    Design.CASE_CONTROL: "Observational Study",
    Design.CROSS_SECTIONAL: "Observational Study",
    Design.SYSTEMATIC_REVIEW: "Systematic Review",
    Design.META_ANALYSIS: "Meta-Analysis",
    Design.NARRATIVE_REVIEW: "Review",
    Design.GUIDELINE: "Guideline",
    Design.INSTRUMENT_VALIDATION: "Validation Study",
}
"""The publication type in MeSH for each design that has one; schema.org asks for its text in `publicationType`."""


class Site(NamedTuple):
    """The base: its name, its address and the address of its licence ("": unknown), and its language."""

    title: str
    address: str
    licence: str
    language: str


class Paper(NamedTuple):
    """A publication: its entry, its design, and its status in words with the address of the notice ("": current)."""

    entry: Entry
    design: Design | None = None
    status: str = ""
    notice: str = ""


class Term(NamedTuple):
    """A term of a list: its name, its code there, what it means, the name of the list, and where it was published."""

    name: str
    code: str
    meaning: str
    vocabulary: str
    source: str = ""


class Dates(NamedTuple):
    """When a text was added and last changed, as far as known."""

    published: datetime.date | None = None
    modified: datetime.date | None = None


class Card(NamedTuple):
    """A card of a paper; `is_page` tells whether it has its page to itself. `address` may be an anchor of the page."""

    paper: Paper
    title: str
    summary: str
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    dates: Dates
    keywords: tuple[str, ...]
    terms: tuple[Term, ...]
    address: str
    is_page: bool


class Statement(NamedTuple):
    """A claim: its words, its certainty in words, where it stands, and the papers that bear on it, for or against."""

    text: str
    certainty: str
    address: str
    papers: tuple[Paper, ...]


class Answer(NamedTuple):
    """A question with its short answer and its claims."""

    title: str
    text: str
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    dates: Dates
    address: str
    statements: tuple[Statement, ...]


def to_jsonld(site: Site, cards: Iterable[Card], answers: Iterable[Answer]) -> str:
    """Return a JSON-LD document that is safe inside a script element.

    Without cards and answers, the graph is empty.
    """
    return in_script(to_graph(site, cards, answers))


def to_graph(site: Site, cards: Iterable[Card], answers: Iterable[Answer]) -> Node:
    """Return the same as a document; a paper that has a card and is cited too, or is cited twice, stands in it once."""
    nodes: dict[object, Node] = {}
    for card in cards:
        for node in card_nodes(site, card):
            nodes.setdefault(node["@id"], node)
    for answer in answers:
        for paper in (paper for statement in answer.statements for paper in statement.papers):
            nodes.setdefault(address_of(paper.entry), _cited(paper))
        nodes[answer.address] = _answer(site, answer)
    return {"@context": CONTEXT, "@graph": list(nodes.values())}


def card_nodes(site: Site, card: Card) -> tuple[Node, Node]:
    """Return what stands in a graph for a card: its paper, known by `address_of`, and itself, known by its address."""
    return _article(card.paper), _review(site, card)


def in_script(document: Node) -> str:
    r"""Return a document so that no text in it can end a script element of HTML: `<` is written as an escape."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def address_of(entry: Entry) -> str:
    """Return the address that stands for a publication: of its DOI, else in PubMed, else its own, else an anchor."""
    if entry.doi:
        return doi_address(entry.doi)
    return (pubmed_address(entry.pmid) if entry.pmid else entry.url) or f"#paper-{entry.key}"


# ---- papers


def _article(paper: Paper) -> Node:
    entry = paper.entry
    identifiers = [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in _ids(entry)]
    addresses = [pubmed_address(entry.pmid) if entry.pmid else "", entry.url]
    return lean(
        {
            "@type": _kind(entry),
            "@id": address_of(entry),
            "name": entry.title,
            "author": [_person(person) for person in entry.authors],
            "datePublished": "" if entry.year is None else str(entry.year),
            "isPartOf": _issue(entry),
            "pagination": "-".join(filter(None, entry.page_range)),
            "publisher": _organization(publisher(entry)),
            "identifier": identifiers,
            "sameAs": [address for address in addresses if address and address != address_of(entry)],
            "publicationType": PUBLICATION_TYPES.get(paper.design, "") if paper.design else "",
            "creativeWorkStatus": paper.status,
            "correction": paper.notice,
        }
    )


def _cited(paper: Paper) -> Node:
    """Return a paper that is cited only, in brief."""
    whole = _article(paper)
    return {name: whole[name] for name in whole if name in _BRIEF}


_BRIEF = frozenset({"@type", "@id", "name", "datePublished", "creativeWorkStatus"})


def _kind(entry: Entry) -> str:
    if entry.journal or entry.type == "article":
        return "MedicalScholarlyArticle"
    return "Report" if entry.type in {"report", "techreport"} else "CreativeWork"


def _ids(entry: Entry) -> list[tuple[str, str]]:
    return [
        (name, value) for name, value in (("doi", entry.doi), ("pmid", entry.pmid), ("pmcid", entry.pmcid)) if value
    ]


def _issue(entry: Entry) -> Node:
    """Return what the article is part of: an issue of a volume of a journal, as far as these are known."""
    name = container(entry)
    if not entry.journal:
        return lean({"@type": "Book", "name": name}) if name else {}
    part: Node = {"@type": "Periodical", "name": name}
    if entry.volume:
        part = {"@type": "PublicationVolume", "volumeNumber": one_line(entry.volume), "isPartOf": part}
    if entry.number:
        part = {"@type": "PublicationIssue", "issueNumber": one_line(entry.number), "isPartOf": part}
    return part


def _person(person: Person) -> Node:
    if person.literal:
        return _organization(person.family)
    name = " ".join(filter(None, (person.given, person.surname, person.suffix)))
    return lean({"@type": "Person", "name": name, "familyName": person.surname, "givenName": person.given})


def _named(name: str) -> Node:
    return _organization(name) if is_group(name) else {"@type": "Person", "name": one_line(name)}


def _organization(name: str) -> Node:
    return lean({"@type": "Organization", "name": name}) if name else {}


# ---- what we say of them


def _review(site: Site, card: Card) -> Node:
    return lean(
        {
            "@type": ["Review", "MedicalWebPage"] if card.is_page else "Review",
            **_page(site, card.address, card.authors, card.reviewers if card.is_page else ()),
            "name": card.title,
            "itemReviewed": {"@id": address_of(card.paper.entry)},
            "reviewBody": card.summary,
            "about": [_term(term) for term in card.terms],
            "keywords": list(card.keywords),
            **_dates(card.dates),
        }
    )


def _answer(site: Site, answer: Answer) -> Node:
    return lean(
        {
            "@type": "MedicalWebPage",
            **_page(site, answer.address, answer.authors, answer.reviewers),
            "name": answer.title,
            "description": answer.text,
            **_dates(answer.dates),
            "hasPart": [_claim(statement, answer) for statement in answer.statements],
        }
    )


def _claim(statement: Statement, answer: Answer) -> Node:
    return lean(
        {
            "@type": "Claim",
            "@id": statement.address,
            "text": statement.text,
            # There is no property for how certain a claim is.
            "description": statement.certainty,
            "citation": [{"@id": address_of(paper.entry)} for paper in statement.papers],
            "appearance": {"@id": answer.address},
        }
    )


def _page(site: Site, address: str, authors: Sequence[str], reviewers: Sequence[str]) -> Node:
    return {
        "@id": address,
        "url": "" if address.startswith("#") else address,
        "author": list(map(_named, authors)) or _organization(site.title),
        "reviewedBy": list(map(_named, reviewers)),
        "inLanguage": site.language,
        "license": site.licence,
        "isPartOf": lean({"@type": "WebSite", "name": site.title, "url": site.address}),
    }


def _term(term: Term) -> Node:
    return lean(
        {
            "@type": "DefinedTerm",
            "name": term.name,
            "termCode": term.code,
            "description": term.meaning,
            "inDefinedTermSet": lean({"@type": "DefinedTermSet", "name": term.vocabulary}),
            "sameAs": term.source,
        }
    )


def _dates(dates: Dates) -> Node:
    return {
        "datePublished": dates.published.isoformat() if dates.published else "",
        "dateModified": dates.modified.isoformat() if dates.modified else "",
    }


def lean(node: Node) -> Node:
    """Return a node without what is empty, each text of it in one line."""
    tidy = {name: one_line(value) if isinstance(value, str) else value for name, value in node.items()}
    return {name: value for name, value in tidy.items() if value}
