"""The directives whose bodies have sections, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.common.listings import LISTINGS
from ...evidence.fields import CARD_BODY
from ...evidence.questions.fields import CLAIM_BODY, QUESTION_BODY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...evidence.fields import Body

BODIES: Mapping[str, Body] = {
    "evidence-card": CARD_BODY,
    "claim": CLAIM_BODY,
    "evidence-question": QUESTION_BODY,
}

OURS = frozenset({*BODIES, *LISTINGS})
"""The names of the directives that take a key and options as `head.read_head` reads them."""
