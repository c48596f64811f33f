"""Options of cards are found and changed in the source, and every other byte stays."""

import pytest
from support import ROOT

from sphinx_mecfs.intake.base.cards import decode, encode, find_cards, set_options

PAGES = sorted(path for path in (ROOT / "docs/studies").glob("*.md") if path.name != "index.md")
MYST = """\
# Title

:::{evidence-card} alpha-2001
:design: rct
:groups: one of three,
  and one of four
:status-checked: 2026-11-01
:added: 2026-11-01

:Summary: Text.
:status: no option
:::

More.
"""
YAML = """\
```{evidence-card} alpha-2001
---
design: rct
status-checked: 2026-11-01
---

:Summary: Text.
```
"""
RST = """\
Title
=====

.. evidence-card:: alpha-2001
   :design: rct
   :groups: one of three,
      and one of four
   :status-checked: 2026-11-01

   :Summary: Text.
"""


def one(text, *, markdown=True):
    (card,) = find_cards(text, markdown=markdown)
    return card


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_card_of_every_page_of_the_book_is_found(path):
    text = decode(path.read_bytes())
    card = one(text)
    assert card.key == path.stem
    assert {"design", "criteria", "source-read", "status-checked"} <= card.options.keys()
    assert encode(text) == path.read_bytes()
    same = {name: card.value(name) for name in ("design", "status-checked")}
    assert set_options(text, card, same) == text


@pytest.mark.parametrize(("text", "markdown"), [(MYST, True), (RST, False)])
def test_options_over_several_lines_are_read_and_replaced_whole(text, markdown):
    card = one(text, markdown=markdown)
    assert card.value("groups") == "one of three, and one of four"
    made = set_options(text, card, {"groups": "none"})
    indent = "" if markdown else "   "
    start = text.index(f"{indent}:groups:")
    end = text.index(f"{indent}:status-checked:")
    assert made == f"{text[:start]}{indent}:groups: none\n{text[end:]}"


@pytest.mark.parametrize(
    ("text", "markdown", "indent", "colon"), [(MYST, True, "", ":"), (YAML, True, "", ""), (RST, False, "   ", ":")]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_new_options_stand_in_the_order_of_fields(text, markdown, indent, colon, end):
    text = text.replace("\n", end)
    made = set_options(text, one(text, markdown=markdown), {"status-notice": "10.1000/n", "status": "retracted"})
    new = f"{indent}{colon}status: retracted{end}{indent}{colon}status-notice: 10.1000/n{end}"
    at = text.index(f"{indent}{colon}status-checked")
    assert made == text[:at] + new + text[at:]
    assert one(made, markdown=markdown).value("status") == "retracted"


@pytest.mark.parametrize(
    "text",
    [
        "````md\n:::{evidence-card} alpha-2001\n:design: rct\n:::\n````\n",
        "```\n:::{evidence-card} alpha-2001\n:::\n```\n",
        "~~~{code-block} md\n```{evidence-card} alpha-2001\n```\n~~~\n",
    ],
)
def test_a_card_in_a_literal_block_is_none(text):
    assert find_cards(text, markdown=True) == ()
    assert [card.key for card in find_cards(text + MYST, markdown=True)] == ["alpha-2001"]


def test_a_card_in_a_literal_block_of_restructured_text_is_none():
    text = "Like this::\n\n   .. evidence-card:: beta-2001\n      :design: rct\n\n"
    assert [card.key for card in find_cards(text + RST, markdown=False)] == ["alpha-2001"]


def test_cards_inside_other_directives_and_after_code_are_found():
    text = f"```python\nx = 1\n```\n\n::::{{tab-set}}\n{MYST}::::\n\n```{{note}}\ntext\n```\n\n{YAML}"
    cards = find_cards(text, markdown=True)
    assert [(card.key, card.value("design")) for card in cards] == [("alpha-2001", "rct")] * 2


def test_an_option_of_a_card_without_any_goes_below_its_first_line():
    text = ":::{evidence-card} alpha-2001\n\n:Summary: Text.\n:::\n"
    assert set_options(text, one(text), {"status": "retracted"}) == text.replace(
        "alpha-2001\n", "alpha-2001\n:status: retracted\n"
    )


@pytest.mark.parametrize(
    "text", ["", ":::", ":::{evidence-card}", "`" * 100_000, ":::{evidence-card} a\n---\n", ":\n" * 9]
)
def test_odd_pages_do_no_harm(text):
    for card in find_cards(text, markdown=True):
        assert encode(set_options(text, card, {"status": "retracted"}))
