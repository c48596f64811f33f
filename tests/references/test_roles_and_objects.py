"""References to studies and definitions, badges by key, indices, labels and the inventory."""

import re
import zlib

import pytest


@pytest.fixture(scope="module")
def index(base_html):
    return base_html.text("index.html")


def test_a_study_is_shown_by_first_author_and_year_and_linked(index):
    assert re.search(
        r'<a class="reference internal" href="studies/alpha-2001.html#alpha-2001"><span class="mecfs-ref">Ærø 2001</span></a>',
        index,
    )


def test_a_retracted_study_is_never_named_without_saying_so(base_html):
    page = base_html.text("studies/alpha-2001.html")
    assert (
        '<dt>Contradicted by</dt><dd><a class="reference internal" href="beta-2010.html#beta-2010">Beta 2010 (retracted)</a>'
        in page
    )
    assert "Beta 2010 (retracted): A trial that did not hold" in base_html.text("mecfs-year.html")


def test_a_reference_to_a_retracted_study_says_so_after_an_edit_too(make_base):
    index = "# Base\n\n{mecfs:study}`alpha-2001`\n\n```{toctree}\ndefinitions\nreferences\n```\n"
    project = make_base({"index.md": index})
    assert "Ærø 2001<" in project.build().text("index.html")
    notice = ":status: retracted\n:status-notice: 10.1000/n\n:topics:"
    project.replace("studies/alpha-2001.md", ":topics:", notice)
    assert "Ærø 2001 (retracted)<" in project.build().text("index.html")


def test_a_badge_by_study_key_shows_the_status_of_the_study_and_links_it(index):
    badge = re.search(
        r'<a class="mecfs-badge-link reference internal" href="studies/alpha-2001.html#alpha-2001"><span class="mecfs-badge[^>]*>(.*?)</a>',
        index,
    ).group(1)
    assert "PEM not required (optional item)" in badge


def test_a_badge_by_definition_key_links_the_register(index):
    assert re.search(
        r'href="definitions.html#definition-fukuda-1994"><span class="mecfs-badge mecfs-pem-not-required">',
        index,
    )


def test_a_bare_status_gives_a_badge_without_a_link(index):
    assert (
        '<span class="mecfs-badge mecfs-pem-required"><span aria-hidden="true">●</span> PEM required</span>,' in index
    )


def test_a_definition_is_shown_by_name_and_year(index):
    assert re.search(
        r'href="definitions.html#definition-fukuda-1994"><span class="mecfs-ref">CDC, Fukuda 1994</span>',
        index,
    )


def test_every_study_has_a_plain_label(index):
    assert re.search(r'href="studies/alpha-2001.html#alpha-2001"><span class="std std-ref">Ærø 2001</span>', index)
    assert re.search(r'href="studies/beta-2010.html#beta-2010"><span class="std std-ref">the trial</span>', index)


def test_the_register_lists_every_definition_with_badge_reason_mark_and_source(base_html):
    page = base_html.text("definitions.html")
    assert page.count('id="definition-') == 22
    item = page[page.index('id="definition-ccc-2003"') :].split("</dd>")[0]
    for text in (
        "PEM required (broad wording)",
        "Compulsory item headed",
        "Confidence A: text read and confirmed",
        "doi:10.1300/J092v11n01_02",
    ):
        assert text in item
    assert "Version of the register: 2026.11." in page


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("pem", ["PEM not required (optional item)", "PEM mixed"]),
        ("design", ["Case series", "Randomised controlled trial"]),
        ("year", ["2010", "2001"]),
    ],
)
def test_indices_group_the_studies(base_html, name, headings):
    page = base_html.text(f"mecfs-{name}.html").replace("\N{NO-BREAK SPACE}", " ")
    places = [page.index(f">{heading}<") for heading in headings]
    assert places == sorted(places) or name == "pem"
    assert 'href="studies/alpha-2001.html#alpha-2001"' in page
    assert "A trial that did not hold" in page


def inventory(build):
    data = (build.outdir / "objects.inv").read_bytes().split(b"\n", 4)[4]
    return zlib.decompress(data).decode().splitlines()


