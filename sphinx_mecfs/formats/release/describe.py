"""Describe a release as a whole: for search engines (schema.org Dataset) and for those who cite it (CITATION.cff)."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, cast

from .._text import one_line
from ..jsonld import CONTEXT, Site, address_of, card_nodes, lean, to_graph
from .listing import DATA_FILES, FOLDER
from .model import TO_ROOT
from .pieces import Part, Piece, document_json, item_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..jsonld import Card, Node
    from .model import About, Release


def dataset(release: Release, root: str = TO_ROOT) -> Node:
    """Return the description as JSON-LD: a schema.org Dataset with its files as DataDownload.

    `root` is the way to the start page from where the description stands; it counts where the base has no address.
    """
    about = release.about
    distribution = [
        {
            "@type": "DataDownload",
            "name": f"{about.say(file.title)} ({file.name})",
            "description": about.say(file.doc),
            "encodingFormat": file.media_type,
            "contentUrl": about.seen(f"{FOLDER}/{file.name}", root),
        }
        for file in DATA_FILES
    ]
    return lean(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "@id": about.seen(f"{FOLDER}/dataset.jsonld", root),
            "name": about.title,
            "description": release.description,
            "url": about.seen("", root),
            "version": about.version,
            "license": about.licence_address,
            "inLanguage": about.language,
            "dateModified": release.updated.isoformat() if release.updated else "",
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": _author(release)},
            "distribution": distribution,
        }
    )


def linked_data(release: Release) -> Node:
    """Return all papers, cards, questions and claims as one graph of JSON-LD: what the heads of the pages hold."""
    return to_graph(site_of(release.about), release.cards, release.answers)


def linked_json(release: Release) -> Iterator[Part]:
    """Yield the same as JSON."""
    site, answers = site_of(release.about), {answer.address for answer in release.answers}
    texts: dict[object, Part] = {}
    for card in release.cards:
        stamps = (release.stamp(form, card.paper.entry.key) for form in ("paper", "card"))
        names = (address_of(card.paper.entry), card.address)
        for number, (stamp, name) in enumerate(zip(stamps, names, strict=True)):
            texts.setdefault(name, Piece(stamp, partial(_card_json, site, card, number)))
    graph = to_graph(site, (), release.answers)
    for node in cast("list[Node]", graph["@graph"]):
        if node["@id"] in answers or node["@id"] not in texts:
            texts[node["@id"]] = item_json(node)
    return document_json(graph | {"@graph": []}, "@graph", texts.values())


def _card_json(site: Site, card: Card, number: int) -> str:
    return item_json(card_nodes(site, card)[number])


def site_of(about: About) -> Site:
    """Return the base as JSON-LD names it."""
    return Site(about.title, about.address, about.licence_address, about.language)


def citation_cff(release: Release) -> str:
    """Return how to cite the base, as a Citation File Format file (1.2.0).

    Each value is written as JSON, which is YAML too (YAML 1.2, 1.3), so that no text can leave its place.
    """
    about = release.about
    values: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "Cite a study by its paper first and its card second. To cite the base as a whole, use this.",
        "title": one_line(about.title),
        "type": "dataset",
        "abstract": one_line(release.description),
        "authors": [{"name": _author(release)}],
        "version": one_line(about.version),
        "date-released": release.updated.isoformat() if release.updated else "",
        "url": about.address,
        **({"license-url": about.licence} if "://" in about.licence else {"license": about.licence}),
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items() if value)


def _author(release: Release) -> str:
    return one_line(release.about.author) or f"The authors of {one_line(release.about.title)}"
