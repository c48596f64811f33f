"""Words that the rules ask to replace are reported at their line, in cards, questions, claims and chapters."""

import re

import pytest
from samples import ALPHA, BETA, SECTIONS, base_files, myst_card, myst_page, rst_card
from sphinx.errors import ConfigError

from sphinx_mecfs.wording.rules import read_rules, shipped_rules

PAGE = "studies/alpha-2001"
BAD = """\
:Summary: Three people were treated.
  The drug clearly
  led to a change.
:Why it matters: See `clearly`.
:Findings:
  - One was fine.
  - One was cured.
:Harms: Not reported.
:Does not show: Whether the drug caused it.
"""
QUESTION = """\
# Does the drug help?

::::{evidence-question} drug
:updated: 2026-11-01
:searched: one index; drug; 2026-11-01

:Short answer: The drug cures people.
:What is not known: Whether it cures people.

Chapters of a question clearly count.

:::{claim} drug-helps
:kind: effect
:supports: alpha-2001
:certainty: low
:indirectness: the definition does not list it

The drug has proved its worth and
is clearly liked.

:Dissent: Sufferers disagree.
:::

## More

So a word such as
clearly counts here.
::::
"""
CHAPTER = """\
# It clearly helps

Two lines of
text that clearly count.

- an item
- clearly an item

| a | b |
|---|---|
| clearly | x |

> clearly a quotation

The title “clearly” and the code `clearly`, {mecfs:study}`alpha-2001`, not clearly.

```text
clearly
```

:::{note}
It clearly counts.
:::
"""


def line_of(text, fragment):
    return next(number for number, line in enumerate(text.splitlines(), 1) if fragment in line)


def places(build):
    found = [re.match(r"(.*):(\d+): WARNING: '(.*)' \(.*\[mecfs\.wording\]", one) for one in build.warnings]
    return [(one[1], int(one[2]), one[3]) for one in found]


@pytest.mark.parametrize("markup", ["md", "rst"])
def test_words_of_a_card_are_reported_at_their_line(make_base, markup):
    head = "---\norphan: true\n---\n\n# Alpha\n\n" if markup == "md" else ":orphan:\n\nAlpha\n=====\n\n"
    text = head + (myst_card if markup == "md" else rst_card)("alpha-2001", ALPHA, BAD)
    text = text.replace("`clearly`", "``clearly``") if markup == "rst" else text
    project = make_base()
    project.remove(f"{PAGE}.md")
    project.write({f"{PAGE}.{markup}": text})
    build = project.build()
    name = f"{PAGE}.{markup}"
    assert places(build) == [
        (name, line_of(text, "The drug clearly"), "clearly"),
        (name, line_of(text, "led to a change"), "led to"),
        (name, line_of(text, "One was cured"), "cured"),
    ]
    assert build.warnings[0].endswith(
        "'clearly' (certain-adverb): leave the word out, or say how sure it is and why [mecfs.wording]"
    )


def test_a_card_in_a_list_has_the_right_lines_too(make_base):
    card = myst_card("alpha-2001", ALPHA, BAD).replace("\n", "\n  ")
    text = f"---\norphan: true\n---\n\n# Alpha\n\n- item\n\n  {card}\n"
    build = make_base({f"{PAGE}.md": text}).build()
    assert [line for _name, line, _words in places(build)] == [
        line_of(text, "The drug clearly"),
        line_of(text, "led to a change"),
        line_of(text, "One was cured"),
    ]


def test_a_body_without_sections_is_a_summary(make_base):
    text = "---\norphan: true\n---\n\n# Alpha\n\n" + myst_card(
        "alpha-2001", ALPHA, "It clearly helps.\n\n:Does not show: x\n"
    )
    build = make_base({f"{PAGE}.md": text}).build()
    assert places(build) == [(f"{PAGE}.md", line_of(text, "clearly"), "clearly")]


def test_cause_words_are_left_alone_in_a_randomised_trial(make_base):
    sections = SECTIONS.replace("All said they were better.", "The drug led to a change.")
    cards = {design: myst_card("beta-2010", {**BETA, "design": design}, sections) for design in ("rct", "cohort")}
    found = {
        design: places(
            make_base({"studies/beta-2010.md": "---\norphan: true\n---\n\n" + myst_page("B", card)}).build(fresh=True)
        )
        for design, card in cards.items()
    }
    assert found["rct"] == []
    assert [words for _name, _line, words in found["cohort"]] == ["led to"]


def test_words_of_a_question_its_claims_and_its_text_are_reported_once_at_their_line(make_base):
    text = f"---\norphan: true\n---\n\n{QUESTION}"
    build = make_base({"q.md": text}).build()
    expected = [
        "The drug cures",
        "Chapters of",
        "The drug has proved",
        "is clearly liked",
        "Sufferers",
        "clearly counts",
    ]
    assert sorted(line for _name, line, _words in places(build)) == sorted(line_of(text, one) for one in expected)


