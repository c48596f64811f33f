"""What all our directives share: reading the head, finding the line of a fault, parsing a section, showing an error."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst.states import RSTState
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from ...evidence.options import Raw
from ...evidence.problems import Finding, Problem
from ...evidence.sections import SectionText, Split, split_sections
from ..i18n import _
from ..report import report
from ..writing.nodes import inner_heading, section_block
from .source import Written, line_in_block, read_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...evidence.fields import Body
    from ..domain.domain import MecfsDomain


_MISSING = (Problem.OPTION_MISSING, Problem.SECTION_MISSING)


def explained(findings: Iterable[Finding], body: Body) -> list[Finding]:
    """Return findings, of which an unknown option that is the name of a section says what went wrong."""
    return [
        Finding(finding.problem, f"{finding.field!r} is a section: {_BLANK_LINE}", finding.field)
        if finding.problem is Problem.OPTION_UNKNOWN and body.find(finding.field) is not None
        else finding
        for finding in findings
    ]


_BLANK_LINE = "leave a blank line between the options and the sections"


class EvidenceDirective(SphinxDirective):
    """A directive whose options are read from the source, so that no markup's own reading gets to drop them.

    The key is checked with the rest, so that a thing without one is shown with a message.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[None] = None

    @property
    def domain(self) -> MecfsDomain:
        """Return the domain."""
        return cast("MecfsDomain", self.env.domains["mecfs"])

    def head(self) -> Written:
        """Read the key and the options."""
        # MyST counts from the first line below the directive, and a blank line there ends the head before it begins.
        in_content = self.content_offset == 0
        argument = self.arguments[0] if self.arguments else ""
        return read_head(argument, self.content.data, head_in_content=in_content)

    def written(self, body: Body) -> tuple[Raw, Split, list[Finding]]:
        """Return the directive as it was written, its body split into sections, and what is wrong so far."""
        head = self.head()
        markdown = not isinstance(self.state, RSTState)
        split = split_sections(self.content.data, body, head.body_start, markdown=markdown)
        return Raw(head.key, head.options, split.texts, head.repeated), split, [*head.findings, *split.findings]

    def location(self, field: str = "") -> str:
        """Return the file and line of an option or section, or of the directive."""
        source, line = self.get_source_info()
        return f"{source}:{(line or 0) + self._offset(field)}"

    def _offset(self, field: str) -> int:
        return line_in_block(self.block_text, field) if field else 0

    def report(self, findings: Iterable[Finding]) -> None:
        """Report each finding at its line, in the order of the lines; what is missing, at the directive's."""
        located = [("" if finding.problem in _MISSING else finding.field, finding) for finding in findings]
        for field, finding in sorted(located, key=lambda pair: self._offset(pair[0])):
            report(finding.problem, finding.message, self.location(field))

    def lines(self, start: int, texts: Sequence[str]) -> StringList:
        """Return lines of the content, from the index `start` on, with where they come from."""
        return StringList(list(texts), items=self.content.items[start : start + len(texts)])

    def parse_into(self, node: nodes.Element, text: SectionText) -> None:
        """Parse the lines of a section and add them to a node."""
        self.state.nested_parse(self.lines(text.start, text.lines), self.content_offset + text.start, node)

    def parse_section(self, text: SectionText) -> section_block:
        """Return a section with its heading."""
        section = section_block("", classes=[f"mecfs-section-{text.section.name}"])
        section += inner_heading("", str(_(text.section.label)))
        self.parse_into(section, text)
        return section

    def error_box(self, title: str, anchor: str, findings: Iterable[Finding]) -> nodes.admonition:
        """Return a box that says what is wrong."""
        node = nodes.admonition("", ids=[anchor] if anchor else [], classes=["error", "mecfs-error"])
        node += nodes.title("", title)
        items = [nodes.list_item("", nodes.paragraph("", finding.message)) for finding in findings]
        node += nodes.bullet_list("", *items)
        self.set_source_info(node)
        return node


def latest_day_anywhere() -> datetime.date:
    """Return the latest calendar day that it is now in any time zone: what an author may call today (UTC+14)."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=14))).date()
