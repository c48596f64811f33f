"""Each figure that a claim gives of a study stands on the card of that study."""

import re

import pytest
from support import ROOT

DOCS = ROOT / "docs"
WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


def figures(text):
    """Every number of a text without its separators, with small ones that are written in words."""
    found = {number.rstrip(",").replace(",", "") for number in NUMBER.findall(text)}
    spelt = {str(value) for value, word in enumerate(WORDS, start=2) if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
    return found | spelt


def statistics():
    """Yield the page, the study and the text of each figure of a claim."""
    for path in sorted((DOCS / "questions").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for block in re.findall(r"^:Statistics:\n((?:  .*\n)+)", text, re.MULTILINE):
            for item in re.split(r"^  - ", block, flags=re.MULTILINE)[1:]:
                key, _colon, said = item.partition(":")
                yield path.stem, key.strip(), " ".join(said.split())


STATISTICS = list(statistics())


def test_the_questions_hold_figures():
    assert len(STATISTICS) > 30


@pytest.mark.parametrize(("page", "key", "said"), STATISTICS, ids=lambda value: value[:40])
def test_a_figure_of_a_claim_stands_on_the_card_of_its_study(page, key, said):
    card = (DOCS / f"studies/{key}.md").read_text(encoding="utf-8")
    assert sorted(figures(said) - figures(card)) == [], page
