"""Reading BibTeX: sound files as pybtex reads them, broken ones entry by entry."""

from __future__ import annotations

import random

import pytest
from pybtex.database.input.bibtex import Parser

from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.records import Person
from sphinx_mecfs.evidence.problems import Problem

BEFORE = "@misc{before, title = {Before}}\n\n"
AFTER = "\n@misc{after, title = {After}}\n"


def read(text, known=()):
    data = text if isinstance(text, bytes) else text.encode()
    return read_bibliography(data, {entry.digest: entry for entry in known})


def found(bibliography):
    return [(finding.line, finding.problem) for finding in bibliography.findings]


# ---- sound files


def test_a_sound_file_has_no_findings_and_all_its_entries_in_order(good):
    bibliography = read(good)
    assert bibliography.findings == ()
    assert list(bibliography.entries) == [
        "fluge-2009-clinical-impact",
        "rekeland-2020-cyclophosphamide",
        "iom-2015-beyond",
        "fukuda-1994-definition",
    ]


def test_attributes_are_unicode_without_tex(good):
    entries = read(good).entries
    fluge, rekeland, iom, fukuda = entries.values()
    assert fluge.title.endswith("chronic fatigue syndrome: a preliminary case series")
    assert fluge.authors == (Person("Fluge", "Øystein"), Person("Mella", "Olav"))
    assert (fluge.year, fluge.doi, fluge.pmid) == (2009, "10.1186/1471-2377-9-28", "19566965")
    assert rekeland.authors[1] == Person("Fosså", "Alexander")
    assert rekeland.others
    assert (rekeland.journal, rekeland.volume) == ("Frontiers in Medicine", "7")
    assert iom.authors == (Person("Institute of Medicine", literal=True),)
    assert (iom.type, iom.publisher) == ("book", "National Academies Press")
    assert fukuda.pages == "953–959"
    assert fukuda.text("month") == "December"


def test_entries_and_fields_know_their_lines(good):
    lines = good.split("\n")
    for entry in read(good).entries.values():
        assert entry.key in lines[entry.line - 1]
        for name, _ in entry.fields:
            assert lines[entry.line_of(name) - 1].lstrip().startswith(name)


def test_raw_fields_keep_their_tex(good):
    entry = read(good).entries["rekeland-2020-cyclophosphamide"]
    assert entry.raw("title").startswith("Intravenous {Cyclophosphamide}")
    assert [name for name, _ in entry.fields] == ["author", "title", "journal", "year", "volume", "pages", "doi"]


def test_sound_files_are_read_as_pybtex_reads_them(good):
    rng = random.Random(11)
    text = good + "".join(_sound_entry(rng, number) for number in range(200))
    ours, theirs = read(text), Parser().parse_string(text)
    assert ours.findings == ()
    assert list(ours.entries) == list(theirs.entries.keys())
    for key, entry in theirs.entries.items():
        fields = {name: text for name, text in ours.entries[key].fields if name not in ("author", "editor")}
        assert ours.entries[key].type == entry.type
        assert fields == {name.lower(): text for name, text in entry.fields.items()}
        assert len(ours.entries[key].authors) + ours.entries[key].others == len(entry.persons.get("author", []))


def _sound_entry(rng, number):
    values = [
        "{a {b} c}",
        '"a {"} b"',
        "12",
        "jan",
        '{x} # " y" # frontiers',
        "{}",
        "{@x{y}}",
        '"it(s)"',
        "{\n  two\n lines}",
    ]
    names = rng.sample(["Title", "JOURNAL", "year", "note", "volume", "x-y", "month"], rng.randint(0, 5))
    fields = [f"{name}{rng.choice(['=', ' = '])}{rng.choice(values)}" for name in names]
    if rng.random() < 0.5:
        fields.append("author = {Mella, Olav and {A and B}}")
    opener, closer = rng.choice(["{}", "()"])
    head = f"@{rng.choice(['article', 'Misc', 'BOOK'])}{rng.choice(['', ' '])}{opener}{rng.choice(['', ' '])}k{number}"
    tail = ("," if not fields else rng.choice(["", ","])) + rng.choice(["", "\n", " "]) + closer
    return rng.choice(["\n", " ", "\n\n% c\n"]) + ",\n ".join([head, *fields]) + tail


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(good):
    plain = read(good)
    assert read(b"\xef\xbb\xbf" + good.replace("\n", "\r\n").encode()).entries == plain.entries
    assert read(good.replace("\n", "\r")).entries == plain.entries


