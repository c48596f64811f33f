"""The views of claims and questions: what of them is worked out when the page is written."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from ...evidence.common.crossing import unknown_sources, unknown_study
from ...evidence.questions.checks import check_claim, check_search
from ..writing.view import Scope, View
from . import content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...evidence.problems import Finding
    from ...evidence.questions.records import Claim, Question
    from ..writing.blocks import Block


class ClaimHead(View, frozen=True):
    """The labels above a claim."""

    claim: Claim

    def blocks(self, scope: Scope) -> tuple[Block, ...]:  # noqa: ARG002
        """Return the labels."""
        return content.claim_head(self.claim)


class ClaimFoot(View, frozen=True):
    """The studies behind a claim and what they add up to; `anchor` is that of the list that `numbers` lead to."""

    claim: Claim
    docname: str
    anchor: str
    numbers: Mapping[str, int]

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return the rows below the text."""
        return content.claim_foot(self.claim, scope, content.Numbering(self.numbers, self.docname, self.anchor))

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Yield studies without a card, and what the studies give rise to."""
        cards = scope.catalogue.cards
        yield from unknown_sources(self.claim, cards)
        studies = {study.key: study for study in scope.catalogue.studies(key for _d, key in self.claim.sources)}
        found = scope.catalogue.questions.get(self.claim.question)
        # Of a question that is wrong it is not known what was searched; that it is wrong has been said.
        searched = found is not None and (found[1].question is None or found[1].question.searched is not None)
        yield from check_claim(self.claim, studies, searched=searched)


class QuestionView(View, frozen=True):
    """The overview in the head of a question, or its frame at the end."""

    question: Question
    part: Literal["overview", "frame"]

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return the overview or the frame."""
        if self.part == "frame":
            return content.question_frame(self.question, scope)
        return content.question_overview(self.question, scope)

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Yield a finding where the last search is too old."""
        if self.part == "overview":
            today = datetime.datetime.now(datetime.UTC).date()
            yield from check_search(self.question, today, scope.env.config.mecfs_search_max_age)


class References(View, frozen=True):
    """A numbered list of references; `cited` holds where each key is cited by the role."""

    anchor: str
    numbers: Mapping[str, int]
    cited: Mapping[str, str]

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return the list."""
        return content.references(self.numbers, self.anchor, scope)

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Yield cited studies without a card; those of a claim's options are reported with the claim."""
        cards = scope.catalogue.cards
        for key in self.cited:
            if key not in cards:
                yield msgspec.structs.replace(unknown_study(key, cards), field=key)
