"""Whatever the texts, each writer gives one record of its format, which a reader takes apart again."""

import csv
import html
import io
import json
import re

from attacks import CORPUS, braced
from hypothesis import example, given
from hypothesis import strategies as st
from inspecting import in_bibtex, in_html, in_ris, in_script, in_typst
from pybtex.richtext import Text

from sphinx_mecfs.bibliography.convert import from_pybtex, to_pybtex
from sphinx_mecfs.bibliography.fields import FIELD_ORDER
from sphinx_mecfs.bibliography.lint import lint
from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.reference import format_reference, in_text, short_citation
from sphinx_mecfs.bibliography.style import LONGEST_LABEL, EvidenceStyle, LabelStyle
from sphinx_mecfs.bibliography.texts import one_space
from sphinx_mecfs.evidence.common.unseen import has_unseen, without_unseen
from sphinx_mecfs.extension.site.data import script
from sphinx_mecfs.formats.bibtex import to_bibtex
from sphinx_mecfs.formats.coins import to_coins
from sphinx_mecfs.formats.csl import to_csl
from sphinx_mecfs.formats.release.tables import FORMULA, Column, cell, to_csv
from sphinx_mecfs.formats.ris import to_ris
from sphinx_mecfs.typst import markup

SIGNS = st.sampled_from([attack.text for attack in CORPUS])
TEXTS = st.one_of(
    st.text(max_size=30), SIGNS, st.lists(st.one_of(SIGNS, st.text(max_size=8)), max_size=4).map(" ".join)
)
FIELDS = st.dictionaries(st.sampled_from(FIELD_ORDER), TEXTS)
KINDS = st.sampled_from(["article", "book", "inbook", "phdthesis", "online", "techreport", "zqx"])


@st.composite
def entries(draw):
    """What is read of an entry with any texts."""
    fields = "".join(f"  {name} = {braced(text)},\n" for name, text in draw(FIELDS).items())
    source = f"@{draw(KINDS)}{{key-2000,\n{fields}}}\n".encode("utf-8", "replace")
    return read_bibliography(source)


@given(entries())
def test_an_entry_is_read_whole_and_without_characters_that_cannot_be_seen(bibliography):
    assert list(bibliography.entries) == ["key-2000"]
    entry = bibliography.entries["key-2000"]
    for piece in format_reference(entry):
        assert not has_unseen(piece.text + piece.url)
        assert re.match(r"https?://|$", piece.url)
    assert not has_unseen(in_text(entry) + short_citation(entry))
    lint(bibliography)


@given(entries())
def test_a_record_in_each_form_is_one_record(bibliography):
    entry = bibliography.entries["key-2000"]
    assert in_ris(to_ris(entry)) == []
    assert in_bibtex(to_bibtex(entry)) == []
    assert json.loads(json.dumps(to_csl(entry)))["id"] == "key-2000"
    assert re.fullmatch(r"[\w.~%&=:/-]*", to_coins(entry))
    assert in_html(f'<span class="Z3988" title="{html.escape(to_coins(entry))}"></span>') == []


@given(entries())
def test_what_is_written_as_bibtex_is_read_as_the_same_entry(bibliography):
    entry = bibliography.entries["key-2000"]
    again = read_bibliography(to_bibtex(entry).encode()).entries["key-2000"]
    assert format_reference(again) == format_reference(entry)


@given(entries())
@example(read_bibliography(b"@article{key-2000, author = {zqx\\}, year = {{{ a }} {% b %}}}"))
def test_bibtex_can_format_every_entry(bibliography):
    made = to_pybtex(bibliography.entries["key-2000"])
    from_pybtex(made)
    EvidenceStyle().format_entry("", made)
    assert all(str(part) is not None for person in made.persons.get("author", ()) for part in person.rich_last_names)
    assert all(str(Text.from_latex(text)) is not None for text in made.fields.values())
    (label,) = LabelStyle().format_labels([made])
    assert len(label) <= LONGEST_LABEL
    assert "\\" not in label


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1))
def test_no_cell_of_a_table_is_a_formula_and_each_is_read_back(rows):
    columns = [Column("a", "", "", lambda row: row[0]), Column("b", "", "", lambda row: row[1])]
    read = list(csv.reader(io.StringIO(to_csv(columns, rows), newline=""), strict=True))
    assert [len(row) for row in read] == [2] * (len(rows) + 1)
    for row, (first, second) in zip(read[1:], rows, strict=True):
        for got, text in zip(row, (first, second), strict=True):
            assert not got.startswith(FORMULA)
            assert got.removeprefix("'") == one_space(without_unseen(text)).removeprefix("'")


@given(st.lists(TEXTS))
def test_no_cell_that_holds_a_list_is_a_formula(items):
    assert not cell(tuple(items)).startswith(FORMULA)


@given(st.dictionaries(TEXTS, TEXTS))
def test_nothing_in_data_ends_its_script(data):
    text = script("mecfsX", data).decode("utf-8", "surrogatepass")
    assert in_script(text) == []
    assert json.loads(text.partition("=")[2].rstrip().removesuffix(";")) == data


@given(TEXTS)
def test_text_in_typst_stays_within_strings(text):
    for written in (markup.text(text), markup.verbatim(text), markup.expression(text), markup.label(text)):
        assert in_typst(written) == []
        outside = re.sub(r'"(?:\\.|[^"\\])*"', "", written, flags=re.DOTALL)
        assert re.fullmatch(r"(?:#;|#may-break;|label\(\))*", outside)
        written.encode()


@given(st.text(min_size=1))
def test_a_file_name_is_safe_anywhere(title):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", markup.file_name(title))
