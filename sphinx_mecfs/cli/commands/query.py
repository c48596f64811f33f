"""Choose studies by the conditions that tables use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.queries import read_filter, select, unknown_values
from ..errors import UserError

if TYPE_CHECKING:
    from ...evidence.records import Study
    from ...manuscript.base import Base


def chosen(base: Base, conditions: str) -> list[Study]:
    """Return the sound cards for which the conditions hold, all for none; raises `UserError` for wrong conditions."""
    studies = list(base.studies().values())
    read, findings = read_filter(conditions, base.register)
    problems = [*findings, *([] if findings else unknown_values(read, studies))]
    if problems:
        raise UserError(problems[0].message, "conditions are those of tables: 'design = rct; year >= 2010'")
    return select(studies, read)
