"""Visitors for paragraphs, lists, quotations, boxes and code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import _, admonitionlabels

from sphinx_mecfs.typst import markup
from sphinx_mecfs.typst.emitter import Emitter

if TYPE_CHECKING:
    from sphinx_mecfs.typst.markup import Value

# The first paragraph of these begins on their first line, so it is not a paragraph of its own.
_ITEMS = (
    nodes.list_item, nodes.entry, nodes.footnote, nodes.citation, nodes.definition, nodes.field_body,
    nodes.description, nodes.legend,
)  # fmt: skip
_KINDS = {
    "caution": ("attention", "caution", "warning"),
    "danger": ("danger", "error"),
    "plain": ("topic", "sidebar", "contents"),
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names}
# A box that holds one of these, or more text than this, may break over pages.
_LARGE = (nodes.table, nodes.image, nodes.literal_block, nodes.math_block)
_SHORT_TEXT = 600
_SHORT_CODE = 14
_NO_HIGHLIGHTING = frozenset({"default", "none", "text", "guess"})
_LANGUAGES = {
    "python3": "python", "ipython": "python", "ipython3": "python", "pycon": "python", "py3": "python",
    "console": "bash", "shell": "bash", "shell-session": "bash", "sh": "bash", "myst": "markdown",
}  # fmt: skip


class BlockVisitors(Emitter):
    """Visitors for body elements other than tables, figures and mathematics."""

    # ------------------------------------------------------------------------------------- paragraphs

    def visit_paragraph(self, node: nodes.Element) -> None:
        """Write a paragraph; the first of an item begins on the line of its mark."""
        if _begins_item(node):
            self.open("", "\n")
        else:
            self.open_block("par")

    def visit_rubric(self, node: nodes.Element) -> None:
        """Write an informal heading, except that of the notes, which are elsewhere in a book."""
        if node.astext() in {"Footnotes", _("Footnotes")}:
            raise nodes.SkipNode
        self.open_block("rubric")

    def visit_transition(self, node: nodes.Element) -> None:
        """Write a line between two thoughts, except the one before notes."""
        if "footnotes" not in node["classes"]:
            self.emit("#transition;\n")
        raise nodes.SkipNode

    def visit_block_quote(self, node: nodes.Element) -> None:
        """Write a quotation, with whose it is."""
        options: dict[str, Value] = {"breakable": _may_break(node)}
        for child in node.children:
            if isinstance(child, nodes.attribution):
                options["attribution"] = self.render(*child.children)
        self.open_block("quotation", **options)

    def visit_line_block(self, node: nodes.Element) -> None:
        """Write lines that keep their ends; a block inside another is indented."""
        self.open_block("indented" if isinstance(node.parent, nodes.line_block) else "line-block")

    def visit_line(self, node: nodes.Element) -> None:
        """Write one line of verse or address; nothing parts it from an indented block, which is a block."""
        following = node.next_node(descend=False, siblings=True)
        self.open("", "#linebreak();" if isinstance(following, nodes.line) else "")

    # ------------------------------------------------------------------------------------------ lists

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        """Write a list with numbers or letters."""
        options: dict[str, Value] = {
            "start": node.get("start", 1),
            "numbering": markup.numbering(
                node.get("enumtype", "arabic"), node.get("prefix", ""), node.get("suffix", ".")
            ),
        }
        self.open(f"#enum({markup.arguments(options)},\n", ");\n")

    def visit_list_item(self, node: nodes.Element) -> None:
        """Write one item of a list."""
        self.open("[", "],\n")
        self.emit(self.anchors(node))

    def visit_definition_list_item(self, node: nodes.Element) -> None:
        """Write one or more terms with their definition."""
        heads: list[str] = []
        for child in node.children:
            if isinstance(child, nodes.term):
                heads.append(self.source_of(child))
            elif isinstance(child, nodes.classifier):
                heads[-1] += f'#" : ";{self.source_of(child)}'
        bodies = [child for child in node.children if isinstance(child, nodes.definition)]
        self._emit_item("#next-term;".join(heads), self.render(*bodies).source, node)
        raise nodes.SkipNode

    def visit_field(self, node: nodes.Element) -> None:
        """Write one name and its value."""
        name, body = node.children
        self._emit_item(self.source_of(name) + '#":";', self.render(body).source, node)
        raise nodes.SkipNode

    def visit_option_list_item(self, node: nodes.Element) -> None:
        """Write command line options and what they do."""
        group, body = node.children
        self._emit_item(f"#mono{self.render(group).source};", self.render(body).source, node)
        raise nodes.SkipNode

    def visit_option_group(self, node: nodes.Element) -> None:
        """Write the options that mean the same, with commas between them."""
        for position, option in enumerate(node.children):
            self.text(", " if position else "")
            option.walkabout(self)
        raise nodes.SkipNode

    def visit_option_argument(self, node: nodes.Element) -> None:
        """Write the argument of an option."""
        self.text(node.get("delimiter", " "))
        self.open_inline("emph")

    def _emit_item(self, head: str, body: str, node: nodes.Element) -> None:
        self.emit(f"terms.item([{self.anchors(node)}{head}], {body}),\n")

    # ------------------------------------------------------------------------------------------ boxes

    def visit_Admonition(self, node: nodes.Element) -> None:  # noqa: N802
        """Write a box of any kind: note, warning, `admonition`, and those other extensions derive."""
        name = type(node).__name__
        title: Value = None
        if given := [child for child in node.children if isinstance(child, nodes.title)]:
            title = self.render(*given[0].children)
        elif name in admonitionlabels:
            title = markup.content(markup.text(str(admonitionlabels[name])))
        if own := self.class_function(node):
            self.open_block(own, **({} if title is None else {"title": title}))
        else:
            kinds = [_KIND_OF[known] for known in (name, *node.get("classes", ())) if known in _KIND_OF]
            kind = kinds[0] if kinds else "advice"
            self.open_block("admonition", kind=kind, title=title, breakable=_may_break(node))

    visit_topic = visit_Admonition
    visit_sidebar = visit_Admonition
    visit_system_message = visit_Admonition

    # ------------------------------------------------------------------------------------------- code

    def visit_literal_block(self, node: nodes.Element) -> None:
        """Write code; a block with markup inside (`parsed-literal`) cannot be plain `raw`."""
        source = node.astext()
        if node.rawsource != source and any(isinstance(child, nodes.Element) for child in node.children):
            self.verbatim_depth += 1
            self.emit(f"#literal-block{self.render(*node.children).source};\n")
            self.verbatim_depth -= 1
        else:
            self.emit(markup.call("code-block", source, **_code_options(node, source)) + "\n")
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_productionlist(self, node: nodes.Element) -> None:
        """Write a grammar, line by line."""
        self.verbatim_depth += 1
        lines = [self.source_of(production) for production in node.children]
        self.verbatim_depth -= 1
        self.emit(f"#literal-block[{''.join(lines)}];\n")
        raise nodes.SkipNode


def _begins_item(paragraph: nodes.Element) -> bool:
    parent = paragraph.parent
    if not isinstance(parent, _ITEMS):
        return False
    first = next(child for child in parent.children if not isinstance(child, nodes.label | nodes.Invisible))
    return first is paragraph


def _may_break(box: nodes.Element) -> bool:
    return len(box.astext()) > _SHORT_TEXT or any(isinstance(node, _LARGE) for node in box.findall())


def _code_options(node: nodes.Element, source: str) -> dict[str, Value]:
    language: str = node.get("language", "none")
    details: dict[str, object] = node.get("highlight_args", {})
    start, marked = details.get("linenostart", 1), details.get("hl_lines", [])
    return {
        "language": None if language in _NO_HIGHLIGHTING else _LANGUAGES.get(language, language),
        "numbered": bool(node.get("linenos")),
        "start": start if isinstance(start, int) else 1,
        "marked": marked if isinstance(marked, list) else [],
        "breakable": source.count("\n") >= _SHORT_CODE,
    }
