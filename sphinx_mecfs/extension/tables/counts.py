"""The directive `evidence-counts`: how many studies there are by a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.common.listings import COUNTS_FIELDS, read_counted
from ...evidence.fields import Kind
from ...evidence.queries import QUERY_FIELDS, Condition, count_by
from ...evidence.vocabulary import PemStatus
from ..i18n import _
from ..writing.blocks import Block, Line, Parts, Table
from ..writing.parts import study_link
from .cells import definition_name, words_of
from .directive import StudyView, TableDirective, no_study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from ...evidence.problems import Finding
    from ..writing.view import Scope

_SEVERAL = {Kind.CRITERIA, Kind.WORDS}


class CountsView(StudyView, frozen=True, kw_only=True):
    """How many studies have each value of a field."""

    by: str

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return the table of counts, with the number of all studies as the last row."""
        studies = self.selected(scope)
        if not studies:
            return no_study()
        field = QUERY_FIELDS[self.by]
        rows: list[tuple[Parts, ...]] = [
            (self._name(value, scope), (str(count),)) for value, count in count_by(studies, self.by)
        ]
        rows.append(((str(_("All studies")),), (str(len(studies)),)))
        table = Table(self.caption, (str(_(field.label)), str(_("Studies"))), tuple(rows))
        if field.kind not in _SEVERAL:
            return (table,)
        note = Line("note", (str(_("A study can have several of these, and then counts under each.")),))
        return (table, note)

    def _name(self, value: str, scope: Scope) -> Parts:
        field = QUERY_FIELDS[self.by]
        if self.by == "pem" and (status := PemStatus.parse(value)):
            return (status,)
        if field.vocabulary is not None and value:
            return (words_of(field.vocabulary.parse(value)),)
        if field.kind is Kind.CRITERIA and value:
            return (definition_name(scope, value),)
        return (study_link(scope.catalogue, value),) if field.kind is Kind.KEYS else (words_of(value),)


class EvidenceCounts(TableDirective):
    """How many studies there are by a field."""

    fields = COUNTS_FIELDS

    def view(self, options: dict[str, str], conditions: tuple[Condition, ...]) -> tuple[CountsView, Sequence[Finding]]:
        """Return the counts that the options ask for."""
        by, findings = read_counted(options)
        return CountsView(conditions=conditions, caption=options.get("caption", ""), by=by), findings


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-counts", EvidenceCounts)
