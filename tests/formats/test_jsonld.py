"""JSON-LD with the vocabulary of schema.org."""

from __future__ import annotations

import datetime
import json

import pytest

from sphinx_mecfs.bibliography.records import Entry, Person
from sphinx_mecfs.evidence.vocabulary import Design
from sphinx_mecfs.formats.jsonld import Answer, Card, Dates, Paper, Site, Statement, Term, to_jsonld

DAY = datetime.date(2026, 11, 2)
SITE = Site("The Base", "https://base.example/", "https://licence.example/", "en")
FLUGE = Entry(
    "fluge-2009-clinical-impact", "article",
    title="Clinical impact of B-cell depletion",
    authors=(Person("Fluge", "Øystein"), Person("Meer", "Jos", "van der"), Person("The group", literal=True)),
    journal="BMC Neurology", year=2009, volume="9", number="1", pages="28–30",
    doi="10.1186/1471-2377-9-28", pmid="19566965",
)  # fmt: skip
CARD = Card(
    paper=Paper(FLUGE, Design.RCT),
    title="Evidence card: Rituximab (Fluge 2009)",
    summary="Three people were treated.",
    authors=("Ann Curator",),
    reviewers=("Second Reader",),
    dates=Dates(None, DAY),
    keywords=("ME/CFS",),
    terms=(Term("PEM required", "required", "Everyone had it.", "PEM status"),),
    address="https://base.example/fluge.html#fluge",
    is_page=True,
)
ANSWER = Answer(
    title="Does it help?",
    text="Nobody knows.",
    authors=(),
    reviewers=(),
    dates=Dates(modified=DAY),
    address="https://base.example/q.html#q",
    statements=(Statement("It helps.", "Low certainty.", "https://base.example/q.html#c", (Paper(FLUGE, status="Retracted"),)),),
)  # fmt: skip


def graph(cards=(), answers=(), site=SITE):
    return json.loads(to_jsonld(site, cards, answers))["@graph"]


def test_the_paper_is_an_article_with_its_issue_volume_and_journal():
    article, _review = graph([CARD])
    assert article == {
        "@type": "MedicalScholarlyArticle",
        "@id": "https://doi.org/10.1186/1471-2377-9-28",
        "name": "Clinical impact of B-cell depletion",
        "author": [
            {"@type": "Person", "name": "Øystein Fluge", "familyName": "Fluge", "givenName": "Øystein"},
            {"@type": "Person", "name": "Jos van der Meer", "familyName": "van der Meer", "givenName": "Jos"},
            {"@type": "Organization", "name": "The group"},
        ],
        "datePublished": "2009",
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "1",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "9",
                "isPartOf": {"@type": "Periodical", "name": "BMC Neurology"},
            },
        },
        "pagination": "28-30",
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "doi", "value": "10.1186/1471-2377-9-28"},
            {"@type": "PropertyValue", "propertyID": "pmid", "value": "19566965"},
        ],
        "sameAs": ["https://pubmed.ncbi.nlm.nih.gov/19566965/"],
        "publicationType": "Randomized Controlled Trial",
    }


def test_the_card_is_a_review_of_the_paper_and_a_page():
    _article, review = graph([CARD])
    assert review == {
        "@type": ["Review", "MedicalWebPage"],
        "@id": "https://base.example/fluge.html#fluge",
        "url": "https://base.example/fluge.html#fluge",
        "author": [{"@type": "Person", "name": "Ann Curator"}],
        "reviewedBy": [{"@type": "Person", "name": "Second Reader"}],
        "inLanguage": "en",
        "license": "https://licence.example/",
        "isPartOf": {"@type": "WebSite", "name": "The Base", "url": "https://base.example/"},
        "name": "Evidence card: Rituximab (Fluge 2009)",
        "itemReviewed": {"@id": "https://doi.org/10.1186/1471-2377-9-28"},
        "reviewBody": "Three people were treated.",
        "about": [
            {
                "@type": "DefinedTerm",
                "name": "PEM required",
                "termCode": "required",
                "description": "Everyone had it.",
                "inDefinedTermSet": {"@type": "DefinedTermSet", "name": "PEM status"},
            }
        ],
        "keywords": ["ME/CFS"],
        "dateModified": "2026-11-02",
    }


