"""How documents become a book: levels, parts, places and what stands only once."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import Directive

CHAPTER = "Title\n=====\n\nChapter\n-------\n\n"


def outline(book):
    return [(depth, title) for depth, title, _page in book.outline]


def test_documents_stand_one_level_below_the_section_that_names_them(make_book):
    files = {
        "index.rst": "Book\n====\n\n.. toctree::\n\n   one\n\nOwn chapter\n-----------\n\n.. toctree::\n\n   two\n",
        "one.rst": "One\n===\n\nInside one\n----------\n",
        "two.rst": "Two\n===\n\nInside two\n----------\n",
    }

    book = make_book(files)

    assert book.build.warnings == ()
    assert outline(book) == [
        (0, "One"),
        (1, "Inside one"),
        (0, "Own chapter"),
        (1, "Two"),
        (2, "Inside two"),
    ]


def test_every_chapter_begins_on_a_new_page(make_book):
    book = make_book({"index.rst": "Title\n=====\n\nPreface.\n\nFirst\n-----\n\na\n\nSecond\n------\n\nb\n"})

    assert book.pages[2:] == ["Preface. 3", "First a 4", "Second b 5"]


def test_a_second_title_in_the_root_document_is_a_chapter(make_book):
    book = make_book({"index.rst": CHAPTER + "a\n\nSecond title\n============\n\nBelow\n-----\n\nb\n"})

    assert outline(book) == [(0, "Chapter"), (0, "Second title"), (1, "Below")]


def test_a_document_without_headings_is_written(make_book):
    book = make_book({"index.rst": "Only words.\n"})

    assert book.build.warnings == ()
    assert "Only words." in book.text


def test_a_document_without_a_title_can_be_referred_to(make_book):
    files = {
        "index.rst": "Book\n====\n\nSee :doc:`words <bare>`.\n\n.. toctree::\n\n   Bare <bare>\n   last\n",
        "bare.rst": "Only words.\n",
        "last.rst": "Last\n====\n",
    }

    book = make_book(files)

    assert not [warning for warning in book.build.warnings if "typst" in warning]
    assert book.targets(book.page_of("See words.")) == {book.page_of("Only words.")}


def test_a_level_that_was_left_out_does_not_break_the_standard(make_book):
    book = make_book({"index.md": "# Book\n\n## One\n\n##### Far below\n\n## Two\n"}, extensions=["myst_parser"])

    assert outline(book) == [(0, "One"), (1, "Far below"), (0, "Two")]


def test_a_section_without_a_title_does_not_break_the_standard(make_book, add_extension):
    class Untitled(Directive):
        has_content = True

        def run(self):
            inner = nodes.section("", nodes.title("", "Inner title"), nodes.paragraph("", "Words."), ids=["inner"])
            return [nodes.section("", inner, ids=["outer"])]

    def setup(app):
        app.add_directive("untitled", Untitled)

    book = make_book({"index.rst": CHAPTER + ".. untitled::\n"}, extensions=[add_extension(setup)])

    assert outline(book) == [(0, "Chapter"), (1, "Inner title")]


def test_the_depth_of_the_contents_is_that_of_the_toctree(make_book):
    files = {
        "index.rst": "Book\n====\n\n.. toctree::\n   :maxdepth: 1\n\n   one\n",
        "one.rst": "One\n===\n\nInside one\n----------\n",
    }

    book = make_book(files)

    assert "One . ." in book.pages[1]
    assert "Inside one" not in book.pages[1]
    assert (1, "Inside one") in outline(book)


def test_a_note_may_mention_itself_and_others(make_book):
    book = make_book({"index.rst": CHAPTER + "x [#a]_\n\n.. [#a] Self [#a]_ and [#b]_.\n.. [#b] Back to [#a]_.\n"})

    assert book.build.warnings == ()
    assert "1Self1 and2. 2Back to1." in book.text


def test_a_note_that_nothing_mentions_is_shown_where_it_stands(make_book):
    book = make_book({"index.rst": CHAPTER + "Words.\n\n.. [1] Alone.\n"})

    assert "[1] Alone." in book.text


def test_a_place_in_the_repeated_head_of_a_table_stands_once(make_book):
    rows = "".join(f"   * - row {number}\n     - words\n" for number in range(80))
    table = f".. list-table::\n   :header-rows: 1\n\n   * - _`here`\n     - Words\n{rows}\nSee here_.\n"

    book = make_book({"index.rst": CHAPTER + table})

    assert book.build.warnings == ()
    assert sum("here Words" in text for text in book.pages) == 3
    assert book.targets(book.page_of("See here.")) == {3}


def test_a_head_with_a_note_stands_once_because_its_link_may_not_be_repeated(make_book):
    rows = "".join(f"   * - row {number}\n     - words\n" for number in range(80))
    table = f".. list-table::\n   :header-rows: 1\n\n   * - Head [#n]_\n     - Words\n{rows}\n.. [#n] Note.\n"

    book = make_book({"index.rst": CHAPTER + table})

    assert book.build.warnings == ()
    assert sum("Head1 Words" in text for text in book.pages) == 1


def test_the_index_leaves_out_what_is_not_in_the_book(make_book):
    files = {
        "index.rst": CHAPTER + ".. index:: inside\n\nWords.\n",
        "away.rst": ":orphan:\n\nAway\n====\n\n.. index:: outside\n\nWords.\n",
    }

    book = make_book(files)

    assert book.pages[-1] == "Index I inside, 3 4"


def test_a_book_without_an_index_is_possible(make_book):
    book = make_book({"index.rst": CHAPTER + ".. index:: inside\n\nWords.\n"}, typst_use_index=False)

    assert outline(book) == [(0, "Chapter")]


def test_a_reference_that_myst_has_warned_of_is_not_warned_of_again(make_book):
    book = make_book({"index.md": "# Book\n\n[words](#nowhere)\n"}, extensions=["myst_parser"])

    (warning,) = book.build.warnings
    assert "myst.xref_missing" in warning
    assert "words" in book.text


def test_a_reference_in_a_heading_stays_out_of_the_contents(make_book):
    heading = "Title\n=====\n\nSee `the site <https://example.org/site>`_ and _`this` [#n]_\n" + "-" * 70
    files = {"index.rst": f"{heading}\n\nSee this_.\n\n.. [#n] Note.\n"}

    book = make_book(files)

    assert book.build.warnings == ()
    assert outline(book) == [(0, "See the site and this")]
    assert book.addresses == {"https://example.org/site"}
    assert book.targets(3) >= {3}


def test_parameters_that_may_be_left_out_take_their_comma_with_them(make_book):
    book = make_book({"index.rst": CHAPTER + ".. py:function:: f(x[, y]) -> int\n\n   Doc.\n"})

    assert "f(x[, y]) → int Doc." in book.text


def test_boxes_of_other_extensions_are_boxes(make_book):
    book = make_book(
        {"index.rst": CHAPTER + ".. todo:: Check the figures.\n"},
        extensions=["sphinx.ext.todo"], todo_include_todos=True,
    )  # fmt: skip

    assert book.build.warnings == ()
    assert '#admonition(kind: "advice", title: [#"Todo";]' in book.source


def test_an_image_within_the_source_text_is_shown(make_book):
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    book = make_book({"index.rst": f"{CHAPTER}.. image:: data:image/png;base64,{pixel}\n   :alt: a point\n"})

    assert book.build.warnings == ()
    assert '#picture(alt: "a point", "images/' in book.source


def test_a_raw_line_break_parts_words(make_book):
    book = make_book({"index.md": "# Book\n\none<br>two\n"}, extensions=["myst_parser"])

    assert "one two" in book.text
