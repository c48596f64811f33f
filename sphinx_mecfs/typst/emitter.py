"""What every visitor writes with: the public interface of the translator, and nothing about single nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from sphinx_mecfs.typst import markup
from sphinx_mecfs.typst.forms import FORMS, LEFT_OUT
from sphinx_mecfs.typst.markup import Code, Value

if TYPE_CHECKING:
    from sphinx_mecfs.typst.builder import TypstBuilder

logger = logging.getLogger(__name__)

# These stand where Typst expects an argument or a cell; whoever writes them places their ids inside.
_ARGUMENTS = (
    nodes.list_item, nodes.definition_list_item, nodes.field, nodes.option_list_item, nodes.entry, nodes.row,
    nodes.thead, nodes.tbody, nodes.tgroup, nodes.colspec, nodes.section, nodes.footnote,
    nodes.footnote_reference,
)  # fmt: skip
# A class function may wrap one of these and nothing else, for the same reason.
_STYLED = (
    nodes.inline, nodes.container, nodes.compound, nodes.paragraph, nodes.block_quote, nodes.line_block,
    nodes.bullet_list, nodes.enumerated_list, nodes.definition_list, nodes.field_list, nodes.literal_block,
    nodes.table, nodes.figure, nodes.rubric,
)  # fmt: skip
# Pages that only a web site has; a book that names them in its list of indices has done nothing wrong.
_WEB_PAGES = ("genindex:", "modindex:", "py-modindex:", "search:")
# A link is decided when the whole book is written; until then its target stands between two NUL characters,
# which `markup` never lets through from the text of a document.
_PENDING_TARGET = re.compile("\0([^\0]*)\0")


class Emitter(SphinxTranslator):
    """Collect Typst source; the methods in the first part may be used by the visitors of any extension.

    An extension registers its visitors with `app.add_node(node, typst=(visit, depart))`. They get this
    translator and the node. Two things need no care: an anchor for every id of the node is written before its
    visitor is called, and what a visitor has opened is closed on departure if nothing else closed it (so
    `depart` may be None). A visitor that has written the content itself raises `nodes.SkipNode`.
    """

    builder: TypstBuilder

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        # Documents in other parts of a book that was split: a reference to one is text, and nobody's mistake.
        self._elsewhere: frozenset[str] = frozenset()
        self.docname: str = document["docname"]
        # Above 0 within a block of code, where spaces and line ends count.
        self.verbatim_depth = 0
        self._parts: list[str] = []
        self._ends: list[str] = []
        # How many ends were open before each of the nodes that are being written.
        self._heights: list[int] = []
        self._departures_to_skip: set[int] = set()
        self._labels: dict[str, str] = {}
        self._wanted: dict[str, nodes.Element] = {}
        self._unknown: set[str] = set()

    # ------------------------------------------------------------------- for the visitors of extensions

    def emit(self, source: str) -> None:
        """Write Typst source as it stands."""
        self._parts.append(source)

    def text(self, value: str) -> None:
        """Write plain text; nothing in it is taken for markup. Spaces count only within a block of code."""
        self._parts.append(markup.verbatim(value) if self.verbatim_depth else markup.text(value))

    def take_back_space(self) -> None:
        """Take back spaces at the end of the text that was written last, as a mark must follow its word."""
        if self._parts and self._parts[-1].endswith(' ";'):
            self._parts[-1] = self._parts[-1].removesuffix('";').rstrip(" ") + '";'

    def open_block(self, function: str, **options: Value) -> None:
        """Begin a call whose last argument is the block-level content that follows, up to `close_block`."""
        self.open(f"#{function}({markup.arguments(options)})[" if options else f"#{function}[", "];\n")

    def open_inline(self, function: str, **options: Value) -> None:
        """Begin a call whose last argument is the inline content that follows, up to `close_inline`."""
        self.open(f"#{function}({markup.arguments(options)})[" if options else f"#{function}[", "];")

    def close_block(self) -> None:
        """End what was opened last."""
        self._parts.append(self._ends.pop())

    close_inline = close_block

    def open(self, source: str, end: str) -> None:
        """Write source as it stands now, and `end` when it is closed."""
        self._parts.append(source)
        self._ends.append(end)

    def render(self, *chosen: nodes.Node) -> Code:
        """Return nodes as a content block, for an argument of a call; they must not be visited again."""
        return markup.content(self.source_of(*chosen))

    def source_of(self, *chosen: nodes.Node) -> str:
        """Return nodes as source; they must not be visited again."""
        outer, self._parts = self._parts, []
        for node in chosen:
            node.walkabout(self)
        inner, self._parts = "".join(self._parts), outer
        return inner

    def target(self, docname: str, node_id: str, wanted_by: nodes.Element) -> Code:
        """Return the label of a place for `internal-link`; where there is no such place it becomes `none`."""
        name = f"{docname}:{node_id}"
        self._wanted.setdefault(name, wanted_by)
        return Code(f"\0{name}\0")

    # ------------------------------------------------------------------------------------------- places

    def take_label(self, node_id: str) -> Code | None:
        """Return the label of a new place, None if the book has this place already."""
        name = f"{self.docname}:{node_id}"
        if name in self._labels:
            return None
        self._labels[name] = name
        return Code(markup.label(name))

    def name_also(self, node_id: str, first_id: str) -> None:
        """Let a second id lead to a place that has a label already."""
        first = f"{self.docname}:{first_id}"
        self._labels.setdefault(f"{self.docname}:{node_id}", self._labels[first])

    def label_of(self, name: str) -> Code | None:
        """Return the label of a place, `docname:id`, that has been written already."""
        return Code(markup.label(self._labels[name])) if name in self._labels else None

    def anchors(self, node: nodes.Element) -> str:
        """Return an anchor for every id of a node that has none yet."""
        ids: list[str] = node.get("ids", [])
        labels = [label for node_id in ids if (label := self.take_label(node_id))]
        return "".join(markup.call("anchor", label) for label in labels)

    def astext(self) -> str:
        """Return the whole source, every link with its label or with `none`."""
        return _PENDING_TARGET.sub(self._settle, "".join(self._parts))

    def _settle(self, pending: re.Match[str]) -> str:
        name = pending[1]
        if name in self._labels:
            return markup.label(self._labels[name])
        node = self._wanted.pop(name, None)
        expected = name.startswith(_WEB_PAGES) or name.partition(":")[0] in self._elsewhere
        if node is not None and not expected and not _was_given_up(node):
            logger.warning(
                "the book has no place %r: the reference is shown as text", name,
                location=node, type="typst", subtype="reference",
            )  # fmt: skip
        return "none"

    # ------------------------------------------------------------------------------------- dispatching

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Visit a node, after its anchors and within the function of its class."""
        self._heights.append(len(self._ends))
        if isinstance(node, nodes.Element):
            self._open_around(node)
        try:
            self._visit(node)
        except nodes.SkipNode:
            # docutils calls no departure after this.
            self._close_down()
            raise
        except nodes.SkipDeparture:
            self._departures_to_skip.add(id(node))

    def dispatch_departure(self, node: nodes.Node) -> None:
        """Depart from a node and close whatever its visitor left open."""
        if id(node) in self._departures_to_skip:
            self._departures_to_skip.remove(id(node))
        else:
            super().dispatch_departure(node)
        self._close_down()

    def _close_down(self) -> None:
        height = self._heights.pop()
        while len(self._ends) > height:
            self._parts.append(self._ends.pop())

    def _open_around(self, node: nodes.Element) -> None:
        if not isinstance(node, _ARGUMENTS):
            self.emit(self.anchors(node))
        if isinstance(node, _STYLED) and (function := self.class_function(node)):
            (self.open_inline if isinstance(node, nodes.Inline) else self.open_block)(function)

    def class_function(self, node: nodes.Element) -> str | None:
        """Return the function that `typst_classes` names for the first known class of a node."""
        known: dict[str, str] = self.config.typst_classes
        classes: list[str] = node.get("classes", [])
        return next((known[name] for name in classes if name in known), None)

    def _visit(self, node: nodes.Node) -> None:
        """Call the visitor of the nearest class that has one, or write the form of the nearest class."""
        for node_class in type(node).__mro__:
            name = node_class.__name__
            if visitor := getattr(self, f"visit_{name}", None):
                visitor(node)
                return
            if name in LEFT_OUT:
                raise nodes.SkipNode
            if form := FORMS.get(name):
                self.open(*form)
                return
        self.unknown_visit(node)

    def unknown_visit(self, node: nodes.Node) -> None:
        """Keep the text of a node that no visitor knows, with one warning for its class."""
        name = type(node).__name__
        if name not in self._unknown:
            self._unknown.add(name)
            logger.warning(
                "no Typst visitor for nodes of class %r: their text is kept without any form", name,
                location=node, type="typst", subtype="unknown_node",
            )  # fmt: skip
        is_inline = isinstance(node, nodes.Inline) or isinstance(node.parent, nodes.TextElement)
        if isinstance(node, nodes.TextElement) and not is_inline:
            self.open_block("par")

    def unknown_departure(self, node: nodes.Node) -> None:
        """Do nothing: what was opened is closed in any case."""


def _was_given_up(reference: nodes.Element) -> bool:
    """Tell whether a resolver has found no target and warned of that: it leaves a link not marked internal."""
    inner = [child for child in reference.children if isinstance(child, nodes.Element)]
    return "internal" not in reference and any("xref" in child["classes"] for child in inner)
