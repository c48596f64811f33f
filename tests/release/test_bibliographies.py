"""References in each format are read back by a library that nobody here has written, and are the same."""

from __future__ import annotations

import codecs
import json
import os
import re
from importlib import resources
from pathlib import Path

import bibtexparser
import latexcodec  # noqa: F401  (registers the codec)
import pytest
import rispy
from bibtexparser import middlewares
from citeproc.source.json import CiteProcJSON
from jsonschema import Draft7Validator
from pybtex.database import parse_string
from rispy import TYPE_OF_REFERENCE_MAPPING
from studies import study

from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.records import Entry
from sphinx_mecfs.evidence.vocabulary import PublicationStatus
from sphinx_mecfs.formats.release import pieces
from sphinx_mecfs.formats.release.bibliographies import marked, refs_bib
from sphinx_mecfs.formats.release.model import About, Release, StudyItem


def text_of(folder, name):
    return (folder / "data" / name).read_bytes().decode()


def from_tex(text):
    """Decode TeX without our own code."""
    return re.sub(r"[{}]", "", codecs.decode(text, "ulatex"))


@pytest.fixture(scope="module")
def entries(book_release):
    """The entries of the book as they are published, with the notes of retracted papers."""
    studies = {item.study.key: item.study for item in book_release.studies}
    return {key: marked(entry, studies.get(key)) for key, entry in sorted(book_release.entries.items())}


def test_bibtexparser_reads_the_same_entries(book_data, entries):
    names = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    library = bibtexparser.parse_string(text_of(book_data, "refs.bib"), append_middleware=names)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == list(entries)
    for read in library.entries:
        ours = entries[read.key]
        fields = {name: field.value for name, field in read.fields_dict.items()}
        assert from_tex(fields["title"]) == ours.title
        assert from_tex(fields.get("journal", "")) == ours.journal
        assert fields.get("year", "") == str(ours.year or "")
        for name in ("doi", "pmid", "pmcid", "volume", "number"):
            assert from_tex(fields.get(name, "")) == getattr(ours, name), (read.key, name)
        people = [" ".join([*name.von, *name.last]) for name in fields.get("author", [])]
        assert [from_tex(name) for name in people if name != "others"] == [one.surname for one in ours.authors]
        assert ("others" in people) == (ours.others and bool(ours.authors))


def test_pybtex_and_our_own_reader_read_the_same_entries(book_data, entries):
    text = text_of(book_data, "refs.bib")
    assert list(parse_string(text, "bibtex").entries) == list(entries)
    ours = read_bibliography(text.encode())
    assert ours.findings == ()
    plain = (
        "type",
        "title",
        "authors",
        "editors",
        "journal",
        "year",
        "volume",
        "pages",
        "doi",
        "pmid",
        "note",
        "others",
    )
    for key, entry in entries.items():
        for name in plain:
            assert getattr(ours.entries[key], name) == getattr(entry, name), (key, name)


def test_rispy_reads_the_same_records(book_data, entries):
    records = rispy.loads(text_of(book_data, "references.ris"))
    assert [record["id"] for record in records] == list(entries)
    for record in records:
        ours = entries[record["id"]]
        assert record["type_of_reference"] in TYPE_OF_REFERENCE_MAPPING
        assert record["title"] == ours.title
        assert record.get("secondary_title", "") == (ours.journal or ours.booktitle)
        assert record.get("year", "") == str(ours.year or "")
        assert record.get("doi", "") == ours.doi
        assert record.get("accession_number", "") == ours.pmid
        names = [name for name in record.get("authors", []) if name != "et al."]
        assert len(names) == len(ours.authors)
        for name, person in zip(names, ours.authors, strict=True):
            assert name.startswith(" ".join(person.surname.replace(",", " ").split()))
        assert ("et al." in record.get("authors", [])) == ours.others
        assert "\n".join(record.get("notes", [])) == ours.note


def test_citeproc_reads_the_same_items(book_data, entries):
    items = json.loads(text_of(book_data, "references.csl.json"))
    assert [item["id"] for item in items] == list(entries)
    bare = [{name: value for name, value in item.items() if name != "custom"} for item in items]
    source = CiteProcJSON(bare)
    for key, ours in entries.items():
        read = source[key]
        assert str(read.title) == ours.title
        assert str(read.get("DOI", "")) == ours.doi
        assert str(read.get("PMID", "")) == ours.pmid
        assert (read.issued.year if ours.year else None) == ours.year
        names = [name.get("literal") or name["family"] for name in read.get("author", [])]
        assert [name for name in names if name != "et al."] == [one.family for one in ours.authors]


# ---- the official word on CSL-JSON ----------------------------------------------------------------------------------


def listed(name, block=""):
    """The names that one of CSL's own schemas lists, as citeproc-py ships them."""
    schema = resources.files("citeproc").joinpath(f"data/schema/schemas/styles/{name}.rnc").read_text(encoding="utf-8")
    part = schema.split(f"{block} =", 1)[1] if block else schema
    part = re.sub(r"#.*", "", part)
    end = re.search(r"\n\s*\n", part)
    return re.findall(r'"([^"]+)"', part[: end.start()] if end and block else part)


