"""Which books are written: one for each entry of `typst_documents`, or one for each part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx import addnodes
from sphinx.util import logging

from sphinx_mecfs.typst import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


class Book(NamedTuple):
    """One book: its start document, file name without suffix, title and author.

    `part` is the caption of the tables of contents that it holds; None: it holds all of them.
    """

    root: str
    target: str
    title: str
    author: str
    part: str | None = None

    def holds(self, toctree: nodes.Element) -> bool:
        """Tell whether a table of contents of the start document belongs to this book."""
        caption = toctree.get("caption")
        return self.part is None or not caption or caption == self.part

    def documents(self, env: BuildEnvironment) -> frozenset[str]:
        """Return the documents of the book, the start document among them."""
        kept = (toctree for toctree in _toctrees(env, self.root) if self.holds(toctree))
        return frozenset({self.root, *_below(env, (name for toctree in kept for name in toctree["includefiles"]))})

    def of_other_parts(self, env: BuildEnvironment) -> frozenset[str]:
        """Return the documents that stand in other parts of the same whole and not in this one."""
        if self.part is None:
            return frozenset()
        return self._replace(part=None).documents(env) - self.documents(env)


def books_of(env: BuildEnvironment) -> tuple[Book, ...]:
    """Return the books to write, without those whose start document is unknown.

    With `typst_split` each caption among the tables of contents of a start document makes a book. What stands in
    tables of contents without a caption, and the start document itself, stand in each of them.
    """
    wholes = [Book(*entry) for entry in env.config.typst_documents if entry[0] in env.all_docs]
    if not env.config.typst_split:
        return tuple(wholes)
    return tuple(book for whole in wholes for book in _split(env, whole))


def _split(env: BuildEnvironment, whole: Book) -> Iterator[Book]:
    captions = dict.fromkeys(toctree.get("caption") for toctree in _toctrees(env, whole.root))
    parts = [caption for caption in captions if caption]
    if not parts:
        yield whole
    taken: set[str] = set()
    for part in parts:
        name = wanted = f"{whole.target}-{markup.file_name(part)}"
        number = 2
        while name in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add(name)
        title = whole.title or env.config.project
        yield whole._replace(target=name, title=f"{title}: {part}", part=part)


def _toctrees(env: BuildEnvironment, root: str) -> Iterator[nodes.Element]:
    return env.tocs[root].findall(addnodes.toctree)


def _below(env: BuildEnvironment, docnames: Iterable[str]) -> set[str]:
    """Return the documents and all that their own tables of contents name."""
    found: set[str] = set()
    todo = list(docnames)
    while todo:
        docname = todo.pop()
        if docname not in found and docname in env.all_docs:
            found.add(docname)
            todo += env.toctree_includes.get(docname, ())
    return found
