"""The whole base at a glance: which card stands where, and what points at what.

The environment stores cards by document, so that a document can be dropped or merged by itself. A `Catalogue` turns
that around once, after reading, for everything that looks a key up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal, NamedTuple

import msgspec

from ...evidence.fields import RELATIONS
from ...evidence.records import Study
from ..i18n import _

Kind = Literal["study", "definition", "badge"]
"""What a page shows of a key: a study's name, a definition's name, or the badge of either."""


class CardRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """A card as the environment stores it.

    `study` is None for a wrong card, which can be referred to all the same. `location` is its file and line,
    `relation_lines` the lines of its options that name other studies.
    """

    key: str
    label: str
    anchor: str
    location: str
    study: Study | None = None
    relation_lines: Mapping[str, str] = {}


class Place(NamedTuple):
    """Where a thing stands and what a reference to it says."""

    docname: str
    anchor: str
    label: str


class Usage(NamedTuple):
    """What points at a study: pages that cite it, and other studies by the label of their relation to it."""

    documents: tuple[str, ...] = ()
    relations: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Catalogue(NamedTuple):
    """Cards by key (of several with one key, the first by document name), definitions by key, usage by key."""

    cards: Mapping[str, tuple[Place, CardRecord]]
    definitions: Mapping[str, Place]
    usage: Mapping[str, Usage]

    def study(self, key: str) -> Study | None:
        """Return the record of a sound card, or None."""
        found = self.cards.get(key)
        return found[1].study if found else None

    def within(self, documents: AbstractSet[str]) -> Catalogue:
        """Return what of the catalogue stands in these documents; cards of other studies keep their record."""
        cards = {
            key: (place if place.docname in documents else place._replace(docname=""), card)
            for key, (place, card) in self.cards.items()
        }
        definitions = {key: place for key, place in self.definitions.items() if place.docname in documents}
        usage = {
            key: used._replace(documents=tuple(docname for docname in used.documents if docname in documents))
            for key, used in self.usage.items()
        }
        return Catalogue(cards, definitions, usage)

    def mark(self, key: str) -> str:
        """Return what has to follow the name of a study whose paper was retracted or questioned: " (retracted)"."""
        study = self.study(key)
        return f" ({str(_(study.status.label)).lower()})" if study and study.status.needs_mark else ""


def build_catalogue(
    cards: Mapping[str, Sequence[CardRecord]],
    definitions: Mapping[str, Mapping[str, tuple[str, str]]],
    pointers: Iterable[tuple[str, Iterable[str]]],
) -> Catalogue:
    """Build the catalogue.

    `cards` holds the cards of each document, `definitions` the anchor and label of each definition that a document
    lists, `pointers` pairs of a document and the study keys that it points at.
    """
    placed: dict[str, tuple[Place, CardRecord]] = {}
    for docname in sorted(cards):
        for card in cards[docname]:
            placed.setdefault(card.key, (Place(docname, card.anchor, card.label), card))
    listed: dict[str, Place] = {}
    for docname in sorted(definitions):
        for key, (anchor, label) in definitions[docname].items():
            listed.setdefault(key, Place(docname, anchor, label))
    return Catalogue(placed, listed, _usage(placed, pointers))


def _usage(
    placed: Mapping[str, tuple[Place, CardRecord]], pointers: Iterable[tuple[str, Iterable[str]]]
) -> dict[str, Usage]:
    documents: dict[str, set[str]] = defaultdict(set)
    for docname, keys in pointers:
        for key in keys:
            if key in placed and placed[key][0].docname != docname:
                documents[key].add(docname)
    related: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for key in sorted(placed):
        study = placed[key][1].study
        for field in RELATIONS:
            for other in getattr(study, field.attribute) if study else ():
                related[other].setdefault(field.back, []).append(key)
    usage = {}
    for key in documents.keys() | related.keys():
        ordered = tuple((f.back, tuple(related[key][f.back])) for f in RELATIONS if f.back in related.get(key, ()))
        usage[key] = Usage(tuple(sorted(documents.get(key, ()))), ordered)
    return usage
