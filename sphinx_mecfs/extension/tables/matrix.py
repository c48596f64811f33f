"""The directive `evidence-matrix`: which study bears on which question, and which way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.common.listings import MATRIX_FIELDS, question_keys, unknown_questions
from ...evidence.queries import Condition, sort_studies
from ...evidence.vocabulary import Direction
from ..i18n import _
from ..language import counted, labelled, parted
from ..writing.blocks import Block, Line, Parts, Row, Rows, Table, joined
from ..writing.parts import study_parts
from .answers import place_link, questions_shown
from .directive import StudyView, TableDirective, no_study

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

    from ...evidence.problems import Finding
    from ..domain.catalogue import Place
    from ..writing.view import Scope


class MatrixView(StudyView, frozen=True, kw_only=True):
    """Questions by studies: a study has a row if a claim of one of the questions names it."""

    questions: tuple[str, ...]

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return the matrix, the key to its signs, and the names of its columns."""
        shown = questions_shown(self.questions, scope)
        directions = self._directions(scope, shown)
        used = {study for by_study in directions.values() for study in by_study}
        studies = [study for study in sort_studies(self.selected(scope), ("year",)) if study.key in used]
        if not studies:
            return no_study()
        labels = {key: f"{_('Question')} {number}" for number, key in enumerate(shown, start=1)}
        rows = tuple(
            (study_parts(scope.catalogue, study.key), *(_cell(directions[key].get(study.key, [])) for key in shown))
            for study in studies
        )
        legend = Rows(tuple(Row(labels[key], (place_link(shown[key]),)) for key in shown))
        signs = parted(f"{direction.symbol} {_(direction.label)}" for direction in Direction)
        table = Table(self.caption, (str(_("Study")), *labels.values()), rows, columns_on_paper=4)
        return (legend, Line("note", (f"{labelled(_('Signs'), signs)}. {_('An empty cell: not used there.')}",)), table)

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Yield questions that do not exist, and values that no study has."""
        yield from super().findings(scope)
        yield from unknown_questions(self.questions, scope.catalogue.questions)

    @staticmethod
    def _directions(scope: Scope, questions: dict[str, Place]) -> dict[str, dict[str, list[Direction]]]:
        """Return, by question and study, the directions that the study has in its claims."""
        found: dict[str, dict[str, list[Direction]]] = {key: {} for key in questions}
        for _place, record in scope.catalogue.claims.values():
            if record.claim is not None and record.claim.question in found:
                for direction, study in record.claim.sources:
                    found[record.claim.question].setdefault(study, []).append(direction)
        return found


def _cell(directions: Sequence[Direction]) -> Parts:
    items: list[Parts] = []
    for direction in Direction:
        if count := directions.count(direction):
            times = f" ({counted('%s claim', '%s claims', count)})" if count > 1 else ""
            items.append((f"{direction.symbol} {_(direction.label)}{times}",))
    return joined(items)


class EvidenceMatrix(TableDirective):
    """Questions by studies."""

    fields = MATRIX_FIELDS

    def view(self, options: dict[str, str], conditions: tuple[Condition, ...]) -> tuple[MatrixView, Sequence[Finding]]:
        """Return the matrix that the options ask for."""
        questions = question_keys(options)
        return MatrixView(conditions=conditions, caption=options.get("caption", ""), questions=questions), ()


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-matrix", EvidenceMatrix)
