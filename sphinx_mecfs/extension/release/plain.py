"""Turn the parsed sections of a card into plain text: lists and tables keep their lines, all else its words.

This is done in two steps. The text that is kept between runs names a study or definition by its key; what these are
called is put in when the data are written, since it may have changed without the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from ...bibliography.reference import short_citation
from ...bibliography.texts import strip_hostile
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


def plain_blocks(children: Iterable[Node]) -> str:
    """Return the text of blocks, with a blank line between them, and with keys that `with_names` replaces."""
    return "\n\n".join(text for child in children for text in _block(child) if text)


def _block(node: Node) -> Iterator[str]:
    if isinstance(node, _UNSEEN):
        return
    if isinstance(node, _LISTS):
        yield "\n".join(_item(node, position, item) for position, item in enumerate(node.children))
    elif isinstance(node, nodes.image):
        yield strip_hostile(str(node.get("alt", "")))
    elif isinstance(node, _VERBATIM):
        yield strip_hostile(node.astext())
    elif isinstance(node, nodes.row):
        yield " | ".join(" ".join(plain_blocks(cell.children).split()) for cell in node.children)
    elif isinstance(node, nodes.TextElement):
        yield _line(node)
    elif isinstance(node, nodes.definition_list_item | nodes.tgroup | nodes.thead | nodes.tbody):
        yield "\n".join(text for child in node.children for text in _block(child) if text)
    else:
        for child in node.children:
            yield from _block(child)


def _item(parent: nodes.Element, position: int, item: Node) -> str:
    number = int(parent.get("start", 1)) + position
    mark = f"{number}. " if isinstance(parent, nodes.enumerated_list) else "- "
    text = "\n".join(text for child in item.children for text in _block(child) if text)
    return mark + text.replace("\n", "\n" + " " * len(mark))


def _line(node: Node) -> str:
    words = " ".join(_words(node).split())
    return re.sub(r" (?=[.,;:!?)])", "", re.sub(r"\s*\(\s*\)", "", words))


def _words(node: Node) -> str:
    if isinstance(node, nodes.Text):
        return strip_hostile(node.astext())
    if isinstance(node, _UNSEEN) or "mecfs-citation" in getattr(node, "attributes", {}).get("classes", ()):
        return ""
    if isinstance(node, pem_badge):
        return str(node["label"])
    if isinstance(node, addnodes.pending_xref):
        name = _name(node)
        if name is not None:
            return name
    return "".join(_words(child) for child in node.children)


def _name(reference: addnodes.pending_xref) -> str | None:
    """Return the keys of what a reference names, None where the author's own words or the text at hand say it."""
    domain, kind, target = reference.get("refdomain"), reference.get("reftype"), str(reference.get("reftarget", ""))
    if domain == "cite":
        names = ", ".join(_marked("study", key.strip()) for key in target.split(","))
        return names if str(kind).startswith("t") else f"({names})"
    if domain != "mecfs" or reference.get("refexplicit"):
        return None
    if kind in {"study", "definition"}:
        return _marked(str(kind), target)
    return "" if kind == "badge" else None


def _marked(kind: str, key: str) -> str:
    # No text holds this character: `strip_hostile` has seen to it.
    return f"\0{kind} {strip_hostile(key)}\0"


_MARKED = re.compile("\0(study|definition) ([^\0]*)\0")


def with_names(text: str, base: Base) -> str:
    """Return a text with the names of studies and definitions as they are now, in place of keys."""

    def name(match: re.Match[str]) -> str:
        kind, key = match.groups()
        if kind == "study":
            return short_citation(base.entries[key]) if key in base.entries else key
        return base.register[key].title if key in base.register else key

    return _MARKED.sub(name, text)
