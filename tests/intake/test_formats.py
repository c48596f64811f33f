"""Every format gives back the records of the book that were written in it: as many as went in, each the same."""

import json

import msgspec
import pytest
from shapes import ARTICLES, BIB, ENTRIES, crossref_work, nbib_record, pubmed_article, pubmed_set

from sphinx_mecfs.formats.bibtex import to_bibtex
from sphinx_mecfs.formats.csl import to_csl
from sphinx_mecfs.formats.ris import to_ris
from sphinx_mecfs.intake.readers.files import read_records

ALL = tuple(ENTRIES.values())
PAPERS = tuple(ARTICLES.values())
WITH_PMID = tuple(one for one in PAPERS if one.pmid)

FILES = {
    "BibTeX": (ALL, "".join(map(to_bibtex, ALL)).encode()),
    "RIS": (ALL, "".join(map(to_ris, ALL)).encode()),
    "CSL-JSON": (ALL, json.dumps([to_csl(one) for one in ALL]).encode()),
    "Crossref JSON": (PAPERS, json.dumps({"message": {"items": [crossref_work(one) for one in PAPERS]}}).encode()),
    "NBIB": (WITH_PMID, "".join(map(nbib_record, WITH_PMID)).encode()),
    "PubMed XML": (WITH_PMID, pubmed_set(*map(pubmed_article, WITH_PMID))),
}
NOT_IN = {
    # What a format has no place for.
    "RIS": {"publisher", "type"},
    "CSL-JSON": {"publisher", "type"},
    "Crossref JSON": {"pmid", "pmcid", "others", "publisher"},
    "NBIB": {"others"},
    "PubMed XML": {"publisher"},
}
SAME = ("type", "title", "authors", "others", "container", "year", "volume", "issue", "pages", "doi", "pmid", "pmcid")


@pytest.mark.parametrize("name", FILES)
def test_as_many_records_come_out_as_went_in(name):
    entries, data = FILES[name]
    reading = read_records(data, "file")
    assert (reading.format, reading.count, reading.findings) == (name, len(entries), ())
    assert len(reading.publications) == len(entries)


@pytest.mark.parametrize("name", FILES)
def test_a_record_says_what_the_entry_says(name):
    wanted = {one.title: one for one in read_records(BIB, "refs.bib").publications}
    fields = [field for field in SAME if field not in NOT_IN.get(name, set())]
    for found in read_records(FILES[name][1], "file").publications:
        want = plain(wanted[found.title])
        got = plain(found)
        assert {field: getattr(got, field) for field in fields} == {field: getattr(want, field) for field in fields}


def plain(publication):
    """Leave out what a format cannot tell: capitals of DOIs, commas in the name of a group, particles after a name."""
    people = tuple(
        (one.surname.replace(",", "") if one.literal else one.surname, one.given, one.literal)
        for one in publication.authors
    )
    pages = publication.pages.replace("–", "-")
    return msgspec.structs.replace(publication, doi=publication.doi.lower(), authors=people, pages=pages)


@pytest.mark.parametrize("name", FILES)
def test_a_record_carries_the_line_on_which_it_stands(name):
    _entries, data = FILES[name]
    lines = data.decode().splitlines()
    for found in read_records(data, "a file").publications:
        assert found.source == "a file"
        if name not in {"CSL-JSON", "Crossref JSON"}:
            start = lines[found.line - 1]
            assert start.lstrip("\ufeff").startswith(("@", "TY  -", "PMID", "<PubmedArticle>"))
