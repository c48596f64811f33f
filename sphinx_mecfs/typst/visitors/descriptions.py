"""Visitors for descriptions of functions, options and the like: plain and readable, no more."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from sphinx_mecfs.typst.emitter import Emitter


class DescriptionVisitors(Emitter):
    """Visitors for the parts of `desc` nodes that are more than their content."""

    def visit_desc_signature_line(self, node: nodes.Element) -> None:
        """Write one line of a signature of several lines."""
        if node.parent.index(node):
            self.emit("#linebreak();")

    def visit_desc_parameterlist(self, node: nodes.Element) -> None:
        """Write the parameters of a function."""
        self._write_in_brackets(node, "(", ")")

    def visit_desc_type_parameter_list(self, node: nodes.Element) -> None:
        """Write the type parameters of a class or function."""
        self._write_in_brackets(node, "[", "]")

    def visit_desc_optional(self, node: nodes.Element) -> None:
        """Write parameters that may be left out."""
        self._write_in_brackets(node, "[, " if node.parent.index(node) else "[", "]")

    def _write_in_brackets(self, node: nodes.Element, before: str, after: str) -> None:
        self.text(before)
        for position, child in enumerate(node.children):
            # A comma before what may be left out may be left out with it.
            if position and not isinstance(child, addnodes.desc_optional):
                self.text(", ")
            child.walkabout(self)
        self.text(after)
        raise nodes.SkipNode
