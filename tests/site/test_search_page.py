"""The search page of a website with an index of its full text, and of one without."""

import re

import pytest

OURS = "mecfs-search.js"


@pytest.fixture(scope="module")
def page(base_project):
    pytest.importorskip("pagefind")
    # The output folder of a builder of its own, so that others who share the project find theirs as it was.
    build = base_project.build("dirhtml", mecfs_fulltext=True)
    assert build.warnings == ()
    return build.text("search/index.html")


def scripts(page):
    return [name.rpartition("/")[2].partition("?")[0] for name in re.findall(r'<script [^>]*src="([^"]*)"', page)]


def test_it_loads_no_index_of_all_words(page):
    assert OURS in scripts(page)
    assert not {"searchindex.js", "searchtools.js", "language_data.js"} & set(scripts(page))


def test_it_has_a_heading_a_named_box_and_a_place_for_results(page):
    assert re.search(r"<h1>Search</h1>", page)
    assert re.search(r'<label>Search <input type="search" name="q"', page)
    assert 'id="search-results"' in page
    assert "Please activate JavaScript to enable the search functionality." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "<title>Search" in page


def test_without_such_an_index_the_page_is_that_of_the_theme(base_html):
    page = base_html.text("search.html")
    assert OURS not in scripts(page)
    assert {"searchindex.js", "searchtools.js"} <= set(scripts(page))
