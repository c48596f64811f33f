"""Single nodes: what is missing, unknown or somebody else's."""

from __future__ import annotations

import sys

import pytest
from docutils import nodes
from docutils.parsers.rst import Directive

from sphinx_mecfs.typst import add_style
from sphinx_mecfs.typst.mathematics import typeset


class Strange(nodes.General, nodes.Element):
    """A block that no builder knows."""


class StrangeWords(nodes.TextElement):
    """A paragraph of its own kind that no builder knows."""


class Card(nodes.General, nodes.Element):
    """A block with visitors."""


def block_of(node_class: type[nodes.Element]) -> type[Directive]:
    class BlockDirective(Directive):
        has_content = True

        def run(self):
            node = node_class(ids=["the-card"])
            self.state.nested_parse(self.content, self.content_offset, node)
            return [node]

    return BlockDirective


def page(text: str) -> dict[str, str]:
    return {"index.rst": f"Title\n=====\n\nChapter\n-------\n\n{text}\n"}


# ------------------------------------------------------------------------------------------ references


def test_a_reference_that_sphinx_has_warned_of_stays_text(make_book):
    book = make_book(page("See :ref:`nowhere`, :doc:`missing` and so on."))

    assert [warning.partition("WARNING: ")[2] for warning in book.build.warnings] == [
        "undefined label: 'nowhere' [ref.ref]",
        "unknown document: 'missing' [ref.doc]",
    ]
    assert "See nowhere, missing and so on." in book.text


def test_a_place_outside_the_book_is_warned_of_once_and_stays_text(make_book):
    files = {
        **page("See :doc:`away`, :doc:`away` and :ref:`there`."),
        "away.rst": ":orphan:\n\n.. _there:\n\nAway\n====\n",
    }

    book = make_book(files)

    assert book.build.warnings == (
        "index.rst:7: WARNING: the book has no place 'away:': the reference is shown as text [typst.reference]",
        "index.rst:7: WARNING: the book has no place 'away:there': the reference is shown as text [typst.reference]",
    )
    assert "See Away, Away and Away." in book.text


def test_a_place_in_what_a_visitor_left_out_does_not_stop_the_build(make_book, add_extension):
    def skip(_translator, _node):
        raise nodes.SkipNode

    def setup(app):
        app.add_node(Card, typst=(skip, None))
        app.add_directive("card", block_of(Card))

    text = ".. card::\n\n   .. _inner:\n\n   Gone.\n\nSee `the inner <inner_>`_."

    book = make_book(page(text), extensions=[add_extension(setup)])

    (warning,) = book.build.warnings
    assert "the book has no place 'index:inner'" in warning
    assert "See the inner." in book.text
    assert "Gone" not in book.text


def test_two_places_of_one_name_do_not_stop_the_build(make_book):
    files = {
        "index.rst": "Title\n=====\n\n.. toctree::\n\n   a\n   b\n",
        "a.rst": "Same\n====\n\nSee Same_.\n",
        "b.rst": "Same\n====\n\nSee Same_.\n",
    }

    book = make_book(files)

    assert book.build.warnings == ()
    assert book.targets(3) == {3}
    assert book.targets(4) == {4}


def test_the_pages_that_only_a_site_has_are_no_mistake(make_book):
    book = make_book(page(":ref:`genindex` :ref:`modindex` :ref:`search`"))

    assert book.build.warnings == ()
    assert "Index Module Index Search Page" in book.text


# ---------------------------------------------------------------------------------------------- images


def test_a_missing_image_is_warned_of_and_its_description_shown(make_book):
    book = make_book(page(".. image:: gone.png\n   :alt: A lost picture\n\n.. figure:: lost.svg\n\n   The caption\n"))

    assert len(book.build.warnings) == 2
    assert all("image file not readable" in warning for warning in book.build.warnings)
    assert "A lost picture" in book.text
    assert "The caption The caption" in book.text


def test_an_image_on_another_host_is_not_loaded(make_book):
    book = make_book(page(".. image:: https://example.invalid/picture.png\n   :alt: far away\n"))

    (warning,) = book.build.warnings
    assert "an image on another host is not loaded: https://example.invalid/picture.png" in warning
    assert "far away" in book.text


def test_an_image_without_words_is_described_by_its_file_name(make_book):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'

    book = make_book({**page(".. image:: pictures/the-map.svg\n"), "pictures/the-map.svg": svg})

    assert book.build.warnings == ()
    assert '#picture(alt: "the-map", "images/the-map.svg");' in book.source


# ----------------------------------------------------------------------------------------- mathematics


def test_a_formula_that_cannot_be_typeset_is_shown_as_tex(make_book):
    book = make_book(page(r"A :math:`\frac{a}{\unknown{` formula."))

    (warning,) = book.build.warnings
    assert "cannot typeset the formula" in warning
    assert r"A \frac{a}{\unknown{ formula." in book.text


def test_without_its_package_mathematics_is_shown_as_tex_with_one_warning(make_book, monkeypatch):
    monkeypatch.setitem(sys.modules, "ziamath", None)

    book = make_book(page("A :math:`a^2` and :math:`b^2`.\n\n.. math:: c^2\n   :label: c\n"))

    (warning,) = book.build.warnings
    assert "install the package 'ziamath'" in warning
    assert "A a^2 and b^2. c^2 (1)" in book.text