def test_a_card_among_others_is_no_page():
    _article, review = graph([CARD._replace(is_page=False)])
    assert review["@type"] == "Review"
    # Only pages are reviewed by somebody.
    assert "reviewedBy" not in review


def test_a_retraction_is_a_status_and_a_correction_of_the_paper_alone():
    paper = Paper(FLUGE, Design.RCT, "Retracted", "https://doi.org/10.1000/notice")
    article, review = graph([CARD._replace(paper=paper)])
    assert (article["creativeWorkStatus"], article["correction"]) == ("Retracted", "https://doi.org/10.1000/notice")
    assert not review.keys() & {"creativeWorkStatus", "correction"}


def test_a_question_is_a_page_of_claims_with_their_certainty_in_words():
    cited, page = graph(answers=[ANSWER])
    assert cited == {
        "@type": "MedicalScholarlyArticle",
        "@id": "https://doi.org/10.1186/1471-2377-9-28",
        "name": "Clinical impact of B-cell depletion",
        "datePublished": "2009",
        "creativeWorkStatus": "Retracted",
    }
    assert (page["@type"], page["name"], page["description"]) == ("MedicalWebPage", "Does it help?", "Nobody knows.")
    assert page["author"] == {"@type": "Organization", "name": "The Base"}
    assert page["hasPart"] == [
        {
            "@type": "Claim",
            "@id": "https://base.example/q.html#c",
            "text": "It helps.",
            "description": "Low certainty.",
            "citation": [{"@id": "https://doi.org/10.1186/1471-2377-9-28"}],
            "appearance": {"@id": "https://base.example/q.html#q"},
        }
    ]


def test_a_paper_that_two_claims_cite_stands_once():
    twice = ANSWER._replace(statements=ANSWER.statements * 2)
    assert [node["@type"] for node in graph(answers=[twice])] == ["MedicalScholarlyArticle", "MedicalWebPage"]


@pytest.mark.parametrize(
    ("entry", "kind", "address"),
    [
        (
            Entry("x", "report", title="A", institution="NICE", pmid="12"),
            "Report",
            "https://pubmed.ncbi.nlm.nih.gov/12/",
        ),
        (Entry("x", "misc", title="A", url="https://x.example/"), "CreativeWork", "https://x.example/"),
        (Entry("x", "article", title="A"), "MedicalScholarlyArticle", "#paper-x"),
    ],
)
def test_a_paper_without_a_doi_has_another_address(entry, kind, address):
    article, review = graph([CARD._replace(paper=Paper(entry))])
    assert (article["@type"], article["@id"], review["itemReviewed"]) == (kind, address, {"@id": address})


def test_a_site_without_an_address_has_anchors_for_names_and_no_urls():
    site = Site("The Base", "", "", "en")
    _article, review = graph([CARD._replace(address="#fluge")], site=site)
    assert review["@id"] == "#fluge"
    assert not review.keys() & {"url", "license"}
    assert review["isPartOf"] == {"@type": "WebSite", "name": "The Base"}


def test_a_group_is_an_organization():
    _article, review = graph([CARD._replace(authors=("The makers of the base", "Ann Curator"))])
    assert review["author"] == [
        {"@type": "Organization", "name": "The makers of the base"},
        {"@type": "Person", "name": "Ann Curator"},
    ]


def test_nothing_in_it_can_end_the_script_that_holds_it():
    text = to_jsonld(SITE, [CARD._replace(summary="</script><script>alert(1)</script><!--")], [])
    assert "<" not in text
    review = json.loads(text)["@graph"][1]
    assert review["reviewBody"] == "</script><script>alert(1)</script><!--"


def test_nothing_is_rated_and_no_study_has_a_level_of_evidence():
    text = to_jsonld(SITE, [CARD], [ANSWER])
    for word in ("reviewRating", "EvidenceLevel", "ClaimReview", "lastReviewed"):
        assert word not in text