def test_the_inventory_holds_objects_and_labels(base_html):
    lines = inventory(base_html)
    assert "alpha-2001 mecfs:study 1 studies/alpha-2001.html#$ Ærø 2001" in lines
    assert "fukuda-1994 mecfs:definition 1 definitions.html#definition-$ CDC, Fukuda 1994" in lines
    assert "study-alpha-2001 std:label -1 studies/alpha-2001.html#alpha-2001 Ærø 2001" in lines
    assert "definition-fukuda-1994 std:label -1 definitions.html#$ CDC, Fukuda 1994" in lines


def test_the_search_knows_studies_as_objects(base_html):
    search = base_html.text("searchindex.js")
    assert '"study"' in search
    assert "alpha-2001" in search


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "{mecfs:study}`alpha-2002`",
            "study 'alpha-2002' has no card; did you mean 'alpha-2001'? [mecfs.study-unknown]",
        ),
        (
            "{mecfs:definition}`fukuda-1995`",
            "case definition 'fukuda-1995' is not in the register; did you mean 'fukuda-1994'? [mecfs.definition-unknown]",
        ),
        (
            "{pem-badge}`requird`",
            "badge 'requird' is neither a status, nor a study, nor a case definition; did you mean 'required'? [mecfs.badge-unknown]",
        ),
    ],
)
def test_an_unknown_key_is_reported_once_at_its_line_and_its_text_stays(make_base, text, message):
    build = make_base({"extra.md": f"---\norphan: true\n---\n\n# Extra\n\nWords.\n\nSee {text} here.\n"}).build()
    assert build.warnings == (f"extra.md:9: WARNING: {message}",)
    key = text.split("`")[1]
    assert key in build.text("extra.html")


def test_the_role_any_is_not_made_ambiguous_by_keys_that_studies_and_entries_share(make_base):
    build = make_base({"extra.md": "---\norphan: true\n---\n\n# Extra\n\n{any}`beta-2010`\n"}).build()
    assert [line for line in build.warnings if "more than one target" in line] == []


def test_a_definition_without_a_page_is_named_without_a_link(make_base):
    index = "# Base\n\n{mecfs:definition}`icc-2011` {pem}`icc-2011`\n\n```{toctree}\nreferences\n```\n"
    project = make_base({"index.md": index}, mecfs_badge_page="")
    project.remove("definitions.md")
    build = project.build()
    assert build.warnings == ()
    assert "International Consensus Criteria 2011" in build.text("index.html")
    assert 'mecfs-pem-required"' in build.text("index.html")


OWN = """
version = "7"
[[definitions]]
key = "own-2020"
name = "Own criteria"
year = 2020
pem = "required"
mark = "B"
basis = "PEM is compulsory"
"""


def test_a_project_adds_definitions_of_its_own(make_base):
    page = "---\norphan: true\n---\n\n# Own\n\n{mecfs:definition}`own-2020` {pem}`own-2020`\n"
    build = make_base({"own.toml": OWN, "own.md": page}, mecfs_definitions=["own.toml"]).build()
    assert build.warnings == ()
    assert 'href="definitions.html#definition-own-2020"' in build.text("own.html")
    assert "Version of the register: 2026.11 + 7." in build.text("definitions.html")


def test_a_badge_of_an_own_definition_changes_with_it(make_base):
    page = "---\norphan: true\n---\n\n# Own\n\n{mecfs:definition}`own-2020` {pem}`own-2020`\n"
    project = make_base({"own.toml": OWN, "own.md": page}, mecfs_definitions=["own.toml"])
    assert "PEM required<" in project.build().text("own.html")
    project.replace("own.toml", '"required"', '"absent"')
    assert "PEM not required<" in project.build().text("own.html")


def test_a_wrong_file_of_definitions_is_reported_and_the_rest_stands(make_base):
    wrong = OWN.replace('"required"', '"always"')
    build = make_base({"own.toml": wrong}, mecfs_definitions=["own.toml", "gone.toml"]).build()
    assert [line.split("WARNING: ")[1] for line in build.warnings] == [
        "definition 'own-2020' has pem 'always'; it is one of: required, required-broad, optional, absent, unclear [mecfs.vocabulary]",
        "cannot read the case definitions: No such file or directory [mecfs.register]",
    ]
    assert 'id="definition-icc-2011"' in build.text("definitions.html")
