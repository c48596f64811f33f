"""Every mistake in a card is reported at its own line, and the page is still built."""

import html
import re

import pytest
from samples import ALPHA, SECTIONS, base_files, myst_card, myst_page, rst_card
from sphinx.cmd.build import main

PAGE = "studies/alpha-2001"
# Lines of the page before the directive, and the name of an option by its distance from the directive.
MYST_HEAD = "---\norphan: true\n---\n\n# Alpha\n\nText.\n\n"
RST_HEAD = ":orphan:\n\nAlpha\n=====\n\nText.\n\n"


def page(markup, options, sections=SECTIONS, key="alpha-2001"):
    if markup == "md":
        return MYST_HEAD + myst_card(key, options, sections)
    return RST_HEAD + rst_card(key, options, sections)


def line_of(text, fragment):
    return next(number for number, line in enumerate(text.splitlines(), 1) if fragment in line)


@pytest.fixture
def build_card(make_base):
    def build(markup, options, sections=SECTIONS, key="alpha-2001", **conf):
        text = page(markup, options, sections, key)
        files = {name: content for name, content in base_files().items() if name != f"{PAGE}.md"}
        project = make_base(**conf)
        project.remove(f"{PAGE}.md")
        project.write({**files, f"{PAGE}.{markup}": text})
        return text, project.build(fresh=True)

    return build


def without(*names):
    return {name: value for name, value in ALPHA.items() if name not in names}


