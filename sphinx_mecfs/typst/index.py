"""The index at the end of a book, with page numbers that Typst looks up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _

from sphinx_mecfs.typst import markup
from sphinx_mecfs.typst.markup import Code, Value

if TYPE_CHECKING:
    from sphinx_mecfs.typst.builder import TypstBuilder
    from sphinx_mecfs.typst.translator import TypstTranslator

# What Sphinx keeps for one entry: whether it is the main one, and the address or False ("see ...").
Links = Sequence[tuple[str | None, str | bool]]


def write_index(translator: TypstTranslator, builder: TypstBuilder) -> None:
    """Write the index of a book, if it has one; its text must have been written before.

    Entries that lead out of the book are left out.
    """
    letters: list[str] = []
    for letter, entries in IndexEntries(builder.env).create_index(builder):
        lines: list[str] = []
        for term, (links, subentries, _key) in entries:
            inner = [_line(translator, name, found, indent="1.2em") for name, found in subentries]
            own = _line(translator, term, links)
            if own or any(inner):
                lines.append(own or _entry(term, []))
                lines.extend(inner)
        if lines:
            letters.append(f"#index-letter[{markup.text(letter)}]\n{''.join(lines)}")
    if not letters:
        return
    label = translator.take_label("")
    options: dict[str, Value] = {"level": 1, "target": label}
    heading = f"#chapter({markup.arguments(options)})[{markup.text(_('Index'))}];\n"
    translator.emit(f"{heading}#index-pages[\n{''.join(letters)}];\n")


def _line(translator: TypstTranslator, term: str, links: Links, indent: str = "0em") -> str:
    """Return one line of the index, nothing if all its places are outside the book."""
    names = [str(address).removeprefix("%").replace("#", ":", 1) for _main, address in links if address]
    labels = [label for name in names if (label := translator.label_of(name))]
    only_elsewhere = bool(names) and not labels
    return "" if only_elsewhere else _entry(term, labels, indent)


def _entry(term: str, labels: Sequence[Code], indent: str = "0em") -> str:
    options: dict[str, Value] = {"indent": Code(indent), "targets": labels}
    return f"#index-entry({markup.arguments(options)})[{markup.text(term)}];\n"
