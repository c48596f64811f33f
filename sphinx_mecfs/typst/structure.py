"""What has to be known of the whole document tree before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def elements_by_document(node: nodes.Element, docname: str) -> Iterator[tuple[str, nodes.Element]]:
    """Yield every element below a node with the name of the document it was written in."""
    pending = [(docname, node)]
    while pending:
        current, element = pending.pop()
        yield current, element
        inner = element["docname"] if isinstance(element, addnodes.start_of_file) else current
        pending.extend((inner, child) for child in reversed(element.children) if isinstance(child, nodes.Element))


@dataclass(frozen=True)
class Footnotes:
    """All footnotes of a book: Typst wants the text of a note where it is mentioned first."""

    by_place: Mapping[tuple[str, str], nodes.footnote]
    mentioned: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, document: nodes.document) -> Footnotes:
        """Return the footnotes of a document tree whose toctrees have been inlined."""
        by_place: dict[tuple[str, str], nodes.footnote] = {}
        mentioned: set[tuple[str, str]] = set()
        for docname, element in elements_by_document(document, document["docname"]):
            if isinstance(element, nodes.footnote):
                by_place.update(((docname, node_id), element) for node_id in element["ids"])
            elif isinstance(element, nodes.footnote_reference):
                mentioned.add((docname, element.get("refid", "")))
        return cls(by_place, frozenset(mentioned))

    def find(self, docname: str, node_id: str) -> nodes.footnote | None:
        """Return the footnote with an id of a document, if there is one."""
        return self.by_place.get((docname, node_id))

    def is_mentioned(self, docname: str, footnote: nodes.Element) -> bool:
        """Tell whether any text of its document refers to a footnote."""
        return any((docname, node_id) in self.mentioned for node_id in footnote["ids"])


def bare_title(title: nodes.Element) -> nodes.Element | None:
    """Return a title as it may be repeated in contents and running heads, None if it can be as it is.

    A note, an anchor or a link must stand only once in a book, so the copy has none.
    """
    special = [node for node in title.findall(nodes.Element) if node is not title and _stands_once(node)]
    if not special:
        return None
    bare = title.deepcopy()
    bare["ids"] = []
    for node in [node for node in bare.findall(nodes.Element) if node is not bare and _stands_once(node)]:
        if isinstance(node, nodes.footnote_reference):
            _remove_with_space(node)
        elif isinstance(node, nodes.reference):
            node.replace_self(node.children)
        else:
            node["ids"] = []
    return bare


def _remove_with_space(mark: nodes.Element) -> None:
    parent = mark.parent
    position = parent.index(mark)
    before = parent[position - 1] if position else None
    if isinstance(before, nodes.Text):
        parent[position - 1] = nodes.Text(before.rstrip())
    parent.remove(mark)


def _stands_once(node: nodes.Element) -> bool:
    return bool(node["ids"]) or isinstance(node, nodes.footnote_reference | nodes.reference)
