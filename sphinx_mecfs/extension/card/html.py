"""Write the facts of a card as HTML, in one go: nodes for each of its dozens of facts cost more than all else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from ...evidence.vocabulary import PemStatus
from ..domain.badge import badge_content
from ..i18n import _
from .blocks import Block, Code, Emphasis, Heading, Line, Link, Part, Rows, Tag
from .facts import blocks_of

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.writers.html5 import HTML5Translator


def heading_level(translator: HTML5Translator, below: int) -> int:
    """Return the level of a heading that stands `below` levels under the section that holds the card."""
    return min(6, max(1, translator.section_level) + below)


def visit_facts_html(translator: HTML5Translator, node: Element) -> None:
    """Write the facts above or below the sections of a card."""
    level = heading_level(translator, 2)
    for block in blocks_of(translator.builder.env, node):
        translator.body.append(_block(translator, block, level))
    raise nodes.SkipNode


def _block(translator: HTML5Translator, block: Block, level: int) -> str:
    match block:
        case Heading(text):
            return f'<h{level} class="mecfs-heading">{escape(text)}</h{level}>\n'
        case Line("banner", parts):
            return f'<p class="mecfs-banner" role="note">{_parts(translator, parts)}</p>\n'
        case Line("badges", parts):
            items = "".join(f"<li>{_part(translator, part)}</li>" for part in parts)
            return f'<ul class="mecfs-badges">{items}</ul>\n'
        case Line(role, parts):
            return f'<p class="mecfs-{role}">{_parts(translator, parts)}</p>\n'
        case Rows(rows):
            items = "".join(
                f"<div><dt>{escape(row.label)}</dt><dd>{_parts(translator, row.parts)}</dd></div>\n" for row in rows
            )
            return f'<dl class="mecfs-facts simple">\n{items}</dl>\n'
        case Code(label, text):
            code = f'<div class="highlight"><pre>{escape(text, quote=False)}</pre></div>'
            return f'<details class="mecfs-code"><summary>{escape(label)}</summary>{code}</details>\n'


def _parts(translator: HTML5Translator, parts: tuple[Part, ...]) -> str:
    return "".join(_part(translator, part) for part in parts)


def _part(translator: HTML5Translator, part: Part) -> str:
    match part:
        case PemStatus():
            classes = f"mecfs-badge mecfs-pem-{part.group}"
            return f'<span class="{classes}">{badge_content(part.symbol, str(_(part.label)))}</span>'
        case Link():
            kind = "external" if part.uri else "internal"
            return f'<a class="reference {kind}" href="{escape(_address(translator, part))}">{escape(part.text)}</a>'
        case Tag(text):
            return f'<span class="mecfs-badge mecfs-tag">{escape(text)}</span>'
        case Emphasis(text):
            return f"<em>{escape(text)}</em>"
        case _:
            return escape(part)


def _address(translator: HTML5Translator, link: Link) -> str:
    if link.uri:
        return link.uri
    builder = translator.builder
    if builder.name == "singlehtml":
        # All documents are one page here, in which each but the first begins at an anchor of this form.
        start = "" if link.docname == builder.config.root_doc else f"document-{link.docname}"
        return f"#{link.anchor or start}"
    page = builder.get_relative_uri(builder.current_docname, link.docname)
    return f"{page}#{link.anchor}" if link.anchor else page or "#"
