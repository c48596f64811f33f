"""The book as PDF, by Typst and by LaTeX."""

import os
import shutil
import subprocess
import unicodedata

import pytest
from facts import FACTS
from pypdf import PdfReader

needs_latex = pytest.mark.skipif(
    not (shutil.which("latexmk") and shutil.which("xelatex")), reason="latexmk and XeLaTeX are not installed"
)


@pytest.fixture(scope="module")
def typst_pdf(book):
    build = book.build("typstpdf")
    assert build.warnings == ()
    return PdfReader(build.outdir / "book.pdf")


@pytest.fixture(scope="module")
def latex_pdf(book):
    build = book.build("latex", out="latexpdf")
    command = ["latexmk", "-xelatex", "-interaction=nonstopmode", "-halt-on-error", "book.tex"]
    done = subprocess.run(command, cwd=build.outdir, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    log = (build.outdir / "book.log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character" not in log
    return PdfReader(build.outdir / "book.pdf")


@pytest.fixture(params=["typst", pytest.param("latex", marks=[needs_latex, pytest.mark.latex])])
def pdf(request):
    return request.getfixturevalue(f"{request.param}_pdf")


def words_of(pdf):
    """The text of all pages without any space, since line ends fall anywhere, and without ligatures."""
    return "".join(unicodedata.normalize("NFKC", "".join(page.extract_text().split())) for page in pdf.pages)


def test_the_whole_card_stands_in_the_pdf_in_order(pdf):
    text = words_of(pdf)
    place = 0
    for fact in FACTS:
        found = text.find("".join(fact.split()).replace("’", "'"), place)
        assert found >= 0, fact
        place = found


def test_names_and_signs_come_out_right(pdf):
    text = words_of(pdf)
    for name in (
        "ÆrøØ",
        "ŁukBLK",
        "TNF-αandβ2-receptors",
        "○PEMnotrequired(optionalitem)",
        "◐PEMmixed",
        "●PEMrequired",
    ):
        assert name in text


def test_the_outline_leads_to_each_page_of_the_book(pdf):
    def titles(entries):
        for entry in entries:
            yield from titles(entry) if isinstance(entry, list) else [entry.title]

    found = " ".join(titles(pdf.outline))
    for title in ("Definitions", "Alpha in plain words", "Beta in plain words", "References"):
        assert title in found


def test_links_lead_out_and_within(pdf):
    actions = [
        annotation.get_object()
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if annotation.get_object().get("/Subtype") == "/Link"
    ]
    outside = {str(link["/A"]["/URI"]) for link in actions if "/URI" in link.get("/A", {})}
    inside = [link for link in actions if "/Dest" in link or "/D" in link.get("/A", {})]
    assert {"https://doi.org/10.1000/beta", "https://doi.org/10.1000/notice"} <= outside
    assert len(inside) > 10


def test_the_pdf_of_typst_is_tagged_and_says_its_language(typst_pdf):
    assert typst_pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(typst_pdf.trailer["/Root"]["/Lang"]).startswith("en")


def test_the_pdf_of_typst_is_the_same_to_the_byte_at_the_same_date(book, monkeypatch):
    monkeypatch.setitem(os.environ, "SOURCE_DATE_EPOCH", "1763769600")
    one = book.build("typstpdf", out="one").outdir / "book.pdf"
    other = book.build("typstpdf", out="other", doctrees="other-doctrees").outdir / "book.pdf"
    assert one.read_bytes() == other.read_bytes()
