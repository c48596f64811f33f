"""The directive `claim`: a statement, the studies behind it, and how certain it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.nodes import make_id

from ...evidence.questions.fields import CLAIM_BODY, CLAIM_FIELDS
from ...evidence.questions.reading import read_claim
from ...evidence.questions.records import Claim
from ...manuscript.head import explained, latest_day_anywhere
from ..domain.catalogue import ClaimRecord
from ..i18n import _
from ..reading.directive import EvidenceDirective
from .groups import HeldClaim, open_group, opened
from .nodes import claim_text, evidence_claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

    from ...evidence.options import Raw
    from ...evidence.questions.reading import Reading
    from ...evidence.sections import SectionText


class ClaimDirective(EvidenceDirective):
    """A claim, inside a question or by itself."""

    def run(self) -> list[nodes.Node]:
        """Read the claim and return its node; what is said of its studies is added when the page has been read."""
        raw, split, findings = self.written(CLAIM_BODY)
        reading = read_claim(raw, latest_day_anywhere())
        faults = explained([*findings, *reading.faults], CLAIM_BODY)
        self.report([*faults, *reading.remarks])
        self.check_wording(split.sections)
        anchor = make_id(self.env, self.state.document, "", raw.key)
        alone = open_group(self.env) is None
        with opened(self.env, self.state.document) as group:
            claim = None if faults else _claim(raw.key, group.key, reading)
            if claim is None:
                title = _("This claim cannot be shown: %s") % (raw.key or _("no key"))
                node: nodes.Element = self.error_box(title, anchor, faults)
            else:
                node = evidence_claim("", ids=[anchor], classes=["mecfs-claim"])
                self.set_source_info(node)
            self.state.document.note_explicit_target(node)
            node += self._content(split.sections)
        record = ClaimRecord(raw.key, "", anchor, self.location(), claim)
        group.claims.append(HeldClaim(node, record, self._lines(raw)))
        if alone:
            group.anchor = anchor
            group.trees.append(node)
        return [node]

    def _content(self, sections: Sequence[SectionText]) -> list[nodes.Node]:
        text = claim_text()
        rest: list[nodes.Node] = [text]
        for section in sections:
            if section.section.name == "claim":
                self.parse_into(text, section)
            elif section.section.name == "dissent":
                rest.append(self.parse_section(section))
        return rest

    def _lines(self, raw: Raw) -> dict[str, str]:
        return {"": self.location()} | {
            field.name: self.location(field.name) for field in CLAIM_FIELDS if field.name in raw.options
        }


def _claim(key: str, question: str, reading: Reading) -> Claim:
    return Claim(key=key, text="", question=question, **reading.values)


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("claim", ClaimDirective)
