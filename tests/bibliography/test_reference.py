"""How a reference reads."""

from __future__ import annotations

import re

import msgspec
import pytest

from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.records import Entry, Person
from sphinx_mecfs.bibliography.reference import Piece, author_list, format_reference, in_text, short_citation

FLUGE = Entry(
    "fluge-2009-clinical-impact",
    "article",
    title="Clinical impact of B-cell depletion",
    authors=(Person("Fluge", "Øystein"), Person("Mella", "Olav")),
    journal="BMC Neurology",
    year=2009,
    volume="9",
    number="1",
    pages="28–30",
    doi="10.1186/1471-2377-9-28",
    pmid="19566965",
    pmcid="PMC2711959",
)


def text(entry):
    return "".join(piece.text for piece in format_reference(entry))


def but(entry=FLUGE, **changes):
    return msgspec.structs.replace(entry, **changes)


def parsed(source):
    return next(iter(read_bibliography(source.encode()).entries.values()))


def test_an_article_has_authors_title_journal_volume_and_linked_identifiers():
    assert format_reference(FLUGE) == (
        Piece("Fluge Ø, Mella O. Clinical impact of B-cell depletion. "),
        Piece("BMC Neurology", "emphasis"),
        Piece(". 2009;9(1):28–30. "),
        Piece("doi:10.1186/1471-2377-9-28", url="https://doi.org/10.1186/1471-2377-9-28"),
        Piece(". "),
        Piece("PMID 19566965", url="https://pubmed.ncbi.nlm.nih.gov/19566965/"),
        Piece(". "),
        Piece("PMCID PMC2711959", url="https://pmc.ncbi.nlm.nih.gov/articles/PMC2711959/"),
        Piece("."),
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": ""}, "BMC Neurology. 2009;9:28–30. doi"),
        ({"number": "", "volume": ""}, "BMC Neurology. 2009:28–30. doi"),
        ({"number": "", "volume": "", "pages": ""}, "BMC Neurology. 2009. doi"),
        ({"year": None}, "BMC Neurology. 9(1):28–30. doi"),
        ({"volume": ""}, "BMC Neurology. 2009;(1):28–30. doi"),
        ({"pages": "e00266-12"}, "2009;9(1):e00266-12. doi"),
        ({"journal": ""}, "depletion. 2009;9(1):28–30. doi"),
        ({"title": "Why?"}, "Mella O. Why? BMC"),
        ({"title": "Stop!"}, "Mella O. Stop! BMC"),
        ({"title": "Ends."}, "Mella O. Ends. BMC"),
        ({"journal": "Br J Gen Pract."}, "Br J Gen Pract. 2009"),
        ({"authors": ()}, "Clinical impact"),
        ({"note": "Retracted in 2011"}, "28–30. Retracted in 2011. doi"),
    ],
)
def test_what_is_missing_leaves_no_punctuation_behind(changes, words):
    assert words in text(but(**changes))


def test_no_mix_of_missing_parts_leaves_stray_punctuation():
    names = ["title", "authors", "journal", "year", "volume", "number", "pages", "doi", "pmid", "pmcid"]
    for kind in ("article", "book", "incollection", "techreport", "phdthesis", "online", "misc"):
        for bits in range(2 ** len(names)):
            changes = {
                name: None if name == "year" else () if name == "authors" else ""
                for at, name in enumerate(names)
                if bits >> at & 1
            }
            line = text(but(type=kind, **changes))
            assert not re.search(r"\.\.|\. \.|^[.,;: ]|[;:,] *[.;:,]|\s$|  |\(\)", line), line
            assert line == "" or line.endswith(".")


def test_a_title_is_printed_as_it_is_written():
    assert "MYALGIC encephalomyelitis in USA" in text(but(title="MYALGIC encephalomyelitis in USA"))


def test_six_authors_are_named_and_more_are_others():
    persons = tuple(Person(f"N{number}", "Ann-Elise B.") for number in range(7))
    assert author_list(but(authors=persons[:6])) == ", ".join(f"N{number} AEB" for number in range(6))
    assert author_list(but(authors=persons)) == ", ".join(f"N{number} AEB" for number in range(6)) + ", et al."
    assert author_list(but(authors=persons), 2) == "N0 AEB, N1 AEB, et al."
    assert author_list(but(others=True)) == "Fluge Ø, Mella O, et al."
    assert author_list(but(authors=())) == ""
    assert "et al. Clinical impact" in text(but(authors=persons))


def test_prefixes_suffixes_and_groups_are_part_of_a_name():
    persons = (
        Person("Meer", "Jos W M", "van der"),
        Person("Hackett", "John", suffix="Jr."),
        Person("PACE group", literal=True),
    )
    assert author_list(but(authors=persons)) == "van der Meer JWM, Hackett J Jr, PACE group"


