r"""Keep titles of sections in manual pages from holding commands.

Sphinx writes the text of a title without a sign before its backslashes, so that `\X'…'` or `\!` in one would be read by
the program that shows the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LIKE_A_BACKSLASH = "\N{REVERSE SOLIDUS OPERATOR}"


class PlainTitles(SphinxPostTransform):
    """Put a sign that looks alike in the place of each backslash."""

    default_priority = 900
    formats = ("man",)

    def run(self, **_kwargs: object) -> None:
        """Change the titles of the page."""
        for title in self.document.findall(nodes.title):
            for text in [text for text in title.findall(nodes.Text) if "\\" in text]:
                text.parent.replace(text, nodes.Text(text.replace("\\", LIKE_A_BACKSLASH)))


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(PlainTitles)
