"""The directive `evidence-matrix`: which study bears on which question, and which way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.fields import Field, Kind
from ...evidence.nearest import did_you_mean
from ...evidence.problems import Finding, Problem
from ...evidence.queries import Condition, sort_studies
from ...evidence.vocabulary import Direction
from ..i18n import _
from ..writing.blocks import Block, Line, Link, Parts, Row, Rows, Table, joined
from ..writing.parts import study_parts
from .directive import CAPTION, FILTER, StudyView, TableDirective, no_study

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

    from ..domain.catalogue import Place
    from ..writing.view import Scope

MATRIX_FIELDS = (
    Field("questions", "Questions", Kind.KEYS, "Questions, by key, parted by commas; empty: all, in order of title."),
    FILTER,
    CAPTION,
)


class MatrixView(StudyView, frozen=True, kw_only=True):
    """Questions by studies: a study has a row if a claim of one of the questions names it."""

    questions: tuple[str, ...]

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return the matrix, the key to its signs, and the names of its columns."""
        shown = self._questions(scope)
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
        legend = Rows(tuple(Row(labels[key], (_link(shown[key]),)) for key in shown))
        signs = "; ".join(f"{direction.symbol} {_(direction.label)}" for direction in Direction)
        table = Table(self.caption, (str(_("Study")), *labels.values()), rows, columns_on_paper=4)
        return (legend, Line("note", (f"{_('Signs')}: {signs}. {_('An empty cell: not used there.')}",)), table)

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Yield questions that do not exist, and values that no study has."""
        yield from super().findings(scope)
        known = scope.catalogue.questions
        for key in self.questions:
            if key not in known:
                message = f"questions names {key!r}, which does not exist{did_you_mean(key, known)}"
                yield Finding(Problem.QUESTION_UNKNOWN, message, "questions")

    def _questions(self, scope: Scope) -> dict[str, Place]:
        """Return the questions to show; none where one that is named does not exist."""
        placed = scope.catalogue.questions
        if any(key not in placed for key in self.questions):
            return {}
        keys = self.questions or sorted(placed, key=lambda key: (placed[key][0].label.casefold(), key))
        return {key: placed[key][0] for key in keys}

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
            times = f" ({_('%d claims') % count})" if count > 1 else ""
            items.append((f"{direction.symbol} {_(direction.label)}{times}",))
    return joined(items)


def _link(place: Place) -> Link | str:
    return Link(place.label, docname=place.docname, anchor=place.anchor) if place.docname else place.label


class EvidenceMatrix(TableDirective):
    """Questions by studies."""

    fields = MATRIX_FIELDS

    def view(self, options: dict[str, str], conditions: tuple[Condition, ...]) -> tuple[MatrixView, Sequence[Finding]]:
        """Return the matrix that the options ask for."""
        listed = (key.strip() for key in options.get("questions", "").split(","))
        questions = tuple(dict.fromkeys(key for key in listed if key))
        return MatrixView(conditions=conditions, caption=options.get("caption", ""), questions=questions), ()


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-matrix", EvidenceMatrix)
