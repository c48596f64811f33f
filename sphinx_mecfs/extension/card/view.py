"""The view of a card: its record, its entry and what the whole base says, gathered when it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..writing.snapshot import address_of, settings_of
from ..writing.view import Scope, View
from .content import CardFacts, foot_blocks, head_blocks

if TYPE_CHECKING:
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
        settings, register = settings_of(scope.env), domain.base.register
        address = address_of(scope, self.docname, card.anchor)
        facts = CardFacts(card.study, entry, register, scope.catalogue, scope.titles, settings, address)
        return head_blocks(facts) if self.part == "head" else foot_blocks(facts)
