"""Numbered citations: the role `mecfs:cite`, and the numbers that a group gives its studies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

from ...bibliography.reference import short_citation
from ...evidence.common.crossing import citation_place
from ...evidence.vocabulary import Direction
from ..report import report
from .nodes import claim_text, evidence_claim, study_citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx

    from ..domain.domain import MecfsDomain
    from ..sources.base import Base
    from .groups import Group, HeldClaim

_UNSEEN = (
    nodes.comment,
    nodes.raw,
    nodes.footnote,
    nodes.footnote_reference,
    nodes.substitution_definition,
    nodes.target,
    nodes.system_message,
    evidence_claim,
    study_citation,
)
"""What is no part of the words of a statement."""


class CiteRole(SphinxRole):
    """The role `mecfs:cite`: the numbers of one or more studies, whose keys are parted by commas."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return a citation to be numbered; what nothing numbers is reported when the page has been read."""
        keys = tuple(dict.fromkeys(key for part in self.text.split(",") if (key := part.strip())))
        domain = cast("MecfsDomain", self.env.domains["mecfs"])
        for key in keys:
            domain.note_shown(self.env.docname, "study", key)
        return [study_citation(self.rawtext, ", ".join(keys), keys=keys, location=self.get_location())], []


def citations_in(trees: Iterable[Node]) -> dict[str, str]:
    """Return the keys that are cited by the role, each with the file and line of its first citation."""
    cited: dict[str, str] = {}
    for tree in trees:
        for citation in tree.findall(study_citation):
            for key in citation["keys"]:
                cited.setdefault(key, citation["location"])
    return cited


def number_studies(group: Group) -> dict[str, int]:
    """Return the number of each study: by first mention, a claim's own citations before its other studies."""
    held = {id(claim.node): claim for claim in group.claims}
    order: dict[str, None] = {}
    for tree in group.trees:
        for node in tree.findall(nodes.Element):
            if id(node) in held:
                order.update(dict.fromkeys(key for inner in node.findall(study_citation) for key in inner["keys"]))
                claim = held[id(node)].record.claim
                order.update(dict.fromkeys(key for _direction, key in claim.sources) if claim else {})
            elif isinstance(node, study_citation):
                order.update(dict.fromkeys(node["keys"]))
    return {key: number for number, key in enumerate(order, start=1)}


def write_numbers(group: Group, numbers: Mapping[str, int]) -> None:
    """Put the numbers where citations stand; a claim whose text cites nothing gets those of its studies at its end."""
    for claim in group.claims:
        _cite_all(claim)
    for tree in group.trees:
        for citation in list(tree.findall(study_citation)):
            citation.replace_self(_numbers(citation["keys"], numbers, group.anchor))


def _cite_all(held: HeldClaim) -> None:
    claim, text = held.record.claim, next(iter(held.node.findall(claim_text)), None)
    keys = tuple(key for direction, key in claim.sources if direction is not Direction.CONTEXT) if claim else ()
    if text is None or not keys or next(iter(text.findall(study_citation)), None) is not None:
        return
    paragraphs = [child for child in text.children if isinstance(child, nodes.paragraph)]
    if not paragraphs:
        paragraphs = [nodes.paragraph()]
        text += paragraphs
    paragraphs[-1] += [nodes.Text(" "), study_citation("", "", keys=keys, location="")]


def _numbers(keys: Iterable[str], numbers: Mapping[str, int], anchor: str) -> nodes.inline:
    citation = nodes.inline("", "[", classes=["mecfs-citation"])
    for position, number in enumerate(sorted(numbers[key] for key in keys)):
        if position:
            citation += nodes.Text(", ")
        citation += nodes.reference("", str(number), refid=reference_anchor(anchor, number), internal=True)
    citation += nodes.Text("]")
    return citation


def plain_text(trees: Iterable[Node], base: Base) -> str:
    """Return the words of a statement without markup and citations, with the names of studies for their keys."""
    words = " ".join(" ".join(_words(tree, base) for tree in trees).split())
    return re.sub(r" (?=[.,;:!?])", "", words)


def _words(node: Node, base: Base) -> str:
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, _UNSEEN):
        return ""
    if isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "mecfs" and not node.get("refexplicit"):
        return _name(str(node["reftype"]), str(node["reftarget"]), base)
    separator = "" if isinstance(node, nodes.TextElement) else " "
    return separator.join(_words(child, base) for child in node.children)


def _name(kind: str, key: str, base: Base) -> str:
    if kind == "study" and key in base.entries:
        return short_citation(base.entries[key])
    if kind == "definition" and key in base.register:
        return base.register[key].title
    return "" if kind == "badge" else key


def reference_anchor(anchor: str, number: int) -> str:
    """Return the anchor of a numbered reference in the list of the question or claim at `anchor`.

    No key and no heading has two hyphens in its anchor.
    """
    return f"{anchor}--ref-{number}"


def report_unnumbered(_app: Sphinx, doctree: nodes.document) -> None:
    """Report citations that nothing has numbered, and show their keys."""
    for citation in list(doctree.findall(study_citation)):
        keys = ", ".join(citation["keys"])
        finding = citation_place(keys)
        report(finding.problem, finding.message, citation["location"])
        citation.replace_self(nodes.literal(keys, keys))


def setup(app: Sphinx) -> None:
    """Add the role to the domain, and look for citations without a number when a page has been read."""
    app.add_role_to_domain("mecfs", "cite", CiteRole())
    app.connect("doctree-read", report_unnumbered)
