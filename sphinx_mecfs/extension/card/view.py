"""The view of a card: its record, its entry and what the whole base says, gathered when it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from ...version import __version__
from ..writing.view import Scope, View
from .content import CardFacts, Settings, foot_blocks, head_blocks

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from ..domain.domain import MecfsDomain
    from ..writing.blocks import Block


class CardView(View, frozen=True):
    """What stands above ("head") or below ("foot") the sections of the card at an anchor of a document."""

    key: str
    anchor: str
    docname: str
    part: Literal["head", "foot"]

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return the blocks; none if the card is gone."""
        domain = scope.domain
        entry = domain.base.entries.get(self.key)
        card = next((card for card in domain.cards.get(self.docname, ()) if card.anchor == self.anchor), None)
        if card is None or card.study is None or entry is None:
            return ()
        settings = settings_of(scope.env)
        address = f"{settings.base_url}{_page(domain, self.docname)}#{card.anchor}" if settings.base_url else ""
        register = domain.base.register
        facts = CardFacts(card.study, entry, register, scope.catalogue, scope.titles, settings, address)
        return head_blocks(facts) if self.part == "head" else foot_blocks(facts)


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
