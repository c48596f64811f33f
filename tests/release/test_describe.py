"""The base as a whole can be cited, and found as a dataset."""

from __future__ import annotations

import datetime
import json
import re
from importlib.metadata import PackageNotFoundError, files

import pytest
import yaml
from jsonschema import Draft7Validator
from studies import study

from sphinx_mecfs.formats.jsonld import in_script
from sphinx_mecfs.formats.release.describe import citation_cff, dataset
from sphinx_mecfs.formats.release.listing import DATA_FILES
from sphinx_mecfs.formats.release.model import About, Release, StudyItem

HOSTILE = "\"'</script><script>&\n#: [x] {y} \x00\u2028 \\ - a: b"


def cff_schema():
    """The official schema, as cffconvert ships it; that program itself cannot be installed beside today's jsonschema."""
    try:
        shipped = files("cffconvert") or []
    except PackageNotFoundError:
        return None
    (path,) = [path for path in shipped if str(path).endswith("schemas/1.2.0/schema.json")]
    return json.loads(path.read_text(encoding="utf-8"))


def release(title="A base", **about):
    one = study("a-2001", added=datetime.date(2026, 3, 4))
    return Release(About(title, **about), studies=(StudyItem(one, {}, "a.html#a-2001"),))


RELEASES = {
    "bare": release(),
    "full": release(version="1.2", address="https://b.example/", licence="CC-BY-4.0", author="The writers"),
    "a licence of its own": release(licence="https://b.example/licence", address="https://b.example/"),
    "hostile": release(HOSTILE, version=HOSTILE, author=HOSTILE),
}


@pytest.mark.parametrize("name", RELEASES)
def test_the_citation_file_is_yaml_with_what_the_format_asks_for(name):
    read = yaml.load(citation_cff(RELEASES[name]), yaml.BaseLoader)
    assert read["cff-version"] == "1.2.0"
    assert read["type"] == "dataset"
    assert read["authors"][0]["name"]
    assert {"message", "title", "date-released"} <= read.keys()
    assert "\n" not in read["title"]


@pytest.mark.skipif(cff_schema() is None, reason="cffconvert, which brings the schema, is not installed")
@pytest.mark.parametrize("name", RELEASES)
def test_the_citation_file_fits_the_official_schema(name):
    read = yaml.load(citation_cff(RELEASES[name]), yaml.BaseLoader)
    assert [error.message for error in Draft7Validator(cff_schema()).iter_errors(read)] == []
    assert not Draft7Validator(cff_schema()).is_valid(read | {"authors": []})


def test_the_citation_file_says_who_what_when_and_where():
    read = yaml.load(citation_cff(RELEASES["full"]), yaml.BaseLoader)
    assert (read["title"], read["version"], read["license"]) == ("A base", "1.2", "CC-BY-4.0")
    assert read["authors"] == [{"name": "The writers"}]
    assert (read["date-released"], read["url"]) == ("2026-03-04", "https://b.example/")


def test_a_dataset_lists_its_files():
    described = dataset(RELEASES["full"])
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Dataset")
    assert described["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    assert described["dateModified"] == "2026-03-04"
    files_ = described["distribution"]
    assert [one["contentUrl"] for one in files_] == [f"https://b.example/data/{file.name}" for file in DATA_FILES]
    assert all(one["@type"] == "DataDownload" and one["encodingFormat"] and one["description"] for one in files_)


def test_no_text_can_end_the_script_that_describes_a_dataset():
    described = dataset(RELEASES["hostile"])
    script = in_script(described)
    assert "<" not in script
    assert json.loads(script) == described


def graph_of(page):
    """What the head of a page says in JSON-LD."""
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(script)["@graph"]


def test_linked_data_hold_what_the_heads_of_all_pages_hold(released):
    nodes = {node["@id"]: node for node in json.loads(released.text("data/base.jsonld"))["@graph"]}
    assert len(nodes) == 5
    pages = ["studies/alpha-2001.html", "studies/beta-2010.html", "question.html"]
    for node in (node for page in pages for node in graph_of(released.text(page))):
        # A question cites papers in brief, whose cards have them in full.
        assert {name: nodes[node["@id"]][name] for name in node} == node
    assert nodes["https://doi.org/10.1000/beta"]["creativeWorkStatus"] == "Retracted"


def test_linked_data_name_studies_within_a_summary_as_they_are_called(make_base):
    project = make_base()
    project.replace("studies/beta-2010.md", "Three people were treated.", "It followed {mecfs:study}`alpha-2001`.")
    nodes = json.loads(project.build().text("data/base.jsonld"))["@graph"]
    assert "It followed Ærø 2001." in [node.get("reviewBody") for node in nodes]