@pytest.mark.parametrize("markup", ["md", "rst"])
@pytest.mark.parametrize(
    ("options", "line", "message"),
    [
        (
            {**ALPHA, "design": "case-serie"},
            ":design:",
            "unknown design 'case-serie'; did you mean 'case-series'? [mecfs.vocabulary]",
        ),
        (
            {**ALPHA, "desing": "x"},
            ":desing:",
            "unknown option 'desing'; did you mean 'design'? [mecfs.option-unknown]",
        ),
        (without("design"), "evidence-card", "option 'design' is required [mecfs.option-missing]"),
        (
            {**ALPHA, "participants": "some"},
            ":participants:",
            "participants is 'some', which is not a whole number [mecfs.number]",
        ),
        (
            {**ALPHA, "status-checked": "1.11.2026"},
            ":status-checked:",
            "status-checked is '1.11.2026', which is not a date as YYYY-MM-DD [mecfs.date]",
        ),
        (
            {**ALPHA, "status-checked": "2999-01-01"},
            ":status-checked:",
            "status-checked is 2999-01-01, which is in the future by the clock of this machine [mecfs.date-future]",
        ),
        (
            {**ALPHA, "criteria": "fukuda-1995"},
            ":criteria:",
            "criteria 'fukuda-1995' is not in the register of case definitions; did you mean 'fukuda-1994'? [mecfs.criteria-unknown]",
        ),
        (
            {**ALPHA, "criteria": "fukuda-1994, ccc-2003"},
            ":criteria:",
            "two or more criteria need 'criteria-rule': all, any or subset [mecfs.criteria-rule]",
        ),
        (
            {**ALPHA, "status": "retracted"},
            ":status:",
            "status 'retracted' needs 'status-notice': the DOI, PMID or address of the notice [mecfs.status-notice]",
        ),
        (
            {**ALPHA, "registration": "NCT1"},
            ":registration:",
            "registration 'NCT1' fits no known trial register (such as NCT00848692 or ISRCTN54285094) [mecfs.registration]",
        ),
        (
            {**ALPHA, "replicates": "alpha-2001"},
            ":replicates:",
            "replicates names the study itself [mecfs.relation-self]",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith(":") else "",
)
def test_a_wrong_option_is_reported_at_its_line(build_card, markup, options, line, message):
    text, build = build_card(markup, options)
    assert build.warnings == (f"{PAGE}.{markup}:{line_of(text, line)}: WARNING: {message}",)


@pytest.mark.parametrize("markup", ["md", "rst"])
def test_all_problems_of_a_card_are_reported_at_once_in_the_order_of_their_lines(build_card, markup):
    options = {**ALPHA, "design": "rtc", "participants": "3.5", "pem": "required"}
    text, build = build_card(markup, options, ":Sumary: x\n:Does not show: y\n")
    found = [
        (int(line), kind)
        for line, kind in (
            re.search(r":(\d+): WARNING: .*\[mecfs\.([a-z-]+)\]", warning).groups() for warning in build.warnings
        )
    ]
    assert found == [
        (line_of(text, "evidence-card"), "section-missing"),
        (line_of(text, ":design:"), "vocabulary"),
        (line_of(text, ":participants:"), "number"),
        (line_of(text, ":pem:"), "pem-incomplete"),
        (line_of(text, ":pem:"), "pem-incomplete"),
        (line_of(text, ":Sumary:"), "section-unknown"),
    ]


def test_a_value_over_several_lines_of_a_yaml_block_keeps_later_lines_right(make_base):
    text = MYST_HEAD + (
        ":::{evidence-card} alpha-2001\n---\ndesign: case-series\ngroups: |\n  one\n  two\ncriteria: fukuda-1994\n"
        "source-read: abstrac\nstatus-checked: 2026-11-01\n---\n:Summary: x\n:Does not show: y\n:::\n"
    )
    build = make_base({f"{PAGE}.md": text}).build()
    (warning,) = build.warnings
    assert warning.startswith(f"{PAGE}.md:{line_of(text, 'source-read')}: WARNING: unknown source-read 'abstrac'")


def test_a_wrong_card_inside_a_list_is_reported_at_its_line(make_base):
    card = myst_card("alpha-2001", {**ALPHA, "design": "rtc"}).replace("\n", "\n  ")
    text = MYST_HEAD + f"- item\n\n  {card}\n"
    (warning,) = make_base({f"{PAGE}.md": text}).build().warnings
    assert warning.startswith(f"{PAGE}.md:{line_of(text, ':design:')}: WARNING: unknown design 'rtc'")


def test_a_wrong_card_is_shown_as_an_error_card_that_can_be_referred_to(build_card):
    _text, build = build_card("md", {**ALPHA, "design": "rtc"})
    page_html = build.text(f"{PAGE}.html")
    assert 'class="error mecfs-error admonition" id="alpha-2001"' in page_html or (
        "mecfs-error" in page_html and 'id="alpha-2001"' in page_html
    )
    assert "This evidence card cannot be shown: alpha-2001" in page_html
    assert "unknown design 'rtc'; did you mean 'rct'?" in page_html
    assert "Three people were treated." in page_html
    assert 'href="studies/alpha-2001.html#alpha-2001"' in build.text("index.html")
    assert "Ærø 2001" not in build.text("mecfs-design.html")


def test_a_card_without_a_key_gets_a_message(build_card):
    text, build = build_card("md", ALPHA, key="")
    assert any(
        "the key is ''" in warning and f":{line_of(text, 'evidence-card')}:" in warning for warning in build.warnings
    )
    assert "This evidence card cannot be shown: no key" in build.text(f"{PAGE}.html")


def test_a_key_missing_in_the_bibliography_is_reported_with_the_nearest(build_card):
    text, build = build_card("md", ALPHA, key="alpha-2002")
    expected = (
        f"{PAGE}.md:{line_of(text, 'evidence-card')}: WARNING: key 'alpha-2002' has no entry in the bibliography; "
        "did you mean 'alpha-2001'? [mecfs.key-not-in-bib]"
    )
    assert expected in build.warnings


def test_a_section_without_a_blank_line_before_it_is_explained(build_card):
    options = {**without(), "Summary": "Text."}
    _text, build = build_card("md", options)
    assert any("'Summary' is a section: leave a blank line" in warning for warning in build.warnings)


@pytest.mark.parametrize("markup", ["md", "rst"])
def test_an_option_given_twice_is_reported_at_its_line_in_both_markups(build_card, markup):
    # A value that goes on with the same option on the next line is how the twin gets into both.
    text, build = build_card(markup, {**ALPHA, "participants": "3\n:participants: 4"})
    expected = f"{PAGE}.{markup}:{line_of(text, ':participants:')}: WARNING: option 'participants' is given twice"
    assert build.warnings == (f"{expected} [mecfs.option-repeated]",)


@pytest.mark.parametrize("markup", ["md", "rst"])
def test_an_option_of_several_words_is_unknown_and_not_the_end_of_the_card(build_card, markup):
    text, build = build_card(markup, {**ALPHA, "primary outcome": "walking"})
    (warning,) = build.warnings
    assert warning.startswith(f"{PAGE}.{markup}:{line_of(text, ':primary outcome:')}: WARNING: unknown option")
    assert "did you mean 'primary-outcome'?" in warning


def test_a_stray_line_among_the_options_is_reported_and_loses_no_option_silently(build_card):
    options = {**ALPHA, "participants": "3\nstray words"}
    _text, rst = build_card("rst", options)
    assert "'stray words' stands among the options and is none" in "".join(rst.warnings)
    assert {"option-block"} <= {line.split("[mecfs.")[1].rstrip("]") for line in rst.warnings}
    _text, myst = build_card("md", options)
    assert "unknown section 'groups'" in "".join(myst.warnings)


@pytest.mark.parametrize(
    "value", ['"open quote', "a: b", "{x}", "'", "[1, 2", "yes", "- item", "*star*", "| pipe", "%x"]
)
def test_values_are_text_and_never_read_as_yaml(build_card, value):
    _text, build = build_card("md", {**ALPHA, "funding": value})
    assert build.warnings == ()
    assert f"<dt>Funding</dt><dd>{html.escape(value)}</dd>" in build.text(f"{PAGE}.html")


def test_a_number_sign_in_a_value_is_kept(build_card):
    _text, build = build_card("md", {**ALPHA, "funding": "grant #12"}, suppress_warnings=["myst.directive_comments"])
    assert build.warnings == ()
    assert "<dt>Funding</dt><dd>grant #12</dd>" in build.text(f"{PAGE}.html")


def test_a_second_card_with_one_key_is_reported_and_both_pages_are_built(make_base):
    twin = MYST_HEAD + myst_card("alpha-2001", ALPHA)
    build = make_base({"studies/twin.md": twin}).build()
    assert build.warnings == (
        "studies/twin.md:9: WARNING: study 'alpha-2001' already has a card in 'studies/alpha-2001' [mecfs.key-duplicate]",
    )
    assert 'id="alpha-2001"' in build.text("studies/twin.html")
    assert 'href="studies/alpha-2001.html#alpha-2001"' in build.text("index.html")


def test_two_cards_with_one_key_on_one_page_are_reported(make_base):
    text = MYST_HEAD + myst_card("alpha-2001", ALPHA) + "\n" + myst_card("alpha-2001", ALPHA)
    build = make_base({f"{PAGE}.md": text}).build()
    second = len(text.splitlines()) - len(myst_card("alpha-2001", ALPHA).splitlines()) + 1
    assert build.warnings == (
        f"{PAGE}.md:{second}: WARNING: study 'alpha-2001' already has a card in '{PAGE}' [mecfs.key-duplicate]",
    )


def test_a_relation_to_a_study_without_a_card_is_reported_at_its_option(build_card):
    text, build = build_card("md", {**ALPHA, "follows-up": "beta-2011"})
    assert build.warnings == (
        (
            f"{PAGE}.md:{line_of(text, ':follows-up:')}: WARNING: follows-up names study 'beta-2011', which has no card; "
            "did you mean 'beta-2010'? [mecfs.study-unknown]"
        ),
    )


def test_topic_spellings_are_left_alone(build_card):
    _text, build = build_card("md", {**ALPHA, "topics": "B cells, b-cell"})
    assert build.warnings == ()
    assert "<dt>Topics</dt><dd>B cells, b-cell</dd>" in build.text(f"{PAGE}.html")


def test_a_kind_of_message_can_be_silenced(build_card):
    _text, build = build_card("md", {**ALPHA, "design": "rtc"}, suppress_warnings=["mecfs.vocabulary"])
    assert build.warnings == ()


def test_markup_in_options_is_shown_as_text(build_card):
    attack = "<script>alert(1)</script> *a* [b](javascript:c) `d` ${x}"
    _text, build = build_card("md", {**ALPHA, "intervention": attack, "topics": '"><img src=x>'})
    page_html = build.text(f"{PAGE}.html")
    assert build.warnings == ()
    assert "<script>alert" not in page_html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; *a* [b](javascript:c) `d` ${x}" in page_html
    assert "<img" not in page_html


def test_a_wrong_card_fails_a_build_that_takes_warnings_for_errors(make_base):
    project = make_base({f"{PAGE}.md": myst_page("A", myst_card("alpha-2001", {**ALPHA, "design": "rtc"}))})
    project.write({"conf.py": "\n".join(f"{name} = {value!r}" for name, value in project.conf.items())})
    arguments = ["-q", "-b", "html", str(project.srcdir), str(project.root / "strict")]
    assert main(["-W", *arguments]) == 1
    assert main(arguments) == 0
