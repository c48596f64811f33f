"""Mend in the book's pages what docutils writes and accessibility checkers refuse, until it writes it otherwise.

docutils gives the entries of a bibliography the role `doc-biblioentry`, which ARIA has given up, inside an element that
is called a list and therefore may hold list items only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def mend(_app: Sphinx, _page: str, _template: str, context: dict[str, str], _doctree: nodes.document | None) -> None:
    """Call the entries of a bibliography what they stand for in their list: items."""
    body = context.get("body", "")
    if "doc-biblioentry" in body:
        context["body"] = body.replace('role="doc-biblioentry"', 'role="listitem"')


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the event."""
    app.connect("html-page-context", mend)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
