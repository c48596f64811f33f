"""Entries for pybtex and back, and the bibliography list in our style."""

from __future__ import annotations

import tomllib
from importlib import metadata

import msgspec
import pytest
from pybtex.backends.plaintext import Backend
from pybtex.database import BibliographyData
from pybtex.database import Entry as Theirs
from pybtex.database.input.bibtex import Parser
from pybtex.richtext import Text
from support import ROOT

from sphinx_mecfs.bibliography.convert import from_pybtex, record_of, to_pybtex
from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.records import Entry, Person, pack_fields
from sphinx_mecfs.bibliography.reference import format_reference
from sphinx_mecfs.bibliography.style import LONGEST_LABEL, EvidenceStyle
from sphinx_mecfs.bibliography.texts import plain

NAMES = r"""@misc{names,
  author = {van der Meer, Jos W M and Hackett, Jr., John and {PACE group} and Foss{\aa}, A and Bj{\"o}rn Bragee and
    {Fernández de Sevilla}, Tomás and Plato and others},
  editor = {{Institute of Medicine}},
  title = {5\% of {ME/CFS}},
  url = {https://a.org/x_y%20z},
}"""


def bare(entry):
    """Leave out what belongs to a place in a file."""
    return msgspec.structs.replace(entry, line=0, digest="", packed="", complete=True)


def style_of(text):
    data = Parser().parse_string(text)
    style = EvidenceStyle()
    return style, list(data.entries.values())


def test_an_entry_survives_the_way_to_pybtex_and_back(good):
    entries = read_bibliography((good + NAMES).encode()).entries.values()
    for entry in entries:
        back = from_pybtex(to_pybtex(entry))
        assert bare(back) == bare(entry)
        assert dict(back.fields).keys() == dict(entry.fields).keys()
    assert len(entries) == 5


def test_pybtex_gets_what_it_would_have_read_itself(good):
    theirs = Parser().parse_string(good + NAMES).entries
    for key, entry in read_bibliography((good + NAMES).encode()).entries.items():
        assert to_pybtex(entry) == theirs[key]
        assert to_pybtex(entry).key == key


def test_an_entry_made_by_hand_can_be_handed_over():
    persons = (
        Person("Meer", "Jos", "van der"),
        Person("Van Ness", "J"),
        Person("A, B and C", literal=True),
        Person("Plato"),
    )
    entry = Entry("x", "article", title="5% of A_B", authors=persons, year=2009, doi="10.1000/a_b", others=True)
    assert bare(from_pybtex(to_pybtex(entry))) == entry


def test_names_that_pybtex_refuses_can_be_handed_over():
    entry = read_bibliography(b"@misc{a, author = {A, B, C, D, E and " + b"{" * 200 + b"}" * 200 + b"}}").entries["a"]
    assert len(to_pybtex(entry).persons["author"]) == 2


def test_digests_of_equal_entries_of_pybtex_are_equal(good):
    first, second = (Parser().parse_string(good).entries["fluge-2009-clinical-impact"] for _ in range(2))
    assert from_pybtex(first).digest == from_pybtex(second).digest
    second.fields["year"] = "2010"
    assert from_pybtex(first).digest != from_pybtex(second).digest


def test_the_list_reads_as_the_cards_do(good):
    style, entries = style_of(good + NAMES)
    for entry in entries:
        shown = style.format_entry("label", entry).text.render(Backend())
        assert shown == "".join(piece.text for piece in format_reference(from_pybtex(entry)))


def test_journals_are_emphasised_and_identifiers_are_links(good):
    style, entries = style_of(good)
    shown = style.format_entry("label", entries[0]).text.render_as("html")
    assert "<em>BMC Neurology</em>" in shown
    assert '<a href="https://doi.org/10.1186/1471-2377-9-28">doi:10.1186/1471-2377-9-28</a>' in shown


def test_entries_are_sorted_by_author_year_and_title_with_marked_letters_beside_plain_ones():
    names = ["Zander", "Ødegård", "Oberg", "Łukasz", "Lukasz", "van Ness", "Äbel", "Adler"]
    text = "".join(
        f"@misc{{k{at}, author = {{{name}, A}}, year = 2001, title = {{T}}}}\n" for at, name in enumerate(names)
    )
    text += "@misc{z1, author = {Adler, A}, year = 2000, title = {B}}\n@misc{z0, author = {Adler, A}, year = 2000, title = {A}}"
    style, entries = style_of(text)
    ordered = [entry.key for entry in style.sort(entries)]
    assert ordered == ["k6", "z0", "z1", "k7", "k3", "k4", "k2", "k1", "k5", "k0"]


def test_labels_are_short_citations_and_all_differ():
    text = "".join(f"@misc{{k{at}, author = {{Łukasz, A}}, year = 2001}}\n" for at in range(30))
    text += (
        "@misc{x, author = {Ødegård, A}, year = 2001}@misc{y, author = {Ødegård, A}}@misc{z, author = {{Łukasz 2001a}}}"
    )
    style, entries = style_of(text)
    labels = list(style.format_labels(entries))
    assert labels[:3] == ["Łukasz 2001a", "Łukasz 2001b", "Łukasz 2001c"]
    assert labels[25:28] == ["Łukasz 2001z", "Łukasz 2001aa", "Łukasz 2001ab"]
    assert labels[30:32] == ["Ødegård 2001", "Ødegård n.d."]
    assert len(set(labels)) == len(labels)


