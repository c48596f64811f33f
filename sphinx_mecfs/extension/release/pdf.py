"""Say before a PDF is written that it will hold more studies than one file should."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from ...evidence.problems import Problem
from ...typst import Book, books_of
from ..report import report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..domain.domain import MecfsDomain

GIGABYTES, GIGABYTES_PER_STUDY = 0.3, 0.0019
"""What compiling with Typst takes, from 0.9 GB for 300 studies and 2.2 GB for 1,000."""


class Document(NamedTuple):
    """One PDF: its name, its start document, all its documents, and what would make several of it."""

    name: str
    root: str
    documents: frozenset[str]
    advice: str


def documents_of(builder: Builder) -> Iterator[Document]:
    """Yield the PDF files that a builder writes, or writes the source of; none where it writes no PDF."""
    env = builder.env
    if builder.format == "typst":
        for book in books_of(env):
            advice = (
                f"set `typst_split = True` for one PDF of each captioned table of contents of {book.root!r}"
                if book.part is None
                else f"share out {book.part!r} among several captioned tables of contents of {book.root!r}"
            )
            yield Document(f"{book.target}.pdf", book.root, book.documents(env), advice)
    elif builder.format == "latex":
        for root, target, *_rest in env.config.latex_documents:
            if root in env.all_docs:
                advice = "give `latex_documents` an entry for each topic, with a start document of its own"
                name = f"{target.removesuffix('.tex')}.pdf"
                yield Document(name, root, Book(root, name, title="", author="").documents(env), advice)


def check_sizes(app: Sphinx, builder: Builder) -> None:
    """Report each PDF that will hold more studies than `mecfs_pdf_limit`."""
    limit: int = app.config.mecfs_pdf_limit
    if limit <= 0:
        return
    cards = cast("MecfsDomain", app.env.domains["mecfs"]).cards
    for document in documents_of(builder):
        count = sum(len(cards.get(docname, ())) for docname in document.documents)
        if count > limit:
            report(Problem.PDF_SIZE, _too_large(document, count, limit, typst=builder.format == "typst"), document.root)


def _too_large(document: Document, count: int, limit: int, *, typst: bool) -> str:
    memory = f" and may take {GIGABYTES + count * GIGABYTES_PER_STUDY:.1f} GB of memory" if typst else ""
    return (
        f"{document.name} will hold {count} studies, where `mecfs_pdf_limit` is {limit}{memory}: "
        f"{document.advice}, or raise the limit"
    )


def setup(app: Sphinx) -> None:
    """Look before anything is written: a large PDF takes minutes, and may end for want of memory."""
    app.connect("write-started", check_sizes)
