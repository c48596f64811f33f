"""Make the tags of styles and scripts once for each folder of a website, where Sphinx makes them once for each page.

Sphinx asks the file system for the real place of each file each time, which takes longer than all else about the tag.
What the tag says depends on the file, its attributes and the folder of the page alone.
"""

from __future__ import annotations

from posixpath import dirname
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

MAKERS = ("css_tag", "js_tag")
"""The functions by which templates make tags, by their names in the context of a page."""


class AssetTags:
    """The tags of the pages that are being written, by function, folder and file."""

    def __init__(self) -> None:
        self._tags: dict[tuple[str, str, Hashable], str] = {}

    def forget(self, _app: Sphinx, _builder: Builder) -> None:
        """Forget the tags of an earlier build."""
        self._tags = {}

    def offer(
        self, app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
    ) -> None:
        """Give the templates functions that remember, in place of Sphinx's."""
        for name in MAKERS:
            if app.builder.name == "html" and name in context:
                context[name] = self._remembering(name, dirname(pagename), context[name])

    def _remembering(self, name: str, folder: str, make: Callable[[Hashable], str]) -> Callable[[Hashable], str]:
        def tag(asset: Hashable) -> str:
            if not getattr(asset, "filename", asset):
                # What stands in the page itself may be another text on each.
                return make(asset)
            key = (name, folder, asset)
            found = self._tags.get(key)
            if found is None:
                found = self._tags[key] = make(asset)
            return found

        return tag


def setup(app: Sphinx) -> None:
    """Connect the events; each application remembers by itself."""
    tags = AssetTags()
    app.connect("write-started", tags.forget)
    app.connect("html-page-context", tags.offer)
