"""Keep what the EPUB standard does not allow out of EPUB files: anchors with spaces, and styles for browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..domain.domain import MecfsDomain
from .assets import ASSETS

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

INDEX_TEMPLATE = "mecfs-epub-index.html"


def add_templates(_app: Sphinx, config: Config) -> None:
    """Let Sphinx find our template. It looks for those of the project first."""
    # A list of its own: the one that is there may be the default of Sphinx, which builds in one process share.
    config.templates_path = [*config.templates_path, str(ASSETS / "templates")]


def choose_template(
    app: Sphinx, pagename: str, template: str, _context: dict[str, Any], _doctree: nodes.document | None
) -> str | None:
    """Return the name of our template for the pages of our indices in an EPUB."""
    ours = template == "domainindex.html" and pagename.startswith(f"{MecfsDomain.name}-")
    return INDEX_TEMPLATE if ours and app.builder.name == "epub" else None


def setup(app: Sphinx) -> None:
    """Connect the events; templates have to be known before the builder is made."""
    app.connect("config-inited", add_templates)
    app.connect("html-page-context", choose_template)
