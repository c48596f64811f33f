"""The rules for words: shipped data with a version.

A file of rules is TOML with `version`, `[[groups]]` and `[[rules]]`; the fields are those of `Group` and `Rule`.
Patterns are read by `phrases`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources

import msgspec

from ..evidence.fields import CARD_BODY
from ..evidence.questions.fields import CLAIM_BODY, QUESTION_BODY
from ..evidence.vocabulary import Design
from .phrases import Phrase, Surroundings, parse_phrase, parse_surroundings

TEXT = "text"
"""The section of what stands in no section: chapters, and the running text of a question."""

SECTIONS: tuple[str, ...] = tuple(
    dict.fromkeys([*(s.name for body in (CARD_BODY, QUESTION_BODY, CLAIM_BODY) for s in body.sections), TEXT])
)


class Place(msgspec.Struct, frozen=True):
    """Where words stand: the section by name, and the design of the study where it is a card."""

    section: str = TEXT
    design: Design | None = None


class _Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """What groups and rules have in common.

    `not_in` names the sections for which it does not hold, `not_for` the designs; `allowed` the surroundings in which
    the words are right.
    """

    id: str
    not_in: tuple[str, ...] = ()
    not_for: tuple[Design, ...] = ()
    allowed: tuple[str, ...] = ()


class Group(_Scope, frozen=True, kw_only=True):
    """Rules with one reason.

    `why` is the reason, `source` where it comes from, `instead` what to write; `questions` says that the rules hold in
    sentences that end with a question mark too.
    """

    title: str
    why: str
    source: str
    instead: str
    questions: bool = False


class Rule(_Scope, frozen=True, kw_only=True):
    """Words to find; `instead` is what to write where the group's answer does not fit."""

    group: str
    words: tuple[str, ...]
    instead: str = ""


class Compiled(msgspec.Struct, frozen=True):
    """A rule that is ready to be looked for, with all that its group adds to it."""

    rule: Rule
    group: Group
    phrases: tuple[Phrase, ...]
    allowed: tuple[Surroundings, ...]
    not_in: frozenset[str]
    not_for: frozenset[Design]

    @property
    def instead(self) -> str:
        """What to write."""
        return self.rule.instead or self.group.instead

    def holds(self, place: Place) -> bool:
        """Whether the rule holds there."""
        return place.section not in self.not_in and place.design not in self.not_for


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    version: str
    groups: tuple[Group, ...]
    rules: tuple[Rule, ...]


class Rules(msgspec.Struct, frozen=True):
    """All rules, by first word the phrases that begin with it, and the ids of what was left out."""

    version: str
    groups: tuple[Group, ...] = ()
    compiled: tuple[Compiled, ...] = ()
    by_word: Mapping[str, tuple[tuple[Compiled, Phrase], ...]] = {}
    digest: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all groups and rules."""
        return (*(group.id for group in self.groups), *(one.rule.id for one in self.compiled))

    def without(self, left_out: Collection[str]) -> Rules:
        """Return the rules but for those that are named, by their own id or that of their group."""
        if not left_out:
            return self
        names = sorted(set(left_out) & set(self.ids))
        kept = [one for one in self.compiled if not {one.rule.id, one.group.id} & set(names)]
        groups = [group for group in self.groups if any(one.group.id == group.id for one in kept)]
        version = f"{self.version} without {', '.join(names)}" if kept else NO_RULES.version
        fewer = _indexed(version, groups, kept, f"{self.digest} {names}")
        gone = tuple(name for name in self.ids if name not in fewer.ids)
        return msgspec.structs.replace(fewer, left_out=(*self.left_out, *gone))


NO_RULES = Rules("none")


@cache
def shipped_rules() -> Rules:
    """Return the rules that the package ships."""
    return read_rules(resources.files("sphinx_mecfs").joinpath("data/wording-rules.toml").read_bytes())


def read_rules(data: bytes) -> Rules:
    """Read the bytes of a file of rules; raise ValueError where it is wrong, with what is wrong."""
    document = msgspec.toml.decode(data, type=_Document)
    groups = {group.id: group for group in document.groups}
    _check_names(document, groups)
    compiled = [_compile(rule, groups[rule.group]) for rule in document.rules]
    return _indexed(document.version, document.groups, compiled, hashlib.sha256(data).hexdigest()[:16])


def _check_names(document: _Document, groups: Mapping[str, Group]) -> None:
    ids = [one.id for one in (*document.groups, *document.rules)]
    faults = [f"{name!r} is the id of two" for name in ids if ids.count(name) > 1]
    faults += [f"rule {rule.id!r} is of no group" for rule in document.rules if rule.group not in groups]
    faults += [
        f"{one.id!r} names no section {name!r}"
        for one in (*document.groups, *document.rules)
        for name in one.not_in
        if name not in SECTIONS
    ]
    if faults:
        raise ValueError("; ".join(faults))


def _compile(rule: Rule, group: Group) -> Compiled:
    return Compiled(
        rule=rule,
        group=group,
        phrases=tuple(parse_phrase(pattern) for pattern in rule.words),
        allowed=tuple(parse_surroundings(pattern) for pattern in (*group.allowed, *rule.allowed)),
        not_in=frozenset((*group.not_in, *rule.not_in)),
        not_for=frozenset((*group.not_for, *rule.not_for)),
    )


def _indexed(version: str, groups: Collection[Group], compiled: Collection[Compiled], digest: str) -> Rules:
    by_word: dict[str, tuple[tuple[Compiled, Phrase], ...]] = {}
    for one in compiled:
        for phrase in one.phrases:
            for word in sorted(phrase.first_words):
                by_word[word] = (*by_word.get(word, ()), (one, phrase))
    return Rules(version, tuple(groups), tuple(compiled), by_word, digest)