def test_an_empty_file_is_sound():
    for data in (b"", b"\n", b"% nothing\n", b"\xef\xbb\xbf"):
        assert read(data) == read("")
        assert read(data).findings == ()


def test_an_address_with_another_scheme_is_dropped():
    bibliography = read(
        "@misc{a,\n title = {T},\n url = {javascript:alert(1)},\n year = 2001}\n@misc{b, url = {https://a.org/x\\_y}}"
    )
    first, second = bibliography.entries.values()
    assert found(bibliography) == [(3, Problem.BIB_FIELD)]
    assert (first.url, first.raw("url"), first.line_of("year")) == ("", "", 4)
    assert second.url == "https://a.org/x_y"


def test_malformed_identifiers_leave_their_attributes_empty():
    fields = "doi = {see text}, pmid = {none}, pmcid = {12}, year = {in press}"
    entry = read(f"@misc{{a, {fields}}}").entries["a"]
    assert (entry.doi, entry.pmid, entry.pmcid, entry.year) == ("", "", "", None)
    assert entry.raw("year") == "in press"


# ---- broken files: no entry hides another


BROKEN = {
    "entry brace": ("@misc{bad,\n  title = {T},\n  year = {2001}\n", 3, Problem.BIB_SYNTAX),
    "value brace": ("@misc{bad,\n  title = {T,\n  year = {2001},\n}\n", 3, Problem.BIB_SYNTAX),
    "both braces": ("@misc{bad,\n  title = {T,\n  year = {2001},\n", 3, Problem.BIB_SYNTAX),
    "quotation mark": ('@misc{bad,\n  title = "T,\n  year = "2001",\n}\n', 5, Problem.BIB_SYNTAX),
    "open quotation mark": ('@misc{bad,\n  title = "T\n', 3, Problem.BIB_SYNTAX),
    "brace too many": ("@misc{bad,\n  title = {T}},\n  year = {2001},\n}\n", 4, Problem.BIB_SYNTAX),
    "comma": ("@misc{bad,\n  title = {T}\n  year = {2001},\n}\n", 5, Problem.BIB_SYNTAX),
    "value": ("@misc{bad,\n  title = ,\n  year = {2001},\n}\n", 4, Problem.BIB_SYNTAX),
    "equals sign": ("@misc{bad,\n  title {T},\n  year = {2001},\n}\n", 4, Problem.BIB_SYNTAX),
    "words without braces": ("@misc{bad,\n  title = 2 words,\n  year = {2001},\n}\n", 4, Problem.BIB_SYNTAX),
    "stray brace in quotes": ('@misc{bad,\n  title = "T}",\n}\n', 4, Problem.BIB_SYNTAX),
    "blank in key": ("@misc{bad key,\n  title = {T},\n}\n", 3, Problem.BIB_SYNTAX),
    "string": ("@misc{bad,\n  title = {T},\n  journal = bmj,\n}\n", 5, Problem.BIB_STRING),
    "repeated field": ("@misc{bad,\n  title = {T},\n  year = 1,\n  TITLE = {U},\n}\n", 6, Problem.BIB_DUPLICATE_FIELD),
    "no key": ("@misc{,\n  title = {T},\n}\n", 3, Problem.BIB_SYNTAX),
    "no key at all": ("@misc{title = {T}}\n", 3, Problem.BIB_SYNTAX),
    "repeated key": ("@misc{\n  Before,\n  title = {T},\n}\n", 4, Problem.BIB_DUPLICATE_KEY),
    "words outside": ("\nwords outside\n", 4, Problem.BIB_SYNTAX),
    "at sign in a comment": ("% by someone@example.org\n", 3, Problem.BIB_SYNTAX),
    "lost brace after the type": ("@misc bad,\n  title = {T},\n}\n", 3, Problem.BIB_SYNTAX),
    "open comment": ("@comment{ x\n", 3, Problem.BIB_SYNTAX),
    "open comment in brackets": ("@comment( x\n", 3, Problem.BIB_SYNTAX),
    "comment inside an entry": ("@misc{bad,\n  % title = {U},\n  title = {T},\n}\n", 4, Problem.BIB_SYNTAX),
    "open string": ("@string{x = {y}\n", 3, Problem.BIB_SYNTAX),
    "control character": ("@misc{bad,\n  title = {T\x1b},\n}\n", 4, Problem.BIB_FIELD),
    "turned writing": ("@misc{bad,\n  title = {T\u202e},\n}\n", 4, Problem.BIB_FIELD),
    "control character in the key": ("@misc{b\x07ad,\n  title = {T},\n}\n", 3, Problem.BIB_KEY),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_entry_is_found_at_its_line_and_hides_no_other(broken):
    text, line, problem = broken
    bibliography = read(BEFORE + text + AFTER)
    assert found(bibliography) == [(line, problem)]
    keys = list(bibliography.entries)
    assert (keys[0], keys[-1]) == ("before", "after")
    assert bibliography.entries["after"].title == "After"
    assert bibliography.entries["before"].title == "Before"


def test_a_byte_that_is_not_utf_8_is_found_at_its_line():
    bibliography = read(BEFORE.encode() + b"@misc{bad,\n  title = {\xd8ystein}\n}\n" + AFTER.encode())
    assert found(bibliography) == [(4, Problem.BIB_ENCODING)]
    assert "'Ø' in Windows-1252" in bibliography.findings[0].message
    assert list(bibliography.entries) == ["before", "bad", "after"]
    assert bibliography.entries["bad"].title == "\ufffdystein"


def test_a_file_in_utf_16_is_read_and_found(good):
    bibliography = read(good.encode("utf-16"))
    assert found(bibliography) == [(1, Problem.BIB_ENCODING)]
    assert bibliography.entries == read(good).entries


def test_many_broken_entries_are_all_found_in_the_order_of_the_file():
    texts = [text for text, _, problem in BROKEN.values() if "misc{bad," in text]
    text = "".join(
        f"{each.replace('bad', f'bad{number}')}{AFTER.replace('after', f'after{number}')}"
        for number, each in enumerate(texts)
    )
    bibliography = read(text)
    assert len(bibliography.findings) == len(texts)
    assert [line for line, _ in found(bibliography)] == sorted(line for line, _ in found(bibliography))
    assert {f"after{number}" for number in range(len(texts))} <= set(bibliography.entries)
    assert {f"bad{number}" for number in range(len(texts))} <= set(bibliography.entries)


def test_what_can_be_mended_without_doubt_is_mended():
    for name in ("brace too many", "comma"):
        entry = read(BROKEN[name][0]).entries["bad"]
        assert (entry.title, entry.year, entry.complete) == ("T", 2001, True)
    entry = read(BROKEN["value"][0]).entries["bad"]
    assert (entry.title, entry.year, entry.complete) == ("", 2001, True)


def test_an_entry_that_breaks_off_keeps_the_fields_before_and_says_so():
    entry = read("@misc{bad,\n year = 2001,\n title = {T").entries["bad"]
    assert (entry.year, entry.title, entry.complete) == (2001, "", False)


def test_a_field_that_swallowed_those_after_it_is_named_and_dropped():
    bibliography = read("@misc{bad,\n  year = 2001,\n  title = {T,\n  note = {N},\n}\n")
    assert bibliography.entries["bad"].fields == (("year", "2001"),)
    assert "'title' opens on line 3" in bibliography.findings[0].message


def test_the_first_of_two_entries_with_one_key_is_kept():
    bibliography = read("@misc{alpha, title = {One}}\n@misc{Alpha, title = {Two}}\n@misc{beta, title = {B}}")
    assert {key: entry.title for key, entry in bibliography.entries.items()} == {"alpha": "One", "beta": "B"}
    assert found(bibliography) == [(2, Problem.BIB_DUPLICATE_KEY)]
    assert "capitals" in bibliography.findings[0].message


def test_the_first_of_two_fields_with_one_name_is_kept():
    assert read("@misc{a, title = {One}, title = {Two}}").entries["a"].title == "One"


def test_an_at_sign_inside_a_field_begins_no_entry():
    text = "@misc{a,\n  note = {he wrote\n@home{x} and\n@ work},\n  year = 2001\n}\n" + AFTER
    bibliography = read(text)
    assert bibliography.findings == ()
    assert bibliography.entries["a"].note == "he wrote @homex and @ work"
    assert list(bibliography.entries) == ["a", "after"]


def test_two_entries_on_one_line_are_two_entries():
    assert list(read("@misc{a, year = 1} @misc{b, year = 2}@misc(c, year = 3)").entries) == ["a", "b", "c"]


def test_what_a_comment_holds_is_not_read():
    bibliography = read(
        "@comment{ @misc{a, title = {A}} }\n@comment{\n@misc{b, title = {B}}\n}\n@comment(x y)\n% c\n@Comment d\n"
    )
    assert bibliography == read("")


def test_a_preamble_is_tolerated():
    assert read('@preamble{"\\newcommand{\\x}{y}" # "z"}' + AFTER).findings == ()


def test_an_unknown_abbreviation_names_the_nearest_and_keeps_its_text():
    bibliography = read('@string{neurology = "BMC Neurology"}\n@misc{a, journal = neurolgy}')
    assert "did you mean 'neurology'?" in bibliography.findings[0].message
    assert bibliography.entries["a"].journal == "neurolgy"


def test_an_abbreviation_holds_from_where_it_stands():
    bibliography = read(
        '@misc{a, note = x}\n@string{X = "y"}\n@misc{b, note = x}\n@string{x = "z" # x}\n@misc{c, note = X}'
    )
    assert [entry.note for entry in bibliography.entries.values()] == ["x", "y", "zy"]
    assert found(bibliography) == [(1, Problem.BIB_STRING)]


def test_abbreviations_cannot_grow_without_end():
    text = '@string{s0 = "xxxxxxxxxx"}\n' + "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(60))
    bibliography = read(text + "@misc{a, note = s60}")
    assert {problem for _, problem in found(bibliography)} == {Problem.BIB_STRING}
    assert len(bibliography.entries["a"].note) == 1000


# ---- reading again


def test_known_text_is_not_read_again_and_gives_the_same(good):
    first = read(good)
    moved = read("\n\n" + good, first.entries.values())
    assert moved.findings == ()
    for key, entry in first.entries.items():
        assert moved.entries[key].line == entry.line + 2
        assert moved.entries[key].line_of("title") == entry.line_of("title") + 2
        assert moved.entries[key].digest == entry.digest
    fluge = moved.entries["fluge-2009-clinical-impact"]
    assert fluge.authors[0] is first.entries[fluge.key].authors[0]


def test_a_digest_is_that_of_the_entry_and_not_of_its_place(good):
    entries = list(read(good).entries.values())
    changed = list(read(good.replace("Olav", "Olaf") + "\n% end").entries.values())
    assert [one.digest == two.digest for one, two in zip(entries, changed, strict=True)] == [False, True, True, True]


def test_findings_come_again_when_an_entry_is_known():
    text = "@misc{a, title = {T}, title = {U}}\n@misc{b, journal = bmj}\n@misc{a, title = {T}, title = {U}}"
    first = read(text)
    assert len(first.findings) == 4
    assert read(text, first.entries.values()) == first


def test_a_changed_abbreviation_reaches_known_entries():
    text = '@string{{{} = "{}"}}\n@misc{{a, note = jan}}\n@misc{{b, note = x}}'
    first = read(text.format("x", "one"))
    second = read(text.format("x", "two"), first.entries.values())
    third = read(text.format("jan", "Januar"), first.entries.values())
    assert [entry.note for entry in first.entries.values()] == ["January", "one"]
    assert [entry.note for entry in second.entries.values()] == ["January", "two"]
    assert [entry.note for entry in third.entries.values()] == ["Januar", "x"]
    assert first.entries["b"].digest != second.entries["b"].digest
