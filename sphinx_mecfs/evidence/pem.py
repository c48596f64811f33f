"""Compute the PEM status of a study from the definitions it used.

The rules are those of the register (`data/case-definitions.toml`). Two of them are spelled out further here:

* *Any of several definitions*: "mixed" is said only where some of them require PEM and some do not. Where none does,
  the status is "not required", since nobody was required to have it; where the text of one was not seen, "unclear".
* *required-broad* counts as requiring, and passes on its broader wording.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .records import NOT_APPLICABLE, NOT_REPORTED
from .vocabulary import CriteriaRule, PemStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

_REQUIRING = frozenset({PemStatus.REQUIRED, PemStatus.REQUIRED_BROAD})
_STRICTNESS = {PemStatus.REQUIRED: 2, PemStatus.REQUIRED_BROAD: 1}
_WEAKEST_KNOWN = (PemStatus.UNCLEAR, PemStatus.OPTIONAL, PemStatus.ABSENT)


def stated_status(criteria: Sequence[str]) -> PemStatus | None:
    """Return the status of a study that names no definition (`not-reported`, `not-applicable`), else None."""
    if tuple(criteria) == (NOT_REPORTED,):
        return PemStatus.NOT_REPORTED
    if tuple(criteria) == (NOT_APPLICABLE,):
        return PemStatus.NOT_APPLICABLE
    return None


def combined_status(statuses: Sequence[PemStatus], rule: CriteriaRule | None) -> PemStatus:
    """Return the status that follows from those of the definitions used, one or more, under `rule`.

    Raises ValueError without a status, or for several statuses without a rule.
    """
    if not statuses:
        raise ValueError("a status needs at least one definition")  # noqa: EM101, TRY003
    if len(statuses) == 1:
        return statuses[0]
    if rule is None:
        raise ValueError("several definitions need a rule")  # noqa: EM101, TRY003
    if rule is CriteriaRule.SUBSET:
        return PemStatus.MIXED
    return _all_of(statuses) if rule is CriteriaRule.ALL else _any_of(statuses)


def is_stricter(protocol: PemStatus, computed: PemStatus) -> bool:
    """Tell whether a protocol's own requirement goes beyond what the definitions used require."""
    if computed is PemStatus.NOT_APPLICABLE:
        return False
    return _STRICTNESS.get(protocol, 0) > _STRICTNESS.get(computed, 0)


def _all_of(statuses: Sequence[PemStatus]) -> PemStatus:
    for status in (PemStatus.REQUIRED, PemStatus.REQUIRED_BROAD, *_WEAKEST_KNOWN):
        if status in statuses:
            return status
    return PemStatus.UNCLEAR


def _any_of(statuses: Sequence[PemStatus]) -> PemStatus:
    used = set(statuses)
    if used == {PemStatus.REQUIRED}:
        return PemStatus.REQUIRED
    if used <= _REQUIRING:
        return PemStatus.REQUIRED_BROAD
    if PemStatus.UNCLEAR in used:
        return PemStatus.UNCLEAR
    if used & _REQUIRING:
        return PemStatus.MIXED
    return PemStatus.OPTIONAL if PemStatus.OPTIONAL in used else PemStatus.ABSENT
