"""Cards and the bibliography: what is listed, how it is printed, and what a faulty file does."""

import re

import pytest
from samples import REFS


def listed(build):
    return re.findall(r'id="cite-([a-z0-9-]+)"', build.text("references.html"))


def test_a_card_is_enough_for_the_bibliography_to_list_its_study(base_html):
    assert listed(base_html) == ["alpha-2001", "beta-2010"] or set(listed(base_html)) == {
        "alpha-2001",
        "beta-2010",
    }


def test_the_list_prints_a_reference_as_the_card_does(base_html):
    card = re.search(
        r'<p class="mecfs-reference"><span class="mecfs-copied">(.*?)</span>', base_html.text("studies/alpha-2001.html")
    ).group(1)
    words = re.sub(r"<[^>]+>", "", card)
    references = re.sub(r"<[^>]+>", "", base_html.text("references.html"))
    assert words in references


def test_citations_in_running_text_link_the_list(base_html):
    assert 'href="references.html#cite-beta-2010"' in base_html.text("index.html")


MANY = ",".join(["plain-1999"] * 2000)


@pytest.mark.parametrize(
    "target", ["plain-1999 beta-2010", "plain-1999,", "<zqx> zqx", "{see", MANY], ids=lambda text: text[:20]
)
@pytest.mark.parametrize("role", ["cite", "cite:p", "cite:t"])
def test_a_citation_that_cannot_be_read_is_reported_at_its_line_and_shown_as_text(make_base, role, target):
    page = f"---\norphan: true\n---\n# A\n\n{{{role}}}`{target}`\n"
    build = make_base({"other.md": page, "third.rst": f":orphan:\n\nA\n=\n\n:{role}:`{target}`\n"}).build("text")
    assert sorted(warning.partition(" WARNING: the citation ")[0] for warning in build.warnings) == [
        "other.md:6:",
        "third.rst:6:",
    ]
    assert all(warning.endswith("[mecfs.citation-target]") for warning in build.warnings)
    assert target[:10] in build.text("other.txt")


BROKEN = {
    "duplicate key": (REFS + "\n@article{Alpha-2001,\n  title = {{Twice}},\n}\n", "bib-duplicate-key"),
    "duplicate field": (
        REFS.replace("  volume = {9},\n", "  volume = {9},\n  volume = {10},\n"),
        "bib-duplicate-field",
    ),
    "missing brace": (
        "@article{broken-2000,\n  title = {{No end},\n  year = {2000},\n\n" + REFS,
        "bib-syntax",
    ),
    "unknown string": (REFS.replace("{Letters}", "lettersabbrev"), "bib-string"),
    "stray byte": (REFS.encode().replace(b"Plain, Dee", b"Pl\xe9in, Dee"), "bib-encoding"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_faulty_bibliography_is_reported_with_file_and_line_and_hides_no_other_entry(make_base, fault):
    refs, problem = BROKEN[fault]
    build = make_base({"refs.bib": refs}).build()
    ours = [line for line in build.warnings if f"[mecfs.{problem}]" in line]
    assert ours
    assert all(re.match(r"refs\.bib:\d+: WARNING: ", line) for line in ours)
    assert all("[mecfs.bib-" in line for line in build.warnings)
    assert {"alpha-2001", "beta-2010"} <= set(listed(build))
    assert "mecfs-card" in build.text("studies/alpha-2001.html")


def test_a_missing_bibliography_file_is_reported_once(make_base):
    project = make_base()
    project.remove("refs.bib")
    build = project.build()
    assert [line for line in build.warnings if "[mecfs.bib-file]" in line]
    assert "cannot be shown: alpha-2001" in build.text("studies/alpha-2001.html")


def test_markup_in_the_bibliography_is_shown_as_text(make_base):
    attack = "<script>alert(1)</script> <img src=x> *a*"
    build = make_base({"refs.bib": REFS.replace("Journal of Tests", attack)}).build()
    for page in ("studies/alpha-2001.html", "references.html", "index.html", "mecfs-year.html"):
        text = build.text(page)
        assert "<script>alert" not in text
        assert "<img src=x>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in build.text("studies/alpha-2001.html")


def test_a_project_without_a_bibliography_can_use_badges(make_project):
    project = make_project({"conf.py": "", "index.rst": "T\n=\n\n:pem-badge:`absent`\n"}, extensions=["sphinx_mecfs"])
    build = project.build()
    assert build.warnings == ()
    assert "PEM not required" in build.text("index.html")
    assert "no targets are out of date" in project.build().status