def test_a_short_citation_is_first_author_and_year():
    assert short_citation(FLUGE) == "Fluge 2009"
    assert short_citation(but(year=None)) == "Fluge n.d."
    assert short_citation(but(authors=(Person("Meer", "J", "van der"),))) == "van der Meer 2009"
    assert (
        short_citation(but(authors=(Person("PACE trial management group", literal=True),)))
        == "PACE trial management group 2009"
    )
    assert short_citation(but(authors=(), editors=(Person("Ramsay", "A"),))) == "Ramsay 2009"
    assert short_citation(but(authors=(), institution="NICE")) == "NICE 2009"
    assert short_citation(but(authors=(), title="a b c d e f g")) == "a b c d e f … 2009"
    assert short_citation(but(authors=(), title="")) == "fluge-2009-clinical-impact 2009"


def test_running_text_names_two_authors_or_the_first_of_more():
    assert in_text(FLUGE) == "Fluge and Mella 2009"
    assert in_text(but(authors=FLUGE.authors[:1])) == "Fluge 2009"
    assert in_text(but(authors=(*FLUGE.authors, Person("Risa", "K")), year=None)) == "Fluge et al. n.d."
    assert in_text(but(others=True)) == "Fluge et al. 2009"


@pytest.mark.parametrize(
    ("source", "reference"),
    [
        (
            """@book{a, author = {{Institute of Medicine}}, title = {Beyond ME/CFS}, edition = 2,
            address = {Washington}, publisher = {National Academies Press}, year = 2015}""",
            "Institute of Medicine. Beyond ME/CFS. 2nd ed. Washington: National Academies Press; 2015.",
        ),
        (
            "@book{a, editor = {Ramsay, A and Dowsett, E}, title = {T}, edition = {Revised}, publisher = {P}}",
            "Ramsay A, Dowsett E, editors. T. Revised ed. P.",
        ),
        (
            """@incollection{a, author = {Mella, Olav}, title = {C}, editor = {Fluge, Ø}, booktitle = {B},
            publisher = {P}, year = 2009, pages = {1--2}}""",
            "Mella O. C. In: Fluge Ø, editor. B. P; 2009. p. 1–2.",
        ),
        (
            "@inproceedings{a, author = {Mella, Olav}, title = {C}, booktitle = {B}, year = 2009}",
            "Mella O. C. In: B. 2009.",
        ),
        (
            "@techreport{a, author = {{NICE}}, title = {T}, institution = {NICE}, year = 2021, number = {NG206}}",
            "NICE. T. 2021. Report No. NG206.",
        ),
        (
            "@phdthesis{a, author = {Mella, Olav}, title = {T}, school = {University of Bergen}, year = 1990}",
            "Mella O. T. Thesis. University of Bergen; 1990.",
        ),
        (
            "@online{a, title = {T}, organization = {WHO}, url = {https://a.org/x}, urldate = {2024-05-03}}",
            "T. WHO. https://a.org/x (accessed 2024-05-03).",
        ),
        (
            r"@misc{a, title = {T}, howpublished = {\url{https://a.org/x_y}}}",
            "T. https://a.org/x_y.",
        ),
        (
            "@misc{a, title = {T}, howpublished = {Westcare, pp. 96--98}, year = 1994}",
            "T. Westcare, pp. 96–98; 1994.",
        ),
        (
            "@unheard{a, author = {Mella, Olav}, title = {T}, journal = {J}, year = 2009}",
            "Mella O. T. J. 2009.",
        ),
    ],
)
def test_other_works_have_their_own_form(source, reference):
    assert text(parsed(source)) == reference


def test_the_link_of_a_doi_cannot_hold_what_an_address_cannot():
    links = [piece.url for piece in format_reference(but(doi='10.1000/a#b?c"d'))]
    assert "https://doi.org/10.1000/a%23b%3Fc%22d" in links


@pytest.mark.parametrize(
    ("edition", "words"),
    [
        ("1", "1st ed."), ("2", "2nd ed."), ("3", "3rd ed."), ("4", "4th ed."), ("11", "11th ed."), ("12", "12th ed."),
        ("13", "13th ed."), ("21", "21st ed."), ("42", "42nd ed."), ("111", "111th ed."), ("Third edition", "Third edition."),
        ("2nd", "2nd ed."), ("Fourth ed", "Fourth ed."),
    ],
)  # fmt: skip
def test_an_edition_is_counted_in_words_of_the_reference(edition, words):
    assert text(Entry("x", "book", title="T", edition=edition, publisher="P")) == f"T. {words} P."


