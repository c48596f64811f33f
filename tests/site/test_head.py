"""What stands in the head of a page for machines."""

import json
import re
from html import unescape

import pytest
from question_pages import ORPHAN, PAGES
from release_pages import DATA_PAGE
from samples import ALPHA, BETA, CONF, SECTIONS, base_files, myst_card, myst_page
from support import Project

CARD, RETRACTED = "studies/alpha-2001.html", "studies/beta-2010.html"


def head(page):
    return page[page.index("<head>") : page.index("</head>")]


def tags(page, attribute="name"):
    found = re.findall(rf'<meta {attribute}="([^"]*)" content="([^"]*)"', head(page))
    return [(name, unescape(content)) for name, content in found]


def links(page):
    pattern = r'<link rel="(cite-as|describedby|type|license|collection|alternate|linkset)" href="([^"]*)"(?: type="([^"]*)")?[ >]'
    return [(relation, unescape(address), kind) for relation, address, kind in re.findall(pattern, head(page))]


def graph(page):
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head(page), re.DOTALL)
    return json.loads(text)["@graph"]


@pytest.fixture(scope="module")
def question(tmp_path_factory):
    conf = {"project": "Test base", "html_theme": "basic", **CONF}
    project = Project(tmp_path_factory.mktemp("head"), conf)
    project.write({**base_files(), **PAGES})
    build = project.build(mecfs_license="CC-BY-4.0", language="en")
    assert build.warnings == ()
    return build.text("question.html")


def test_the_tags_of_a_card_describe_the_card(base_html):
    page = base_html.text(CARD)
    found = dict(tags(page))
    assert found["citation_title"] == "Evidence card: Alpha in plain words (Ærø 2001)"
    assert found["citation_author"] == "Test base,"
    assert found["citation_publication_date"] == "2026/11/01"
    assert found["citation_technical_report_institution"] == "Test base"
    assert re.fullmatch(r"alpha-2001 [0-9a-f]{12}", found["citation_technical_report_number"])
    assert found["citation_keywords"] == (
        "ME/CFS; PEM not required (optional item); Case series; CDC, Fukuda 1994; b-cells; drugs"
    )
    assert found["citation_fulltext_html_url"] == "https://base.example/studies/alpha-2001.html"
    assert "citation_doi=10.1000/alpha.2001" in found["citation_reference"]
    assert not found.keys() & {"citation_doi", "citation_pmid", "citation_journal_title", "citation_pdf_url"}


def test_a_card_of_a_retracted_paper_says_so_in_every_title(base_html):
    page = base_html.text(RETRACTED)
    title = "Evidence card: Beta in plain words (Beta 2010, retracted)"
    assert dict(tags(page))["citation_title"] == title
    graphs = dict(tags(page, "property"))
    assert graphs["og:title"] == title
    assert graphs["og:description"] == "Retracted. Three people were treated. PEM mixed."
    article, review = graph(page)
    assert (article["creativeWorkStatus"], article["correction"]) == ("Retracted", "https://doi.org/10.1000/notice")
    assert review["name"] == title
    assert review["reviewedBy"] == [{"@type": "Person", "name": "Second Reader"}]
    assert dict(tags(page))["citation_author"] == "First Writer"


def test_open_graph_of_a_card_says_what_highwire_says(base_html):
    page = base_html.text(CARD)
    assert tags(page, "property") == [
        ("og:title", dict(tags(page))["citation_title"]),
        ("og:type", "article"),
        ("og:url", "https://base.example/studies/alpha-2001.html"),
        ("og:description", "Three people were treated. PEM not required (optional item)."),
        ("og:site_name", "Test base"),
    ]


