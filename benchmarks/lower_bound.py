"""The least that cards can cost in Sphinx: a yardstick, not a design.

Each card is read once into a plain dict; its fields are one attribute of one node, written by one visitor; tables and
references are made when their page is written. Nothing is validated or exported, and tables go stale after an edit.
"""

from __future__ import annotations

import pickle
from html import escape
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.domains import Domain
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

FIELDS = (
    "authors year journal doi pmid design participants groups criteria source_read population intervention comparator "
    "funding topics status_checked"
).split()
COLUMNS = ("title", "year", "journal", "design", "participants")
TESTS = {
    "trials": lambda card: card["design"] == "rct",
    "old": lambda card: card["criteria"] == "ccc-2003" and card["source_read"] == "full-text",
    "genes": lambda card: "genes" in card["topics"].split(", "),
    "recent": lambda card: card["year"] >= "2025",
}


class bound_fields(nodes.General, nodes.Element):
    """All fields of a card."""


class bound_table(nodes.General, nodes.Element):
    """The place of a table."""


class bound_ref(nodes.Inline, nodes.TextElement):
    """The place of a reference."""


class BoundCard(SphinxDirective):
    """A card."""

    has_content = True
    required_arguments = 1
    option_spec = {"title": directives.unchanged} | dict.fromkeys(FIELDS, directives.unchanged)

    def run(self):
        key = self.arguments[0]
        self.env.domains["bound"].note(self.env.docname, key, dict(self.options))
        title = nodes.paragraph("", self.options["title"])
        fields = bound_fields(fields=[(name, self.options[name]) for name in FIELDS])
        card = nodes.container("", title, fields, ids=[key], classes=["card"])
        found = self.env.domains["bound"].entries.get(key)
        if found:
            card += nodes.paragraph("", "{author} ({year}). {title}. {journal}.".format(**found))
        card += self.parse_content_to_nodes()
        return [card]


class BoundTable(SphinxDirective):
    """A table of the cards for which a test holds."""

    required_arguments = 1

    def run(self):
        self.env.domains["bound"].data["pages"].add(self.env.docname)
        return [bound_table(test=self.arguments[0])]


def role(_name, _raw, text, _line, _inliner, _options=None, _content=()):
    return [bound_ref("", "", key=text)], []


class BoundDomain(Domain):
    """The cards by key, and the keys by document."""

    name = label = "bound"
    initial_data = {"cards": {}, "keys": {}, "pages": set()}
    entries: dict = {}

    def note(self, docname, key, card):
        self.data["cards"][key] = docname, card
        self.data["keys"].setdefault(docname, []).append(key)

    def clear_doc(self, docname):
        self.data["pages"].discard(docname)
        for key in self.data["keys"].pop(docname, ()):
            del self.data["cards"][key]

    def merge_domaindata(self, docnames, otherdata):
        self.data["pages"] |= otherdata["pages"] & set(docnames)
        for docname in docnames:
            for key in otherdata["keys"].get(docname, ()):
                self.note(docname, key, otherdata["cards"][key][1])

    def get_objects(self):
        for key, (docname, card) in self.data["cards"].items():
            yield key, card["title"], "card", docname, key, 1


def load(app):
    """Read refs.bib, or what was read from it the last time."""
    import bibtexparser

    path, cache = Path(app.srcdir) / "refs.bib", Path(app.doctreedir) / "bound.pickle"
    stamp = path.stat().st_mtime_ns
    known, entries = pickle.loads(cache.read_bytes()) if cache.exists() else (0, {})
    if known != stamp:
        library = bibtexparser.parse_file(str(path))
        entries = {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps((stamp, entries)))
    app.env.domains["bound"].entries = entries


def resolve(app, doctree, docname):
    """Make tables and references."""
    domain = app.env.domains["bound"]
    cards, builder = domain.data["cards"], app.builder
    for place in list(doctree.findall(bound_ref)):
        target, card = cards[place["key"]]
        place.replace_self(make_refnode(builder, docname, target, place["key"], nodes.Text(card["title"])))
    for place in list(doctree.findall(bound_table)) if docname in domain.data["pages"] else ():
        body = nodes.tbody()
        for key, (target, card) in cards.items():
            if TESTS[place["test"]](card):
                link = make_refnode(builder, docname, target, key, nodes.Text(card["title"]))
                row = nodes.row("", nodes.entry("", nodes.paragraph("", "", link)))
                row += [nodes.entry("", nodes.paragraph("", card[name])) for name in COLUMNS[1:]]
                body += row
        head = nodes.thead("", nodes.row("", *(nodes.entry("", nodes.paragraph("", name)) for name in COLUMNS)))
        widths = (nodes.colspec(colwidth=1) for _ in COLUMNS)
        place.replace_self(nodes.table("", nodes.tgroup("", *widths, head, body, cols=len(COLUMNS))))


def visit_fields(translator, node):
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in node["fields"])
    translator.body.append(f'<dl class="field-list">{rows}</dl>')
    raise nodes.SkipNode


def setup(app):
    app.add_node(bound_fields, html=(visit_fields, None))
    app.add_domain(BoundDomain)
    app.add_directive("bound-card", BoundCard)
    app.add_directive("bound-table", BoundTable)
    app.add_role("bound-ref", role)
    app.connect("builder-inited", load)
    app.connect("doctree-resolved", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
