"""RIS, line by line."""

from __future__ import annotations

import re

import pytest

from sphinx_mecfs.bibliography.records import Entry, Person
from sphinx_mecfs.formats.ris import to_ris

FLUGE = Entry(
    "fluge-2009-clinical-impact", "article",
    title="Clinical impact of B-cell depletion",
    authors=(Person("Fluge", "Øystein"), Person("Meer", "Jos", "van der", "Jr"), Person("Group, The", literal=True)),
    journal="BMC Neurology", year=2009, volume="9", number="1", pages="28–30",
    doi="10.1186/1471-2377-9-28", pmid="19566965", pmcid="PMC2711959", url="https://example.org/x",
)  # fmt: skip


def test_an_article_is_written_tag_by_tag():
    assert to_ris(FLUGE).split("\r\n") == [
        "TY  - JOUR",
        "AU  - Fluge, Øystein",
        "AU  - van der Meer, Jos, Jr",
        "AU  - Group The",
        "TI  - Clinical impact of B-cell depletion",
        "T2  - BMC Neurology",
        "PY  - 2009",
        "VL  - 9",
        "IS  - 1",
        "SP  - 28",
        "EP  - 30",
        "DO  - 10.1186/1471-2377-9-28",
        "AN  - 19566965",
        "C2  - PMC2711959",
        "UR  - https://example.org/x",
        "ID  - fluge-2009-clinical-impact",
        "ER  - ",
        "",
    ]


def test_what_is_missing_has_no_line():
    assert to_ris(Entry("x", "misc")) == "TY  - GEN\r\nID  - x\r\nER  - \r\n"


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        ("book", "BOOK"),
        ("incollection", "CHAP"),
        ("report", "RPRT"),
        ("phdthesis", "THES"),
        ("online", "ELEC"),
        ("?", "GEN"),
    ],
)
def test_each_type_has_its_tag(kind, tag):
    assert to_ris(Entry("x", kind)).startswith(f"TY  - {tag}\r\n")


def test_a_cut_off_list_of_authors_says_so():
    entry = Entry("x", "book", authors=(Person("Fluge", "Ø"),), editors=(Person("Mella", "O"),), others=True)
    assert "AU  - Fluge, Ø\r\nAU  - et al.\r\nA2  - Mella, O\r\n" in to_ris(entry)


def test_no_text_can_leave_its_line():
    evil = "a\r\nER  - \r\nTY  - JOUR\x00\x1b\u2028TI  - b\x85\u202e"
    entry = Entry(
        evil, "article", title=evil, authors=(Person(evil, evil, evil, evil), Person(evil, literal=True)), journal=evil,
        volume=evil, number=evil, pages=evil, publisher=evil, edition=evil, note=evil, language=evil,
        doi=evil, pmid=evil, pmcid=evil, url=evil,
    )  # fmt: skip
    lines = to_ris(entry).split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert [line[:2] for line in lines].count("ER") == 1
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x85\u2028\u202e]|\n\n|[^\r]\n|\r[^\n]", to_ris(entry))


def test_names_keep_their_order_though_they_hold_commas_or_end_in_an_x():
    persons = (Person("Smith, Jr", "A, B"), Person("Malcolm X"), Person("Plato"), Person(", Odd", "", "", "X"))
    written = to_ris(Entry("x", "book", authors=persons))
    assert "AU  - Smith Jr, A B\r\nAU  - Malcolm X\r\nAU  - Plato\r\nAU  - Odd, , X\r\n" in written


def test_edition_language_and_note_have_lines_of_their_own():
    written = to_ris(Entry("x", "book", edition="2", language="nb", note="Retracted"))
    assert "ET  - 2\r\nLA  - nb\r\nN1  - Retracted\r\n" in written


@pytest.mark.parametrize(
    ("kinds", "name"),
    [
        ("article", "JOUR"),
        ("book", "BOOK"),
        ("booklet", "PAMP"),
        ("proceedings", "CONF"),
        ("inbook incollection", "CHAP"),
        ("inproceedings conference", "CPAPER"),
        ("techreport report manual", "RPRT"),
        ("phdthesis mastersthesis thesis", "THES"),
        ("online electronic www", "ELEC"),
        ("dataset", "DATA"),
        ("software", "COMP"),
        ("unpublished", "UNPB"),
    ],
)  # fmt: skip
def test_no_known_type_is_taken_for_another(kinds, name):
    for kind in kinds.split():
        assert to_ris(Entry("x", kind)).startswith(f"TY  - {name}\r\n"), kind
