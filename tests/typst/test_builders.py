"""The builders: settings, errors, files, and that the same input gives the same output."""

from __future__ import annotations

import sys
import time

import pytest
from sphinx.errors import ConfigError

from sphinx_mecfs.typst.compiler import CompileError, CompilerMissingError

ONE_PAGE = {"index.rst": "Title\n=====\n\nChapter\n-------\n\nWords of the chapter.\n"}


def test_one_builder_writes_the_source_alone(make_project):
    build = make_project(ONE_PAGE, extensions=["sphinx_mecfs.typst"]).build("typst")

    assert build.warnings == ()
    assert sorted(build.files()) == ["sphinx-book.typ", "test-base.typ"]
    assert '#par[#"Words of the chapter.";];' in build.text("test-base.typ")


def test_the_other_builder_writes_the_pdf_too(make_book):
    book = make_book(ONE_PAGE)

    assert book.build.warnings == ()
    assert sorted(book.build.files()) == ["sphinx-book.typ", "test-book.pdf", "test-book.typ"]
    assert book.pages[-1] == "Chapter Words of the chapter. 3"


@pytest.mark.parametrize("epoch", ["1700000000", None])
def test_two_builds_give_the_same_bytes(make_project, monkeypatch, epoch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    files = {"index.rst": ONE_PAGE["index.rst"] + "\n:math:`a^2`, a note [#]_\n\n.. [#] Note.\n"}
    project = make_project(files, extensions=["sphinx_mecfs.typst"])

    first = project.build("typstpdf", out="first", fresh=True).files()
    # The clock of a PDF counts seconds.
    time.sleep(1.1)
    second = project.build("typstpdf", out="second", fresh=True).files()

    assert first == second
    assert "test-base.pdf" in first


def test_the_date_is_that_of_the_environment_or_none(make_book, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = make_book(ONE_PAGE)

    assert "Nov 14, 2023" in dated.pages[0] or "November 14, 2023" in dated.pages[0]
    assert "20231114" in str(dated.pdf.metadata["/CreationDate"])
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    undated = make_book(ONE_PAGE)
    assert undated.pages[0].strip() == "Test book"
    assert "/CreationDate" not in undated.pdf.metadata


def test_every_entry_of_the_setting_is_a_book(make_project):
    files = {
        "index.rst": "Whole\n=====\n\n.. toctree::\n\n   part\n",
        "part.rst": "Part\n====\n\nInside\n------\n\nSee :doc:`index`.\n",
    }
    documents = [("index", "whole", "The whole", "A"), ("part", "some", "Some of it", "B")]

    build = make_project(files, extensions=["sphinx_mecfs.typst"], typst_documents=documents).build("typstpdf")

    assert {"whole.pdf", "some.pdf"} <= set(build.files())
    assert 'title: "Some of it", author: "B"' in build.text("some.typ")
    assert build.warnings == (
        "part.rst:7: WARNING: the book has no place 'index:': the reference is shown as text [typst.reference]",
    )


TREES = "Book\n====\n\n.. toctree::\n   :caption: {}\n\n   one\n\n.. toctree::\n   :caption: {}\n\n   two\n"


def test_captions_with_like_letters_make_books_with_different_names(make_project):
    files = {"index.rst": TREES.format("A b", "A, b"), "one.rst": "One\n===\n", "two.rst": "Two\n===\n"}

    build = make_project(files, extensions=["sphinx_mecfs.typst"], typst_split=True).build("typst")

    assert build.warnings == ()
    assert sorted(build.files()) == ["sphinx-book.typ", "test-base-a-b-2.typ", "test-base-a-b.typ"]
    assert 'title: "Test base: A, b"' in build.text("test-base-a-b-2.typ")


def test_a_book_without_captions_stays_one_and_that_is_said(make_project):
    build = make_project(ONE_PAGE, extensions=["sphinx_mecfs.typst"], typst_split=True).build("typst")

    assert sorted(build.files()) == ["sphinx-book.typ", "test-base.typ"]
    (warning,) = build.warnings
    assert warning == (
        "index.rst: WARNING: no table of contents has a caption that `typst_split` could make a book of: "
        "it stays one [typst.split]"
    )


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (("index", "name", "Title"), "wants (start document, file name, title, author)"),
        (("index", "ME/CFS", "Title", "A"), "without folders or slashes"),
    ],
)
def test_an_entry_that_makes_no_book_is_refused(make_project, entry, message):
    project = make_project(ONE_PAGE, extensions=["sphinx_mecfs.typst"], typst_documents=[entry])

    with pytest.raises(ConfigError) as error:
        project.build("typst")

    assert message in str(error.value)


