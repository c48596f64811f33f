"""The tags of styles and scripts, which are made once for each folder."""

import sys
from types import ModuleType

import pytest
from support import Project

EXTENSIONS = ["myst_parser", "sphinx_mecfs"]
PAGES = {
    "index.md": "# Base\n\n```{toctree}\none\ndeep/leaf\ndeep/more\n```\n",
    "one.md": "# One\n",
    "deep/leaf.md": "# Leaf\n",
    "deep/more.md": "# More\n",
}


def watching(seen):
    """Return an extension that notes, for each page, what Sphinx makes of each file and what the templates get."""

    def before(_app, pagename, _templatename, context, _doctree):
        seen[pagename] = (context["css_tag"], context["js_tag"])

    def after(app, pagename, _templatename, context, _doctree):
        for number in range(2):
            app.add_js_file(None, body=f"const page = '{pagename}'; {number}")
        css, js = seen[pagename]
        pairs = [(css(one), context["css_tag"](one)) for one in context["css_files"]]
        pairs += [(js(one), context["js_tag"](one)) for one in [*context["script_files"], "_static/old.js"]]
        seen[pagename] = pairs

    def setup(app):
        app.add_css_file("https://example.org/a.css", media="print")
        app.connect("html-page-context", before, priority=1)
        app.connect("html-page-context", after, priority=999)

    module = ModuleType("watching")
    module.setup = setup
    return module


@pytest.fixture(scope="module")
def tags(tmp_path_factory):
    seen = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "watching", watching(seen))
        conf = {"project": "Test base", "extensions": [*EXTENSIONS, "watching"], "html_theme": "furo"}
        project = Project(tmp_path_factory.mktemp("tags"), conf)
        project.write(PAGES)
        assert project.build().warnings == ()
    return seen


def test_each_tag_is_what_sphinx_makes_of_it(tags):
    assert {name.removesuffix(".md") for name in PAGES} < set(tags)
    for pairs in tags.values():
        assert len(pairs) > 5
        assert all(theirs == ours for theirs, ours in pairs)


def test_a_page_in_another_folder_has_its_own_way_to_the_file(tags):
    assert any('href="_static/mecfs.css?v=' in ours for _theirs, ours in tags["one"])
    assert any('href="../_static/mecfs.css?v=' in ours for _theirs, ours in tags["deep/leaf"])


def test_what_stands_in_one_page_alone_is_not_put_into_the_next(tags):
    for name, other in [("deep/leaf", "deep/more"), ("deep/more", "deep/leaf")]:
        said = " ".join(ours for _theirs, ours in tags[name])
        assert f"'{name}'" in said
        assert f"'{other}'" not in said
