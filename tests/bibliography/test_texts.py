"""TeX in, Unicode out, and back."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from sphinx_mecfs.bibliography.texts import escape_percent, has_hostile, plain, strip_hostile, to_tex, verbatim


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"{\O}ystein", "Øystein"),
        (r"Foss{\aa}", "Fosså"),
        (r"Bragee", "Bragee"),
        (r"Brag\'{e}e and Bj\"orn", "Bragée and Björn"),
        (r"{\L}ukasz", "Łukasz"),
        (r"{ME/CFS} and {{CD20}}", "ME/CFS and CD20"),
        (r"953--959", "953–959"),
        (r"Health \& Place, 5\% \#1 a\_b", "Health & Place, 5% #1 a_b"),
        (r"a -3 % change", "a -3 % change"),
        (r"\'etude: a -3 % change", "étude: a -3 % change"),
        (r"costs \$5", "costs $5"),
        (r"a { } b", "a b"),
        (r"e~g", "e\u00a0g"),
        ("e\u0301tude", "étude"),
        ("ends with \\", "ends with \\"),
        (r"\'etude \\" + "\\", "étude \\\\\\"),
    ],
)
def test_a_field_is_read_as_it_is_to_be_seen(tex, text):
    assert plain(tex) == text


def test_an_unknown_command_stays_visible():
    assert "\\emph" in plain(r"an \emph{x}")


def test_other_texts_are_read_as_pybtex_reads_them():
    signs = ["a", "B", "é", " ", "{", "}", r"\'", r"\O", r"{\o}", "--", "-", "~", "''", "``", ",,", r"\&", r"\%"]
    signs += [r"\_", r"\emph", "$", "&", r"\\", r"$\alpha$", r"\ ", "}", "{"]
    rng, compared = random.Random(3), 0
    for _ in range(4000):
        tex = " ".join("".join(rng.choices(signs, k=rng.randint(1, 9))).split())
        try:
            expected = unicodedata.normalize("NFC", str(Text.from_latex(tex)))
        except (PybtexError, UnicodeError):  # braces without a partner, a backslash at the end
            continue
        compared += 1
        assert plain(tex) == re.sub(" +", " ", expected).strip(" "), tex
    assert compared > 1000


def test_plain_text_written_as_tex_is_read_the_same():
    for text in ["5% of A&B, #1, a_b, $5, ~x, a\u00a0b", "Øystein 50", "ß – “x” β"]:
        assert plain(to_tex(text)) == text


def test_text_with_a_backslash_or_braces_cannot_leave_its_field():
    for text in ["{", "}}", "a{b", "}\n@article{x,"]:
        assert to_tex(text).count("{") == to_tex(text).count("}") == 0
    assert plain(to_tex("a\\b")) == "a\\b"


def test_a_percent_sign_is_escaped_once():
    assert escape_percent(r"5% and 5\% and 5\\%") == r"5\% and 5\% and 5\\\%"


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"https://a.org/x\_y\%20z~u", "https://a.org/x_y%20z~u"),
        (r"\url{https://a.org/~x}", "https://a.org/~x"),
        ("{https://a.org/--}", "https://a.org/--"),
    ],
)
def test_an_address_keeps_the_signs_that_tex_would_change(tex, text):
    assert verbatim(tex) == text


def test_control_characters_and_turned_writing_are_removed_and_white_space_is_kept():
    hostile = "a\x00\x07\x1b[31m\x7f\x9b\u202e\u2066\u2069b"
    assert has_hostile(hostile)
    assert strip_hostile(hostile) == "a[31mb"
    assert not has_hostile("a\tb\nc é \u200d\u00ad")


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("{a}b", "ab"),
        ("a\u00a0b", "a~b"),
        ("~", r"\textasciitilde{}"),
        ("\\", r"\textbackslash{}"),
        ("$1 & 5%", r"\$1 \& 5\%"),
    ],
)
def test_plain_text_is_written_as_tex_sign_by_sign(text, tex):
    assert to_tex(text) == tex


def test_letters_and_signs_at_the_ends_of_a_text_stay():
    assert plain("{X} and {X}") == "X and X"
    assert plain(r"\'Etude {X}") == "Étude X"
    assert plain(r"a \& b--c \'e \% $x$") == "a & b–c é % $x$"
    assert plain(r"{ }a\_b{ }") == "a_b"