def test_an_unknown_start_document_is_warned_of(make_project):
    documents = [("nowhere", "name", "Title", "A")]

    build = make_project(ONE_PAGE, extensions=["sphinx_mecfs.typst"], typst_documents=documents).build("typst")

    assert build.warnings == ("WARNING: `typst_documents` names an unknown document: 'nowhere' [typst]",)


def test_language_and_paper_are_those_of_the_settings(make_book, monkeypatch):
    # Sphinx keeps the translations of one build for all later ones in the same process.
    monkeypatch.setattr("sphinx.locale.translators", {})
    book = make_book(ONE_PAGE, language="de", typst_paper="a5")

    assert book.pdf.trailer["/Root"]["/Lang"] == "de"
    assert "Inhaltsverzeichnis" in book.text
    assert round(float(book.pdf.pages[0].mediabox.width)) == 420


def test_a_template_of_the_project_changes_what_it_names(make_book):
    own = "#let centered(body) = [OWN #body]\n"
    files = {**ONE_PAGE, "own.typ": own, "index.rst": ONE_PAGE["index.rst"] + "\n.. centered:: middle\n"}

    book = make_book(files, typst_template="own.typ")

    assert "OWN middle" in book.text


def test_a_template_that_is_not_there_is_refused(make_project):
    project = make_project(ONE_PAGE, extensions=["sphinx_mecfs.typst"], typst_template="own.typ")

    with pytest.raises(ConfigError, match="own\\.typ"):
        project.build("typst")


def test_without_the_compiler_the_builder_says_what_to_install(make_project, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    project = make_project(ONE_PAGE, extensions=["sphinx_mecfs.typst"])

    with pytest.raises(CompilerMissingError, match="pip install typst"):
        project.build("typstpdf")
    assert project.build("typst").warnings == ()


def test_what_the_compiler_refuses_is_said_with_its_place_and_the_source_is_kept(make_project):
    files = {"index.rst": "Title\n=====\n\n.. raw:: typst\n\n   #unknown-function()\n"}
    project = make_project(files, extensions=["sphinx_mecfs.typst"])

    with pytest.raises(CompileError) as error:
        project.build("typstpdf")

    assert "unknown variable: unknown-function" in str(error.value)
    assert "typst_pdf_standard" not in str(error.value)
    assert (project.root / "typstpdf" / "test-base.typ").exists()


def test_a_book_that_misses_the_standard_says_what_to_do(make_project):
    picture = 'Title\n=====\n\n.. raw:: typst\n\n   #image("images/dot.png")\n\n.. image:: dot.svg\n   :alt: dot\n'
    dot = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    files = {"index.rst": picture.replace("dot.png", "dot.svg"), "dot.svg": dot}
    project = make_project(files, extensions=["sphinx_mecfs.typst"])

    with pytest.raises(CompileError, match="typst_pdf_standard = None"):
        project.build("typstpdf")

    assert project.build("typstpdf", typst_pdf_standard=None).warnings == ()


def test_a_character_that_no_font_has_is_replaced_with_one_warning(make_book):
    files = {"index.rst": "Title\n=====\n\nA tick ✅ and a sign 慢 and ✅.\n"}

    book = make_book(files)

    (warning,) = book.build.warnings
    assert "no font has the characters" in warning
    assert "✅" in warning
    assert "慢" in warning
    assert "typst_font_paths" in warning
    assert "A tick � and a sign � and �." in book.text


def test_control_characters_do_not_stop_the_build(make_book):
    book = make_book({"index.rst": "Title\n=====\n\na\x01b \x7f ``c\x02d``\n"})

    assert book.build.warnings == ()
    assert "a�b � c�d" in book.text


def test_a_documents_text_is_the_same_by_either_number_of_workers(make_project):
    files = {
        "index.rst": "Title\n=====\n\n.. toctree::\n   :glob:\n\n   page*\n",
        **{f"page{i}.rst": f"Page {i}\n=======\n\nWords {i}. [#]_\n\n.. [#] Note {i}.\n" for i in range(12)},
    }
    project = make_project(files, extensions=["sphinx_mecfs.typst"])

    one = project.build("typst", out="one", fresh=True)
    four = project.build("typst", out="four", parallel=4, fresh=True)

    assert one.warnings == four.warnings == ()
    assert one.files() == four.files()
