"""One book with nearly everything, in reStructuredText: what a reader of the PDF meets."""

from __future__ import annotations

import re

import pytest


def test_building_the_book_gives_no_warning(rst_book):
    assert rst_book.build.warnings == ()


def test_the_files_are_named_after_the_project_without_its_slash(rst_book):
    assert rst_book.name == "the-me-cfs-book"


def test_the_pdf_knows_its_title_author_and_language_and_is_tagged(rst_book):
    root = rst_book.pdf.trailer["/Root"]

    assert rst_book.pdf.metadata.title == "The ME/CFS Book"
    assert rst_book.pdf.metadata.author == "Ø. Author"
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]


def test_the_title_page_names_author_release_and_copyright(rst_book):
    assert rst_book.pages[0].strip() == "The ME/CFS Book Ø. Author 2026.1 © 2026, Ø. Author"


def test_the_outline_follows_parts_chapters_and_sections(rst_book):
    assert [(depth, title) for depth, title, _page in rst_book.outline] == [
        (0, "The first part"),
        (1, "1 Text with a note and code"),
        (2, "1.1 Section two"),
        (3, "1.1.1 Deep"),
        (4, "1.1.1.1 Deeper"),
        (5, "1.1.1.1.1 Deepest"),
        (1, "2 Lists"),
        (0, "The second part"),
        (1, "Boxes"),
        (2, "Inside"),
        (1, "Tables"),
        (1, "Figures and formulas"),
        (1, "Code"),
        (1, "Nested documents"),
        (2, "A nested page"),
        (3, "A section of the nested page"),
        (1, "References"),
        (0, "Index"),
    ]


def test_the_contents_name_the_pages_on_which_chapters_begin(rst_book):
    chapters = [(title, page) for depth, title, page in rst_book.outline if depth == 1]

    for title, page in chapters:
        assert re.search(rf"{re.escape(title)}[ .]+{page} ", rst_book.pages[1])
        assert rst_book.pages[page - 1].startswith(re.sub("a note", "a note1", title))
    assert {page for _title, page in chapters} <= rst_book.targets(2)


def test_the_depth_of_the_contents_is_counted_from_the_chapters(rst_book):
    assert "1.1 Section two ." in rst_book.pages[1]
    assert "1.1.1 Deep ." not in rst_book.pages[1]


def test_a_page_on_which_no_chapter_begins_names_its_chapter_above(rst_book):
    assert rst_book.pages[rst_book.page_of("To be read slowly") - 1].startswith("Boxes The ME/CFS Book")


def test_the_preface_stands_under_no_head(rst_book):
    assert rst_book.pages[2].startswith("A preface before all chapters")


def test_the_last_line_of_a_page_is_its_number(rst_book):
    for number, text in list(enumerate(rst_book.pages, 1))[1:]:
        assert text.rstrip().endswith(f" {number}")


@pytest.mark.parametrize(
    "words",
    ["Øystein", "Bragée", "Sørland", "Łukasz", "TNF-α", "β2-adrenergic", "≥ 3", "−12", "CO₂", "10 µg", "“quotes”"],
)
def test_characters_of_many_scripts_come_out_right(rst_book, words):
    assert words in rst_book.text


def test_text_that_looks_like_typst_shows_as_text(rst_book):
    assert "#eval(“1”) $x$ *a* @ref <label> \\ “ // /* #”; ] } `raw` = heading - item + item ~ ‘ ¶." in rst_book.text


@pytest.mark.parametrize("words", ["INVISIBLE", "ONLYHTML", "RAWHTML", "Footnotes"])
def test_what_is_not_meant_for_this_format_is_left_out(rst_book, words):
    assert words not in rst_book.text


@pytest.mark.parametrize("words", ["Only in Typst.", "Raw Typst."])
def test_what_is_meant_for_typst_alone_is_there(rst_book, words):
    assert words in rst_book.text


def test_an_abbreviation_is_spelled_out_once(rst_book):
    assert rst_book.text.count("PEM (post-exertional malaise)") == 1
    assert "PEM again" in rst_book.text


def test_a_note_is_printed_once_and_its_number_wherever_it_is_mentioned(rst_book):
    page = rst_book.pages[rst_book.page_of("A note2 and once more2, and a second one3") - 1]

    assert page.count("2The text of note one with a link. A second paragraph of note one.") == 1
    assert "3Note two." in page


def test_a_note_in_a_heading_stays_out_of_contents_and_bookmarks(rst_book):
    assert "1 Text with a note1 and code" in rst_book.text
    assert "1 Text with a note and code ." in rst_book.pages[1]


def test_notes_in_cells_captions_and_heads_of_tables_are_printed(rst_book):
    for note in ("A note in a table.", "A note in a caption.", "A note in a head."):
        assert rst_book.text.count(note) == 1


def test_lists_keep_their_numbers_and_letters(rst_book):
    text = rst_book.text

    assert "• one ‣ one point one ‣ one point two 1. deep 2. deeper • two with a second paragraph" in text
    assert "c. third letter d. fourth letter (iv) fourth (v) fifth" in text
    assert "term two : classifier Definition two. • with a list" in text
    assert "-b FILE, --bee=FILE option b" in text
    assert "Field: value" in text


