"""Write views as HTML, in one go: nodes for each of a card's dozens of facts cost more than all else."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util.osutil import relative_uri

from ...evidence.vocabulary import PemStatus
from ..domain.badge import badge_content
from ..i18n import _
from .blocks import (
    Block,
    Chart,
    Code,
    Coins,
    Emphasis,
    Heading,
    Item,
    Line,
    Link,
    Numbered,
    Part,
    Parts,
    Rows,
    Table,
    Tag,
)
from .chart import chart_html
from .view import View, evidence_view, scope_of

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator


LIMITED = "data-limit="
"""What a page says of a table of which a browser shows a part at first."""

COPIED = frozenset({"reference", "snapshot"})
"""Roles of lines that people copy whole."""

_FILES = "mecfs-files"


def heading_level(translator: HTML5Translator, below: int) -> int:
    """Return the level of a heading that stands `below` levels under the section that holds the card."""
    return min(6, max(1, translator.section_level) + below)


def visit_view_html(translator: HTML5Translator, node: Element) -> None:
    """Write what a view shows."""
    level = heading_level(translator, 2)
    for block in cast("View", node["view"]).blocks(scope_of(translator.builder.env)):
        translator.body.append(_block(translator, block, level))
    raise nodes.SkipNode


def _block(translator: HTML5Translator, block: Block, level: int) -> str:
    match block:
        case Heading(text):
            return f'<h{level} class="mecfs-heading">{escape(text)}</h{level}>\n'
        case Line():
            return _line(translator, block)
        case Rows(rows):
            named = ((_part(translator, row.label), _parts(translator, row.parts)) for row in rows)
            items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>\n" for name, value in named)
            return f'<dl class="mecfs-facts simple">\n{items}</dl>\n'
        case Numbered(items):
            listed = "".join(f"{_item(translator, item)}\n" for item in items)
            return f'<ol class="mecfs-references">\n{listed}</ol>\n'
        case Table():
            return _table(translator, block)
        case Chart(drawing):
            return chart_html(translator, drawing, partial(_place, translator))
        case Code():
            return _code(translator, block)
        case Coins(text):
            return f"{_coins(translator, text)}\n"


def _item(translator: HTML5Translator, item: Item) -> str:
    coins = _coins(translator, item.coins) if item.coins else ""
    return f'<li id="{escape(item.anchor)}">{_parts(translator, item.parts)}{coins}</li>'


def _coins(translator: HTML5Translator, text: str) -> str:
    """Return the span that reference managers look for in the pages of a website; nothing for an EPUB."""
    if translator.builder.name == "epub":
        return ""
    return f'<span class="Z3988" aria-hidden="true" title="{escape(text)}"></span>'


def _line(translator: HTML5Translator, line: Line) -> str:
    if line.role == "badges":
        items = "".join(f"<li>{_part(translator, part)}</li>" for part in line.parts)
        return f'<ul class="mecfs-badges">{items}</ul>\n'
    role = ' role="note"' if line.role == "banner" else ""
    words = _parts(translator, line.parts)
    if line.role in COPIED:
        words = f'<span class="mecfs-copied">{words}</span> {_copy_button(_("Copy"))}'
    return f'<p class="mecfs-{line.role}"{role}>{words}</p>\n'


def _code(translator: HTML5Translator, code: Code) -> str:
    """Return a block of code: what can be done with it in one line, the text itself folded away below."""
    tools = _copy_button(_("Copy %s") % code.label)
    if code.file and has_downloads(translator.builder):
        files_of(translator.document)[code.file] = code.text
        address = relative_uri(translator.builder.get_target_uri(translator.builder.current_docname), code.file)
        words = escape(_("Download %s") % code.label)
        tools += f' <a class="mecfs-download" href="{escape(address)}" download>{words}</a>'
    shown = f"<details><summary>{escape(code.label)}</summary><pre>{escape(code.text, quote=False)}</pre></details>"
    return f'<div class="mecfs-code">{shown}<p class="mecfs-tools">{tools}</p></div>\n'


def files_of(doctree: nodes.document) -> dict[str, str]:
    """Return the texts that a page shows and offers as files, by path, as far as it has been written."""
    return cast("dict[str, str]", doctree.attributes.setdefault(_FILES, {}))


def _copy_button(words: str) -> str:
    """Return a button that a script makes copy the text beside it; it is not shown where no script runs."""
    return f'<button type="button" class="mecfs-copy">{escape(words)}</button>'


def has_downloads(builder: Builder) -> bool:
    """Tell whether files to download stand beside the pages of a builder: on a website of several pages."""
    return builder.name in {"html", "dirhtml"}


def _table(translator: HTML5Translator, table: Table) -> str:
    # A folded table is named by the line that opens it.
    named = table.caption and not table.folded
    caption = f'<caption><span class="caption-text">{escape(table.caption)}</span></caption>' if named else ""
    head = "".join(f'<th scope="col" class="head"><p>{escape(name)}</p></th>' for name in table.head)
    # Rows that a browser with scripts shows only when they are asked for: to lay thousands out takes it seconds.
    limit = _rows_at_once(translator) if table.tools else 0
    rows = []
    for number, (first, *cells) in enumerate(table.rows):
        later = ' class="mecfs-later"' if limit and number >= limit else ""
        name = f'<th scope="row"><p>{_cell(translator, first)}</p></th>'
        rows.append(
            f"<tr{later}>{name}{''.join(f'<td><p>{_cell(translator, cell)}</p></td>' for cell in cells)}</tr>\n"
        )
    body = f"<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>"
    content = f'<table class="mecfs-table docutils align-default">{caption}\n{body}</table>'
    tools = _table_tools(translator, limit if 0 < limit < len(rows) else 0) if table.tools else ""
    wrapped = f'{tools}<div class="table-wrapper docutils container">{content}</div>\n'
    if not table.folded:
        return wrapped
    return f'<details class="mecfs-folded"><summary>{escape(table.caption)}</summary>\n{wrapped}</details>\n'


def _cell(translator: HTML5Translator, parts: Parts) -> str:
    """Return the parts of a cell. Words may break after a slash: the longest one decides how narrow a cell can get."""
    return "".join(
        escape(part).replace("/", "/<wbr/>") if type(part) is str else _part(translator, part) for part in parts
    )


def _rows_at_once(translator: HTML5Translator) -> int:
    """Return how many rows of a table are shown at once where scripts run; 0: all, as no script may run in an EPUB."""
    return 0 if translator.builder.name == "epub" else max(0, int(translator.config.mecfs_table_rows))


def _table_tools(translator: HTML5Translator, limit: int) -> str:
    """Return the place in which a script puts what filters a table, with its words; nothing for an EPUB.

    `limit` is the number of rows that the script shows at once; 0 if it shows all.
    """
    if translator.builder.name == "epub":
        return ""
    # What cells.words_of() says where nothing is stated: such rows come last in every order.
    words = {"filter": _("Filter"), "count": _("{shown} of {all} rows"), "none": _("not stated")}
    if limit:
        words |= {"more": _("Show more"), "every": _("Show all"), "part": partly_shown()}
    data = " ".join(f'data-{name}="{escape(str(text))}"' for name, text in words.items())
    marked = f' {LIMITED}"{limit}"' if limit else ""
    return f'<div class="mecfs-table-tools" {data}{marked}></div>\n'


def partly_shown() -> str:
    """Return what stands below a list or table of which a part is shown, for a script to put the numbers in."""
    return str(
        _("{shown} of {all} are shown. The search of your browser finds only these; the box above searches all.")
    )


def _parts(translator: HTML5Translator, parts: Parts) -> str:
    return "".join(_part(translator, part) for part in parts)


def _part(translator: HTML5Translator, part: Part) -> str:
    match part:
        case PemStatus():
            classes = f"mecfs-badge mecfs-pem-{part.group}"
            return f'<span class="{classes}">{badge_content(part.symbol, str(_(part.label)))}</span>'
        case Link():
            kind = "external" if "://" in part.uri else "internal"
            return f'<a class="reference {kind}" href="{escape(_address(translator, part))}">{escape(part.text)}</a>'
        case Tag(text):
            return f'<span class="mecfs-badge mecfs-tag">{escape(text)}</span>'
        case Emphasis(text):
            return f"<em>{escape(text)}</em>"
        case _:
            return escape(part)


def _address(translator: HTML5Translator, link: Link) -> str:
    return link.uri or _place(translator, link.docname, link.anchor)


def _place(translator: HTML5Translator, docname: str, anchor: str) -> str:
    """Return the way from the page that is being written to an anchor of a document."""
    builder = translator.builder
    if builder.name == "singlehtml":
        # All documents are one page here, in which each but the first begins at an anchor of this form.
        start = "" if docname == builder.config.root_doc else f"document-{docname}"
        return f"#{anchor or start}"
    page = builder.get_relative_uri(builder.current_docname, docname)
    return f"{page}#{anchor}" if anchor else page or "#"


def setup(app: Sphinx) -> None:
    """Add the node with its visitor; for every other builder `expand` has replaced it."""
    app.add_node(evidence_view, html=(visit_view_html, None))
