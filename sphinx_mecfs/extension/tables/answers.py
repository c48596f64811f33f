"""The directive `evidence-answers`: questions with their short answers; and how a table chooses its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.common.listings import ANSWERS_FIELDS, question_keys, unknown_questions
from ...evidence.vocabulary import Certainty
from ..i18n import _
from ..language import listed, number, within
from ..writing.blocks import Block, Line, Link, Row, Rows
from ..writing.view import Scope, View
from .directive import TableDirective

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx

    from ...evidence.problems import Finding
    from ...evidence.queries import Condition
    from ..domain.catalogue import Place


def questions_shown(named: Sequence[str], scope: Scope) -> dict[str, Place]:
    """Return the questions to show, all if none is named; none where one that is named does not exist."""
    placed = scope.catalogue.questions
    if any(key not in placed for key in named):
        return {}
    keys = named or sorted(placed, key=lambda key: (placed[key][0].label.casefold(), key))
    return {key: placed[key][0] for key in keys}


def place_link(place: Place) -> Link | str:
    """Return the name of a thing, linked if it stands anywhere."""
    return Link(place.label, docname=place.docname, anchor=place.anchor) if place.docname else place.label


class AnswersView(View, frozen=True, kw_only=True):
    """Questions, each with its short answer and how certain its claims are."""

    questions: tuple[str, ...]

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return one row for each question."""
        rows = tuple(
            Row(place_link(place), (f"{record.question.short_answer} ", _claims(record.question.claims, scope)))
            for key, place in questions_shown(self.questions, scope).items()
            if (record := scope.catalogue.questions[key][1]).question is not None
        )
        return (Rows(rows),) if rows else (Line("note", (str(_("This base has no questions yet.")),)),)

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Yield questions that do not exist."""
        yield from unknown_questions(self.questions, scope.catalogue.questions)


def _claims(keys: Iterable[str], scope: Scope) -> str:
    """Return how many claims a question makes at which certainty: "Claims: 2 with low certainty, 1 with …"."""
    records = [scope.catalogue.claims[key][1] for key in keys if key in scope.catalogue.claims]
    found = [record.claim.certainty for record in records if record.claim]
    counts = [
        _("%(count)s with %(certainty)s") % {"count": number(found.count(certainty)), "certainty": within(certainty)}
        for certainty in Certainty
        if certainty in found
    ]
    if None in found:
        counts.append(_("%s without a certainty") % number(found.count(None)))
    return f"{_('Claims:')} {listed(counts)}." if counts else str(_("This page makes no claims yet."))


class EvidenceAnswers(TableDirective):
    """Questions with their short answers."""

    fields = ANSWERS_FIELDS

    def view(
        self,
        options: dict[str, str],
        conditions: tuple[Condition, ...],  # noqa: ARG002  (answers are not chosen by studies)
    ) -> tuple[AnswersView, Sequence[Finding]]:
        """Return the view that the options ask for."""
        return AnswersView(questions=question_keys(options)), ()


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-answers", EvidenceAnswers)
