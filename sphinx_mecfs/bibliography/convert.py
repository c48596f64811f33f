"""Between the entries of this package and those of pybtex."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

import msgspec
from pybtex import database
from pybtex.richtext import Text
from pybtex.scanner import PybtexSyntaxError
from pybtex.utils import OrderedCaseInsensitiveDict

from .build import build_entry, digest_of, without_foreign_address
from .fields import VERBATIM, raw_fields
from .names import name_parts, split_names
from .texts import escape_percent, one_space, plain, strip_hostile, to_tex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .records import Entry

_ROLES = ("author", "editor")


class LazyEntry(database.Entry):  # type: ignore[misc]  # pybtex has no types
    """pybtex's record of an entry, worked out when somebody looks into it; `record` is ours."""

    record: Entry

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The fields but for people, by name in any case, as BibTeX text."""
        fields = ((name, _readable(name, text)) for name, text in raw_fields(self.record) if name not in _ROLES)
        return cast("Mapping[str, str]", OrderedCaseInsensitiveDict(fields))

    @cached_property
    def persons(self) -> Mapping[str, list[database.Person]]:
        """The people by their role, in any case."""
        people = [(role, text) for role, text in raw_fields(self.record) if role in _ROLES]
        named = ((role, list(map(_person, split_names(text)))) for role, text in people)
        return cast("Mapping[str, list[database.Person]]", OrderedCaseInsensitiveDict(named))


def to_pybtex(entry: Entry) -> database.Entry:
    """Make pybtex's record of an entry; its field texts are BibTeX, as pybtex would have read them."""
    # Not by `__init__`, which wants the fields at once: most are never looked at.
    made = LazyEntry.__new__(LazyEntry)
    made.record, made.key, made.type, made.original_type = entry, entry.key, entry.type, entry.type
    return made


def record_of(entry: database.Entry) -> Entry:
    """Return the entry that `to_pybtex` was given, or that `from_pybtex` makes of one which came another way."""
    return entry.record if isinstance(entry, LazyEntry) else from_pybtex(entry)


def _person(name: str) -> database.Person:
    # pybtex's own way takes 30 us a name and raises an error at many commas or braces
    person = database.Person.__new__(database.Person)
    parts = ([_readable("", word) for word in words] for words in name_parts(name))
    given, person.prelast_names, person.last_names, person.lineage_names = parts
    person.first_names, person.middle_names = given[:1], given[1:]
    return person


def _readable(name: str, text: str) -> str:
    """Return the text of a field as TeX that pybtex reads to its end, where a bare `%` would begin a comment."""
    return _decodable(text if name in VERBATIM else escape_percent(text))


def _decodable(text: str) -> str:
    """Return a text as TeX that pybtex can read, which ends a build at a lone backslash or at a brace without its pair.

    In an address, a bare `%` can make one of a pair, since it takes the rest of the text for a comment.
    """
    if "\\" not in text and "%" not in text and text.count("{") == text.count("}"):
        return text
    try:
        Text.from_latex(text)
    except (UnicodeDecodeError, PybtexSyntaxError):
        return to_tex(plain(text))
    return text


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
