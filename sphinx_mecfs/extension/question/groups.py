"""What a question, or a claim by itself, holds together while its page is read: its nodes, its claims, its numbers.

The order of events: a directive opens a group and parses its body, in which claims join the group and the role
`mecfs:cite` leaves nodes without numbers. When the page is parsed and translated, `finish` gives the group its numbers.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from ..domain.catalogue import ClaimRecord, QuestionRecord
    from .nodes import evidence_question

_OPEN, _ALL = "mecfs-group", "mecfs-groups"


@dataclass
class HeldClaim:
    """A claim of a group: its node, its record without the text, and the file and line of each of its options."""

    node: nodes.Element
    record: ClaimRecord
    lines: Mapping[str, str]


@dataclass
class HeldQuestion:
    """The question of a group: its head, its record without title, answer and claims, and the lines of its options.

    `closing` is the section that its frame and the references go into.
    """

    box: evidence_question
    record: QuestionRecord
    lines: Mapping[str, str]
    closing: nodes.section


@dataclass
class Group:
    """The nodes of a question or claim in the order of the page. Lives as long as the reading of its page."""

    document: nodes.document
    anchor: str = ""
    key: str = ""
    trees: list[nodes.Node] = field(default_factory=list)
    claims: list[HeldClaim] = field(default_factory=list)
    question: HeldQuestion | None = None


def open_group(env: BuildEnvironment) -> Group | None:
    """Return the group whose body is being parsed, if any."""
    group: Group | None = env.current_document.get(_OPEN)
    return group


def groups_of(env: BuildEnvironment, document: nodes.document) -> list[Group]:
    """Return the groups of a document, in the order in which they were opened."""
    return [group for group in _all_groups(env) if group.document is document]


def _all_groups(env: BuildEnvironment) -> list[Group]:
    groups: list[Group] | None = env.current_document.get(_ALL)
    return groups or []


@contextmanager
def opened(env: BuildEnvironment, document: nodes.document, key: str = "") -> Iterator[Group]:
    """Open a group while a body is parsed; what stands inside another group belongs to that one."""
    outer = open_group(env)
    group = outer or Group(document, key=key)
    if outer is None:
        env.current_document[_ALL] = [*_all_groups(env), group]
    env.current_document[_OPEN] = group
    try:
        yield group
    finally:
        env.current_document[_OPEN] = outer
