"""The feed, the link set and the list of pages say what has changed and where things stand, by the rules for each."""

from __future__ import annotations

import datetime
import json

import feedparser
import pytest
from lxml import etree
from studies import study

from sphinx_mecfs.evidence.vocabulary import PublicationStatus
from sphinx_mecfs.formats.release.feed import MOST_ENTRIES, atom, events
from sphinx_mecfs.formats.release.files import release_files
from sphinx_mecfs.formats.release.model import About, Release, StudyItem

ATOM = {"a": "http://www.w3.org/2005/Atom"}
ABOUT = About("T <&> \"'", address="https://b.example/", author="The writers", licence="CC0-1.0")


def day(text):
    return datetime.date.fromisoformat(text)


def release(*studies):
    return Release(ABOUT, studies=tuple(StudyItem(one, {}, f"s/{one.key}.html#{one.key}") for one in studies))


def read(text):
    feed = feedparser.parse(text.encode())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_added_changed_and_retracted_cards_are_entries_the_latest_first():
    feed = read(
        atom(
            release(
                study("a-2001", added=day("2026-01-01")),
                study("b-2002", added=day("2026-01-01"), updated=day("2026-03-01")),
                study("c-2003", added=day("2026-02-01"), status=PublicationStatus.RETRACTED, status_notice="x"),
                study("d-2004"),
            )
        )
    )
    prefix = "https://b.example/data/feed.atom#"
    assert [entry.id.removeprefix(prefix) for entry in feed.entries] == [
        "b-2002/changed/2026-03-01",
        "c-2003/new/2026-02-01",
        "c-2003/retracted",
        "a-2001/new/2026-01-01",
        "b-2002/new/2026-01-01",
    ]
    assert feed.feed.updated == feed.entries[0].updated == "2026-03-01T00:00:00Z"
    assert feed.entries[1].summary.startswith("Retracted. The paper has been retracted: its findings do not stand. PEM")
    assert [tag.term for tag in feed.entries[2].tags] == ["retracted"]
    assert feed.entries[0].link == "https://b.example/s/b-2002.html#b-2002"
    assert feed.feed.title == "T <&> \"'"


def test_identifiers_stay_when_more_happens():
    first = study("a-2001", added=day("2026-01-01"))
    before = {entry.id for entry in read(atom(release(first))).entries}
    later = study("a-2001", added=day("2026-01-01"), updated=day("2026-05-01"), status=PublicationStatus.RETRACTED)
    after = {entry.id for entry in read(atom(release(later))).entries}
    assert before < after
    checked = study("a-2001", added=day("2026-01-01"), status_checked=day("2026-09-09"))
    assert {entry.id for entry in read(atom(release(checked))).entries} == before


@pytest.mark.parametrize("status", PublicationStatus)
def test_only_what_must_not_go_unmarked_is_told_as_retracted(status):
    told = [event.what for event in events(release(study("a-2001", status=status)))]
    assert told == (["retracted"] if status.needs_mark else [])


def test_the_feed_holds_the_latest_and_every_retraction():
    old = study("old-1999", added=day("2020-01-01"), status=PublicationStatus.RETRACTED)
    new = [study(f"s{number}-2001", added=day("2026-01-01")) for number in range(MOST_ENTRIES + 5)]
    happened = events(release(old, *new))
    assert len(happened) == MOST_ENTRIES + 1
    assert (happened[-1].key, happened[-1].what) == ("old-1999", "retracted")


def test_the_feed_of_the_book_keeps_the_rules_of_rfc_4287(book_data):
    raw = (book_data / "data/feed.atom").read_bytes()
    read(raw.decode())
    root = etree.fromstring(raw)
    # 4.1.1: one id, title and updated; an author for all entries; a link to itself.
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"a:{name}", ATOM)) == 1
    assert root.find("a:author/a:name", ATOM).text
    entries = root.findall("a:entry", ATOM)
    assert len(entries) >= 130
    for entry in entries:
        # 4.1.2: the same of each entry, and a link to the page as there is no content.
        assert [len(entry.findall(f"a:{name}", ATOM)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert entry.find("a:link[@rel='alternate']", ATOM).get("href").startswith("https://book.example/")
    # 4.2.6: an id names one entry, as an address in full.
    ids = [entry.find("a:id", ATOM).text for entry in entries]
    assert len(ids) == len(set(ids))
    assert all(one.startswith("https://book.example/") and " " not in one for one in ids)
    moments = [entry.find("a:updated", ATOM).text for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert root.find("a:updated", ATOM).text == moments[0]


def test_text_that_xml_cannot_hold_is_left_out():
    evil = study(
        "a-2001",
        title="]]></title><script>\x00\x0b\ufffe\uffff\ud7ff\u202e&amp;",
        label="a\nb",
        added=day("2026-01-01"),
    )
    (entry,) = read(atom(release(evil))).entries
    assert etree.fromstring(atom(release(evil)).encode()).find("a:entry/a:title", ATOM).text == (
        "New: a b: ]]></title><script>\ud7ff&amp;"
    )
    assert entry.id.endswith("#a-2001/new/2026-01-01")


def test_the_link_set_holds_a_base_its_cards_and_their_papers(released):
    contexts = {context["anchor"]: context for context in json.loads(released.text("data/linkset.json"))["linkset"]}
    base = contexts["https://base.example/"]
    card = "https://base.example/studies/alpha-2001.html#alpha-2001"
    assert card in [one["href"] for one in base["item"]]
    assert {one["href"] for one in base["describedby"]} >= {"https://base.example/data/studies.json"}
    assert contexts[card]["about"] == [{"href": "https://doi.org/10.1000/alpha.2001"}]
    assert contexts[card]["collection"] == [{"href": "https://base.example/"}]
    for context in contexts.values():
        # RFC 9264, 4.2: each relation is a list of objects with an address.
        for relation, targets in context.items():
            assert relation == "anchor" or all(one["href"].startswith("https://") for one in targets)


def test_the_list_of_pages_names_each_page_and_when_it_was_last_checked(released):
    root = etree.fromstring(released.text("sitemap.xml").encode())
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    pages = {url.findtext("s:loc", namespaces=space): url.findtext("s:lastmod", namespaces=space) for url in root}
    assert pages["https://base.example/studies/alpha-2001.html"] == "2026-11-01"
    assert pages["https://base.example/question.html"] == "2026-11-02"
    assert pages["https://base.example/definitions.html"] is None
    assert len(pages) == len(released.app.env.found_docs)
    for page in pages:
        assert (released.outdir / page.removeprefix("https://base.example/")).is_file()


def test_a_base_without_an_address_has_no_list_of_pages():
    ours = Release(
        ABOUT._replace(address=""), studies=(StudyItem(study("a-2001", added=day("2026-01-01")), {}, "s.html#a"),)
    )
    names = set(dict(release_files(ours)))
    assert set(dict(release_files(ours._replace(about=ABOUT)))) - names == {"sitemap.xml"}
