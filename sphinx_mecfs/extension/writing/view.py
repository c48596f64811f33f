"""The node `evidence_view`: a place in a page whose content is worked out when the page is written.

It holds a `View`, a small record that says what to show; the record turns into blocks once all pages have been read.
So a page shows the base as it is, and not as it was when the page was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec
from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.environment import BuildEnvironment

    from ...evidence.problems import Finding
    from ..domain.catalogue import Catalogue
    from ..domain.domain import MecfsDomain
    from .blocks import Block


class Scope(NamedTuple):
    """What a view may look at: the whole base, or the part of it that stands in the same book."""

    env: BuildEnvironment
    catalogue: Catalogue
    titles: Mapping[str, str]

    @property
    def domain(self) -> MecfsDomain:
        """Return the domain, with the bibliography and the register of this run."""
        return cast("MecfsDomain", self.env.domains["mecfs"])


class View(msgspec.Struct, frozen=True):
    """What to show at one place."""

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return what stands there, as the base is now."""
        raise NotImplementedError

    def findings(self, scope: Scope) -> Iterator[Finding]:  # noqa: ARG002
        """Yield what is wrong with it that can only be told from the whole base."""
        yield from ()


class evidence_view(nodes.paragraph):  # noqa: N801  (docutils names nodes in lower case)
    """A place for the blocks of `view`. The text child holds what a search should find."""


def make_view(view: View, text: str = "") -> evidence_view:
    """Return the node of a view."""
    return evidence_view("", text, view=view, translatable=False, support_smartquotes=False)


def scope_of(env: BuildEnvironment, included: AbstractSet[str] = frozenset()) -> Scope:
    """Return the scope of a build.

    `included` names the documents of a book that does not hold all; nothing in it leads elsewhere. Empty: all.
    """
    catalogue = cast("MecfsDomain", env.domains["mecfs"]).catalogue
    return Scope(env, catalogue.within(included) if included else catalogue, _Titles(env, included))


class _Titles(dict[str, str]):
    """The titles of documents, turned into text only when one is asked for."""

    def __init__(self, env: BuildEnvironment, included: AbstractSet[str]) -> None:
        super().__init__()
        self._titles = env.titles
        self._included = included

    def __contains__(self, docname: object) -> bool:
        return docname in self._titles and (not self._included or docname in self._included)

    def __missing__(self, docname: str) -> str:
        return self._titles[docname].astext()

    def get(self, docname: str, default: str | None = None) -> str:  # type: ignore[override]
        return self[docname] if docname in self else default or docname  # noqa: SIM401  (this is `get`)
