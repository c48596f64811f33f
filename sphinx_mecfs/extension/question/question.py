"""The directive `evidence-question`: a page that answers one question, with its claims and text between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.nodes import make_id
from sphinx.util.parsing import nested_parse_to_nodes

from ...evidence.problems import Finding, Problem
from ...evidence.questions.fields import QUESTION_BODY, QUESTION_FIELDS
from ...evidence.questions.reading import read_question
from ...evidence.questions.records import Question
from ...manuscript.head import explained, latest_day_anywhere
from ..domain.catalogue import QuestionRecord
from ..i18n import _
from ..reading.directive import EvidenceDirective
from .groups import HeldQuestion, open_group, opened
from .nodes import evidence_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from ...evidence.options import Raw
    from ...evidence.sections import SectionText

_HEAD = ("short-answer", "key-messages")


class QuestionDirective(EvidenceDirective):
    """A question: its answer first, then the page with its claims, then what is missing, the frame and the references.

    The title is that of the section in which the directive stands.
    """

    def run(self) -> list[nodes.Node]:
        """Read the question and return the nodes of its page, which `finish` completes."""
        raw, split, findings = self.written(QUESTION_BODY)
        reading = read_question(raw, latest_day_anywhere())
        faults = explained([*findings, *reading.faults], QUESTION_BODY)
        nested = open_group(self.env) is not None
        if nested:
            faults.append(Finding(Problem.QUESTION_PLACE, f"question {raw.key!r} stands inside a question or claim"))
        self.report([*faults, *reading.remarks])
        self.check_wording(split.sections)
        box = evidence_question("", classes=["mecfs-question"])
        box["ids"] = [make_id(self.env, self.state.document, "", raw.key)]
        self.set_source_info(box)
        # Before the body is parsed, so that no heading in it takes the same anchor.
        self.state.document.note_explicit_target(box)
        with opened(self.env, self.state.document, raw.key) as group:
            # The body first: the other sections may use links that it defines.
            body = self._body(split.free)
            box += [self.parse_section(text) for text in split.sections if text.section.name in _HEAD]
            tail = [self._section(raw.key, text) for text in split.sections if text.section.name not in _HEAD]
        error: list[nodes.Node] = []
        if faults:
            title = _("This question cannot be shown in full: %s") % (raw.key or _("no key"))
            error = [self.error_box(title, "", faults)]
        trees: list[nodes.Node] = [box, *body, *tail]
        if nested:
            return [*error, *trees]
        question = None if faults else Question(key=raw.key, title="", short_answer="", **reading.values)
        record = QuestionRecord(raw.key, "", box["ids"][0], self.location(), question)
        closing = self._titled(raw.key, "about", str(_("About this answer")))
        group.question = HeldQuestion(box, record, self._lines(raw), closing)
        group.anchor = box["ids"][0]
        group.trees += trees
        return [*error, *trees, closing]

    def _lines(self, raw: Raw) -> dict[str, str]:
        return {"": self.location()} | {
            field.name: self.location(field.name) for field in QUESTION_FIELDS if field.name in raw.options
        }

    def _body(self, free: Sequence[tuple[int, tuple[str, ...]]]) -> list[nodes.Node]:
        """Parse all text between the sections in one go, so that a heading reaches on to the next."""
        if not free:
            return []
        first = free[0][0]
        lines = [""] * (free[-1][0] + len(free[-1][1]) - first)
        for start, texts in free:
            lines[start - first : start - first + len(texts)] = texts
        before = {id(section) for section in self.state.document.findall(nodes.section)}
        parsed = nested_parse_to_nodes(self.state, self.lines(first, lines), offset=self.content_offset + first)
        # MyST hangs a section that it meets below the section in which the directive stands, not into what is parsed.
        new = [section for section in self.state.document.findall(nodes.section) if id(section) not in before]
        own = {id(section) for section in new}
        strays = [section for section in new if id(section.parent) not in own]
        for section in strays:
            section.parent.remove(section)
        return [*parsed, *strays]

    def _section(self, key: str, text: SectionText) -> nodes.section:
        section = self._titled(key, text.section.name, str(_(text.section.label)))
        # Into a container first: MyST would hang a heading that stands right in a section elsewhere.
        content = nodes.container()
        self.parse_into(content, text)
        section += content.children
        return section

    def _titled(self, key: str, name: str, title: str) -> nodes.section:
        anchor = make_id(self.env, self.state.document, "", f"{key}-{name}")
        section = nodes.section("", nodes.title("", title), ids=[anchor])
        self.state.document.note_implicit_target(section)
        self.set_source_info(section)
        return section


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-question", QuestionDirective)
