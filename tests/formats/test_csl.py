"""Items of CSL-JSON."""

from __future__ import annotations

import json

import pytest

from sphinx_mecfs.bibliography.records import Entry, Person, pack_fields
from sphinx_mecfs.formats.csl import to_csl


def test_an_article_is_an_item_with_names_and_date_in_parts():
    entry = Entry(
        "fluge-2009-clinical-impact", "article", title="Clinical impact of B-cell depletion",
        authors=(Person("Fluge", "Øystein"), Person("Meer", "Jos", "van der", "Jr"), Person("PACE group", literal=True)),
        journal="BMC Neurology", year=2009, volume="9", number="1", pages="28–30", doi="10.1186/1471-2377-9-28",
        pmid="19566965", pmcid="PMC2711959", url="https://example.org/x", language="en",
    )  # fmt: skip
    assert to_csl(entry) == {
        "id": "fluge-2009-clinical-impact",
        "type": "article-journal",
        "title": "Clinical impact of B-cell depletion",
        "author": [
            {"family": "Fluge", "given": "Øystein"},
            {"family": "Meer", "given": "Jos", "non-dropping-particle": "van der", "suffix": "Jr"},
            {"literal": "PACE group"},
        ],
        "container-title": "BMC Neurology",
        "issued": {"date-parts": [[2009]]},
        "volume": "9",
        "issue": "1",
        "page": "28-30",
        "DOI": "10.1186/1471-2377-9-28",
        "PMID": "19566965",
        "PMCID": "PMC2711959",
        "URL": "https://example.org/x",
        "language": "en",
    }


def test_what_is_missing_is_left_out_and_id_and_type_are_always_there():
    assert to_csl(Entry("x", "unheard")) == {"id": "x", "type": "document"}


@pytest.mark.parametrize(
    ("kind", "csl"),
    [
        ("book", "book"), ("incollection", "chapter"), ("inproceedings", "paper-conference"), ("techreport", "report"),
        ("phdthesis", "thesis"), ("online", "webpage"), ("dataset", "dataset"), ("misc", "document"),
    ],
)  # fmt: skip
def test_each_type_has_its_name(kind, csl):
    assert to_csl(Entry("x", kind))["type"] == csl


def test_a_report_has_a_number_and_a_place():
    entry = Entry("x", "report", number="NG206", institution="NICE", packed=pack_fields([("address", "London")]))
    item = to_csl(entry)
    assert (item["number"], item["publisher"], item["publisher-place"]) == ("NG206", "NICE", "London")
    assert "issue" not in item


def test_a_cut_off_list_says_so_where_it_is_cut_off():
    fluge, mella = Person("Fluge", "Ø"), Person("Mella", "O")
    item = to_csl(Entry("x", "book", authors=(fluge,), editors=(mella,), others=True))
    assert item["author"] == [{"family": "Fluge", "given": "Ø"}, {"literal": "et al."}]
    assert item["editor"] == [{"family": "Mella", "given": "O"}]
    assert to_csl(Entry("x", "book", editors=(mella,), others=True))["editor"][-1] == {"literal": "et al."}


def test_texts_are_one_line_without_control_characters():
    item = to_csl(Entry("x\n", "misc", title="a\n\x00b\u202e", authors=(Person("c\x1bd\r\ne"),)))
    assert json.dumps(item, ensure_ascii=False) == json.dumps(
        {"id": "x", "type": "document", "author": [{"family": "cd e"}], "title": "a b"}
    )


def test_edition_and_note_are_kept():
    assert to_csl(Entry("x", "book", edition="2", note="Retracted")) == {
        "id": "x", "type": "book", "edition": "2", "note": "Retracted",
    }  # fmt: skip


def test_a_blank_at_either_end_of_a_text_is_left_out():
    titles = [to_csl(Entry("x", "book", title=title))["title"] for title in (" a", "a ", " a ", "a  b")]
    assert titles == ["a", "a", "a", "a b"]


@pytest.mark.parametrize(
    ("kinds", "name"),
    [
        ("article", "article-journal"),
        ("book proceedings", "book"),
        ("booklet", "pamphlet"),
        ("inbook incollection", "chapter"),
        ("inproceedings conference", "paper-conference"),
        ("techreport report manual", "report"),
        ("phdthesis mastersthesis thesis", "thesis"),
        ("online electronic www", "webpage"),
        ("dataset", "dataset"),
        ("software", "software"),
        ("unpublished", "manuscript"),
    ],
)  # fmt: skip
def test_no_known_type_is_taken_for_another(kinds, name):
    for kind in kinds.split():
        assert to_csl(Entry("x", kind))["type"] == name, kind
