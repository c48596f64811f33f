"""Numbered citations: the role `mecfs:cite`, and the numbers that a question or a claim by itself gives its studies.

The order of events: the directive opens a numbering and parses its body, in which the role leaves nodes without numbers
and claims leave theirs to the question; then it numbers all of them in the order in which a reader meets them.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from ...evidence.problems import Problem
from ...evidence.vocabulary import Direction
from ..report import report
from .nodes import claim_text, evidence_claim, study_citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_OPEN = "mecfs-numbering"


@contextmanager
def numbering(env: BuildEnvironment, question: str = "") -> Iterator[str | None]:
    """Open a numbering while a body is parsed.

    Yields the key of the question around it, "" for a claim by itself around it, or None where it is the outermost.
    """
    outer: str | None = env.current_document.get(_OPEN)
    env.current_document[_OPEN] = question if outer is None else outer
    try:
        yield outer
    finally:
        env.current_document[_OPEN] = outer


class CiteRole(SphinxRole):
    """The role `mecfs:cite`: the numbers of one or more studies, whose keys are parted by commas."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return a citation to be numbered, or report that there is nothing that could number it."""
        keys = tuple(dict.fromkeys(key for part in self.text.split(",") if (key := part.strip())))
        if self.env.current_document.get(_OPEN) is None:
            message = f"numbered citation of {', '.join(keys)} stands outside a question or claim; use 'cite:p' there"
            report(Problem.CITATION_PLACE, message, self.get_location())
            return [nodes.literal(self.rawtext, ", ".join(keys))], []
        return [study_citation(self.rawtext, ", ".join(keys), keys=keys, location=self.get_location())], []


def citations_in(trees: Iterable[Node]) -> dict[str, str]:
    """Return the keys that are cited by the role, each with the file and line of its first citation."""
    cited: dict[str, str] = {}
    for tree in trees:
        for citation in tree.findall(study_citation):
            for key in citation["keys"]:
                cited.setdefault(key, citation["location"])
    return cited


def number_studies(trees: Sequence[Node]) -> dict[str, int]:
    """Return the number of each study: by first mention, a claim's own citations before its other studies."""
    order: dict[str, None] = {}
    for tree in trees:
        for node in tree.findall(lambda node: isinstance(node, evidence_claim | study_citation)):
            if isinstance(node, evidence_claim):
                order.update(dict.fromkeys(key for inner in node.findall(study_citation) for key in inner["keys"]))
                order.update(dict.fromkeys(key for _direction, key in node["claim"].sources))
            elif isinstance(node, study_citation):
                order.update(dict.fromkeys(node["keys"]))
    return {key: number for number, key in enumerate(order, start=1)}


def write_numbers(trees: Sequence[Node], numbers: Mapping[str, int], anchor: str) -> None:
    """Put the numbers where citations stand; a claim whose text cites nothing gets those of its studies at its end."""
    for tree in trees:
        for claim in tree.findall(evidence_claim):
            _cite_all(claim)
        for citation in list(tree.findall(study_citation)):
            citation.replace_self(_numbers(citation["keys"], numbers, anchor))


def _cite_all(claim: evidence_claim) -> None:
    text = next(iter(claim.findall(claim_text)), None)
    keys = tuple(key for direction, key in claim["claim"].sources if direction is not Direction.CONTEXT)
    if text is None or not keys or next(iter(text.findall(study_citation)), None) is not None:
        return
    paragraphs = list(text.findall(nodes.paragraph))
    if paragraphs:
        paragraphs[-1] += [nodes.Text(" "), study_citation("", "", keys=keys, location="")]


def _numbers(keys: Iterable[str], numbers: Mapping[str, int], anchor: str) -> nodes.inline:
    citation = nodes.inline("", "[", classes=["mecfs-citation"])
    for position, number in enumerate(sorted(numbers[key] for key in keys)):
        if position:
            citation += nodes.Text(", ")
        citation += nodes.reference("", str(number), refid=reference_anchor(anchor, number), internal=True)
    citation += nodes.Text("]")
    return citation


def plain_text(trees: Iterable[Node]) -> str:
    """Return the words of a statement without markup and without its citations, which have no numbers yet."""
    copies = [tree.deepcopy() for tree in trees]
    for citation in [citation for copy in copies for citation in copy.findall(study_citation)]:
        citation.parent.remove(citation)
    words = " ".join(" ".join(copy.astext() for copy in copies).split())
    return re.sub(r" (?=[.,;:!?])", "", words)


def reference_anchor(anchor: str, number: int) -> str:
    """Return the anchor of a numbered reference in the list of the question or claim at `anchor`."""
    return f"{anchor}-ref-{number}"


def setup(app: Sphinx) -> None:
    """Add the role to the domain."""
    app.add_role_to_domain("mecfs", "cite", CiteRole())