def test_several_terms_share_a_definition(rst_book):
    assert "PEM malaise, post-exertional Worsening after exertion." in rst_book.text


def test_lines_of_verse_and_quotations_are_kept(rst_book):
    assert "Roses are red, violets are blue, and Substituted too." in rst_book.text
    assert "A quotation of several words. — A. Person" in rst_book.text


@pytest.mark.parametrize(
    "words",
    [
        "Note A note, with emphasis.",
        "Warning A warning. • with a list Tip A tip within.",
        "My own title An admonition with a title.",
        "A topic title Topic text.",
        "A sidebar title Sidebar subtitle Sidebar text.",
        "See also Text with a note",
        "Added in version 1.2: Added then.",
        "On this page • Inside",
        "clinic.measure(heart_rate: int, *, rest: bool = True) → float Measure something.",
        "try_stmt ::= try1_stmt | try2_stmt",
    ],
)
def test_boxes_and_descriptions_have_their_titles_and_text(rst_book, words):
    assert words in rst_book.text


def test_an_admonition_has_the_look_of_its_class(rst_book):
    assert '#admonition(kind: "caution", title: [#"My own title";], breakable: false)' in rst_book.source


def test_a_class_is_given_to_its_function(rst_book):
    assert '#card[#par[#"A container with a class.";];\n];' in rst_book.source
    assert '#strong[#par[#"A leading paragraph.";];\n];' in rst_book.source


def test_cells_span_columns_and_rows(rst_book):
    assert 'cell(colspan: 2)[#"Cells may span columns.";' in rst_book.source
    assert 'cell(rowspan: 2)[#"Cells may span rows.";' in rst_book.source


def test_widths_that_are_meant_are_kept(rst_book):
    assert "#data-table(columns: (20fr, 30fr, 50fr, ), width: 80%," in rst_book.source
    assert 'stub-cell()[#"Fluge 2019";' in rst_book.source


def test_the_head_of_a_long_table_stands_on_each_of_its_pages(rst_book):
    pages = [text for text in rst_book.pages if re.search(r"line \d+ \d+", text)]

    assert len(pages) > 1
    assert all("First column Second column" in text for text in pages)


def test_captions_have_the_numbers_that_sphinx_refers_to(rst_book):
    text = rst_book.text

    assert "Table 1. A table with spans" in text
    assert "Fig. 1. The map of all studies with a note1. The legend of the map." in text
    assert "Listing 1. A captioned block" in text
    assert "See equation (1), Fig. 1 and the map." in text


def test_every_image_has_a_description(rst_book):
    assert 'alt: "A map of studies"' in rst_book.source
    assert 'alt: "Only a caption here."' in rst_book.source
    assert rst_book.source.count("#picture(") == rst_book.source.count("#picture(alt: ") == 5


def test_a_formula_has_its_tex_as_description(rst_book):
    assert 'alt: "a^2 + \\\\beta_2 \\\\geq \\\\frac{1}{2}"' in rst_book.source
    assert 'number: [#"(1)";]' in rst_book.source


def test_code_keeps_lines_numbers_and_spaces(rst_book):
    code = rst_book.pdf.pages[rst_book.page_of("A captioned block") - 1].extract_text()

    assert re.search(r'10 +def answer\(question: str\) -> int:\n11 +return 42  # "#eval" stays text', code)
    assert "marked: (2, )" in rst_book.source
    assert "and    spaces" in code
    assert '  indented "quote"' in code


def test_a_long_word_of_code_is_broken_and_not_cut(rst_book):
    lines = rst_book.pdf.pages[rst_book.page_of("A captioned block") - 1].extract_text()

    assert "aVeryLongWord" * 9 not in lines
    assert "aVeryLongWord" * 9 in lines.replace("\n", "").replace(" ", "")


def test_links_lead_out_of_the_book(rst_book):
    assert rst_book.addresses == {
        "https://doi.org/10.1016/j.somewhereveryverylong.2024.123456789/abcdefghij-klmnopqrst_uvwxyz",
        "https://example.org/a?b=c&d=#e",
        "https://example.org/image",
        "https://example.org/note",
        "https://peps.python.org/pep-0008/",
        "mailto:someone@example.org",
    }


def test_links_lead_to_their_places_in_the_book(rst_book):
    pages = {title: page for _depth, title, page in rst_book.outline}
    references = rst_book.page_of("External named link")
    wanted = {
        pages["2 Lists"],  # a term
        rst_book.page_of("clinic.measure(heart_rate"),
        pages["Tables"],
        pages["Code"],
        pages["References"],
        pages["Index"],
    }

    assert rst_book.targets(references) == wanted
    assert rst_book.targets(pages["A nested page"]) == {
        pages["1 Text with a note and code"],
        pages["Nested documents"],
    }


def test_the_index_names_pages_and_leads_to_them(rst_book):
    index = rst_book.pages[-1]
    text = rst_book.page_of("Øystein Fluge")

    assert index.startswith("Index Symbols --quiet command line option")
    assert f"fatigue, {text} " in index
    assert f"malaise post-exertional, {text} " in index
    assert text in rst_book.targets(len(rst_book.pages))


def test_a_bibliography_entry_stands_under_its_mark(rst_book):
    assert "[Knuth2001] Knuth, D. The text of a citation" in rst_book.text
