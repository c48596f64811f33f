"""How well the rules for wording do on sentences that people have labelled: read by the manual and by its test."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_mecfs.evidence.vocabulary import Design
from sphinx_mecfs.wording.rules import Place, shipped_rules
from sphinx_mecfs.wording.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "wording"
PARTS: Mapping[str, str] = {"tuning": "Fitted to", "held_out": "Held out", "later": "Other words"}
"""The files of sentences, and what they are called."""


class Sentence(NamedTuple):
    """A sentence, where it stands, and the groups that should raise an alarm."""

    text: str
    place: Place
    expected: frozenset[str]

    @property
    def raised(self) -> frozenset[str]:
        """The groups that do raise an alarm."""
        markdown = ":mecfs:study:" not in self.text
        found = scan(self.text, shipped_rules(), self.place, markdown=markdown)
        return frozenset(alarm.found.group.id for alarm in found.alarms)


class Figures(NamedTuple):
    """How many alarms were right, wrong and missing."""

    right: int
    wrong: int
    missing: int

    @property
    def precision(self) -> float:
        """The share of alarms that were right."""
        raised = self.right + self.wrong
        return self.right / raised if raised else 1.0

    @property
    def recall(self) -> float:
        """The share of what should raise an alarm that did."""
        return self.right / (self.right + self.missing)


def sentences(part: str) -> Iterator[Sentence]:
    """Yield the sentences of one file."""
    document = tomllib.loads((FOLDER / f"{part}.toml").read_text(encoding="utf-8"))
    for one in document["sentences"]:
        design = Design(one["design"]) if "design" in one else None
        yield Sentence(one["text"], Place(one["in"], design), frozenset(one["expect"]))


def figures(part: str) -> dict[str, Figures]:
    """Return the figures of each group on one file of sentences."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for one in sentences(part):
        raised = one.raised
        right.update(raised & one.expected)
        wrong.update(raised - one.expected)
        missing.update(one.expected - raised)
    return {group.id: Figures(right[group.id], wrong[group.id], missing[group.id]) for group in shipped_rules().groups}