@pytest.mark.parametrize(
    ("source", "reference"),
    [
        ("@mastersthesis{a, author = {Mella, O}, title = {T}, school = {S}}", "Mella O. T. Master's thesis. S."),
        (
            "@phdthesis{a, author = {Mella, O}, title = {T}, type = {PhD thesis}, school = {S}}",
            "Mella O. T. PhD thesis. S.",
        ),
        ("@thesis{a, author = {Mella, O}, title = {T}, school = {S}}", "Mella O. T. Thesis. S."),
        (
            "@techreport{a, author = {{NICE}}, title = {T}, edition = 2, institution = {DoH}, year = 2021}",
            "NICE. T. 2nd ed. DoH; 2021.",
        ),
        (
            "@incollection{a, author = {Mella, O}, title = {C}, booktitle = {B}, edition = 2, publisher = {P}, year = 2009}",
            "Mella O. C. In: B. 2nd ed. P; 2009.",
        ),
        (
            "@incollection{a, editor = {Fluge, Ø}, title = {C}, booktitle = {B}, publisher = {P}, year = 2009}",
            "Fluge Ø, editor. C. In: B. P; 2009.",
        ),
        ("@book{a, editor = {Ramsay, A and others}, title = {T}, publisher = {P}}", "Ramsay A, et al., editors. T. P."),
        (
            "@incollection{a, author = {Mella, O and others}, title = {C}, editor = {Fluge, Ø}, booktitle = {B}}",
            "Mella O, et al. C. In: Fluge Ø, editor. B.",
        ),
        ("@book{a, author = {{NICE}}, title = {T}, publisher = {NICE}, address = {London}}", "NICE. T. London."),
        ("@misc{a, title = {T}, edition = 2, url = {https://a.org/x}}", "T. https://a.org/x."),
        (
            "@misc{a, title = {T}, edition = 2, publisher = {P}, url = {https://a.org/x}}",
            "T. 2nd ed. P. https://a.org/x.",
        ),
        ("@misc{a, title = {T}, edition = 2, publisher = {P}}", "T. 2nd ed. P."),
        ("@misc{a, title = {T}, edition = 2}", "T. 2nd ed."),
        ("@misc{a, author = {Mella, IX, Olav}, title = {T}}", "Mella O IX. T."),
    ],
)
def test_each_part_of_a_work_has_its_place(source, reference):
    assert text(parsed(source)) == reference


def test_the_address_of_a_page_is_its_link():
    assert format_reference(parsed("@online{a, title = {T}, url = {https://a.org/x}, urldate = {2024}}"))[-3:] == (
        Piece(". "),
        Piece("https://a.org/x", url="https://a.org/x"),
        Piece(" (accessed 2024)."),
    )


def test_the_link_of_a_doi_keeps_the_signs_that_an_address_may_hold():
    doi = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"
    kept = "10.1000/a_b-c.d~e!$&'(f)*+,;=:@"
    (link,) = [piece.url for piece in format_reference(but(doi=doi, pmid="", pmcid="")) if piece.url]
    assert link == "https://doi.org/" + doi.replace("<", "%3C").replace(">", "%3E")
    assert "https://doi.org/" + kept in [piece.url for piece in format_reference(but(doi=kept))]


def test_the_name_of_a_body_and_a_title_are_cut_after_six_words_and_that_of_a_person_never_is():
    seven = "International Board for Study of Lasting Fatigue"
    assert (
        short_citation(but(authors=(Person(seven, literal=True),))) == "International Board for Study of Lasting … 2009"
    )
    assert short_citation(but(authors=(Person(seven),))) == f"{seven} 2009"
    assert short_citation(but(authors=(), title="a b c d e f")) == "a b c d e f 2009"


@pytest.mark.parametrize(
    ("kinds", "reference"),
    [
        ("inbook incollection inproceedings conference", "A B. T. In: C. P; 2009. p. 1. https://a.org/x."),
        ("techreport report", "A B. T. P; 2009. Report No. 7. https://a.org/x."),
        ("phdthesis thesis", "A B. T. Thesis. P; 2009. https://a.org/x."),
        ("mastersthesis", "A B. T. Master's thesis. P; 2009. https://a.org/x."),
        ("online electronic www", "A B. T. P; 2009. https://a.org/x."),
        ("book misc manual", "A B. T. P; 2009. p. 1. https://a.org/x."),
        ("article", "A B. T. 2009;(7):1. https://a.org/x."),
    ],
)
def test_works_of_one_sort_have_one_form_under_each_of_its_names(kinds, reference):
    entry = Entry("x", "", title="T", authors=(Person("A", "B"),), booktitle="C", publisher="P", year=2009, number="7",
                  pages="1", url="https://a.org/x")  # fmt: skip
    for kind in kinds.split():
        assert text(but(entry, type=kind)) == reference, kind
