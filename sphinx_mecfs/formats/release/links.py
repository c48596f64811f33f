"""Write lists of links for harvesters: `linkset.json` (RFC 9264) and `sitemap.xml` (sitemaps.org, 0.9)."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from ...bibliography.reference import doi_address, pubmed_address
from .listing import DATA_FILES, FOLDER
from .pieces import Part, Piece, document_json, item_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...bibliography.records import Entry
    from .model import Release, StudyItem

SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def linkset(release: Release) -> Iterator[Part]:
    """Yield how the base, its files, its cards and the papers belong together, as JSON.

    The relations are those of the IANA registry: `item` and `collection` between the base and its cards, `describedby`
    to the data, `about` from a card to the paper, `license`. Where the base has no address, links are relative to the
    file, as RFC 3986 has it.
    """
    about = release.about
    licence = {"license": [{"href": about.licence_address}]} if about.licence_address else {}
    files = [
        {"href": about.seen(f"{FOLDER}/{file.name}"), "type": file.media_type, "title": file.title}
        for file in DATA_FILES
        if file.name != "linkset.json"
    ]
    cards = [{"href": about.seen(item.page), "type": "text/html"} for item in release.studies if item.page]
    base = {"anchor": about.seen(""), "describedby": files, **({"item": cards} if cards else {}), **licence}

    def text(item: StudyItem) -> str:
        return item_json(_card(release, item) | licence)

    shown = (item for item in release.studies if item.page)
    contexts = (Piece(release.stamp("link", item.study.key), partial(text, item)) for item in shown)
    return document_json({"linkset": []}, "linkset", chain([item_json(base)], contexts))


def _card(release: Release, item: StudyItem) -> dict[str, object]:
    about = release.about
    paper = _paper(release.entries.get(item.study.key))
    return {
        "anchor": about.seen(item.page),
        "collection": [{"href": about.seen("")}],
        "describedby": [{"href": about.seen(f"{FOLDER}/studies.json"), "type": "application/json"}],
        **({"about": [{"href": paper}]} if paper else {}),
    }


def _paper(entry: Entry | None) -> str:
    if entry is None:
        return ""
    return doi_address(entry.doi) if entry.doi else pubmed_address(entry.pmid) if entry.pmid else entry.url


def sitemap(release: Release) -> str:
    """Return the pages of the base, each with the last day on which what it shows was changed or checked, if known."""
    urls = ET.Element("urlset", {"xmlns": SITEMAP_NAMESPACE})
    for page, day in release.pages:
        url = ET.SubElement(urls, "url")
        ET.SubElement(url, "loc").text = release.about.at(page)
        if day is not None:
            ET.SubElement(url, "lastmod").text = day.isoformat()
    ET.indent(urls, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(urls, encoding="unicode") + "\n"
