"""What a reader finds on a card's page."""

import html
import re

import pytest
from pybtex.database import parse_string


@pytest.fixture(scope="module")
def alpha(base_html):
    return base_html.text("studies/alpha-2001.html")


@pytest.fixture(scope="module")
def beta(base_html):
    return base_html.text("studies/beta-2010.html")


def test_the_base_builds_without_a_warning(base_html):
    assert base_html.warnings == ()


def test_the_card_is_an_article_named_by_the_title_of_the_paper(alpha):
    article = re.search(r"<article [^>]*>", alpha).group(0)
    assert all(
        part in article for part in ('aria-labelledby="alpha-2001--title"', 'class="mecfs-card"', ' id="alpha-2001"')
    )
    title = re.search(r'<h2 class="mecfs-card-title" id="alpha-2001--title">(.*?)<a', alpha).group(1)
    assert title == "TNF-α and β2-receptors in three people: a series"


def test_the_parts_stand_in_the_order_of_the_design(beta):
    marks = [
        "mecfs-banner",
        "mecfs-badges",
        "mecfs-byline",
        ">Summary<",
        ">Findings<",
        ">Harms<",
        ">Does not show<",
        ">Was post-exertional malaise (PEM) required?<",
        ">Facts<",
        ">Where this study is used<",
        ">Cite the study<",
        ">BibTeX<",
        ">RIS<",
        ">CSL-JSON<",
        ">Cite this card<",
        "Report a problem",
    ]
    places = [beta.index(mark) for mark in marks]
    assert places == sorted(places)


def test_badges_say_their_meaning_in_words(alpha):
    badges = re.search(r'<ul class="mecfs-badges">(.*?)</ul>', alpha).group(1)
    words = re.sub(r"<[^>]+>", "|", badges)
    for text in (
        "PEM not required (optional item)",
        "Case series",
        "3 participants",
        "Read: abstract",
        "No second reader yet",
    ):
        assert text in words
    assert '<span aria-hidden="true">○</span>' in badges


def test_a_second_reader_is_told_and_missing_participants_too(beta):
    assert "Checked by a second reader" in beta
    assert "Participants: not stated" in beta


def test_the_banner_says_retracted_and_links_the_notice(alpha, beta):
    banner = re.search(r'<p class="mecfs-banner" role="note">(.*?)</p>', beta).group(1)
    assert banner.startswith("Retracted. The paper has been retracted: its findings do not stand.")
    assert 'href="https://doi.org/10.1000/notice"' in banner
    assert "mecfs-banner" not in alpha


def test_the_byline_comes_from_the_bibliography(alpha):
    byline = re.search(r'<p class="mecfs-byline">(.*?)</p>', alpha).group(1)
    assert byline.startswith("Ærø Ø, Łuk BLK, van Dam C. <em>Journal of Tests</em>, 2001. ")
    assert 'href="https://doi.org/10.1000/alpha.2001"' in byline
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/1234567/"' in byline


def test_the_reference_holds_volume_issue_pages_and_ids(alpha):
    reference = re.search(r'<p class="mecfs-reference">(.*?)</p>', alpha).group(1)
    words = re.sub(r"<[^>]+>", "", reference)
    assert "TNF-α and β2-receptors in three people: a series." in words
    assert "2001;9(2):28" in words
    assert "doi:10.1000/alpha.2001" in words
    assert "PMID 1234567" in words


def test_the_bibtex_block_can_be_read_again(alpha):
    code = re.search(r"<summary>BibTeX</summary><pre>(.*?)</pre>", alpha, re.DOTALL).group(1)
    entry = parse_string(html.unescape(code), "bibtex").entries["alpha-2001"]
    assert entry.fields["doi"] == "10.1000/alpha.2001"
    assert str(entry.persons["author"][0]) == "Ærø, Øystein"


def test_the_badge_is_explained_with_its_definition_and_mark(alpha):
    pem = alpha[alpha.index(">Was post-exertional") : alpha.index(">Facts<")]
    assert 'href="../definitions.html#definition-fukuda-1994">CDC, Fukuda 1994</a>' in pem
    assert "PEM lasting more than 24 h is 1 of 8 symptoms; four needed" in pem
    assert "Confidence A: text read and confirmed" in pem
    assert 'href="../definitions.html">What the badge means</a>' in pem


def test_several_definitions_show_their_own_badges_and_the_rule(beta):
    pem = beta[beta.index(">Was post-exertional") : beta.index(">Facts<")]
    assert "PEM mixed" in pem
    assert "at least one of them" in pem
    assert pem.count("mecfs-pem-required") == 1
    assert pem.count("mecfs-pem-not-required") == 1


def test_facts_are_listed_and_registrations_linked(alpha):
    facts = alpha[alpha.index(">Facts<") : alpha.index(">Where this study")]
    assert 'href="https://clinicaltrials.gov/study/NCT00848692"' in facts
    assert "<dt>Intervention</dt><dd>a drug</dd>" in facts
    assert "Last checked 2026-11-01" in facts


def test_relations_are_shown_on_both_cards(alpha, beta):
    assert re.search(r"<dt>Contradicts</dt><dd><a[^>]*>Ærø 2001</a>", beta)
    assert re.search(
        r'<dt>Contradicted by</dt><dd><a[^>]*href="beta-2010.html#beta-2010">Beta 2010 \(retracted\)</a>',
        alpha,
    )


def test_pages_that_cite_or_name_a_study_are_listed_on_its_card(alpha, beta):
    for page in (alpha, beta):
        used = page[page.index(">Pages that cite it<") : page.index(">Cite the study<")]
        assert 'href="../index.html">Base</a>' in used


def test_the_snapshot_line_pins_down_what_was_read(alpha):
    snapshot = re.search(r'<p class="mecfs-snapshot">(.*?)</p>', alpha).group(1)
    assert re.search(
        r"Test base\. Evidence card alpha-2001 \(Ærø 2001\)\. Checked 2026-11-01; content [0-9a-f]{12}; "
        r"case definitions 2026\.11; wording rules 2026\.11; sphinx-mecfs [0-9.]+\.",
        snapshot,
    )
    assert "https://base.example/studies/alpha-2001.html#alpha-2001" in snapshot


def test_the_address_for_reports_carries_key_and_snapshot(alpha):
    address = re.search(r'<p class="mecfs-report"><a[^>]*href="([^"]*)"', alpha).group(1)
    assert address.startswith("https://base.example/report?key=alpha-2001&amp;about=Test%20base")


def test_sections_keep_their_markup(alpha):
    assert "<em>in italics</em>" in alpha
    assert alpha.count("First finding") == 1


def test_the_content_hash_changes_with_any_part_of_the_card(make_base):
    def digest(project):
        return re.search(r"content ([0-9a-f]{12})", project.build(fresh=True).text("studies/alpha-2001.html")).group(1)

    project = make_base()
    digests = [digest(project)]
    for name, old, new in [
        ("studies/alpha-2001.md", ":participants: 3", ":participants: 4"),
        ("studies/alpha-2001.md", "were treated", "were seen"),
        ("refs.bib", "volume = {9}", "volume = {10}"),
    ]:
        project.replace(name, old, new)
        digests.append(digest(project))
    assert len(set(digests)) == 4
