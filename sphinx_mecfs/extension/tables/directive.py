"""What the directives for tables share: options, a filter, and a view that is empty where the filter is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.common.listings import leftover
from ...evidence.options import Raw, check_options
from ...evidence.queries import Condition, read_filter, select, unknown_values
from ..i18n import _
from ..reading.directive import EvidenceDirective
from ..writing.blocks import Block, Line
from ..writing.view import Scope, View, make_view
from .cells import all_studies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docutils import nodes

    from ...evidence.fields import Field
    from ...evidence.problems import Finding
    from ...evidence.records import Study


class StudyView(View, frozen=True, kw_only=True):
    """A view of the studies that a filter selects."""

    conditions: tuple[Condition, ...]
    caption: str = ""

    def selected(self, scope: Scope) -> list[Study]:
        """Return the studies; none where the filter names a value that no study of the base has."""
        studies = all_studies(scope.catalogue)
        return [] if unknown_values(self.conditions, studies) else select(studies, self.conditions)

    def findings(self, scope: Scope) -> Iterator[Finding]:
        """Yield values that no study has."""
        yield from unknown_values(self.conditions, all_studies(scope.catalogue))


class TableDirective(EvidenceDirective):
    """A directive with options and nothing else, which gives a view."""

    fields: tuple[Field, ...] = ()

    def run(self) -> list[nodes.Node]:
        """Read the options and return the view, or a box that says what is wrong: never a table of all studies."""
        # A page whose table was checked against the register is read again when that changes.
        self.domain.note_read_with(self.env.docname, ())
        written = self.head()
        options = {name: " ".join(text.split()) for name, text in written.options.items()}
        rest = self.content.data[written.body_start :]
        raw = Raw("", written.options, repeated=written.repeated)
        findings = [*written.findings, *check_options(raw, self.fields), *leftover(written.key, rest)]
        conditions, filter_findings = read_filter(options.get("filter", ""), self.domain.base.register)
        view, view_findings = self.view(options, conditions)
        findings += [*filter_findings, *view_findings]
        self.report(findings)
        if findings:
            return [self.error_box(str(_("This table cannot be shown")), "", findings)]
        lines = {"": self.location()} | {name: self.location(name) for name in options}
        self.domain.note_view(self.env.docname, view, lines)
        return [make_view(view)]

    def view(self, options: dict[str, str], conditions: tuple[Condition, ...]) -> tuple[View, Sequence[Finding]]:
        """Return the view that the options ask for, and what is wrong with them."""
        raise NotImplementedError


def no_study() -> tuple[Block, ...]:
    """Return what stands where no study is selected."""
    return (Line("note", (str(_("No study in this base fits.")),)),)
