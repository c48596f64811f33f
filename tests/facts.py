"""Each fact that the retracted card of the small base shows, and whether an output holds them in order."""

from __future__ import annotations

# Each fact of the retracted card, in the order in which cards show them.
FACTS = [
    "Retracted. The paper has been retracted: its findings do not stand.",
    "PEM mixed",
    "Randomised controlled trial",
    "Participants: not stated",
    "Read: full text",
    "Checked by a second reader",
    "Beta A.",
    "Three people were treated.",
    "First finding",
    "Not reported.",
    "That the drug works.",
    "Was post-exertional malaise (PEM) required?",
    "International Consensus Criteria 2011",
    "CDC, Fukuda 1994",
    "at least one of them",
    "Long COVID",
    "Last checked 2026-11-02",
    "Contradicts",
    "Pages that cite it",
    "A trial that did not hold",
    "doi:10.1000/beta",
    "Evidence card beta-2010 (Beta 2010)",
    "Report a problem with this card",
]


def squeezed(text):
    return " ".join(text.split())


def in_order(text, facts=FACTS):
    place = 0
    for fact in facts:
        found = text.find(fact, place)
        assert found >= 0, f"{fact!r} is missing after {text[max(0, place - 80) : place]!r}"
        place = found
    return True
