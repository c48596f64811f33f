"""What entries and persons say of themselves."""

from __future__ import annotations

import pytest

from sphinx_mecfs.bibliography.records import Entry, Person, pack_fields


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("Øystein", "Ø"),
        ("Einar K.", "EK"),
        ("Ann-Elise", "AE"),
        ("K S", "KS"),
        ("KS", "KS"),
        ("Jos W M", "JWM"),
        ("C. (Linda) M.C.", "CMC"),
        ("Rob C. I.", "RCI"),
        ("Émile", "É"),
        ("伟", "伟"),
        ("", ""),
        ("(Linda)", ""),
    ],
)
def test_initials_are_the_first_letters_without_points(given, initials):
    assert Person("X", given).initials == initials


@pytest.mark.parametrize(
    ("pages", "both"),
    [
        ("953–959", ("953", "959")),
        ("953-959", ("953", "959")),
        ("S88-S95", ("S88", "S95")),
        ("e3740-e3746", ("e3740", "e3746")),
        ("273-287.e5", ("273", "287.e5")),
        ("e00266-12", ("e00266-12", "")),
        ("CD003200", ("CD003200", "")),
        ("28", ("28", "")),
        ("12–14, 20", ("12–14, 20", "")),
        ("", ("", "")),
    ],
)
def test_a_range_of_pages_is_told_from_an_article_number_with_a_hyphen(pages, both):
    assert Entry("x", "article", pages=pages).page_range == both


def test_fields_come_back_as_they_were_packed():
    fields = (("title", "{A} title"), ("note", ""), ("year", "2009"))
    assert Entry("x", "article", packed=pack_fields(fields)).fields == fields
    assert Entry("x", "article").fields == ()


def test_an_entry_knows_the_line_of_each_field():
    entry = Entry("x", "article", line=10, packed=pack_fields([("title", "A"), ("year", "2009")], (1, 4)))
    assert [entry.line_of(name) for name in ("title", "year", "doi")] == [11, 14, 10]
    assert Entry("x", "article", line=3).line_of("title") == 3


def test_fields_without_attributes_can_be_asked_for():
    entry = Entry("x", "book", packed=pack_fields([("address", r"Troms{\o}")]))
    assert (entry.raw("address"), entry.text("address"), entry.text("series")) == (r"Troms{\o}", "Tromsø", "")


def test_the_surname_has_the_prefix():
    assert Person("Meer", "Jos", "van der").surname == "van der Meer"
    assert Person("Mella", "Olav").surname == "Mella"
