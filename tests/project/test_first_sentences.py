"""The first sentence of a Summary is shown alone, in lists and previews: it is whole and short enough to be read there."""

import re

import pytest
from support import ROOT

from sphinx_mecfs.evidence.sections import first_sentence

STUDIES = ROOT / "docs/studies"
KEYS = sorted(path.stem for path in STUDIES.glob("*.md") if path.stem != "index")
LONGEST = 32
"""How many words the first sentence may have: one that is read alone, by people with little energy."""

# Nobody else was looked at, so that getting better can be told of these people and of nothing else.
ALONE = {"case-series", "single-arm-trial"}
COMPARED_WITH_NOBODY = re.compile(r"there was (no (comparison|placebo) group|nobody to compare)|nobody to compare them")


def page(key):
    return (STUDIES / f"{key}.md").read_text(encoding="utf-8")


def sentence(key):
    summary = re.search(r"^:Summary:(.*?)^:", page(key), re.MULTILINE | re.DOTALL)
    return first_sentence(summary.group(1))


def option(key, name):
    found = re.search(rf"^:{name}: (.*)$", page(key), re.MULTILINE)
    return found.group(1) if found else ""


@pytest.mark.parametrize("key", KEYS)
def test_the_first_sentence_is_whole_and_short(key):
    words = sentence(key).split()
    assert words[-1].endswith((".", ".”"))
    assert 8 < len(words) <= LONGEST


@pytest.mark.parametrize("key", [key for key in KEYS if option(key, "design") in ALONE])
def test_where_nobody_was_compared_the_first_sentence_says_so(key):
    assert COMPARED_WITH_NOBODY.search(sentence(key))


@pytest.mark.parametrize("key", [key for key in KEYS if option(key, "status") == "retracted"])
def test_a_retracted_paper_says_so_first(key):
    assert sentence(key).startswith("This paper has been retracted")