def test_a_letter_never_makes_a_label_that_another_entry_has():
    text = (
        "@misc{a, title = {T 1}, year = 2001}@misc{b, title = {T 1}, year = 2001}@misc{c, author = {{T 1 2001a}}}"
        "@misc{d, author = {{T 1}}, year = 2001}@misc{e, title = {T}}@misc{f, title = {T}}"
    )
    style, entries = style_of(text)
    assert list(style.format_labels(entries)) == [
        "T 1 2001a", "T 1 2001b", "T 1 2001a n.d.", "T 1 2001c", "T n.d.a", "T n.d.b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("a" * (LONGEST_LABEL - 5), "a" * (LONGEST_LABEL - 5) + " 2001"),
        ("a" * (LONGEST_LABEL - 4), "a" * (LONGEST_LABEL - 6) + "… 2001"),
        ("b c " + "a" * 38 + " dd e", "b c " + "a" * 38 + "… 2001"),
        ("b c " + "a" * 37 + " dd e", "b c " + "a" * 37 + "… 2001"),
        (r"a\textbackslash{}b", "ab 2001"),
    ],
)
def test_a_label_leaves_room_for_its_entry(title, label):
    style, entries = style_of(f"@misc{{k, title = {{{title}}}, year = 2001}}")
    assert list(style.format_labels(entries)) == [label]
    assert len(label) <= LONGEST_LABEL


def test_works_without_author_are_sorted_by_editor_body_or_title_and_those_without_year_come_last():
    text = (
        "@misc{k1, title = {Delta}, year = 2001}@misc{k2, editor = {Beta, A}, title = {Z}, year = 2001}"
        "@misc{k3, author = {Alpha, A}, editor = {Zeta, B}, title = {A}}"
        "@misc{k4, author = {Alpha, A}, editor = {Zeta, B}, title = {A}, year = 2001}"
        "@misc{k5, institution = {Gamma}, title = {A}, year = 2001}"
        "@misc{k6, author = {Alpha, A and Zeta, B}, title = {A}, year = 1990}"
        "@misc{k7, author = {Alpha, Ab}, title = {A}, year = 1980}"
    )
    style, entries = style_of(text)
    assert [entry.key for entry in style.sort(entries)] == ["k4", "k3", "k6", "k7", "k2", "k1", "k5"]


@pytest.mark.parametrize("pair", ["øo", "łl", "đd", "ðd", "ıi", "æae", "œoe", "þth", "éé", "ÅA"])
def test_a_marked_letter_is_sorted_as_the_plain_ones_that_it_stands_for(pair):
    marked, letters = pair[0], pair[1:]
    names = [f"{letters}k", f"{marked}l", f"{letters}m"]
    text = "".join(f"@misc{{k{at}, author = {{X{name}, A}}}}\n" for at, name in enumerate(names))
    style, entries = style_of(text)
    assert [entry.key for entry in style.sort(entries[::-1])] == ["k0", "k1", "k2"]


def test_what_has_no_address_is_no_link():
    style, entries = style_of("@misc{k, title = {T}, publisher = {P}}")
    assert style.format_entry("label", entries[0]).text.render_as("html") == "<em>T</em>. P."


def test_an_entry_that_was_handed_over_comes_back_itself(good):
    (entry, *_rest) = read_bibliography(good.encode()).entries.values()
    assert record_of(to_pybtex(entry)) is entry


@pytest.mark.parametrize(
    "title", ["ends \\", "{\\'", "a {", "a }", "{a % b}", "5% of {a}", r"\'Etude 5\% {CD20}", "plain {x}"]
)
def test_a_text_that_would_end_a_build_is_handed_over_as_one_that_pybtex_can_read(title):
    entry = Entry("x", "misc", packed=pack_fields([("title", title)]))
    handed = to_pybtex(entry).fields["title"]
    address = to_pybtex(Entry("x", "misc", packed=pack_fields([("url", title)]))).fields["url"]
    assert str(Text.from_latex(address))
    assert plain(str(Text.from_latex(handed))).replace(" ", "") == plain(title).replace(" ", "")


def test_the_key_and_the_type_of_an_entry_are_part_of_its_digest():
    made = [Theirs(kind, fields={"title": "T"}) for kind in ("misc", "book", "misc", "misc")]
    made[0].key, made[1].key, made[2].key = "a", "a", "b"
    assert len({from_pybtex(entry).digest for entry in made}) == 4
    assert from_pybtex(made[3]).key == ""


def test_the_style_formats_a_whole_bibliography(good):
    data = BibliographyData({key: to_pybtex(entry) for key, entry in read_bibliography(good.encode()).entries.items()})
    formatted = EvidenceStyle().format_bibliography(data)
    assert [entry.label for entry in formatted] == [
        "Fluge 2009",
        "Fukuda 1994",
        "Institute of Medicine 2015",
        "Rekeland 2020",
    ]


def test_the_style_is_registered_under_the_name_mecfs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    place = project["entry-points"]["pybtex.style.formatting"]["mecfs"]
    assert metadata.EntryPoint("mecfs", place, "pybtex.style.formatting").load() is EvidenceStyle


def test_other_styles_show_what_stands_behind_a_percent_sign_and_addresses_keep_theirs():
    source = "@misc{x, title = {5% of {ME/CFS}}, author = {{The 5% Group}}, url = {https://a.org/x%20y}}"
    entry = to_pybtex(read_bibliography(source.encode()).entries["x"])
    assert str(Text.from_latex(entry.fields["title"])) == "5% of ME/CFS"
    assert "".join(map(str, entry.persons["author"][0].rich_last_names)) == "The 5% Group"
    assert entry.fields["url"] == "https://a.org/x%20y"
