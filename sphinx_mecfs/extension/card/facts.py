"""Gather what a card's facts are made from when it is written: its record, its entry and what the whole base says."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from ...version import __version__
from .content import CardFacts, Settings, foot_blocks, head_blocks

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.environment import BuildEnvironment

    from ..domain.domain import MecfsDomain
    from .blocks import Block


def blocks_of(env: BuildEnvironment, node: Element, included: AbstractSet[str] = frozenset()) -> tuple[Block, ...]:
    """Return the blocks of a `card_facts` node; none if its card is gone.

    `included` names the documents of a book that does not hold all; no card in it leads elsewhere. Empty: all.
    """
    domain = cast("MecfsDomain", env.domains["mecfs"])
    key, docname = str(node["key"]), str(node["docname"])
    entry = domain.base.entries.get(key)
    card = next((card for card in domain.cards.get(docname, ()) if card.anchor == node["anchor"]), None)
    if card is None or card.study is None or entry is None:
        return ()
    settings = settings_of(env)
    address = f"{settings.base_url}{_page(domain, docname)}#{card.anchor}" if settings.base_url else ""
    catalogue = domain.catalogue.within(included) if included else domain.catalogue
    titles = _Titles(env, included)
    facts = CardFacts(card.study, entry, domain.base.register, catalogue, titles, settings, address)
    return head_blocks(facts) if node["part"] == "head" else foot_blocks(facts)


def _page(domain: MecfsDomain, docname: str) -> str:
    """Return the published page of a document: as the site's builder names it, else as plain HTML does."""
    builder = domain.builder
    if builder is not None and builder.name in {"html", "dirhtml"}:
        return str(builder.get_target_uri(docname))
    return f"{quote(docname)}.html"


def settings_of(env: BuildEnvironment) -> Settings:
    """Return what the project says of itself, from its configuration."""
    config = env.config
    base_url = config.mecfs_base_url or config.html_baseurl
    return Settings(
        base_title=" ".join(filter(None, [config.mecfs_base_title or config.project, config.release])),
        generator=f"sphinx-mecfs {__version__}",
        base_url=f"{base_url.rstrip('/')}/" if base_url else "",
        contribute_url=config.mecfs_contribute_url,
        badge_page=config.mecfs_badge_page,
    )


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
