"""The tree of all pages, which is made once for each folder and marked for each page."""

import sys
from types import ModuleType

import pytest
from support import Project

from sphinx_mecfs.extension.site import navigation
from sphinx_mecfs.extension.site.navigation import global_toctree_for_doc, read_tree

FURO = {"collapse": False, "titles_only": True, "maxdepth": -1, "includehidden": True}
OTHERS = ({**FURO, "maxdepth": 0, "includehidden": False}, {**FURO, "collapse": True}, {**FURO, "titles_only": False})

INDEX = """\
# Base

```{toctree}
:caption: First & foremost
:numbered:
one
deep/index
self
Elsewhere <https://example.org/a?b=1&c=2>
```

```{toctree}
:hidden:
:maxdepth: 1
plain
many
genindex
```
"""
PAGES = {
    "index.md": INDEX,
    "one.md": "# One *with* `code` and {kbd}`raw`\n\n## Part\n\nWords.\n",
    "plain.md": '# Ærø <b> & "more"\n\nWords.\n',
    "many.md": "# Many\n\nWords.\n\n# Second top\n\nWords.\n",
    "lone.md": "---\norphan: true\n---\n\n# Lone\n\nWords.\n",
    "deep/index.md": "# Deep\n\n```{toctree}\nleaf\ninner/index\nå b\n```\n\n## Part\n\nWords.\n",
    "deep/leaf.md": "# Leaf\n\nWords.\n",
    "deep/å b.md": "# Blank in name\n\nWords.\n",
    "deep/lone.md": "---\norphan: true\n---\n\n# Lone too\n\nWords.\n",
    "deep/inner/index.md": "# Inner\n\n```{toctree}\ntip\n```\n",
    "deep/inner/tip.md": "# Tip\n\n## Part\n\nWords.\n",
}
CONF = {"project": "Test base", "extensions": ["myst_parser", "sphinx_mecfs"], "html_theme": "furo"}


@pytest.fixture
def asked(monkeypatch):
    """Return a function that builds a project with an extension that asks what Sphinx says and what the theme is told."""

    def ask(project, *options):
        module, seen = _watching(options)
        monkeypatch.setitem(sys.modules, "watching", module)
        return project.build(extensions=[*CONF["extensions"], "watching"]), seen

    return ask


def _watching(options):
    seen = {}

    def before(_app, pagename, _templatename, context, _doctree):
        seen[pagename] = [context["toctree"], None]

    def after(_app, pagename, _templatename, context, _doctree):
        theirs, ours = seen[pagename][0], context["toctree"]
        seen[pagename] = [(theirs(**one), ours(**one)) for one in options]

    def setup(app):
        app.connect("html-page-context", before, priority=1)
        app.connect("html-page-context", after, priority=999)

    module = ModuleType("watching")
    module.setup = setup
    return module, seen


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("navigation"), CONF)
    project.write(PAGES)
    return project


def test_the_tree_of_every_page_is_what_sphinx_makes(book, asked):
    build, seen = asked(book, FURO, *OTHERS)
    assert build.warnings == ()
    assert set(seen) == {name.removesuffix(".md") for name in PAGES} | {"genindex", "search"}
    for pagename, told in seen.items():
        for theirs, ours in told:
            assert ours == theirs, pagename


def test_a_page_that_stands_in_the_tree_twice_or_is_shown_by_tag_is_left_to_sphinx(make_project, asked):
    index = "# Base\n\n```{toctree}\na\nb\n```\n\n```{only} html\n## Part\n```\n"
    inner = "# B\n\n```{toctree}\na\nc\n```\n"
    files = {"index.md": index, "a.md": "# A\n", "b.md": inner, "c.md": "# C\n\n```{only} html\n## Part\n```\n"}
    _build, seen = asked(make_project(files, extensions=CONF["extensions"], html_theme="furo"), FURO)
    assert len(seen) == len(files) + 2
    assert all(ours == theirs for told in seen.values() for theirs, ours in told)


def test_the_tree_is_made_once_for_a_folder(book, monkeypatch):
    made = []

    def count(_env, docname, *arguments, **options):
        made.append(docname)
        return global_toctree_for_doc(_env, docname, *arguments, **options)

    monkeypatch.setattr(navigation, "global_toctree_for_doc", count)
    book.build(fresh=True)
    assert sorted(made) == ["-", "deep/-", "deep/inner/-"]


def test_a_later_build_forgets_the_tree(book, asked):
    book.build()
    book.replace("deep/leaf.md", "# Leaf", "# New leaf")
    try:
        _build, seen = asked(book, FURO)
    finally:
        book.replace("deep/leaf.md", "# New leaf", "# Leaf")
    assert all(ours == theirs for told in seen.values() for theirs, ours in told)
    assert any("New leaf" in ours for told in seen.values() for _theirs, ours in told)


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li></ul>",
        "<ul><li><a href='x'></a></li></ul></ul>",
        '<ul><li><a href="x"></a><a href="y"></a></li></ul>',
        "<a>",
    ],
)
def test_a_tree_of_another_form_is_not_read(html):
    assert read_tree(html, 1) is None
