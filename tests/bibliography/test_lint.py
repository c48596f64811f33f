"""What is wrong with entries that could be read."""

from __future__ import annotations

import pytest

from sphinx_mecfs.bibliography.lint import lint, out_of_order
from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.evidence.problems import Problem

SOUND = {
    "author": "{Mella, Olav}",
    "title": "{T}",
    "journal": "{J}",
    "year": "{2009}",
}


def findings(text):
    bibliography = read_bibliography(text.encode())
    assert bibliography.findings == ()
    return lint(bibliography)


def article(key="alpha-2009", kind="article", **fields):
    given = {name: text for name, text in {**SOUND, **fields}.items() if text is not None}
    return f"@{kind}{{{key},\n" + "".join(f"  {name} = {text},\n" for name, text in given.items()) + "}\n"


def test_sound_entries_have_no_findings(good):
    assert findings(good) == ()
    assert findings(article()) == ()


@pytest.mark.parametrize(
    ("fields", "field", "line", "words"),
    [
        ({"title": "{a $_2$ b}"}, "title", 3, "CO₂"),
        ({"title": r"{an \emph{x}}"}, "title", 3, r"'\\emph'"),
        ({"title": "{-3 % change}"}, "title", 3, "bare '%'"),
        ({"title": r"{a \\ b}"}, "title", 3, r"'\\\\'"),
        ({"date": "{2009}"}, "date", 6, "use 'year'"),
        ({"journaltitle": "{J}"}, "journaltitle", 6, "use 'journal'"),
        ({"location": "{Bergen}"}, "location", 6, "use 'address'"),
        ({"issue": "{2}"}, "issue", 6, "use 'number'"),
        ({"crossref": "{x}"}, "crossref", 6, "not followed"),
        ({"volumne": "{2}"}, "volumne", 6, "did you mean 'volume'?"),
        ({"doi": "{10.1/x}"}, "doi", 6, "'10.1/x' is not a DOI"),
        ({"pmid": "{PMC12}"}, "pmid", 6, "not a PubMed id"),
        ({"pmcid": "{3719933}"}, "pmcid", 6, "did you mean 'PMC3719933'?"),
        ({"year": "{2009a}"}, "year", 5, "'2009a' is not a year"),
        ({"author": "{Fluge, Øystein, Mella, Olav}"}, "author", 2, "joined by 'and'"),
        ({"author": "{PACE trial management group}"}, "author", 2, "{PACE trial management group}"),
        ({"author": "{National Institute for Health and Care Excellence}"}, "author", 2, "braces"),
    ],
)
def test_a_wrong_field_is_found_at_its_line_and_the_right_one_is_named(fields, field, line, words):
    found = findings(article(**fields))
    assert [(one.problem, one.field, one.line) for one in found] == [(Problem.BIB_FIELD, field, line)]
    assert "alpha-2009" in found[0].message
    assert words in found[0].message


@pytest.mark.parametrize(
    "fields",
    [
        {"title": r"{5\% of A\&B \#1 a\_b costs \$5}"},
        {"author": r"{Foss{\aa}, Alexander and \O{}ie, M and {Study Group}}"},
        {"doi": "{https://doi.org/10.1000/a%20b}", "url": "{https://a.org/?x=%20~y_z$}"},
        {"pmid": "{PMID: 19566965}", "pmcid": "{PMCID: PMC3719933}"},
        {"abstract": r"{67% of \emph{patients}}", "keywords": "{a}", "month": "dec", "issn": "{1-2}"},
        {"mecfs-note": "{x}"},
        {"pages": "{1--2}", "title": "{a~b `` c''}"},
    ],
)
def test_what_is_harmless_is_not_found(fields):
    assert findings(article(**fields)) == ()


@pytest.mark.parametrize(
    ("key", "better"),
    [("Fluge2009", "fluge2009"), ("fluge_2009", "fluge-2009"), ("fluge--2009", "fluge-2009"), ("2009-fluge", "")],
)
def test_a_key_of_the_wrong_form_is_found_with_a_right_one(key, better):
    found = findings(article(key))
    assert [(one.problem, one.line) for one in found] == [(Problem.BIB_KEY, 1)]
    assert ("write it" in found[0].message) == bool(better)
    assert better in found[0].message


@pytest.mark.parametrize("field", list(SOUND))
def test_an_article_needs_author_title_journal_and_year(field):
    found = findings(article(**{field: None}))
    assert [(one.problem, one.field, one.line) for one in found] == [(Problem.BIB_REQUIRED, field, 1)]


def test_an_empty_field_is_a_missing_one():
    assert [one.field for one in findings(article(title="{}"))] == ["title"]


def test_one_of_two_fields_is_enough():
    kept = {"journal": None, "publisher": "{P}"}
    assert findings(article(kind="book", author=None, editor="{Mella, Olav}", **kept)) == ()
    found = findings(article(kind="book", author=None, **kept))
    assert "author or editor" in found[0].message
    assert findings(article(kind="online", author=None, year=None, journal=None, doi="{10.1000/x}")) == ()


def test_an_entry_that_breaks_off_does_not_also_lack_its_last_fields():
    bibliography = read_bibliography(b"@article{alpha,\n title = {T},\n author = {Mella, Olav")
    assert lint(bibliography) == ()


def test_an_unknown_type_is_found_with_the_nearest():
    found = findings(article(kind="artikle"))
    assert [(one.problem, one.line) for one in found] == [(Problem.BIB_FIELD, 1)]
    assert "did you mean 'article'?" in found[0].message


def test_a_doi_or_pubmed_id_that_stands_twice_is_found_at_the_second():
    text = article("alpha", doi="{10.1000/ABC}", pmid="{12}") + article("beta", doi="{doi:10.1000/abc}", pmid="{12}")
    found = findings(text + article("gamma", pmid="{13}"))
    assert [(one.field, one.line) for one in found] == [("doi", 14), ("pmid", 15)]
    assert all("'alpha'" in one.message and "'beta'" in one.message for one in found)


def test_findings_stand_in_the_order_of_the_file():
    text = article("alpha", doi="{10.1000/a}") + article("beta", doi="{10.1000/a}") + article("C", year="{x}")
    assert [one.line for one in findings(text)] == sorted(one.line for one in findings(text))
    assert len(findings(text)) == 3


def test_entries_out_of_order_are_named_by_a_check_of_its_own():
    text = "".join(f"@misc{{{key}, title = {{T}}}}\n" for key in ("alpha", "gamma", "beta", "delta"))
    assert [entry.key for entry in out_of_order(read_bibliography(text.encode()))] == ["beta", "delta"]
    assert findings(text) == ()
