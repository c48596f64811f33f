"""The tables are read back by other programs as they were written, and no cell of them runs as a formula."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from studies import study

from sphinx_mecfs.formats.release.model import About, Release, StudyItem
from sphinx_mecfs.formats.release.pieces import text_of
from sphinx_mecfs.formats.release.tables import CLAIM_COLUMNS, STUDY_COLUMNS, cell, studies_csv


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "\r=1", " =1", "\n-1"])
def test_what_a_spreadsheet_takes_for_a_formula_begins_with_an_apostrophe(start):
    text = cell(start)
    assert text == f"'{start.strip()}"
    assert "\n" not in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("", ""), (0, "0"), (12, "12"), (True, "true"), (False, "false"), ("a\x00b\u202e", "ab"),
        (("b-cells", "a; b"), "b-cells; a, b"), ((), ""), (("=x",), "'=x"), ("two\nlines", "two lines"), ("a'=b", "a'=b"),
    ],
)  # fmt: skip
def test_a_cell_is_one_line_of_text(value, text):
    assert cell(value) == text


def test_lines_end_as_rfc_4180_says_and_quotes_are_doubled():
    evil = study("alpha-2001", title='a "quoted", title', intervention="=cmd|'/C calc'!A0", groups="two\nlines")
    text = text_of(studies_csv(Release(About("T"), studies=(StudyItem(evil, {}, "p.html#alpha-2001"),))))
    assert text.count("\r\n") == 2
    assert "\n" not in text.replace("\r\n", "")
    assert '"a ""quoted"", title"' in text
    (row,) = rows(text)
    assert row["title"] == 'a "quoted", title'
    assert row["intervention"] == "'=cmd|'/C calc'!A0"
    assert row["groups"] == "two lines"
    assert row["address"] == "p.html#alpha-2001"


def test_the_tables_say_the_same_as_the_full_data(released, document):
    studies = rows(released.text("data/studies.csv"))
    assert [row["key"] for row in studies] == [one["key"] for one in document["studies"]]
    for row, full in zip(studies, document["studies"], strict=True):
        assert row["pem"] == full["pem"]["status"]
        assert row["pem_reason"] == full["pem"]["reason"]
        assert row["participants"] == ("" if full["participants"] is None else str(full["participants"]))
        assert row["criteria"].split("; ") == full["criteria"]
        for name in ("title", "label", "design", "status", "source_read", "digest", "summary", "address"):
            assert row[name] == full[name], name
    claims = rows(released.text("data/claims.csv"))
    for row, full in zip(claims, document["claims"], strict=True):
        assert row["supports"] == "; ".join(full["supports"])
        assert int(row["studies"]) == full["synthesis"]["studies"]
        assert int(row["pem_optional"]) == full["synthesis"]["pem"]["optional"]
        people = full["synthesis"]["people"].get("supports")
        assert row["people_supports"] == (str(people["total"]) if people else "")
        assert row["sensitivity"] == full["synthesis"]["sensitivity"]


def test_pandas_reads_the_tables_of_the_book_with_their_types(book_data, book_release):
    studies = pd.read_csv(book_data / "data/studies.csv", dtype={"pmid": "string"})
    assert list(studies["key"]) == [item.study.key for item in book_release.studies]
    stated = [item.study.participants or 0 for item in book_release.studies]
    assert studies["participants"].sum() == sum(stated) > 1000
    named = {item.study.key: book_release.entries[item.study.key] for item in book_release.studies}
    dois = dict(zip(studies["key"], studies["doi"].fillna(""), strict=True))
    assert dois == {key: entry.doi for key, entry in named.items()}
    claims = pd.read_csv(book_data / "data/claims.csv")
    assert list(claims["text"]) == [item.claim.text for item in book_release.claims]
    assert claims["dissent"].dtype == bool


def test_the_data_dictionary_describes_every_column_in_its_order(released):
    package = json.loads(released.text("data/datapackage.json"))
    tables = {one["path"]: one["schema"]["fields"] for one in package["resources"] if "schema" in one}
    assert tables.keys() == {"studies.csv", "claims.csv"}
    for name, columns in (("studies.csv", STUDY_COLUMNS), ("claims.csv", CLAIM_COLUMNS)):
        head = released.text(f"data/{name}").split("\n", 1)[0].strip().split(",")
        assert [field["name"] for field in tables[name]] == head == [column.name for column in columns]
        assert all(field["title"] and field["description"] for field in tables[name])


def test_frictionless_finds_the_data_of_the_book_to_be_as_described(book_data):
    report = frictionless.Package(str(book_data / "data/datapackage.json")).validate()
    assert report.flatten(["title", "message"]) == []
    assert report.valid
    assert len(report.tasks) == 7


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (",case-series,", ",serie,"),
        (",3,", ",three,"),
        ("\r\nbeta-2010,", "\r\nalpha-2001,"),
        (",2026-11-01,", ",2026-13-01,"),
    ],
)
def test_frictionless_finds_what_is_not_as_described(released, tmp_path, old, new):
    for path in (released.outdir / "data").glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    table = tmp_path / "studies.csv"
    text = table.read_bytes().decode()
    assert old in text
    table.write_bytes(text.replace(old, new, 1).encode())
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        # What is tested here are the columns, not the hash of the file.
        resource.pop("hash"), resource.pop("bytes")
    Path(tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert not frictionless.Package(str(tmp_path / "datapackage.json")).validate().valid