def test_words_of_a_chapter_are_reported_at_their_line(make_base):
    text = f"---\norphan: true\n---\n\n{CHAPTER}"
    build = make_base({"c.md": text}).build()
    expected = ["# It clearly", "text that", "clearly an item", "| clearly", "It clearly counts"]
    assert places(build) == [("c.md", line_of(text, one), "clearly") for one in expected]


def test_what_the_base_itself_shows_is_not_scanned(make_base):
    refs = base_files()["refs.bib"].replace(
        "A trial that did not hold", "A trial that clearly proves a cure for sufferers"
    )
    table = (
        "---\norphan: true\n---\n\n# All\n\n```{evidence-table}\n:columns: title, study\n```\n\n{cite:p}`beta-2010`\n"
    )
    build = make_base({"refs.bib": refs, "all.md": table}).build()
    assert build.warnings == ()
    assert "clearly proves a cure" in build.text("all.html")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c.md", "# C\n\n% wording certainty: quoted from the ledger\n\nIt clearly\nhelps, clearly.\n"),
        ("c.rst", "C\n=\n\n.. wording certainty: quoted from\n   the ledger\n\nIt clearly\nhelps, clearly.\n"),
    ],
)
def test_a_paragraph_of_a_chapter_can_be_excused_and_readers_do_not_see_it(make_base, name, text):
    orphan = "---\norphan: true\n---\n\n" if name.endswith("md") else ":orphan:\n\n"
    build = make_base({name: orphan + text}).build()
    assert build.warnings == ()
    assert "ledger" not in build.text("c.html")


def test_a_wrong_or_idle_excuse_in_a_chapter_is_reported(make_base):
    text = "---\norphan: true\n---\n\n# C\n\n% wording certainty: r\nIt helps.\n\n% wording certanty: r\nIt clearly helps.\n"
    build = make_base({"c.md": text}).build()
    assert [one.split("WARNING: ")[1] for one in build.warnings] == [
        "there is nothing to excuse from certainty in the paragraph below [mecfs.wording-excuse]",
        "'clearly' (certain-adverb): leave the word out, or say how sure it is and why [mecfs.wording]",
        "'certanty' is no rule of wording; did you mean 'certainty'? [mecfs.wording-excuse]",
    ]


def test_a_section_can_be_excused_and_readers_do_not_see_it(make_base):
    sections = SECTIONS.replace(
        ":Summary: Three people were treated.",
        ":Summary:\n  % wording certainty: quoted from the ledger\n  Three people were clearly treated.",
    )
    text = "---\norphan: true\n---\n\n" + myst_page("Alpha", myst_card("alpha-2001", ALPHA, sections))
    build = make_base({f"{PAGE}.md": text}).build()
    assert build.warnings == ()
    assert "Three people were clearly treated." in build.text(f"{PAGE}.html")
    assert "ledger" not in build.text(f"{PAGE}.html")
    assert build.app.env.domains["mecfs"].cards[PAGE][0].study.summary == "Three people were clearly treated."


def test_the_warning_can_be_silenced(make_base):
    text = "---\norphan: true\n---\n\n# C\n\nIt clearly helps.\n"
    assert make_base({"c.md": text}, suppress_warnings=["mecfs.wording"]).build().warnings == ()


def test_rules_can_be_left_out_and_the_snapshot_says_so(make_base):
    text = "---\norphan: true\n---\n\n# C\n\nIt clearly cures sufferers.\n"
    version = re.escape(shipped_rules().version)
    shown = {}
    for setting in (True, ["certainty", "cure-word"], False):
        build = make_base({"c.md": text}, mecfs_wording=setting).build(fresh=True)
        rules = re.search(r"wording rules ([^;]*);", build.text(f"{PAGE}.html"))[1]
        shown[rules] = [words for _name, _line, words in places(build)]
    assert list(shown.values()) == [["clearly", "cures", "sufferers"], ["sufferers"], []]
    assert re.fullmatch(rf"{version}\|{version} without certainty, cure-word\|none", "|".join(shown))


def test_an_unknown_rule_that_is_left_out_stops_the_build_with_a_sentence(make_base):
    with pytest.raises(ConfigError, match=r"leaves out 'cures', which is no rule; did you mean 'cure'\?"):
        make_base(mecfs_wording=["cures"]).build()


def test_all_pages_are_read_again_when_the_rules_change(make_base, monkeypatch):
    text = "---\norphan: true\n---\n\n# C\n\nIt helps wonderfully.\n"
    project = make_base({"c.md": text})
    assert project.build().warnings == ()
    assert "wording rules" in project.build().text(f"{PAGE}.html")
    other = b"""
version = "3000.01"
groups = [{id = "g", title = "t", why = "w", source = "s", instead = "say how"}]
rules = [{id = "r", group = "g", words = ["wonderfully"]}]
"""
    monkeypatch.setattr("sphinx_mecfs.extension.sources.base.shipped_rules", lambda: read_rules(other))
    build = project.build()
    assert build.warnings == ("c.md:7: WARNING: 'wonderfully' (r): say how [mecfs.wording]",)
    assert "wording rules 3000.01;" in build.text(f"{PAGE}.html")
    assert project.build().warnings == ()