def test_a_card_and_its_paper_are_two_things_in_the_graph(base_html):
    article, review = graph(base_html.text(CARD))
    assert (article["@type"], article["@id"]) == ("MedicalScholarlyArticle", "https://doi.org/10.1000/alpha.2001")
    assert review["@type"] == ["Review", "MedicalWebPage"]
    assert review["@id"] == "https://base.example/studies/alpha-2001.html#alpha-2001"
    assert review["itemReviewed"] == {"@id": article["@id"]}
    assert [term["termCode"] for term in review["about"]] == ["optional", "fukuda-1994"]


def test_signposts_lead_to_the_downloads_the_type_and_the_base(base_html):
    assert links(base_html.text(CARD)) == [
        ("cite-as", "https://base.example/studies/alpha-2001.html", ""),
        ("describedby", "https://base.example/data/studies/alpha-2001.bib", "application/x-bibtex"),
        ("describedby", "https://base.example/data/studies/alpha-2001.ris", "application/x-research-info-systems"),
        ("describedby", "https://base.example/data/studies/alpha-2001.json", "application/vnd.citationstyles.csl+json"),
        ("type", "https://schema.org/Review", ""),
        ("type", "https://schema.org/MedicalWebPage", ""),
        ("collection", "https://base.example/", ""),
        ("linkset", "https://base.example/data/linkset.json", "application/linkset+json"),
    ]


def test_the_start_page_and_the_page_on_the_data_lead_to_what_describes_the_whole_base(make_base):
    build = make_base(DATA_PAGE).build()
    for name in ("index.html", "data.html"):
        page = build.text(name)
        assert links(page) == [
            ("describedby", "https://base.example/data/dataset.jsonld", "application/ld+json"),
            ("alternate", "https://base.example/data/feed.atom", "application/atom+xml"),
            ("linkset", "https://base.example/data/linkset.json", "application/linkset+json"),
        ]
        assert all(
            (build.outdir / address.removeprefix("https://base.example/")).is_file()
            for _rel, address, _kind in links(page)
        )
    assert links(build.text("definitions.html")) == []


def test_no_page_leads_to_data_that_are_not_there(make_base):
    assert links(make_base(mecfs_data=False).build().text("index.html")) == []


def test_the_start_page_leads_to_data_as_soon_as_there_are_any(make_base):
    cards = [f"studies/{key}.md" for key in ("alpha-2001", "beta-2010")]
    project = make_base({"definitions.md": ORPHAN + "# D\n"})
    kept = {name: (project.srcdir / name).read_text(encoding="utf-8") for name in cards}
    for name in cards:
        project.remove(name)
    assert links(project.build().text("index.html")) == []
    project.write(kept)
    assert len(links(project.build().text("index.html"))) == 3


def test_a_site_whose_address_is_not_known_has_relative_links_and_no_addresses(make_base):
    page = make_base(html_baseurl="").build("dirhtml").text("studies/alpha-2001/index.html")
    assert "citation_fulltext_html_url" not in dict(tags(page))
    assert "og:url" not in dict(tags(page, "property"))
    addresses = {relation: address for relation, address, _kind in links(page)}
    assert addresses["describedby"] == "../../data/studies/alpha-2001.json"
    assert addresses["collection"] == "../../"
    assert "cite-as" not in addresses
    assert graph(page)[1]["@id"] == "#alpha-2001"


def test_the_tags_of_a_question_name_each_study_once(question):
    found = tags(question)
    assert dict(found)["citation_title"] == "Does the drug help?"
    assert dict(found)["citation_author"] == "First Writer"
    references = [content for name, content in found if name == "citation_reference"]
    assert [re.search("citation_doi=([^;]*)", content).group(1) for content in references] == [
        "10.1000/beta",
        "10.1000/alpha.2001",
    ]


def test_a_question_is_described_by_its_short_answer(question):
    found = dict(tags(question, "property"))
    assert found["og:type"] == "article"
    assert found["og:description"] == "Nobody knows. One trial was retracted."
    assert found["article:modified_time"] == "2026-11-02"


