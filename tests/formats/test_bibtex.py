"""BibTeX that other programs and we ourselves read back."""

from __future__ import annotations

import msgspec
from pybtex.database.input.bibtex import Parser

from sphinx_mecfs.bibliography.convert import from_pybtex
from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.records import Entry, Person, pack_fields
from sphinx_mecfs.formats.bibtex import to_bibtex

SOURCE = r"""@ARTICLE(fluge-2009-clinical-impact,
  pmid = 19566965, year = "2009", Title = {{B-cell} depletion in 5% of {ME/CFS}, a \& b},
  author = "Fluge, {\O}ystein and {PACE group} and van der Meer, Jos and others", mecfs-note = {x}, pages = {1--2},
  url = {https://a.org/x_y%20z}, journal = {BMC} # { Neurology}, month = dec)"""


def read(text):
    bibliography = read_bibliography(text.encode())
    assert bibliography.findings == ()
    return next(iter(bibliography.entries.values()))


def bare(entry):
    return msgspec.structs.replace(entry, line=0, digest="", packed="")


def test_an_entry_is_written_in_one_form():
    assert to_bibtex(read(SOURCE)) == (
        "@article{fluge-2009-clinical-impact,\n"
        "  author     = {Fluge, {\\O}ystein and {PACE group} and van der Meer, Jos and others},\n"
        "  title      = {{B-cell} depletion in 5\\% of {ME/CFS}, a \\& b},\n"
        "  journal    = {BMC Neurology},\n"
        "  year       = {2009},\n"
        "  month      = {December},\n"
        "  pages      = {1--2},\n"
        "  pmid       = {19566965},\n"
        "  url        = {https://a.org/x_y%20z},\n"
        "  mecfs-note = {x},\n"
        "}\n"
    )


def test_what_is_written_is_read_back_the_same_by_us_and_by_pybtex():
    entry = read(SOURCE)
    written = to_bibtex(entry)
    assert bare(read(written)) == bare(entry)
    assert bare(from_pybtex(Parser().parse_string(written).entries[entry.key])) == bare(entry)
    assert to_bibtex(read(written)) == written


def test_an_entry_made_by_hand_is_read_back_the_same():
    persons = (
        Person("Meer", "Jos W M", "van der"),
        Person("Hackett", "John", suffix="Jr."),
        Person("Fernández de Sevilla", "Tomás"),
        Person("Sanmartin Sentañes"),
        Person("Plato"),
        Person("Health, Care and Research", literal=True),
    )
    entry = Entry(
        "x-2009", "book", title="5% of A_B & C #1 $2 \\ ~", authors=persons, editors=persons[:1], year=2009, pages="1–2",
        doi="10.1000/a_b", url="https://a.org/x_y", publisher="P", edition="2", note="N", language="nb", others=True,
    )  # fmt: skip
    assert bare(read(to_bibtex(entry))) == entry


def test_no_text_can_leave_its_field():
    for text in ["}", "{", "}\n@misc{evil, title = {x}}", "\\", "a % b", "},\n year = {1},\n note = {"]:
        fields = pack_fields([("title", text), ("year", "2009")])
        for entry in (Entry("x", "misc", title=text, year=2009), Entry("x", "misc", year=2009, packed=fields)):
            bibliography = read_bibliography(to_bibtex(entry).encode())
            assert list(bibliography.entries) == ["x"], text
            assert {name for name, _ in bibliography.entries["x"].fields} <= {"title", "year"}
            assert bibliography.entries["x"].year == 2009
            assert list(Parser().parse_string(to_bibtex(entry)).entries.keys()) == ["x"]


def test_an_entry_without_fields_is_written_too():
    assert to_bibtex(Entry("x", "misc")) == "@misc{x,\n}\n"
    assert list(Parser().parse_string(to_bibtex(Entry("x", "misc"))).entries.keys()) == ["x"]
