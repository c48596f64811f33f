"""The directive `evidence-question`: a page that answers one question, with its claims and text between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
from docutils import nodes
from sphinx.util.nodes import make_id
from sphinx.util.parsing import nested_parse_to_nodes

from ...evidence.problems import Problem
from ...evidence.questions.fields import QUESTION_BODY, QUESTION_FIELDS
from ...evidence.questions.reading import read_question
from ...evidence.questions.records import Question
from ..domain.catalogue import QuestionRecord
from ..i18n import _
from ..reading.directive import EvidenceDirective, latest_day_anywhere
from ..report import report
from ..writing.view import make_view
from .citations import numbering, plain_text
from .claim import finish
from .nodes import evidence_claim, evidence_question
from .views import QuestionView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from ...evidence.options import Raw
    from ...evidence.sections import SectionText
    from ..domain.domain import MecfsDomain
    from ..writing.nodes import section_block

_HEAD = ("short-answer", "key-messages")


class QuestionDirective(EvidenceDirective):
    """A question: its answer first, then the page with its claims, then what is missing, the frame and the references.

    The title is that of the section in which the directive stands.
    """

    def run(self) -> list[nodes.Node]:
        """Read the question, note it in the domain and return the nodes of its page."""
        raw, split, findings = self.written(QUESTION_BODY)
        reading = read_question(raw, latest_day_anywhere())
        faults = [*findings, *reading.faults]
        self.report([*faults, *reading.remarks])
        anchor = make_id(self.env, self.state.document, "", raw.key)
        with numbering(self.env, raw.key):
            head = [self.parse_section(text) for text in split.sections if text.section.name in _HEAD]
            body = self._body(split.free)
            tail = [self._section(raw.key, text) for text in split.sections if text.section.name not in _HEAD]
        claims = tuple(claim["claim"].key for node in body for claim in node.findall(evidence_claim))
        question = None
        if not faults:
            question = Question(key=raw.key, title="", short_answer=_answer(head), claims=claims, **reading.values)
        box = evidence_question("", *head, ids=[anchor], classes=["mecfs-question"])
        box["record"] = QuestionRecord(raw.key, raw.key, anchor, self.location(), question)
        self.set_source_info(box)
        self.state.document.note_explicit_target(box)
        trees: list[nodes.Node] = [box, *body, *tail]
        references = finish(self.domain, self.env.docname, trees, anchor)
        if question is None:
            title = _("This question cannot be shown in full: %s") % (raw.key or _("no key"))
            return [self.error_box(title, "", faults), *trees, *self._closing(raw.key, references)]
        self._show(box, question, raw)
        return [*trees, *self._closing(raw.key, [make_view(QuestionView(question, "frame")), *references])]

    def _show(self, box: evidence_question, question: Question, raw: Raw) -> None:
        overview = QuestionView(question, "overview")
        lines = {field.name: self.location(field.name) for field in QUESTION_FIELDS if field.name in raw.options}
        self.domain.note_view(self.env.docname, overview, {"": self.location()} | lines)
        box += make_view(overview)

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
        self.parse_into(section, text)
        return section

    def _titled(self, key: str, name: str, title: str) -> nodes.section:
        anchor = make_id(self.env, self.state.document, "", f"{key}-{name}")
        section = nodes.section("", nodes.title("", title), ids=[anchor])
        self.set_source_info(section)
        return section

    def _closing(self, key: str, content: Sequence[nodes.Node]) -> list[nodes.Node]:
        """Return the last section: the frame of the question and the references."""
        section = self._titled(key, "about", str(_("About this answer")))
        section += content
        return [section] if content else []


def _answer(head: Sequence[section_block]) -> str:
    answer = next((block for block in head if "mecfs-section-short-answer" in block["classes"]), None)
    return plain_text(answer.children[1:]) if answer else ""


def note_questions(app: Sphinx, doctree: nodes.document) -> None:
    """Store the questions of a page with their titles, which stand outside the directives."""
    domain = cast("MecfsDomain", app.env.domains["mecfs"])
    for box in doctree.findall(evidence_question):
        record: QuestionRecord = box["record"]
        section = box.parent
        while section is not None and not isinstance(section, nodes.section):
            section = section.parent
        if section is None:
            message = f"question {record.key!r} stands under no heading; the heading above it is the question"
            report(Problem.QUESTION_TITLE, message, record.location)
        else:
            title = " ".join(section[0].astext().split())
            question = record.question and msgspec.structs.replace(record.question, title=title)
            record = msgspec.structs.replace(record, label=title, question=question)
        domain.note_question(app.env.docname, record)


def setup(app: Sphinx) -> None:
    """Add the directive, and the event after which titles are known."""
    app.add_directive("evidence-question", QuestionDirective)
    app.connect("doctree-read", note_questions)
