"""Show characters that cannot be seen, before any markup of a page is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.common.unseen import replace_unseen
from ..report import report_file

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def show(app: Sphinx, docname: str, content: list[str]) -> None:
    """Report the lines of a page that hold such a character, and put a sign in its place."""
    content[0], findings = replace_unseen(content[0])
    report_file(str(app.env.doc2path(docname)), findings)


def setup(app: Sphinx) -> None:
    """Connect the event."""
    app.connect("source-read", show)
