"""Entries go into a bibliography at their places, and no other byte of the file changes."""

import re

import msgspec
import pytest
from shapes import BIB

from sphinx_mecfs.bibliography.lint import lint, out_of_order
from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.records import Person
from sphinx_mecfs.intake.base.entries import InsertError, entry_of, entry_text, insert
from sphinx_mecfs.intake.readers.files import read_records
from sphinx_mecfs.intake.records import Publication

BLOCKS = re.split(rb"(?m)^(?=@)", BIB)
NEW = "@misc{m,\n  title = {{M}},\n}\n"


def key_of(block):
    return re.match(rb"@\w+\{([^,]+),", block)[1].decode()


@pytest.mark.parametrize("step", [2, 3, 7])
def test_entries_that_were_taken_out_of_the_book_go_back_where_they_were(step):
    head, *blocks = BLOCKS
    taken = blocks[step - 1 :: step]
    left = head + b"".join(block for block in blocks if block not in taken)
    texts = {key_of(block): block.decode().rstrip("\n") + "\n" for block in taken}
    assert insert(left, texts) == BIB


def test_an_entry_is_written_as_those_of_the_book_are():
    for publication, entry in zip(
        read_records(BIB, "").publications, read_bibliography(BIB).entries.values(), strict=True
    ):
        if {"address", "month", "note", "howpublished", "eid", "school"} & dict(entry.fields).keys():
            continue
        block = next(block for block in BLOCKS[1:] if key_of(block) == entry.key).decode()
        if entry.type == entry_of(entry.key, publication).type:
            made = entry_text(entry_of(entry.key, publication))
            assert sorted(made.replace(r"\&", "&").splitlines()) == sorted(block.rstrip("\n").splitlines())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", NEW),
        ("% head\n", f"% head\n\n{NEW}"),
        ("@misc{a,\n  title = {{A}},\n}\n", f"@misc{{a,\n  title = {{{{A}}}},\n}}\n\n{NEW}"),
        ("@misc{a,\n  title = {{A}},\n}", f"@misc{{a,\n  title = {{{{A}}}},\n}}\n\n{NEW}"),
        ("@misc{z,\n  title = {{Z}},\n}\n", f"{NEW}\n@misc{{z,\n  title = {{{{Z}}}},\n}}\n"),
        ("% head\n\n% on z\n@misc{z,title={Z}}\n", f"% head\n\n{NEW}\n% on z\n@misc{{z,title={{Z}}}}\n"),
        ("% head\n@misc{z,title={Z}}\n", f"% head\n{NEW}\n@misc{{z,title={{Z}}}}\n"),
        ("@misc{z,title={Z}}\n@misc{a,title={A}}\n", f"{NEW}\n@misc{{z,title={{Z}}}}\n@misc{{a,title={{A}}}}\n"),
        ("@string{x = {X}}\n\n@misc{a,title=x}\n", f"@string{{x = {{X}}}}\n\n@misc{{a,title=x}}\n\n{NEW}"),
    ],
)
def test_an_entry_finds_its_place(before, after):
    assert insert(before.encode(), {"m": NEW}).decode() == after


def test_line_ends_are_those_of_the_file():
    made = insert(b"@misc{a,\r\n  title = {{A}},\r\n}\r\n", {"m": NEW})
    assert made.count(b"\r\n") == made.count(b"\n") == 7


def test_bytes_that_are_no_utf_8_stay():
    before = b"% caf\xe9\n@misc{a,\n  title = {{A}},\n}\n"
    assert insert(before, {"m": NEW}).startswith(before)


@pytest.mark.parametrize("before", ["@misc{a,\n  title = {A\n", "@misc{a, title = {A}\n", "@comment{ not closed\n"])
def test_a_fault_of_the_file_swallows_no_entry(before):
    made = read_bibliography(insert(before.encode(), {"m": NEW, "z": NEW.replace("{m,", "{z,")}))
    assert [key for key in made.entries if key != "a"] == ["m", "z"]


def test_an_entry_that_could_not_be_read_again_is_not_written():
    with pytest.raises(InsertError, match="'other'; mend the faults of the bibliography first"):
        insert(b"", {"other": NEW})


def test_a_bibliography_in_utf_16_is_left_alone():
    with pytest.raises(InsertError, match="UTF-16"):
        insert("@misc{a,}".encode("utf-16"), {"m": NEW})


HOSTILE = [
    "A title with {braces} and } one",
    "100 % of $ and # and _ and ~ and ^",
    "A back\\slash and \\command{x}",
    "“Quotes” – and — dashes -- and '' ``",
    'A "quoted" title',
    "Ends with a backslash \\",
    "@article{evil, title = {x}}",
    "}\n@article{evil,\n title = {x}",
    "Größe, naïveté, Łódź, 疲労",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_record_says_cannot_leave_its_field(text):
    person = Person(text, "A, B and C", "van", "Jr")
    group = Person(f"{text} and others", literal=True)
    publication = Publication("article", text, (person, group), container=text, year=2001, pages="1–2", publisher=text)
    made = insert(BIB, {"zz-2001": entry_text(entry_of("zz-2001", publication))})
    bibliography = read_bibliography(made)
    assert bibliography.findings == ()
    assert len(bibliography.entries) == len(BLOCKS)
    entry = bibliography.entries["zz-2001"]
    flat = " ".join(re.sub("[{}]", "", text).replace("--", "–").split())
    assert len(entry.authors) == 2
    if "\\" not in text and "``" not in text:
        assert (entry.title, entry.journal) == (flat, flat)


def test_entries_made_of_any_record_are_tidy():
    records = [
        Publication("article", "No author", container="J", year=2001),
        Publication("article", "No journal", (Person("A", "B"),), year=2001),
        Publication("book", "A book", (Person("A", "B"),), publisher="P", year=2001),
        Publication("incollection", "A chapter", (Person("A", "B"),), container="Book", publisher="P", year=2001),
        Publication("incollection", "A chapter", container="Book"),
        Publication("report", "A report", (Person("A group", literal=True),), publisher="An office", year=2001),
        Publication("thesis", "A thesis", (Person("A", "B"),), publisher="A school", year=2001),
        Publication("online", "A page", url="https://base.example/page"),
        Publication("online", "A page without an address"),
        Publication("misc", "Nothing else"),
    ]
    texts = {f"key-{number}": entry_text(entry_of(f"key-{number}", one)) for number, one in enumerate(records)}
    bibliography = read_bibliography(insert(b"", texts))
    assert len(bibliography.entries) == len(records)
    assert bibliography.findings == ()
    assert lint(bibliography) == ()
    assert out_of_order(bibliography) == ()


def test_every_record_of_the_book_makes_a_tidy_entry():
    texts = {
        f"k-{number}": entry_text(entry_of(f"k-{number}", msgspec.structs.replace(one, doi="", pmid="")))
        for number, one in enumerate(read_records(BIB, "").publications)
    }
    assert lint(read_bibliography(insert(b"", texts))) == ()
