"""Between the entries of this package and those of pybtex."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from pybtex import database

from .build import build_entry, digest_of, without_foreign_address
from .fields import raw_fields
from .names import name_parts, split_names
from .texts import one_space, strip_hostile

if TYPE_CHECKING:
    from .records import Entry

_ROLES = ("author", "editor")


def to_pybtex(entry: Entry) -> database.Entry:
    """Make pybtex's record of an entry; its field texts are BibTeX, as pybtex would have read them."""
    fields = raw_fields(entry)
    made = database.Entry(entry.type, fields=[field for field in fields if field[0] not in _ROLES])
    made.key = entry.key
    for role, text in fields:
        if role in _ROLES:
            made.persons[role] = [_person(name) for name in split_names(text)]
    return made


def _person(name: str) -> database.Person:
    # pybtex's own way takes 30 us a name and raises an error at many commas or braces
    person = database.Person.__new__(database.Person)
    given, person.prelast_names, person.last_names, person.lineage_names = name_parts(name)
    person.first_names, person.middle_names = given[:1], given[1:]
    return person


def from_pybtex(entry: database.Entry) -> Entry:
    """Make an entry of pybtex's record, without a line number.

    Gives the entry that `to_pybtex` was given, but for its place in the file, its digest and how its fields
    are written.
    """
    names = {role.lower(): " and ".join(map(str, persons)) for role, persons in entry.persons.items()}
    texts = names | {name.lower(): text for name, text in entry.fields.items()}
    fields = without_foreign_address((name, one_space(strip_hostile(text))) for name, text in texts.items())
    made = build_entry(entry.key or "", entry.type, fields)
    digest = digest_of(made.key, made.type, *(value for field in fields for value in field))
    return msgspec.structs.replace(made, digest=digest)
