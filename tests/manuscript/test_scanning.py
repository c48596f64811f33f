"""Reading sources takes linear time, whatever they hold, and ends without a traceback."""

import pytest
from samples import ALPHA, myst_card
from timing import cpu_seconds

from sphinx_mecfs.manuscript.fixes import fix_page
from sphinx_mecfs.manuscript.markup.blocks import Block, Text
from sphinx_mecfs.manuscript.markup.markdown import scan_markdown
from sphinx_mecfs.manuscript.markup.restructured import scan_restructured
from sphinx_mecfs.manuscript.markup.roles import plain_text, references_in

HOSTILE = {
    "fences that never end": ":::{note}\n",
    "fences in one another": "::::::::{note}\n",
    "cards without an end": ":::{evidence-card} a\n:design: x\n",
    "ticks": "`",
    "ticks of all lengths": "` `` ``` ",
    "roles that never end": "{mecfs:study}`",
    "brackets": "[",
    "stars": "*a ",
    "lists": "- ",
    "deep lists": "- a\n  ",
    "comments that never end": "<!-- ",
    "angle brackets": "<a ",
    "directives": ".. note::\n\n   ",
    "colons": ":",
    "escapes": "\\",
    "null bytes": "\x00",
}


def read_all(text):
    for found in (scan_markdown(text), scan_restructured(text.split("\n"))):
        for each in found:
            if isinstance(each, Text):
                list(references_in(each, markdown=True))
                list(references_in(each, markdown=False))
    plain_text(text, lambda _role, _target: None, markdown=True)
    fix_page(text, markdown=True)
    fix_page(text, markdown=False)


def seconds(text):
    return cpu_seconds(lambda: read_all(text))


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_in_linear_time(piece):
    size = 8_000 // len(piece)
    read_all(piece * 10)
    assert seconds(piece * size * 4) < 12 * seconds(piece * size) + 0.05


def blocks(text, **options):
    return [each for each in scan_markdown(text, **options) if isinstance(each, Block)]


def test_a_card_is_found_with_the_line_of_each_part():
    (card,) = blocks("# Title\n\nText.\n\n" + myst_card("alpha-2001", ALPHA))
    assert (card.name, card.argument, card.place.line, card.content_line) == ("evidence-card", "alpha-2001", 5, 6)
    assert card.head().options == ALPHA
    assert card.place.title == "Title"


def test_without_the_extension_for_colons_there_are_only_fences_of_backticks():
    text = myst_card("alpha-2001", ALPHA)
    assert blocks(text, colon_fence=False) == []
    assert len(blocks(text.replace(":::", "```"), colon_fence=False)) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Three *people* were **all** better.", "Three people were all better."),
        ("A {mecfs:study}`alpha-2001` b {mecfs:cite}`x`.", "A Alpha 2001 b."),
        ("See [the paper](https://a.example/b_c) and `code`.", "See the paper and code."),
        ("{mecfs:study}`the trial <alpha-2001>`", "the trial"),
        ("- one\n- two", "one two"),
        ("% a secret\nText.", "Text."),
        ("5 \\* 3 and snake_case_word", "5 * 3 and snake_case_word"),
    ],
)
def test_running_text_is_read_without_its_markup(text, words):
    def name_of(role, _target):
        return {"mecfs:study": "Alpha 2001", "mecfs:cite": ""}.get(role)

    assert plain_text(text, name_of, markdown=True) == words
