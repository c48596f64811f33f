"""Turn the parsed sections of a card into plain text: lists and tables keep their lines, all else its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from ...bibliography.reference import short_citation
from ..domain.badge import pem_badge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Node

    from ..sources.base import Base

_UNSEEN = (
    nodes.comment,
    nodes.raw,
    nodes.footnote,
    nodes.footnote_reference,
    nodes.substitution_definition,
    nodes.target,
    nodes.system_message,
    addnodes.index,
)
_LISTS = (nodes.bullet_list, nodes.enumerated_list)
_VERBATIM = (nodes.literal_block, nodes.doctest_block, nodes.math_block, nodes.line_block)


def plain_blocks(children: Iterable[Node], base: Base) -> str:
    """Return the text of blocks, with a blank line between them; references become the names of what they name."""
    return "\n\n".join(text for child in children for text in _block(child, base) if text)


def _block(node: Node, base: Base) -> Iterator[str]:
    if isinstance(node, _UNSEEN):
        return
    if isinstance(node, _LISTS):
        yield "\n".join(_item(node, position, item, base) for position, item in enumerate(node.children))
    elif isinstance(node, nodes.image):
        yield str(node.get("alt", ""))
    elif isinstance(node, _VERBATIM):
        yield node.astext()
    elif isinstance(node, nodes.row):
        yield " | ".join(" ".join(plain_blocks(cell.children, base).split()) for cell in node.children)
    elif isinstance(node, nodes.TextElement):
        yield _line(node, base)
    elif isinstance(node, nodes.definition_list_item | nodes.tgroup | nodes.thead | nodes.tbody):
        yield "\n".join(text for child in node.children for text in _block(child, base) if text)
    else:
        for child in node.children:
            yield from _block(child, base)


def _item(parent: nodes.Element, position: int, item: Node, base: Base) -> str:
    number = int(parent.get("start", 1)) + position
    mark = f"{number}. " if isinstance(parent, nodes.enumerated_list) else "- "
    text = "\n".join(text for child in item.children for text in _block(child, base) if text)
    return mark + text.replace("\n", "\n" + " " * len(mark))


def _line(node: Node, base: Base) -> str:
    words = " ".join(_words(node, base).split())
    return re.sub(r" (?=[.,;:!?)])", "", re.sub(r"\s*\(\s*\)", "", words))


def _words(node: Node, base: Base) -> str:
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, _UNSEEN) or "mecfs-citation" in getattr(node, "attributes", {}).get("classes", ()):
        return ""
    if isinstance(node, pem_badge):
        return str(node["label"])
    if isinstance(node, addnodes.pending_xref):
        name = _name(node, base)
        if name is not None:
            return name
    return "".join(_words(child, base) for child in node.children)


def _name(reference: addnodes.pending_xref, base: Base) -> str | None:
    """Return what a reference names, None where the author's own words or the text at hand say it."""
    domain, kind, target = reference.get("refdomain"), reference.get("reftype"), str(reference.get("reftarget", ""))
    if domain == "cite":
        names = [_study(key.strip(), base) for key in target.split(",")]
        return ", ".join(names) if str(kind).startswith("t") else f"({', '.join(names)})"
    if domain != "mecfs" or reference.get("refexplicit"):
        return None
    if kind == "study":
        return _study(target, base)
    if kind == "definition" and target in base.register:
        return base.register[target].title
    return "" if kind == "badge" else None


def _study(key: str, base: Base) -> str:
    return short_citation(base.entries[key]) if key in base.entries else key
