"""What is wrong with a claim or question is reported at its line, and shown on the page."""

import pytest
from question_pages import ORPHAN, PAGES, claim, question

WRONG = {
    "an unknown kind": (
        claim({"kind": "efect"}),
        "claims.md:8: WARNING: unknown kind 'efect'; did you mean 'effect'? [mecfs.vocabulary]",
    ),
    "no kind": (claim({"kind": ""}), "claims.md:7: WARNING: option 'kind' is required [mecfs.option-missing]"),
    "an unknown option": (
        claim({"certanty": "low"}),
        "claims.md:12: WARNING: unknown option 'certanty'; did you mean 'certainty'? [mecfs.option-unknown]",
    ),
    "a study named twice": (
        claim({"contradicts": "alpha-2001"}),
        "claims.md:12: WARNING: study 'alpha-2001' is named under 'supports' and 'contradicts'; a claim names a study once [mecfs.direction-repeated]",
    ),
    "a figure of the wrong shape": (
        claim({}, sections=":Statistics:\n  - alpha-2001: HR 0.9, 95% CI 0.1-0.7\n"),
        "claims.md:16: WARNING: alpha-2001: 'HR 0.9, 95% CI 0.1-0.7' has an estimate outside its interval [mecfs.statistic]",
    ),
    "a figure of a study that is not named": (
        claim({}, sections=":Statistics:\n  - beta-2010: p = 0.1\n"),
        "claims.md:16: WARNING: figure 'beta-2010: p = 0.1' is not 'study: figures' of a study that the claim names; it is one of: alpha-2001 [mecfs.statistic-study]",
    ),
    "no text": (claim({}, text=""), "claims.md:7: WARNING: section 'Claim' is required [mecfs.section-missing]"),
}
REMARKS = {
    "no study": (
        claim({"supports": ""}),
        "claims.md:7: WARNING: claim 'one' names no study for, against or in between [mecfs.claim-no-study]",
    ),
    "only context": (
        claim({"supports": "", "context": "alpha-2001"}),
        "claims.md:7: WARNING: claim 'one' names no study for, against or in between [mecfs.claim-no-study]",
    ),
    "no certainty": (
        claim({"certainty": ""}),
        "claims.md:7: WARNING: claim 'one' has no certainty: high, moderate, low or very-low [mecfs.claim-certainty]",
    ),
    "cause words": (
        claim({"kind": "association"}, text="It leads to pain."),
        "claims.md:7: WARNING: 'leads to' says that one thing brings about another, in a claim of kind 'association' [mecfs.claim-wording]",
    ),
    "an unknown study": (
        claim({"contradicts": "alpha-2002"}),
        "claims.md:12: WARNING: contradicts names study 'alpha-2002', which has no card; did you mean 'alpha-2001'? [mecfs.study-unknown]",
    ),
    "only retracted studies": (
        claim({"supports": "beta-2010"}),
        "claims.md:7: WARNING: all studies of claim 'one' have been retracted or withdrawn [mecfs.claim-retracted]",
    ),
    "support without PEM and no word on it": (
        claim({"indirectness": ""}),
        "claims.md:9: WARNING: no study that supports claim 'one' is known to have required PEM; say under 'indirectness' what that means for the claim [mecfs.claim-indirect]",
    ),
    "no dissent": (
        claim({}).replace("\n:Dissent: None.", ""),
        "claims.md:7: WARNING: claim 'one' names nothing that speaks against it, and there is no word on what was searched: add a section 'Dissent', or 'searched' to its question [mecfs.claim-dissent]",
    ),
    "a cited study without a card": (
        claim({}, text="It helps {mecfs:cite}`alpha-2`."),
        "claims.md:13: WARNING: study 'alpha-2' has no card; did you mean 'alpha-2001'? [mecfs.study-unknown]",
    ),
}
QUESTIONS = {
    "no search": (
        question({"searched": "PubMed, yesterday"}),
        "claims.md:8: WARNING: searched is 'PubMed, yesterday', which is not 'sources; terms; YYYY-MM-DD' [mecfs.date]",
    ),
    "a search in the future": (
        question({"searched": "PubMed; all; 2999-01-01"}),
        "claims.md:8: WARNING: searched is 2999-01-01, which is in the future by the clock of this machine [mecfs.date-future]",
    ),
    "a reviewer who wrote it": (
        question({"authors": "A B", "reviewers": "a b"}),
        "claims.md:11: WARNING: 'a b' wrote this page and cannot be its second reader [mecfs.review-self]",
    ),
    "no answer": (
        question({}, ":What is not known: Much.\n"),
        "claims.md:7: WARNING: section 'Short answer' is required [mecfs.section-missing]",
    ),
    "a long answer": (
        question({}, ":Short answer: One. Two. Three.\n:What is not known: Much.\n"),
        "claims.md:11: WARNING: the short answer has 3 sentences; two are the most [mecfs.short-answer]",
    ),
    "an old search": (
        question({"searched": "PubMed; all; 2001-01-01"}),
        "claims.md:8: WARNING: question 'so' was last searched",
    ),
    "a misspelt section": (
        question({}, ":Short answer: No.\n:What is not known: Much.\n:Harm: None.\n"),
        "claims.md:13: WARNING: unknown section 'Harm'; did you mean 'Harms'? [mecfs.section-unknown]",
    ),
}


