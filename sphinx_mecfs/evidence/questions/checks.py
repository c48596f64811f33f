"""What is wrong with a claim or question as only its studies, or the day on which it is asked, can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Finding, Problem
from ..vocabulary import Direction

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping

    from ..records import Study
    from .records import Claim, Question


def check_claim(claim: Claim, studies: Mapping[str, Study], *, searched: bool) -> Iterator[Finding]:
    """Yield what the studies behind a claim give rise to.

    `studies` holds the records of those that have a sound card; `searched` says that the question to which the claim
    belongs tells what was searched.
    """
    counted = [
        studies[key] for direction, key in claim.sources if direction is not Direction.CONTEXT and key in studies
    ]
    if counted and not any(study.status.stands for study in counted):
        yield Finding(Problem.CLAIM_RETRACTED, f"all studies of claim {claim.key!r} have been retracted or withdrawn")
    support = [studies[key] for key in claim.supports if key in studies and studies[key].status.stands]
    groups = {study.pem_status.group for study in support}
    if support and "required" not in groups and groups != {"muted"} and not claim.indirectness:
        message = (
            f"no study that supports claim {claim.key!r} is known to have required PEM; say under 'indirectness' "
            "what that means for the claim"
        )
        yield Finding(Problem.CLAIM_INDIRECT, message, Direction.SUPPORTS.value)
    if not (claim.contradicts or claim.mixed or claim.no_difference or claim.has_dissent or searched):
        message = (
            f"claim {claim.key!r} names nothing that speaks against it, and there is no word on what was searched: "
            "add a section 'Dissent', or 'searched' to its question"
        )
        yield Finding(Problem.CLAIM_DISSENT, message)


def check_search(question: Question, today: datetime.date, longest: int) -> Iterator[Finding]:
    """Yield a finding where the last search is older than `longest` days (0: any age will do)."""
    if question.searched is None or not longest:
        return
    age = (today - question.searched.day).days
    if age > longest:
        message = f"question {question.key!r} was last searched {age} days ago, on {question.searched.day}"
        yield Finding(Problem.SEARCH_STALE, message, "searched")
