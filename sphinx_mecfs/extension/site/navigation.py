"""Make the tree of all pages once for each folder of a website, where Sphinx makes it once for each page.

Furo asks Sphinx for the whole tree on each page, so that the time for it grows with the square of the pages. The trees
of two pages in one folder differ in nothing but the marks of the page that is open. Here the tree is made for a page of
that folder which does not exist, and the marks are put into its HTML. Where it cannot be told for certain which tags
they belong to, and for all other forms of the tree, Sphinx is asked as before; `tests/site/test_navigation.py` holds
that both say the same, byte for byte.
"""

from __future__ import annotations

import re
from html import unescape
from posixpath import dirname
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.adapters.toctree import global_toctree_for_doc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder

_TAG = re.compile(r"<(?P<end>/?)(?P<name>ul|li|a)\b(?P<rest>[^>]*)>")
_CLASS = re.compile(r' class="(?P<names>[^"]*)"')
_HREF = re.compile(r' href="(?P<address>[^"]*)"')
_CURRENT = "current"


class Opening(NamedTuple):
    """An opening tag in some HTML: where it begins and ends, and what it becomes for the page that is open."""

    start: int
    end: int
    marked: str


class Tree(NamedTuple):
    """The HTML of a tree in which no page is open, and by address the tags to mark for the page that is.

    Addresses that stand in it more than once, or with an anchor, are `unclear`.
    """

    html: str
    branches: Mapping[str, tuple[Opening, ...]]
    unclear: frozenset[str]

    def of(self, address: str) -> str | None:
        """Return the HTML for a page at an address, or None where it cannot be told."""
        if address in self.unclear:
            return None
        parts, reached = [], 0
        for start, end, marked in self.branches.get(address, ()):
            parts += [self.html[reached:start], marked]
            reached = end
        return "".join((*parts, self.html[reached:]))


def read_tree(html: str, links: int) -> Tree | None:
    """Read the HTML of a tree with so many links, or return None where it has another form than Sphinx gives it."""
    branches: dict[str, tuple[Opening, ...]] = {}
    unclear: set[str] = set()
    above: list[tuple[str, Opening]] = []
    found = 0
    for match in _TAG.finditer(html):
        name = match["name"]
        if match["end"]:
            if not above or above.pop()[0] != name:
                return None
            continue
        above.append((name, Opening(match.start(), match.end(), _marked(name, match["rest"]))))
        if name == "a":
            found += 1
            href = _HREF.search(match["rest"])
            address, anchor, _rest = unescape(href["address"] if href else "").partition("#")
            if address in branches or anchor:
                unclear.add(address)
            branches[address] = tuple(opening for _name, opening in above)
    return Tree(html, branches, frozenset(unclear)) if found == links and not above else None


def _marked(name: str, rest: str) -> str:
    """Return an opening tag with the class of what is open: first in a link, which leads nowhere then, else last."""
    found = _CLASS.search(rest)
    names = found["names"].split() if found else []
    names = [_CURRENT, *names] if name == "a" else [*names, _CURRENT]
    rest = _HREF.sub(' href="#"', _CLASS.sub("", rest, 1))
    return f'<{name} class="{" ".join(names)}"{rest}>'


class Navigation:
    """The trees of the pages that are being written, made when they are first asked for."""

    def __init__(self) -> None:
        self._trees: dict[tuple[str, tuple[tuple[str, object], ...]], Tree | None] = {}
        self._plain: bool | None = None

    def forget(self, _app: Sphinx, _builder: Builder) -> None:
        """Forget the trees of an earlier build."""
        self._trees, self._plain = {}, None

    def offer(
        self, app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
    ) -> None:
        """Give the theme a function for the tree that remembers, in place of Sphinx's."""
        if app.builder.name == "html" and "toctree" in context:
            context["toctree"] = self._asked(app.builder, pagename, context["toctree"])  # type: ignore[arg-type]

    def _asked(self, builder: StandaloneHTMLBuilder, pagename: str, ask: Callable[..., str]) -> Callable[..., str]:
        def toctree(**options: Any) -> str:  # noqa: ANN401
            return self._html(builder, pagename, options) or ask(**options)

        return toctree

    def _html(self, builder: StandaloneHTMLBuilder, pagename: str, options: dict[str, Any]) -> str | None:
        """Return the tree with the marks of a page, or None where Sphinx has to be asked."""
        # What is folded, and how deep a page's own headings are shown, depends on the page that is open.
        if not options.get("titles_only") or options.get("collapse", True) or "includehidden" not in options:
            return None
        nobody = _nobody(builder, pagename)
        key = (dirname(pagename), tuple(sorted(options.items())))
        if key not in self._trees:
            self._trees[key] = self._made(builder, nobody, options)
        tree = self._trees[key]
        return tree.of(builder.get_relative_uri(nobody, pagename)) if tree else None

    def _made(self, builder: StandaloneHTMLBuilder, nobody: str, options: dict[str, Any]) -> Tree | None:
        if self._plain is None:
            # What is shown by tag alone is copied in another way above the page that is open.
            self._plain = not any(_has_only(toc) for toc in builder.env.tocs.values())
        made = (
            global_toctree_for_doc(builder.env, nobody, builder, tags=builder.tags, **options) if self._plain else None
        )
        if made is None:
            return None
        links = sum(1 for _link in made.findall(nodes.reference))
        return read_tree(builder.render_partial(made)["fragment"], links)


def _has_only(toc: nodes.Element) -> bool:
    return next(toc.findall(addnodes.only), None) is not None


def _nobody(builder: Builder, pagename: str) -> str:
    """Return a name in the folder of a page that no page has."""
    name = f"{dirname(pagename)}/-".removeprefix("/")
    while name in builder.env.found_docs:
        name += "-"
    return name


def setup(app: Sphinx) -> None:
    """Connect the events; each application remembers by itself."""
    navigation = Navigation()
    app.connect("write-started", navigation.forget)
    # Before the theme asks.
    app.connect("html-page-context", navigation.offer, priority=100)