def test_the_claims_of_a_question_cite_papers_and_give_their_certainty(question):
    *papers, page = graph(question)
    assert [(paper["@id"], paper.get("creativeWorkStatus")) for paper in papers] == [
        ("https://doi.org/10.1000/alpha.2001", None),
        ("https://doi.org/10.1000/beta", "Retracted"),
    ]
    assert page["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    first, second = page["hasPart"]
    assert first["text"] == "Three people felt better after the drug."
    assert first["description"] == "Very low certainty. The claim is very uncertain."
    assert [paper["@id"] for paper in first["citation"]] == [paper["@id"] for paper in papers]
    assert second["@id"] == "https://base.example/question.html#drug-link"
    assert second["appearance"] == {"@id": "https://base.example/question.html#drug"}


def test_the_licence_is_a_signpost(question):
    assert ("license", "https://spdx.org/licenses/CC-BY-4.0.html", "") in links(question)
    assert ("type", "https://schema.org/Review", "") not in links(question)


def test_a_licence_may_be_an_address(make_base):
    page = make_base(mecfs_license="https://x.example/licence").build().text(CARD)
    assert ("license", "https://x.example/licence", "") in links(page)
    assert graph(page)[1]["license"] == "https://x.example/licence"


def test_a_page_of_several_cards_poses_as_none_of_them(make_base):
    both = ORPHAN + myst_page("Both", myst_card("alpha-2001", ALPHA), myst_card("beta-2010", BETA))
    project = make_base({"both.md": both})
    project.remove("studies/alpha-2001.md")
    project.remove("studies/beta-2010.md")
    page = project.build().text("both.html")
    assert [name for name, _content in tags(page) if name.startswith("citation_")] == []
    assert dict(tags(page, "property"))["og:title"] == "Both"
    assert [node["@type"] for node in graph(page)] == ["MedicalScholarlyArticle", "Review"] * 2
    assert {relation for relation, _address, _kind in links(page)} == {"type", "collection", "linkset"}


def test_a_wrong_card_has_no_tags(make_base):
    project = make_base({"studies/alpha-2001.md": ORPHAN + myst_page("A", myst_card("alpha-2001", {}))})
    page = project.build().text(CARD)
    assert "citation_" not in head(page)
    assert "ld+json" not in page
    assert links(page) == []


def test_other_pages_say_what_they_are_called_and_what_their_author_says_of_them(make_base):
    given = "---\norphan: true\ndescription: Said in the head.\n---\n\n# A *page* & <more>\n"
    meta = '---\norphan: true\nmyst:\n  html_meta:\n    description: Said in a "tag".\n---\n\n# Other\n'
    build = make_base({"given.md": given, "meta.md": meta}).build()
    assert tags(build.text("given.html"), "property") == [
        ("og:title", "A page & <more>"),
        ("og:type", "website"),
        ("og:url", "https://base.example/given.html"),
        ("og:description", "Said in the head."),
        ("og:site_name", "Test base"),
    ]
    assert dict(tags(build.text("given.html")))["description"] == "Said in the head."
    assert dict(tags(build.text("meta.html"), "property"))["og:description"] == 'Said in a "tag".'
    assert build.text("meta.html").count('name="description"') == 1
    assert "ld+json" not in build.text("given.html")
    assert "og:" not in build.text("genindex.html")


def test_text_in_the_head_stays_text(make_base):
    sections = SECTIONS.replace(":Summary: Three people", ':Summary: `</script>"><b>` three people')
    page = ORPHAN + myst_page('A "title" </script>', myst_card("alpha-2001", ALPHA, sections))
    text = make_base({"studies/alpha-2001.md": page}).build().text(CARD)
    assert dict(tags(text))["citation_title"] == "Evidence card: A “title” </script> (Ærø 2001)"
    assert graph(text)[1]["reviewBody"] == '</script>"><b> three people were treated.'
    assert "</script>" not in re.sub(r"</script>\s*<", "<", head(text))


def test_a_project_with_an_extension_for_open_graph_gets_no_tags_twice(make_base, tmp_path, monkeypatch):
    (tmp_path / "sphinxext").mkdir()
    (tmp_path / "sphinxext" / "opengraph.py").write_text("def setup(app):\n    return {'parallel_read_safe': True}\n")
    monkeypatch.syspath_prepend(tmp_path)
    build = make_base(extensions=["myst_parser", "sphinx_mecfs", "sphinxext.opengraph"]).build()
    page = build.text(CARD)
    assert tags(page, "property") == []
    assert dict(tags(page))["citation_title"].startswith("Evidence card:")


@pytest.mark.parametrize("builder", ["singlehtml", "epub"])
def test_books_have_no_tags_of_pages(make_base, builder):
    files = make_base(epub_show_urls="no", version="1").build(builder).files()
    pages = [data.decode() for name, data in files.items() if name.endswith(("html", "xhtml"))]
    assert pages
    assert not any("og:title" in page or "citation_title" in page for page in pages)


EDITS = {
    "the summary": lambda p: p.replace("studies/alpha-2001.md", "Three people were", "Four people were"),
    "the title of the page": lambda p: p.replace("studies/alpha-2001.md", "# Alpha", "# Aleph"),
    "a retraction": lambda p: p.replace("studies/beta-2010.md", ":status: retracted", ":status: expression-of-concern"),
    "a notice": lambda p: p.replace("studies/beta-2010.md", "10.1000/notice", "10.1000/other"),
    "a correction": lambda p: p.replace(
        "studies/alpha-2001.md", ":criteria:", ":status: corrected\n:status-notice: 10.1000/n\n:criteria:"
    ),
    "a design": lambda p: p.replace("studies/alpha-2001.md", "case-series", "cohort"),
    "a volume": lambda p: p.replace("refs.bib", "volume = {9}", "volume = {10}"),
    "an issue": lambda p: p.replace("refs.bib", "number = {2}", "number = {3}"),
    "a seventh author": lambda p: p.replace(
        "refs.bib", "and van Dam, C", "and van Dam, C and D, D and E, E and F, F and G, G"
    ),
    "a PubMed id": lambda p: p.replace("refs.bib", "{1234567}", "{1234568}"),
    "a given name": lambda p: p.replace("refs.bib", "Bo-Li K.", "Bo-Le K."),
    "the type of an entry": lambda p: p.replace("refs.bib", "@article{beta-2010,", "@misc{beta-2010,"),
    "the journal": lambda p: p.replace("refs.bib", "Journal of Tests", "Journal of Proofs"),
    "the certainty of a claim": lambda p: p.replace("question.md", ":certainty: very-low", ":certainty: low"),
    "the words of a claim": lambda p: p.replace("question.md", "No clear link", "No link"),
    "words between claims": lambda p: p.replace("question.md", "Text between.", "More text."),
    "a card moved": lambda p: (p.write({"moved.md": (p.srcdir / "studies/beta-2010.md").read_text()}), p.remove("studies/beta-2010.md")),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_after_any_edit_heads_and_references_equal_those_of_a_clean_build(make_base, edit):
    project = make_base(PAGES)
    project.build()
    EDITS[edit](project)
    incremental = project.build().files()
    clean = project.build(out="clean", doctrees="clean-doctrees", fresh=True).files()
    assert {name for name in incremental.keys() & clean.keys() if incremental[name] != clean[name]} == set()
    assert clean.keys() <= incremental.keys()


@pytest.mark.parametrize(
    "change", [{"mecfs_license": "MIT"}, {"html_baseurl": "https://other.example/"}, {"mecfs_base_title": "Other"}]
)
def test_a_changed_setting_reaches_every_page(make_base, change):
    project = make_base(PAGES)
    project.build()
    later = project.build(**change).files()
    # Sphinx keeps what it was built with before.
    later.pop(".buildinfo.bak", None)
    assert later == project.build(out="clean", doctrees="clean-doctrees", fresh=True, **change).files()
