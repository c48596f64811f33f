"""Keys are made as those of the book: the first author, the year and two words of the title."""

import re

import msgspec
import pytest
from shapes import BIB, ENTRIES

from sphinx_mecfs.bibliography.records import Person
from sphinx_mecfs.evidence.records import KEY_PATTERN
from sphinx_mecfs.intake.keys import Keys
from sphinx_mecfs.intake.readers.files import read_records
from sphinx_mecfs.intake.records import Publication

PAPER = Publication("article", "Clinical impact of B-cell depletion", (Person("Fluge", "Øystein"),), year=2009)


def key(**changes):
    return Keys(()).make(msgspec.structs.replace(PAPER, **changes))


def test_most_keys_of_the_book_are_made_again():
    made = [Keys(()).make(one) for one in read_records(BIB, "refs.bib").publications]
    own = list(ENTRIES)
    # The others are those of case definitions, and some that were chosen by hand.
    assert sum(one == other for one, other in zip(made, own, strict=True)) >= 115


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("A double-blind, placebo-controlled trial", "double-blind"),
        ("Benefit from B-lymphocyte depletion", "benefit-lymphocyte"),
        ("ME/CFS and Long COVID share symptoms", "mecfs-long"),
        ("COVID-19 symptoms over time", "covid-symptoms"),
        ("Retracted: Detection of a virus", "detection-virus"),
        ("Antibodies to β adrenergic receptors", "antibodies-adrenergic"),
        ("Übermüdung", "ubermudung"),
    ],
)
def test_words_that_say_little_are_left_out(title, words):
    assert key(title=title) == f"fluge-2009-{words}"


@pytest.mark.parametrize(
    ("author", "lead"),
    [
        (Person("Campen", "C", "van"), "van-campen"),
        (Person("Castro-Marrero", "Jesús"), "castro-marrero"),
        (Person("O’Boyle", "S"), "oboyle"),
        (Person("Sørland", "K"), "sorland"),
        (Person("The National Institute of Health", literal=True), "national"),
        (Person("王", "伟"), "anonymous"),
        (Person("3rd Group", literal=True), "anonymous"),
    ],
)
def test_the_first_author_leads(author, lead):
    assert key(authors=(author,)) == f"{lead}-2009-clinical-impact"


def test_what_is_missing_is_said_in_the_key():
    assert key(authors=(), year=None) == "anonymous-nd-clinical-impact"


def test_keys_stay_apart():
    keys = Keys(["fluge-2009-clinical-impact"])
    made = [keys.make(PAPER) for _ in range(5)]
    assert made == [
        "fluge-2009-clinical-impact-cell",
        "fluge-2009-clinical-impact-cell-depletion",
        "fluge-2009-clinical-impact-2",
        "fluge-2009-clinical-impact-3",
        "fluge-2009-clinical-impact-4",
    ]


@pytest.mark.parametrize("title", ["", "?!", "x" * 4000, "\u202e", "a b c", "疲労", "2009 2010", "--"])
def test_every_key_is_well_formed(title):
    assert re.fullmatch(KEY_PATTERN, key(title=title))
    assert len(key(title=title)) < 200
