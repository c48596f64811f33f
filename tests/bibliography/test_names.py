"""Names as BibTeX takes them apart."""

from __future__ import annotations

import random

import pytest
from pybtex.database import Person as PybtexPerson

from sphinx_mecfs.bibliography.names import name_parts, read_names, split_names
from sphinx_mecfs.bibliography.records import Person


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Fluge, Øystein", Person("Fluge", "Øystein")),
        ("Øystein Fluge", Person("Fluge", "Øystein")),
        ("van der Meer, Jos W M", Person("Meer", "Jos W M", "van der")),
        ("Jos W M van der Meer", Person("Meer", "Jos W M", "van der")),
        ("Sanmartin Sentañes, Ramon", Person("Sanmartin Sentañes", "Ramon")),
        ("{Fernández de Sevilla}, Tomás", Person("Fernández de Sevilla", "Tomás")),
        ("Hackett, Jr., John", Person("Hackett", "John", suffix="Jr.")),
        (r"Foss{\aa}, Alexander", Person("Fosså", "Alexander")),
        (r"{\O}ie, Merete Glenne", Person("Øie", "Merete Glenne")),
        ("{PACE trial management group}", Person("PACE trial management group", literal=True)),
        ("{{NICE Guideline Committee}}", Person("NICE Guideline Committee", literal=True)),
        ("{Research and Development, Ltd.}", Person("Research and Development, Ltd.", literal=True)),
        ("Plato", Person("Plato")),
        (", Jos", Person("Jos")),
    ],
)
def test_a_name_is_taken_apart(text, person):
    assert read_names(text) == ((person,), False)


def test_and_others_at_the_end_is_no_person():
    assert read_names("Fluge, Øystein and others") == ((Person("Fluge", "Øystein"),), True)
    assert read_names("others") == ((), True)
    assert read_names("") == ((), False)


def test_names_are_split_at_and_outside_braces_only():
    assert split_names("{A and B} AND  C, D\nand E") == ["{A and B}", "C, D", "E"]


def test_names_are_taken_apart_as_pybtex_does():
    words = ["Ann", "von", "de", "la", "{x}", r"{\'e}a", r"{\O}b", r"\'Ea", "'t", "Jr", "{Van Y}", "1a", "d'A", "~"]
    rng = random.Random(5)
    for _ in range(3000):
        commas = [rng.choice(["", "", "", ","]) for _ in range(rng.randint(1, 6))]
        name = " ".join(rng.choice(words) + comma for comma in commas)
        if name.count(",") > 2:
            continue
        theirs, ours = PybtexPerson(name), name_parts(name)
        assert ours.given == theirs.first_names + theirs.middle_names, name
        assert ours.prefix == theirs.prelast_names, name
        assert ours.family == theirs.last_names, name
        assert ours.suffix == theirs.lineage_names, name


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("van der Meer,Jos", (Person("Meer", "Jos", "van der"),)),
        ("van~der~Meer, Jos", (Person("Meer", "Jos", "van der"),)),
        ("Hackett, Jr, John, Paul", (Person("Hackett", "John Paul", suffix="Jr"),)),
        (r"{\O}", (Person("Ø"),)),
        (",", ()),
    ],
)
def test_a_name_is_taken_apart_however_it_is_spaced(text, persons):
    assert read_names(text) == (persons, False)


def test_a_brace_that_is_never_closed_holds_the_rest():
    assert split_names("A and {B and C") == ["A", "{B and C"]
