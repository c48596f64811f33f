"""What all our directives share: reading the head, finding the line of a fault, parsing a section, showing an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst.states import RSTState
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from ...evidence.options import Raw
from ...evidence.sections import SectionText, Split, split_sections
from ...manuscript.head import Written, line_in_block, placed, read_head
from ...wording.checks import check_sections
from ..i18n import _
from ..report import report
from ..writing.nodes import inner_heading, section_block
from .wording import note_scanned, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...evidence.fields import Body
    from ...evidence.problems import Finding
    from ...evidence.vocabulary import Design
    from ..domain.domain import MecfsDomain


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
        for field, finding in placed(findings, self.block_text):
            report(finding.problem, finding.message, self.location(field))

    def check_wording(self, sections: Sequence[SectionText], design: Design | None = None) -> None:
        """Report the words of sections that the rules for wording ask to replace; `design` is that of the study."""
        markdown = not isinstance(self.state, RSTState)
        for finding in check_sections(sections, rules_of(self.env), design, markdown=markdown):
            source, line = self._place(finding.line - 1, markdown=markdown)
            report(finding.problem, finding.message, f"{source}:{line}")
        for text in sections:
            source, first = self._place(text.start, markdown=markdown)
            note_scanned(self.env, source, range(first, first + len(text.lines)))

    def _place(self, index: int, *, markdown: bool) -> tuple[str, int]:
        """Return the file and line of a line of the content; MyST counts from the directive, docutils from the top."""
        if markdown:
            source, line = self.get_source_info()
            return str(source), (line or 0) + 1 + self.content_offset + index
        source, offset = self.content.items[index]
        return str(source), offset + 1

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
        # A message quotes what was written, to the letter.
        lines = (nodes.paragraph("", finding.message, support_smartquotes=False) for finding in findings)
        items = [nodes.list_item("", line) for line in lines]
        node += nodes.bullet_list("", *items)
        self.set_source_info(node)
        return node
