"""The files of a data release, declared once: the page about the data, the dataset and the data package list them."""

from __future__ import annotations

from typing import NamedTuple

FOLDER = "data"
"""Where the files stand, below the start page of a website: other bases look for them there."""


class DataFile(NamedTuple):
    """One file: its name, its media type, what it is called and what it is for.

    `data` says that it holds the data themselves, so that the data package counts it in.
    """

    name: str
    media_type: str
    title: str
    doc: str
    data: bool = False


DATA_FILES: tuple[DataFile, ...] = (
    DataFile(
        "studies.json", "application/json", "All data", "Every study, case definition, question and claim.", data=True
    ),
    DataFile(
        "studies.schema.json", "application/schema+json", "Schema", "What each field of the data means and may hold."
    ),
    DataFile("studies.csv", "text/csv", "Studies", "One study to a row, for spreadsheets.", data=True),
    DataFile("claims.csv", "text/csv", "Claims", "One claim to a row, with the numbers computed for it.", data=True),
    DataFile("datapackage.json", "application/json", "Data dictionary", "What each column of the two tables means."),
    DataFile(
        "refs.bib", "application/x-bibtex", "BibTeX", "All references, for LaTeX and reference managers.", data=True
    ),
    DataFile(
        "references.ris",
        "application/x-research-info-systems",
        "RIS",
        "All references, for reference managers.",
        data=True,
    ),
    DataFile(
        "references.csl.json",
        "application/vnd.citationstyles.csl+json",
        "CSL-JSON",
        "All references, for Zotero, Pandoc and other programs that use citation styles.",
        data=True,
    ),
    DataFile("CITATION.cff", "application/yaml", "Citation file", "How to cite the whole base."),
    DataFile(
        "dataset.jsonld",
        "application/ld+json",
        "Dataset",
        "A description of the data for search engines.",
    ),
    DataFile(
        "base.jsonld",
        "application/ld+json",
        "Linked data",
        "All papers, cards, questions and claims in the vocabulary of schema.org.",
        data=True,
    ),
    DataFile(
        "feed.atom",
        "application/atom+xml",
        "Feed",
        "New, changed and retracted entries, for feed readers.",
    ),
    DataFile(
        "linkset.json",
        "application/linkset+json",
        "Link set",
        "How pages, papers and data files belong together, for harvesters.",
    ),
)
"""The files in the folder of the data, in the order in which they are listed."""

SITEMAP = "sitemap.xml"
"""The list of pages for search engines. It stands beside the start page, since it speaks only for what is below it."""
