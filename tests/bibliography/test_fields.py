"""From the fields of an entry to its attributes, and from these to fields."""

from __future__ import annotations

import pytest

from sphinx_mecfs.bibliography.build import build_entry, digest_of, doi_of, pmcid_of, pmid_of
from sphinx_mecfs.bibliography.fields import raw_fields
from sphinx_mecfs.bibliography.names import read_names
from sphinx_mecfs.bibliography.records import Entry, Person

TEXTS = {
    "title": "T", "journal": "J", "volume": "1", "number": "2", "pages": "3", "publisher": "P", "booktitle": "B",
    "edition": "4", "note": "N", "language": "nb", "pmid": "19566965", "pmcid": "PMC2711959", "doi": "10.1000/x",
    "url": "https://a.org/x",
}  # fmt: skip


def built(**fields):
    return build_entry("key", "misc", tuple(fields.items()))


def test_each_field_goes_to_the_attribute_of_its_name():
    entry = built(**TEXTS, author="Fluge, Ø", editor="Mella, O", year="2009")
    assert {name: getattr(entry, name) for name in TEXTS} == TEXTS
    assert (entry.authors, entry.editors, entry.year) == ((Person("Fluge", "Ø"),), (Person("Mella", "O"),), 2009)


def test_an_entry_without_fields_has_nothing_but_key_and_type():
    assert built() == Entry("key", "misc")


def test_the_body_behind_a_work_is_its_institution_then_its_school_then_its_organisation():
    assert built(institution="I", school="S", organization="O").institution == "I"
    assert built(school="S", organization="O").institution == "S"
    assert built(organization="O").institution == "O"


def test_an_address_is_that_of_the_page_before_that_of_how_it_was_published():
    assert built(url="https://a.org/x", howpublished="https://b.org/y").url == "https://a.org/x"
    assert built(howpublished=r"\url{https://b.org/y}").url == "https://b.org/y"


def test_others_are_those_of_the_authors_or_where_there_are_none_of_the_editors():
    assert built(author="A and others").others
    assert built(editor="A and others").others
    assert not built(author="A", editor="B and others").others
    assert not built(author="A", editor="B").others


@pytest.mark.parametrize("text", ["PMID: 19566965", "pmid 19566965", "19566965"])
def test_a_pubmed_id_may_say_that_it_is_one(text):
    assert pmid_of(text) == "19566965"


@pytest.mark.parametrize("text", ["PMCID: PMC2711959", "pmcid pmc2711959", "pmc2711959"])
def test_a_pubmed_central_id_may_say_that_it_is_one_in_any_case(text):
    assert pmcid_of(text) == "PMC2711959"


def test_what_is_no_identifier_is_none():
    assert (pmid_of(""), pmid_of("x"), pmid_of("PMID: PMID: 1")) == ("", "", "")
    assert (pmcid_of(""), pmcid_of("123"), pmcid_of("PMCID: PMCID: PMC1")) == ("", "", "")
    assert (doi_of(""), doi_of("x")) == ("", "")


def test_a_digest_tells_texts_apart_wherever_they_are_parted():
    assert len(digest_of("a", "b")) == 32
    assert len({digest_of("ab", "c"), digest_of("a", "bc"), digest_of("abc"), digest_of("abc", "")}) == 4
    assert digest_of("a\ud800") != digest_of("a\ud801")


@pytest.mark.parametrize(
    ("person", "written"),
    [
        (Person("Plato"), "Plato"),
        (Person("Fluge", "Øystein"), "Fluge, Øystein"),
        (Person("Meer", "Jos", "van der"), "van der Meer, Jos"),
        (Person("Sanmartin Sentañes"), "Sanmartin Sentañes,"),
        (Person("Fernández de Sevilla", "Tomás"), "{Fernández de Sevilla}, Tomás"),
        (Person("Hackett", "John", suffix="Jr."), "Hackett, Jr., John"),
        (Person("Hackett", "John", suffix="jr"), "Hackett, jr, John"),
        (Person("Hackett", suffix="Jr."), "Hackett, Jr.,"),
        (Person("Smith, A", "B, C"), "{Smith, A}, {B, C}"),
        (Person("Rise and Shine", "X"), "{Rise and Shine}, X"),
        (Person("Hackett", "John", suffix="Jr, MD"), "Hackett, {Jr, MD}, John"),
        (Person("Rise AND Shine, Ltd", literal=True), "{Rise AND Shine, Ltd}"),
    ],
)
def test_a_name_is_written_so_that_it_is_read_the_same(person, written):
    assert raw_fields(Entry("x", "misc", authors=(person,))) == (("author", written),)
    assert read_names(written) == ((person,), False)


@pytest.mark.parametrize("conjunction", ["and", "AND", "And"])
def test_a_conjunction_within_a_name_is_guarded_in_any_case(conjunction):
    person = Person(f"Rise {conjunction} Shine", "X")
    ((_name, written),) = raw_fields(Entry("x", "misc", authors=(person,)))
    assert read_names(written) == ((person,), False)


def test_that_there_are_others_is_written_behind_those_who_are_named_first():
    author, editor = Person("Fluge", "Ø"), Person("Mella", "O")
    both = Entry("x", "misc", authors=(author,), editors=(editor,), others=True)
    assert raw_fields(both) == (("author", "Fluge, Ø and others"), ("editor", "Mella, O"))
    assert dict(raw_fields(Entry("x", "misc", editors=(editor,), others=True)))["editor"] == "Mella, O and others"


def test_the_fields_of_an_entry_made_by_hand_are_those_that_have_a_text():
    assert raw_fields(Entry("x", "misc", year=2009, title="5%")) == (("title", r"5\%"), ("year", "2009"))
