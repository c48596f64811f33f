"""The builders: `typst` writes the source of each book, `typstpdf` compiles it, too."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.i18n import format_date
from sphinx.util.nodes import inline_all_toctrees
from sphinx.util.osutil import ensuredir

from sphinx_mecfs.typst import markup
from sphinx_mecfs.typst.books import books_of
from sphinx_mecfs.typst.compiler import Compiler
from sphinx_mecfs.typst.index import write_index
from sphinx_mecfs.typst.markup import Code, Value
from sphinx_mecfs.typst.translator import TypstTranslator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.config import Config

    from sphinx_mecfs.typst.books import Book

logger = logging.getLogger(__name__)

_TEMPLATE = Path(__file__).with_name("template.typ")
# Its name beside the sources, where a template of the project may import it.
_COPY_OF_TEMPLATE = "sphinx-book.typ"
_AUTHOR_NOT_SET = "Author name not set"
_DEFAULT_CONTENTS_DEPTH = 3


class TypstBuilder(Builder):
    """Write one Typst source for every entry of `typst_documents`."""

    name = "typst"
    format = "typst"
    epilog = "The Typst sources are in %(outdir)s."
    default_translator_class: ClassVar[type[nodes.NodeVisitor]] = TypstTranslator
    # PDF comes last: the compiler refuses it within a document that has to meet PDF/UA.
    supported_image_types: ClassVar[list[str]] = [
        "image/svg+xml", "image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf",
    ]  # fmt: skip
    # This keeps Sphinx from loading images of other hosts: a build uses no network.
    supported_remote_images = True

    def init(self) -> None:
        """Set up what `prepare_writing` does not."""
        self.imagedir = "images"
        self.sources: list[Path] = []
        for entry in self.config.typst_documents:
            _check_document(entry)

    def get_outdated_docs(self) -> str:
        """Return what is to be written: always everything, since a book is one file."""
        return "all books"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return a mark that the visitor of references turns into a label."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return the same mark wherever the reference stands."""
        return self.get_target_uri(to)

    def copy_assets(self) -> None:
        """Copy the templates beside the sources."""
        shutil.copyfile(_TEMPLATE, self.outdir / _COPY_OF_TEMPLATE)
        if own := self._own_template():
            shutil.copyfile(own, self.outdir / own.name)

    def _own_template(self) -> Path | None:
        given: str | None = self.config.typst_template
        if not given:
            return None
        path = Path(self.confdir, given)
        if not path.is_file():
            message = f"`typst_template` names a file that does not exist: {path}"
            raise ConfigError(message)
        return path

    def write_documents(self, _docnames: AbstractSet[str]) -> None:
        """Write every book, whatever has changed."""
        for root, *_rest in self.config.typst_documents:
            if root not in self.env.all_docs:
                logger.warning("`typst_documents` names an unknown document: %r", root, type="typst")
        for book in books_of(self.env):
            if self.config.typst_split and book.part is None:
                logger.warning(
                    "no table of contents has a caption that `typst_split` could make a book of: it stays one",
                    location=book.root, type="typst", subtype="split",
                )  # fmt: skip
            with progress_message(f"writing {book.target}", nonl=False):
                self._write_book(book)

    def _write_book(self, book: Book) -> None:
        tree = self._assemble(book)
        self.post_process_images(tree)
        contents = self.env.tocs[book.root]
        # The caption of the one part that a book is stands in its title.
        parts = _parts(contents) if book.part is None else {}
        elsewhere = book.of_other_parts(self.env)
        translator = cast("TypstTranslator", self.create_translator(tree, self, parts, elsewhere))
        tree.walkabout(translator)
        if self.config.typst_use_index:
            translator.docname = "genindex"
            write_index(translator, self)
        depth = _contents_depth(contents) + translator.chapter_level - 1
        head = self._head(book.title, book.author, translator.chapter_level, depth)
        source = Path(self.outdir) / f"{book.target}.typ"
        source.write_text(head + translator.astext(), encoding="utf-8")
        self.sources.append(source)
        for formula in filter(None, translator.formulas.values()):
            path = Path(self.outdir) / formula.file_name
            ensuredir(path.parent)
            path.write_text(formula.svg, encoding="utf-8")

    def _assemble(self, book: Book) -> nodes.document:
        root = book.root
        tree = self.env.get_doctree(root)
        for toctree in [found for found in tree.findall(addnodes.toctree) if not book.holds(found)]:
            toctree.parent.remove(toctree)
        tree = inline_all_toctrees(self, {root}, root, tree, str, [root])
        tree["docname"] = root
        self.env.resolve_references(tree, root, self)
        return tree

    def _head(self, title: str, author: str, chapter_level: int, contents_depth: int) -> str:
        language, region = _language(self.config.typst_lang)
        timestamp = _timestamp()
        options: dict[str, Value] = {
            "title": title or self.config.project,
            "author": author,
            "release": self.config.release,
            "date": self._date_in_words(timestamp),
            "copyright": f"© {self.config.copyright}" if self.config.copyright else "",
            "timestamp": _date_expression(timestamp),
            "language": language,
            "region": region,
            "paper": self.config.typst_paper,
            "fonts": list(self.config.typst_fonts),
            "foot": self.config.typst_foot,
            "chapter_level": chapter_level,
            "contents_depth": contents_depth,
        }
        own = self._own_template()
        imports = [_COPY_OF_TEMPLATE, own.name] if own else [_COPY_OF_TEMPLATE]
        return "".join(
            [
                # What is imported last wins: a template of the project may hold only what it changes.
                *(f"#import {markup.string(name)}: *\n" for name in imports),
                f"#show: book.with({markup.arguments(options)})\n",
                # After `book`, so that settings in it (`#set text(...)`) are not set back.
                f"{self.config.typst_preamble}\n",
            ]
        )

    def _date_in_words(self, timestamp: datetime | None) -> str:
        """Return the date for the title page: none, rather than the day of the build."""
        if self.config.today or timestamp is None:
            return str(self.config.today)
        return format_date(self.config.today_fmt or "%B %d, %Y", language=self.config.language)

    def finish(self) -> None:
        """Copy the images of all books."""
        for source, name in self.images.items():
            target = Path(self.outdir) / self.imagedir / name
            ensuredir(target.parent)
            try:
                shutil.copyfile(Path(self.srcdir) / source, target)
            except OSError as error:
                logger.warning("cannot copy image %r: %s", source, error, type="typst", subtype="image")


