"""The cards and refs.bib say what the records say from which they were written (`facts.toml`, carried by hand)."""

import re
import tomllib
from collections import Counter

import pytest
from support import ROOT

from sphinx_mecfs.bibliography.store import load
from sphinx_mecfs.manuscript.head import read_head

STUDIES = ROOT / "docs/studies"
FACTS = tomllib.loads((ROOT / "tests/project/facts.toml").read_text(encoding="utf-8"))
ENTRIES = load([ROOT / "refs.bib"], None).entries
PRINTED = ("journal", "volume", "number", "doi", "pmid", "pmcid")

each_study = pytest.mark.parametrize("key", FACTS)


def page(key):
    return (STUDIES / f"{key}.md").read_text(encoding="utf-8")


def head(key):
    """The key and options of a card, read as the directive reads them."""
    lines = page(key).splitlines()
    begin = next(index for index, line in enumerate(lines) if line.startswith(":::{evidence-card}"))
    end = lines.index(":::", begin)
    return read_head(lines[begin].partition("}")[2], lines[begin + 1 : end], head_in_content=True)


def listed(text):
    return [item.strip() for item in text.split(",") if item.strip()]


def says(text, figure):
    """Whether a figure stands in a text as a whole, not as a part of a longer number or word."""
    return re.search(rf"(?<![\w−])(?<!\d[.,]){re.escape(figure)}(?!\w|[.,]\d)", " ".join(text.split()))


def test_every_card_has_checked_facts():
    assert sorted(FACTS) == sorted(path.stem for path in STUDIES.glob("*.md") if path.stem != "index")


@each_study
def test_a_card_has_the_key_of_its_file_and_no_option_twice(key):
    written = head(key)
    assert written.key == key
    assert not written.repeated
    assert not written.findings


@each_study
def test_a_card_has_the_design_and_number_of_people_of_its_record(key):
    options = head(key).options
    assert options["design"] == FACTS[key]["design"]
    assert options.get("participants") == (str(FACTS[key]["participants"]) if "participants" in FACTS[key] else None)


@each_study
def test_a_card_names_the_case_definitions_of_its_record_and_no_pem_rule_but_one_that_was_noted(key):
    options = head(key).options
    assert listed(options["criteria"]) == FACTS[key]["criteria"]
    given = {"pem", "pem-quote", "pem-locator"} & set(options)
    assert (options.get("pem"), len(given)) == ((FACTS[key]["pem"], 3) if "pem" in FACTS[key] else (None, 0))


@each_study
def test_a_card_has_the_registration_of_its_record(key):
    assert listed(head(key).options.get("registration", "")) == FACTS[key]["registration"]


@each_study
def test_a_card_has_the_status_and_notice_of_its_record(key):
    options = head(key).options
    assert options.get("status", "current") == FACTS[key]["status"]
    assert options.get("status-notice") == FACTS[key].get("notice")


@each_study
def test_a_card_says_what_was_read_and_claims_no_second_reader(key):
    options = head(key).options
    assert options["source-read"] == FACTS[key]["source"]
    assert "reviewed-by" not in options


@each_study
def test_a_card_gives_the_decisive_figures_of_its_record(key):
    text = page(key)
    assert [figure for figure in FACTS[key]["figures"] if not says(text, figure)] == []


@each_study
def test_an_entry_has_what_was_seen_of_the_paper_and_nothing_else(key):
    entry, facts = ENTRIES[key], FACTS[key]
    assert {name: getattr(entry, name) for name in PRINTED} == {name: facts.get(name, "") for name in PRINTED}
    assert entry.year == facts["year"]
    assert "-".join(page for page in entry.page_range if page) == facts.get("pages", "")


@each_study
def test_an_entry_has_all_authors_or_says_that_there_are_others(key):
    entry, authors = ENTRIES[key], FACTS[key]["authors"]
    assert entry.authors[0].surname == FACTS[key]["first_author"]
    assert entry.others == (authors == "cut off")
    assert entry.others or len(entry.authors) == authors


@pytest.mark.parametrize("name", ["doi", "pmid"])
def test_no_two_entries_share_an_identifier(name):
    identifiers = Counter(value.lower() for entry in ENTRIES.values() if (value := getattr(entry, name)))
    assert [value for value, times in identifiers.items() if times > 1] == []
