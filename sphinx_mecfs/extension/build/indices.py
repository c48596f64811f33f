"""Leave the pages of our indices alone where they would come out as they are.

Sphinx writes the pages of all indices in every build. Ours list every study, by PEM status, design and year: at 10,000
studies their three pages took a fifth of a build without changes. Sphinx gathers the indices before it writes any page,
and writes the general index before them: when the page of that one comes, ours are taken out of its list. A project
without a general index has them written each time.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..domain.domain import MecfsDomain
from ..domain.revision import code_digest, plain_settings
from ..sources.files import Written, last_written, note_written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

BUILDERS = ("html", "dirhtml")
SORT = "indices"
"""The name under which it is noted what has been written."""


GENERAL = "genindex"
"""The page that Sphinx writes right before those of the indices."""


class Keeper:
    """What is done about indices in one run: `made` says of what their pages are made."""

    def __init__(self) -> None:
        self.made: Written | None = None

    def leave_unchanged(
        self, app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: nodes.document | None
    ) -> None:
        """Take our indices out of those that will be written, if nothing on their pages has changed."""
        if app.builder.name not in BUILDERS or pagename != GENERAL:
            return
        site = cast("StandaloneHTMLBuilder", app.builder)
        ours = [index for index in site.domain_indices if index[0].startswith(f"{MecfsDomain.name}-")]
        names = tuple(str(Path(site.get_outfilename(name)).relative_to(app.outdir)) for name, *_rest in ours)
        stamp = hashlib.sha256("\n".join(_shown(app, ours)).encode()).hexdigest()[:32]
        self.made = Written(names, stamp)
        there = all((Path(app.outdir) / name).is_file() for name in names)
        # A page that tells when it was written has to be written.
        if last_written(app, SORT) == self.made and there and app.config.html_last_updated_fmt is None:
            site.domain_indices = [index for index in site.domain_indices if index not in ours]

    def note(self, app: Sphinx, exception: Exception | None) -> None:
        """Note of what the pages are made, once they are there."""
        if exception is None and self.made is not None:
            note_written(app, SORT, self.made)


def _shown(app: Sphinx, indices: Sequence[tuple[str, type, object, bool]]) -> Iterator[str]:
    """Yield what stands on the pages: the indices themselves, and around them the tables of contents."""
    yield from (str((name, content)) for name, _class, content, _collapse in indices)
    yield from plain_settings(app.config)
    yield code_digest()
    yield from _contents(app.env)


def _contents(env: BuildEnvironment) -> Iterator[str]:
    yield env.titles[env.config.root_doc].astext()
    for docname in sorted(env.toctree_includes):
        for included in env.toctree_includes[docname]:
            if included in env.tocs:
                yield f"{docname} {included} {env.titles[included].astext()} {env.tocs[included].astext()}"


def setup(app: Sphinx) -> None:
    """Connect the events."""
    keeper = Keeper()
    app.connect("html-page-context", keeper.leave_unchanged)
    app.connect("build-finished", keeper.note)