class TypstPDFBuilder(TypstBuilder):
    """Write one Typst source and one PDF for every entry of `typst_documents`."""

    name = "typstpdf"
    epilog = "The PDF files are in %(outdir)s."

    def init(self) -> None:
        """Find the compiler before any document is read."""
        super().init()
        self._compiler = Compiler(
            Path(self.outdir),
            font_paths=[str(Path(self.confdir) / path) for path in self.config.typst_font_paths],
            standard=self.config.typst_pdf_standard or None,
        )

    def finish(self) -> None:
        """Compile all books, after their images have been copied."""
        super().finish()
        for source in self.sources:
            with progress_message(f"compiling {source.name}"):
                self._compiler.write_pdf(source)


def _check_document(entry: Sequence[str]) -> None:
    """Raise ConfigError for an entry of `typst_documents` that no book can be made of."""
    if len(entry) != 4:
        message = f"`typst_documents` wants (start document, file name, title, author), not {entry!r}"
        raise ConfigError(message)
    if Path(entry[1]).name != entry[1]:
        message = f"`typst_documents` wants a file name without folders or slashes, not {entry[1]!r}"
        raise ConfigError(message)


def default_documents(config: Config) -> list[tuple[str, str, str, str]]:
    """Return the one book of a project that does not set `typst_documents`."""
    author = "" if config.author == _AUTHOR_NOT_SET else config.author
    return [(config.root_doc, markup.file_name(config.project), config.project, author)]


def _language(given: str) -> tuple[str, str | None]:
    """Return the language and the country of a code such as `de`, `pt_BR` or `zh-Hans-CN`."""
    first, *rest = re.split(r"[-_@]", given)
    country = next((part.lower() for part in rest if re.fullmatch(r"[a-zA-Z]{2}", part)), None)
    return (first.lower() if re.fullmatch(r"[a-zA-Z]{2,3}", first) else "en"), country


def _timestamp() -> datetime | None:
    """Return the date that the environment gives to all that is built, None rather than the present."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(given), tz=UTC) if given.isdigit() else None


def _date_expression(date: datetime | None) -> Code | None:
    if date is None:
        return None
    parts = ("year", "month", "day", "hour", "minute", "second")
    return Code(f"datetime({markup.arguments({part: getattr(date, part) for part in parts})})")


def _parts(contents: nodes.Element) -> dict[str, str]:
    """Return the captions of the root document's toctrees by the first document in each."""
    return {
        toctree["includefiles"][0]: toctree["caption"]
        for toctree in contents.findall(addnodes.toctree)
        if toctree.get("caption") and toctree["includefiles"]
    }


def _contents_depth(contents: nodes.Element) -> int:
    depths: list[int] = [toctree.get("maxdepth", -1) for toctree in contents.findall(addnodes.toctree)]
    return max((depth for depth in depths if depth > 0), default=_DEFAULT_CONTENTS_DEPTH)
