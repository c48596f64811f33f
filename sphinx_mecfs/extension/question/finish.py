"""Finish questions and claims when their page has been parsed: numbers, words for references, and views.

It has to come after Sphinx has put translated text in place (priority 20), since that brings new citations.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

import msgspec
from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from ...evidence.problems import Problem
from ..i18n import _
from ..report import report
from ..writing.nodes import inner_heading
from ..writing.view import make_view
from .citations import citations_in, number_studies, plain_text, write_numbers
from .groups import Group, groups_of
from .nodes import claim_text
from .views import ClaimFoot, ClaimHead, QuestionView, References

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

    from ..domain.domain import MecfsDomain
    from .groups import HeldClaim, HeldQuestion


class FinishQuestions(SphinxTransform):
    """Number the studies of each group of a page, and add what is shown of them."""

    default_priority = 30

    def apply(self, **_kwargs: object) -> None:
        """Finish every group of the document."""
        for group in groups_of(self.env, self.document):
            self._finish(group)

    @property
    def _mecfs(self) -> MecfsDomain:
        return cast("MecfsDomain", self.env.domains["mecfs"])

    def _finish(self, group: Group) -> None:
        texts = {id(claim.node): self._text(claim) for claim in group.claims}
        cited = citations_in(group.trees)
        numbers = number_studies(group)
        answer = self._answer(group.question) if group.question else ""
        digest = _digest(group)
        self._mecfs.note_read_with(self.env.docname, _named(group))
        write_numbers(group, numbers)
        for claim in group.claims:
            self._finish_claim(claim, texts[id(claim.node)], group, numbers)
        if group.question:
            self._finish_question(group, group.question, answer, digest)
        self._list_references(group, numbers, cited)

    def _text(self, claim: HeldClaim) -> str:
        return plain_text(claim.node.findall(claim_text), self._mecfs.base)

    def _answer(self, question: HeldQuestion) -> str:
        for block in question.box.children:
            if isinstance(block, nodes.container) and "mecfs-section-short-answer" in block["classes"]:
                return plain_text(block.children[1:], self._mecfs.base)
        return ""

    def _finish_claim(self, held: HeldClaim, text: str, group: Group, numbers: Mapping[str, int]) -> None:
        record = msgspec.structs.replace(held.record, label=text or held.record.key)
        if record.claim is not None and not text:
            message = "the claim has no words of its own"
            report(Problem.SECTION_MISSING, message, record.location)
        if record.claim is not None:
            claim = msgspec.structs.replace(record.claim, text=text)
            record = msgspec.structs.replace(record, claim=claim)
            foot = ClaimFoot(claim, self.env.docname, group.anchor, numbers)
            self._mecfs.note_view(self.env.docname, foot, held.lines)
            words = next(iter(held.node.findall(claim_text)))
            held.node.insert(held.node.index(words) + 1, make_view(foot))
            held.node.insert(0, make_view(ClaimHead(claim)))
        self._mecfs.note_claim(self.env.docname, record)

    def _finish_question(self, group: Group, held: HeldQuestion, answer: str, digest: str) -> None:
        title = self._title(held)
        record = msgspec.structs.replace(held.record, label=title or held.record.key)
        if record.question is not None:
            claims = tuple(claim.record.key for claim in group.claims if claim.record.claim is not None)
            question = msgspec.structs.replace(
                record.question, title=title, short_answer=answer, claims=claims, digest=digest
            )
            record = msgspec.structs.replace(record, question=question)
            overview = QuestionView(question, "overview")
            self._mecfs.note_view(self.env.docname, overview, held.lines)
            held.box += make_view(overview)
            held.closing += make_view(QuestionView(question, "frame"))
        self._mecfs.note_question(self.env.docname, record)

    def _title(self, held: HeldQuestion) -> str:
        parent = held.box.parent
        if not isinstance(parent, nodes.section | nodes.document):
            message = f"question {held.record.key!r} stands inside something else; it makes sections, which cannot"
            report(Problem.QUESTION_PLACE, message, held.record.location)
            _without_sections(parent)
        section = parent
        while section is not None and not isinstance(section, nodes.section):
            section = section.parent
        if section is None:
            message = f"question {held.record.key!r} stands under no heading; the heading above it is the question"
            report(Problem.QUESTION_TITLE, message, held.record.location)
            return ""
        return " ".join(section[0].astext().split())

    def _list_references(self, group: Group, numbers: Mapping[str, int], cited: Mapping[str, str]) -> None:
        shown: list[nodes.Node] = []
        if numbers:
            view = References(group.anchor, numbers, cited)
            self._mecfs.note_view(self.env.docname, view, cited)
            shown = [inner_heading("", str(_("References"))), make_view(view)]
        if group.question is None:
            for tree in group.trees:
                if shown and isinstance(tree.parent, nodes.Element) and isinstance(tree, nodes.Element):
                    place = tree.parent.index(tree) + 1
                    tree.parent[place:place] = shown
            return
        closing = group.question.closing
        closing += shown
        if len(closing.children) == 1 and closing.parent is not None:
            closing.parent.remove(closing)


def _digest(group: Group) -> str:
    """Return a hash of what authors wrote in a group: its options, its claims and its words, before anything is added.

    The words are the same in both markups, and know nothing of other pages.
    """
    question = group.question.record.question if group.question else None
    records = [question, *(held.record.claim for held in group.claims)]
    written = [records, [tree.astext() for tree in group.trees]]
    return hashlib.sha256(msgspec.json.encode(written, order="deterministic")).hexdigest()[:12]


def _named(group: Group) -> set[str]:
    """Return the keys of studies whose names go into the words of claims and answers, which are stored."""
    references = (reference for tree in group.trees for reference in tree.findall(addnodes.pending_xref))
    return {str(one["reftarget"]) for one in references if (one.get("refdomain"), one["reftype"]) == ("mecfs", "study")}


def _without_sections(parent: nodes.Element) -> None:
    """Turn sections where there can be none into headings and what follows them."""
    for section in list(parent.findall(nodes.section)):
        title, *content = section.children
        section.replace_self([inner_heading("", title.astext()), *content])


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_transform(FinishQuestions)
