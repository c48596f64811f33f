"""The directive `evidence-answers`: the short answer of each question, with how certain its claims are."""

import re

from question_pages import ORPHAN, QUESTION

SECOND = (
    QUESTION.replace("{evidence-question} drug", "{evidence-question} second")
    .replace("Does the drug help?", "Another question?")
    .replace("Nobody knows. One trial was retracted.", "Somebody knows.")
    .replace("{claim} drug-helps", "{claim} second-helps")
    .replace("{claim} drug-link", "{claim} second-link")
    .replace(":certainty: low\n", "")
)
FILES = {"drug.md": ORPHAN + QUESTION, "second.md": ORPHAN + SECOND}


def page(options="", **more):
    return {"short.md": f"{ORPHAN}# In short\n\n```{{evidence-answers}}\n{options}```\n", **FILES, **more}


def rows(text):
    return re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", text, re.DOTALL)


def test_each_question_is_a_link_with_its_answer_and_the_certainty_of_its_claims(make_base):
    build = make_base(page()).build()
    assert rows(build.text("short.html")) == [
        (
            '<a class="reference internal" href="second.html#second">Another question?</a>',
            "Somebody knows. Claims: 1 with very low certainty, 1 without a certainty.",
        ),
        (
            '<a class="reference internal" href="drug.html#drug">Does the drug help?</a>',
            "Nobody knows. One trial was retracted. Claims: 1 with low certainty, 1 with very low certainty.",
        ),
    ]


def test_only_the_questions_that_are_named_are_shown_in_their_order(make_base):
    text = make_base(page(":questions: drug, second\n")).build().text("short.html")
    assert text.index("Nobody knows") < text.index("Somebody knows")
    text = make_base(page(":questions: drug\n")).build().text("short.html")
    assert "Nobody knows" in text
    assert "Somebody knows" not in text


def test_a_question_that_does_not_exist_is_reported_at_its_line_and_nothing_is_shown(make_base):
    build = make_base(page(":questions: drog\n")).build()
    (warning,) = [warning for warning in build.warnings if "drog" in warning]
    assert warning.startswith("short.md:8: WARNING: questions names 'drog', which does not exist; did you mean 'drug'")
    assert "Nobody knows" not in build.text("short.html")


def test_an_option_that_does_not_exist_is_reported(make_base):
    build = make_base(page(":filter: year = 2001\n")).build()
    assert any("short.md:8" in warning and "filter" in warning for warning in build.warnings)


def test_a_new_answer_has_the_page_written_again(make_base):
    project = make_base(page())
    project.build()
    project.replace("drug.md", "Nobody knows.", "Now it is known.")
    assert "Now it is known." in project.build().text("short.html")


def test_other_outputs_show_the_answers_too(make_base):
    build = make_base(page()).build("text")
    assert "Does the drug help?:" in build.text("short.txt")
    assert "Nobody knows. One trial was retracted." in " ".join(build.text("short.txt").split())
