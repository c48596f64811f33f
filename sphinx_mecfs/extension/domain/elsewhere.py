"""References to what stands in another base: the link, the words or the badge, and data for a preview.

A key of this project wins; `name:key` names the other base. All that comes from there is text in nodes, so that each
builder escapes it as it does any text, and the link begins with the address that the project itself has set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ...evidence.problems import Problem
from ..i18n import _
from ..language import quoted
from ..report import report
from .badge import make_badge, pem_badge, status_badge
from .catalogue import certainty_words, status_mark

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from ...evidence.vocabulary import PemStatus
    from ...formats.external import Kind
    from ..sources.others import Found, Others

_KINDS: dict[str, tuple[Kind, ...]] = {
    # As here: the definition first, since the badge of the paper that it was published in says nothing.
    "badge": ("definition", "study"),
    "study": ("study",),
    "definition": ("definition",),
    "claim": ("claim",),
    "question": ("question",),
}


class other_base_reference(nodes.reference):  # noqa: N801  (docutils names nodes in lower case)
    """A link to a thing of another base; `preview` holds what a preview may show, by name."""


class Wanted(NamedTuple):
    """A reference that is to be resolved."""

    builder: Builder
    fromdocname: str
    typ: str
    target: str
    node: pending_xref
    contnode: Element


def reference_elsewhere(others: Others, wanted: Wanted, pem: PemStatus | None = None) -> nodes.reference | None:
    """Return the reference to a thing of another base, or its badge; None where no base has it.

    Where `pem` is given, a base counts only if it says the same of post-exertional malaise.
    """
    for kind in _KINDS[wanted.typ]:
        found = [one for one in others.find(kind, wanted.target) if pem is None or one.thing.pem is pem]
        if found:
            _check_single(found, wanted)
            return _reference(found[0], wanted)
    return None


def _check_single(found: list[Found], wanted: Wanted) -> None:
    if len(found) > 1:
        names = " and ".join(repr(f"{one.source.name}:{one.thing.key}") for one in found)
        message = f"{found[0].kind} {wanted.target!r} stands in several bases; write {names} to tell them apart"
        report(Problem.EXTERNAL_AMBIGUOUS, message, wanted.node)


def _reference(found: Found, wanted: Wanted) -> nodes.reference:
    content, after = _content(found, wanted)
    if not found.thing.page:
        # A definition that no page of the other base lists; Sphinx inserts any element that comes back.
        return content  # type: ignore[return-value]
    content += [nodes.Text(after)] if after else []
    title = f"{found.thing.title} " if found.thing.title else ""
    return other_base_reference(
        "",
        "",
        content,
        internal=False,
        refuri=_address(found, wanted),
        reftitle=f"{title}({_('in %s') % _name_of(found)})",
        classes=["mecfs-elsewhere", *(["mecfs-badge-link"] if wanted.typ == "badge" else [])],
        preview=_preview(found),
    )


def _content(found: Found, wanted: Wanted) -> tuple[Element, str]:
    """Return what the link shows, and what follows even words of the author's own: a claim's certainty."""
    thing = found.thing
    if wanted.typ == "badge":
        return _badge(found), ""
    text, after = thing.label + status_mark(thing.status), ""
    if found.kind == "claim":
        text, after = quoted(thing.label), f" ({certainty_words(thing.certainty)})"
    return wanted.contnode if wanted.node.get("refexplicit") else nodes.inline("", text, classes=["mecfs-ref"]), after


def _badge(found: Found) -> pem_badge:
    """Return the badge of a thing in the words of its own base, which may ask for another feature than this one."""
    pem = found.thing.pem
    if pem is None:
        return make_badge("?", str(_("PEM unknown")), "other")
    words = found.published.labels.get(pem)
    return make_badge(pem.symbol, words, pem.group) if words else status_badge(pem)


def _address(found: Found, wanted: Wanted) -> str:
    address = found.source.address + found.thing.page
    if "://" in address or address.startswith("/") or wanted.builder.format != "html":
        return address
    # As intersphinx does: an address without a host is seen from the root of the site.
    return "../" * wanted.builder.get_target_uri(wanted.fromdocname).count("/") + address


def _name_of(found: Found) -> str:
    return " ".join(filter(None, [found.published.title or found.source.name, found.published.version]))


def _preview(found: Found) -> dict[str, str]:
    """Return all that a script shows beside the link, so that it need not ask the other base for anything."""
    thing = found.thing
    told = {
        "base": found.source.name,
        "kind": found.kind,
        "key": thing.key,
        "name": thing.label + status_mark(thing.status),
        "title": thing.title,
        "summary": thing.summary,
        "note": str(certainty_words(thing.certainty)) if found.kind == "claim" else "",
        "where": _name_of(found),
        "pem": thing.pem.value if thing.pem else "",
        "status": thing.status.value if thing.status.needs_mark else "",
    }
    if thing.pem:
        badge = _badge(found)
        told |= {"sign": badge["symbol"], "badge": badge["label"], "group": badge["group"]}
    return {name: text for name, text in told.items() if text}


def found_state(found: Found) -> str:
    """Return what changes with all that a reference shows of a thing."""
    return f"{found.source.address} {_name_of(found)} {found.thing} {sorted(found.published.labels.items())}"


def visit_html(translator: HTML5Translator, node: Element) -> None:
    """Open the link, with the data of its preview."""
    data = {f"data-mecfs-{name}": text for name, text in node["preview"].items()}
    classes, address, title = "reference external", node["refuri"], node["reftitle"]
    attributes = {"class": classes, "href": address, "title": title, **data}
    translator.body.append(translator.starttag(node, "a", "", **attributes))


def depart_html(translator: HTML5Translator, _node: Element) -> None:
    """Close the link."""
    translator.body.append("</a>")


def setup(app: Sphinx) -> None:
    """Add the node; a builder that is not for HTML writes it as it does any link."""
    app.add_node(other_base_reference, html=(visit_html, depart_html))