def test_a_numbered_environment_is_typeset_without_numbers_of_its_own():
    numbered, plain = (
        typeset(rf"\begin{{{name}}}a &= b \\ c &= d\end{{{name}}}", display=True, location=nodes.Text(""))
        for name in ("align", "align*")
    )

    assert numbered == plain
    assert numbered is not None


def test_several_lines_are_aligned_without_an_environment():
    given, meant = (
        typeset(tex, display=True, location=nodes.Text(""))
        for tex in (r"a &= b \\ c &= d", r"\begin{aligned}a &= b \\ c &= d\end{aligned}")
    )

    assert given == meant
    assert given is not None


# ------------------------------------------------------------------------------- nodes of other people


def test_an_unknown_node_keeps_its_content_with_one_warning_for_its_class(make_book, add_extension):
    def setup(app):
        app.add_node(Strange)
        app.add_node(StrangeWords)
        app.add_directive("strange", block_of(Strange))
        app.add_role("words", lambda _n, _r, text, *_: ([StrangeWords(text, text)], []))

    text = ".. strange::\n\n   First *words*.\n\n.. strange::\n\n   - Second\n\nIn a line: :words:`third`."

    book = make_book(page(text), extensions=[add_extension(setup)])

    assert [warning.partition("WARNING: ")[2] for warning in book.build.warnings] == [
        "no Typst visitor for nodes of class 'Strange': their text is kept without any form [typst.unknown_node]",
        "no Typst visitor for nodes of class 'StrangeWords': their text is kept without any form [typst.unknown_node]",
    ]
    assert "First words. • Second In a line: third" in book.text


def test_a_node_is_written_by_its_own_visitors(make_book, add_extension):
    def visit(translator, _node):
        translator.open_block("card")
        translator.open_inline("badge")
        translator.text('PEM #required "quoted"')
        translator.close_inline()
        translator.emit("#linebreak();")

    def depart(translator, _node):
        translator.close_block()

    def setup(app):
        app.add_node(Card, typst=(visit, depart))
        app.add_directive("card", block_of(Card))

    book = make_book(page(".. card::\n\n   Inside the card.\n"), extensions=[add_extension(setup)])

    assert book.build.warnings == ()
    assert (
        '#anchor(label("index:the-card"));'
        '#card[#badge[#"PEM #required \\"quoted\\"";];#linebreak();#par[#"Inside the card.";];\n];'
    ) in book.source
    assert 'PEM #required "quoted" Inside the card.' in book.text


def test_what_a_visitor_leaves_open_is_closed_on_departure(make_book, add_extension):
    def visit(translator, node):
        translator.open_block("card", title=translator.render(nodes.Text("A title")))
        translator.open_block("indented")
        if node.astext() == "one":
            raise nodes.SkipDeparture

    def setup(app):
        app.add_node(Card, typst=(visit, None))
        app.add_directive("card", block_of(Card))

    text = ".. card::\n\n   one\n\n.. card::\n\n   two\n\nAfter."

    book = make_book(page(text), extensions=[add_extension(setup)])

    assert book.build.warnings == ()
    assert "A title one A title two After." in book.text
    for word in ("one", "two"):
        assert f'#card(title: [#"A title";])[#indented[#par[#"{word}";];\n];\n];\n' in book.source


def test_an_extension_may_add_functions_and_classes_and_the_project_has_the_last_word(make_book, add_extension):
    def style(_app, config):
        add_style(
            config,
            preamble='#let mark(body) = [MARK #body]\n#let frame(title: "none", body) = [FRAME #title: #body]',
            classes={"marked": "mark", "framed": "frame", "both": "mark"},
        )

    def setup(app):
        app.setup_extension("sphinx_mecfs.typst")
        app.connect("config-inited", style)

    text = (
        ".. role:: marked\n\n.. role:: both\n\nA :marked:`word` and :both:`another`.\n\n"
        ".. admonition:: Words\n   :class: framed\n\n   In a frame.\n\n"
        ".. container:: marked\n\n   A block."
    )

    book = make_book(
        page(text),
        extensions=[add_extension(setup)],
        typst_preamble="#let own(body) = [OWN #body]",
        typst_classes={"both": "own"},
    )

    assert book.build.warnings == ()
    assert "A MARK word and OWN another. FRAME Words: In a frame. MARK A block." in book.text


def test_entries_of_a_bibtex_bibliography_are_linked(make_book):
    bib = (
        "@article{fluge-2019, author={Fluge, {\\O}ystein and Sørland, Kari}, title={{B-cell TNF-α}}, "
        "journal={Annals}, year={2019}}\n"
    )
    files = {**page("Shown by :cite:p:`fluge-2019`.\n\n.. bibliography::\n"), "refs.bib": bib}

    book = make_book(files, extensions=["sphinxcontrib.bibtex"], bibtex_bibfiles=["refs.bib"])

    assert book.build.warnings == ()
    assert "Øystein Fluge and Kari Sørland. B-cell TNF-α. Annals, 2019." in book.text
    assert book.targets(3) == {3}


@pytest.mark.parametrize("depth", [30])
def test_deeply_nested_lists_are_written(make_book, depth):
    lines = "\n\n".join("  " * level + f"* level {level}" for level in range(depth))

    book = make_book(page(lines))

    assert book.build.warnings == ()
    assert f"level {depth - 1}" in book.text
