"""Whatever the bytes: no traceback, sane lines, and time that grows with the length."""

from __future__ import annotations

import random
from functools import partial

import pytest
from timing import cpu_seconds

from sphinx_mecfs.bibliography.convert import from_pybtex, to_pybtex
from sphinx_mecfs.bibliography.lint import lint
from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.reference import format_reference, in_text
from sphinx_mecfs.bibliography.texts import has_hostile

SPOILERS = [
    b"{", b"}", b'"', b"@", b"\n", b",", b"=", b"#", b"%", b"\\", b"\0", b"\xff", b"\xe2\x80\xae", b"(", b")", b"~", b"$",
    b" and ", b"\r", b"@article{x,", b"\n@article{y,", b"\n@string{a = ", b"\xef\xbb\xbf", b"\xc2\x85",
]  # fmt: skip


def spoil(data, rng):
    spoiled = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at, choice = rng.randrange(len(spoiled) + 1), rng.random()
        if choice < 0.6:
            spoiled[at:at] = rng.choice(SPOILERS) * rng.choice([1, 1, 3])
        elif choice < 0.8:
            del spoiled[at : at + rng.randint(1, 9)]
        else:
            spoiled[at:at] = rng.randbytes(rng.randint(1, 3))
    return bytes(spoiled)


def test_spoiled_files_are_read_without_a_traceback_and_reading_again_gives_the_same(good):
    rng, broken = random.Random(2022), 0
    for _ in range(400):
        data = spoil(good.encode(), rng)
        bibliography = read_bibliography(data)
        findings = [*bibliography.findings, *lint(bibliography)]
        last = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        assert all(1 <= finding.line <= last for finding in findings), data
        assert read_bibliography(data, {entry.digest: entry for entry in bibliography.entries.values()}) == bibliography
        broken += bool(bibliography.findings)
        for entry in bibliography.entries.values():
            from_pybtex(to_pybtex(entry))
            texts = [piece.text + piece.url for piece in format_reference(entry)] + [
                in_text(entry),
                entry.key,
                entry.packed.replace("\0", ""),
            ]
            assert not any(map(has_hostile, texts)), data
    assert broken > 200


def test_an_entry_whose_key_holds_nothing_that_is_seen_is_left_out_and_named():
    read = read_bibliography(b"@misc{\x18\x00,\n title = {A},\n}\n@misc{b-2000,\n title = {B},\n}\n")
    assert list(read.entries) == ["b-2000"]
    (finding,) = read.findings
    assert (finding.line, finding.problem.value) == (1, "bib-key")
    assert "the entry is left out" in finding.message


def test_random_bytes_are_read_without_a_traceback():
    rng = random.Random(7)
    for _ in range(200):
        data = b"@misc{" + rng.randbytes(rng.randint(0, 300))
        read_bibliography(data)
        read_bibliography(bytes(rng.choices(b'@a{}(),="#%\\\n x1', k=300)))


def test_one_spoiled_entry_leaves_all_others_as_they_were(good):
    rng = random.Random(31)
    clean = read_bibliography(good.encode()).entries
    start, end = good.index("@article{fluge"), good.index("@article{rekeland")
    for _ in range(300):
        cut = start + rng.randrange(1, end - start - 2)
        spoiled = (
            good[:cut]
            + rng.choice('{}",=\\#') * rng.choice([0, 1])
            + good[cut + 1 : end].rstrip()
            + "\n\n"
            + good[end:]
        )
        entries = read_bibliography(spoiled.encode()).entries
        for key in list(clean)[1:]:
            assert entries[key].digest == clean[key].digest, spoiled[start:end]


PATHOLOGICAL = {
    "braces": lambda n: "{" * n,
    "closing braces": lambda n: "}" * n,
    "open entries": lambda n: "@a{" * n,
    "open entries on lines": lambda n: "\n@a{" * n,
    "quotation marks": lambda n: '"' * n,
    "entries with an open mark": lambda n: '@a{x,t="' * n,
    "lines with an open mark": lambda n: '\n@a{x,t="' * n,
    "lines with an open brace": lambda n: "\n@a{x,t={" * n,
    "nested blocks on lines": lambda n: "\n@a{x,t={\n@b{}" * n,
    "brackets": lambda n: '@a(x,t="{"}' * n,
    "repeated fields": lambda n: "@a{x," + "t=1,\n" * n,
    "many fields": lambda n: "@a{x," + "".join(f"t{i}=1,\n" for i in range(n)) + "}",
    "one value": lambda n: "@a{x,t=1" + "#1" * n,
    "unknown strings": lambda n: "".join(f"@a{{x{i},t=abc{i}}}\n" for i in range(n)),
    "many strings": lambda n: "".join(f"@string{{s{i}=1}}" for i in range(n)) + "@a{x,t=" + "#".join(f"z{i}" for i in range(n)),
    "braces in names": lambda n: "@a{x,author={" + "{}" * n + "}}",
    "deep braces in names": lambda n: "@a{x,author={" + "{" * n + "}" * n + "}}",
    "groups": lambda n: "@a{x,author={" + "{A} and " * n + "}}",
    "commas in names": lambda n: "@a{x,author={" + "a," * n + "}}",
    "accents": lambda n: "@a{x,title={" + "\\'{" * n + "}" * n + "}}",
    "percent and dollar signs": lambda n: "@a{x,title={" + "\\%$" * n + "}}",
    "dashes": lambda n: "@a{x,pages={" + "–" * n + " x}}",
    "comments": lambda n: "\n@comment{" * n,
    "percent lines": lambda n: "%@\n" * n,
    "blanks": lambda n: "@a" + " " * n,
    "repeated keys": lambda n: "@a{x,t={1}}\n" * n,
}  # fmt: skip


@pytest.mark.parametrize("make", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_eight_times_the_text_takes_about_eight_times_the_time(make):
    small, large = (cpu_seconds(partial(_read_whole, make(n).encode())) for n in (250, 2000))
    # quadratic growth would give 64; the constant forgives what a clock cannot tell
    assert large < 20 * small + 0.005


def _read_whole(data):
    bibliography = read_bibliography(data)
    for entry in bibliography.entries.values():
        format_reference(entry)
    lint(bibliography)


def test_bad_bytes_are_found_in_linear_time_once_a_line():
    assert len(read_bibliography(b"\xff\xff\n" * 500).findings) > 500 - 1