def csl_rules():
    """A schema of CSL-JSON from the lists of types and variables in the official schema of styles (CSL 1.0.2)."""
    variables = {"variables.dates", "variables.names", "variables.numbers", "variables.titles", "variables.strings"}
    by_kind = {kind: listed("csl-variables", kind) for kind in variables}
    text = {"type": "string", "pattern": "\\S"}
    parts = ["family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"]
    name = {
        "type": "object",
        "properties": dict.fromkeys(parts, text),
        "additionalProperties": False,
        "minProperties": 1,
    }
    day = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
    date = {
        "type": "object",
        "properties": {"date-parts": {"type": "array", "items": day}},
        "additionalProperties": False,
    }
    properties = {one: text for kind in ("numbers", "titles", "strings") for one in by_kind[f"variables.{kind}"]}
    properties |= {one: {"type": "array", "items": name, "minItems": 1} for one in by_kind["variables.names"]}
    properties |= dict.fromkeys(by_kind["variables.dates"], date)
    properties |= {"type": {"enum": listed("csl-types")}, "id": text, "language": text, "custom": {"type": "object"}}
    item = {"type": "object", "properties": properties, "required": ["type", "id"], "additionalProperties": False}
    return {"type": "array", "items": item}


def test_items_use_only_the_types_and_variables_that_csl_has(book_data):
    rules = csl_rules()
    known = rules["items"]["properties"]
    assert {"DOI", "PMID", "issued", "author", "page", "container-title", "note"} <= known.keys()
    assert "article-journal" in known["type"]["enum"]
    items = json.loads(text_of(book_data, "references.csl.json"))
    assert [error.message for error in Draft7Validator(rules).iter_errors(items)] == []
    for wrong in ({"pem": "required"}, {"type": "study"}, {"author": [{"name": "A"}]}, {"issued": "2009"}):
        assert not Draft7Validator(rules).is_valid([items[0] | wrong])


@pytest.mark.skipif("MECFS_CSL_SCHEMA" not in os.environ, reason="MECFS_CSL_SCHEMA names no copy of csl-data.json")
def test_items_fit_the_official_schema_of_csl_json(book_data):
    schema = json.loads(Path(os.environ["MECFS_CSL_SCHEMA"]).read_text(encoding="utf-8"))
    items = json.loads(text_of(book_data, "references.csl.json"))
    assert [error.message for error in Draft7Validator(schema).iter_errors(items)] == []


# ---- what is ours in them -------------------------------------------------------------------------------------------


def test_what_the_base_says_of_a_study_stands_under_custom(released):
    items = {item["id"]: item for item in json.loads(released.text("data/references.csl.json"))}
    assert "custom" not in items["plain-1999"]
    assert items["alpha-2001"]["custom"]["mecfs"] == {
        "pem": "optional",
        "pem-label": "PEM not required (optional item)",
        "criteria": ["fukuda-1994"],
        "design": "case-series",
        "participants": 3,
        "source-read": "abstract",
        "status": "current",
        "status-checked": "2026-11-01",
        "card": "https://base.example/studies/alpha-2001.html#alpha-2001",
        "digest": items["alpha-2001"]["custom"]["mecfs"]["digest"],
    }


def test_a_retracted_paper_says_so_in_every_format(released):
    says = "Retracted. The paper has been retracted: its findings do not stand. Notice: doi:10.1000/notice"
    bib = bibtexparser.parse_string(released.text("data/refs.bib")).entries_dict
    assert bib["beta-2010"].fields_dict["note"].value == says
    assert "note" not in bib["alpha-2001"].fields_dict
    ris = {
        record["id"]: record for record in rispy.loads((released.outdir / "data/references.ris").read_bytes().decode())
    }
    assert ris["beta-2010"]["notes"] == [says]
    csl = {item["id"]: item for item in json.loads(released.text("data/references.csl.json"))}
    assert csl["beta-2010"]["note"] == says


@pytest.mark.parametrize("status", PublicationStatus)
def test_only_what_must_not_go_unmarked_gets_a_note(status):
    entry = Entry("alpha-2001", "article", title="T", note="Own note")
    one = study("alpha-2001", status=status, status_notice="10.1000/x")
    assert (marked(entry, one) != entry) is status.needs_mark
    assert marked(entry, one).note.endswith("Own note")
    assert marked(entry, None) == entry


def test_an_entry_with_hostile_text_cannot_leave_its_place():
    evil = Entry("evil-2001", "misc", title="}, year = {1}, }\n@misc{other, title = {x", note="}\n@misc{o2,}")
    text = pieces.text_of(
        refs_bib(Release(About("T"), studies=(StudyItem(study("x-2001"), {}),), entries={"evil-2001": evil}))
    )
    library = bibtexparser.parse_string(text)
    assert [entry.key for entry in library.entries] == ["evil-2001"]
    assert library.failed_blocks == []