def only_warning(make_base, text, **conf):
    build = make_base({"claims.md": text}, **conf).build()
    assert len(build.warnings) == 1, build.warnings
    return build.warnings[0], build.text("claims.html")


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_claim_is_reported_at_its_line_and_shown_as_a_box(make_base, case):
    text, expected = WRONG[case]
    warning, page = only_warning(make_base, text)
    assert warning == expected
    assert "This claim cannot be shown: one" in page


@pytest.mark.parametrize("case", REMARKS)
def test_a_doubtful_claim_is_reported_at_its_line_and_shown(make_base, case):
    text, expected = REMARKS[case]
    warning, page = only_warning(make_base, text)
    assert warning == expected
    assert 'class="mecfs-claim"' in page


@pytest.mark.parametrize("case", QUESTIONS)
def test_a_fault_of_a_question_is_reported_at_its_line(make_base, case):
    text, expected = QUESTIONS[case]
    warning, page = only_warning(make_base, text)
    assert warning.startswith(expected)
    assert "What is not known" in page


def test_faults_of_a_claim_inside_a_question_keep_their_lines(make_base):
    page = PAGES["question.md"].replace(":no-difference: alpha-2001", ":no-difference: alpha-2002")
    line = page.splitlines().index(":no-difference: alpha-2002") + 1
    warning, _page = only_warning(make_base, page)
    assert warning.startswith(f"claims.md:{line}: WARNING: no-difference names study 'alpha-2002'")


def test_the_claims_of_a_wrong_question_are_still_there(make_base):
    page = PAGES["question.md"].replace(":updated: 2026-11-02\n", "")
    warning, html = only_warning(make_base, page)
    assert warning == "claims.md:7: WARNING: option 'updated' is required [mecfs.option-missing]"
    assert "This question cannot be shown in full: drug" in html
    assert 'id="drug-helps"' in html


def test_the_age_of_a_search_is_a_setting(make_base):
    page = question({"searched": "PubMed; all; 2001-01-01"})
    assert make_base({"claims.md": page}, mecfs_search_max_age=0).build().warnings == ()


def test_a_question_without_a_heading_is_reported(make_base):
    page = question({}).replace("# Is it so?\n", "")
    build = make_base({"claims.md": page}).build()
    assert any("stands under no heading" in warning for warning in build.warnings)


def test_a_numbered_citation_outside_a_claim_is_reported(make_base):
    warning, page = only_warning(make_base, f"{ORPHAN}# Text\n\nSee {{mecfs:cite}}`alpha-2001`.\n")
    assert (
        warning
        == "claims.md:7: WARNING: numbered citation of alpha-2001 stands outside a question or claim; use 'cite:p' there [mecfs.citation-place]"
    )
    assert "alpha-2001" in page


def test_two_claims_with_one_key_are_reported(make_base):
    build = make_base({"claims.md": claim({}), "more.md": claim({})}).build()
    assert build.warnings == ("more.md:7: WARNING: claim 'one' already stands in 'claims' [mecfs.key-duplicate]",)


@pytest.mark.parametrize(("role", "problem"), [("claim", "claim-unknown"), ("question", "question-unknown")])
def test_a_reference_to_what_does_not_exist_names_the_nearest(make_base, role, problem):
    page = f"{ORPHAN}# Text\n\nSee {{mecfs:{role}}}`drug-help`.\n"
    build = make_base({**PAGES, "claims.md": page}).build()
    (warning,) = build.warnings
    assert warning.endswith(f"[mecfs.{problem}]")
    assert "there is no" in warning


def test_searching_counts_as_looking_for_dissent(make_base):
    body = (
        ":::{claim} inner\n:kind: effect\n:supports: alpha-2001\n:certainty: low\n:indirectness: x\n\nIt helps.\n:::\n"
    )
    build = make_base({"claims.md": question({}, body=body)}).build()
    assert build.warnings == ()
