"""The directive `claim`: a statement, the studies behind it, and how certain it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.nodes import make_id

from ...evidence.questions.fields import CLAIM_BODY, CLAIM_FIELDS
from ...evidence.questions.reading import read_claim
from ...evidence.questions.records import Claim
from ..domain.catalogue import ClaimRecord
from ..i18n import _
from ..reading.directive import EvidenceDirective, latest_day_anywhere
from ..writing.nodes import inner_heading
from ..writing.view import make_view
from .citations import citations_in, number_studies, numbering, plain_text, write_numbers
from .nodes import claim_text, evidence_claim
from .views import ClaimFoot, ClaimHead, References

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

    from ...evidence.questions.reading import Reading
    from ...evidence.sections import SectionText
    from ..domain.domain import MecfsDomain


class ClaimDirective(EvidenceDirective):
    """A claim, inside a question or by itself."""

    def run(self) -> list[nodes.Node]:
        """Read the claim, note it in the domain and return its node, with its references where it stands by itself."""
        raw, split, findings = self.written(CLAIM_BODY)
        reading = read_claim(raw, latest_day_anywhere())
        faults = [*findings, *reading.faults]
        self.report([*faults, *reading.remarks])
        anchor = make_id(self.env, self.state.document, "", raw.key)
        with numbering(self.env) as question:
            text = self._text(split.sections)
            rest = [self.parse_section(section) for section in split.sections if section.section.name == "dissent"]
        label = plain_text([text])
        claim = None if faults else _claim(raw.key, label, question or "", reading)
        self.domain.note_claim(self.env.docname, ClaimRecord(raw.key, label, anchor, self.location(), claim))
        if claim is None:
            title = _("This claim cannot be shown: %s") % (raw.key or _("no key"))
            node: nodes.Element = self.error_box(title, anchor, faults)
            node += [text, *rest]
        else:
            node = evidence_claim("", text, *rest, ids=[anchor], classes=["mecfs-claim"], claim=claim)
            node["lines"] = {"": self.location()} | {
                field.name: self.location(field.name) for field in CLAIM_FIELDS if field.name in raw.options
            }
            self.set_source_info(node)
        self.state.document.note_explicit_target(node)
        return [node] if question is not None else [node, *self._references(node, anchor)]

    def _text(self, sections: Sequence[SectionText]) -> claim_text:
        text = claim_text()
        for section in sections:
            if section.section.name == "claim":
                self.parse_into(text, section)
        return text

    def _references(self, node: nodes.Element, anchor: str) -> list[nodes.Node]:
        """Return the references of a claim that stands by itself."""
        return finish(self.domain, self.env.docname, [node], anchor)


def finish(domain: MecfsDomain, docname: str, trees: Sequence[nodes.Node], anchor: str) -> list[nodes.Node]:
    """Give the studies of a question or claim their numbers, add what its claims show, and return the references."""
    cited = citations_in(trees)
    numbers = number_studies(trees)
    write_numbers(trees, numbers, anchor)
    for tree in trees:
        for claim in tree.findall(evidence_claim):
            _add_views(domain, docname, claim, ClaimFoot(claim["claim"], docname, anchor, numbers))
    if not numbers:
        return []
    view = References(anchor, numbers, cited)
    domain.note_view(docname, view, cited)
    return [inner_heading("", str(_("References"))), make_view(view)]


def _add_views(domain: MecfsDomain, docname: str, node: evidence_claim, foot: ClaimFoot) -> None:
    domain.note_view(docname, foot, node["lines"])
    node.insert(0, make_view(ClaimHead(foot.claim)))
    node.insert(node.index(next(iter(node.findall(claim_text)))) + 1, make_view(foot))


def _claim(key: str, text: str, question: str, reading: Reading) -> Claim:
    return Claim(key=key, text=text, question=question, **reading.values)


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("claim", ClaimDirective)
