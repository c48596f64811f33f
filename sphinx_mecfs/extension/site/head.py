"""What stands in the head of a page for machines: Highwire tags, Open Graph, JSON-LD and Signposting links.

All of it says what the page says, in the same words, and depends on nothing that the page does not show: so a page
that is written again when what it shows has changed has the right head too.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from ...bibliography.texts import one_space, strip_hostile
from ...formats.highwire import to_highwire
from ...formats.release.listing import FOLDER
from ..card.exports import EXPORTS
from ..release.about import about_base, is_published
from ..release.directive import shows_data
from ..release.metadata import dates_of, description_of, graph, held_on, highwire_page, title_of
from ..writing.html import has_downloads
from ..writing.snapshot import address_of
from ..writing.view import scope_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from ..release.metadata import Held
    from ..writing.view import Scope

OTHER_OPEN_GRAPH = "sphinxext.opengraph"
"""An extension that writes Open Graph tags, so that we must not."""


def head_of(app: Sphinx, docname: str, doctree: nodes.document | None) -> Iterator[str]:
    """Yield the elements for the head of the page of a document."""
    scope = scope_of(app.env)
    held = held_on(scope, docname)
    given, description = _described(doctree), _description(app, docname)
    if description and not given:
        yield _meta("name", "description", description)
    page = highwire_page(scope, held)
    for name, content in to_highwire(page) if page else ():
        yield _meta("name", name, content)
    if OTHER_OPEN_GRAPH not in app.extensions:
        for name, content in _open_graph(scope, held, given or description):
            yield _meta("property", name, content)
    if held.cards or held.questions:
        yield from (_link(*link) for link in _signposts(app, scope, held))
        yield f'<script type="application/ld+json">{graph(scope, held)}</script>'
    yield from _data_links(app, held)


def _data_links(app: Sphinx, held: Held) -> Iterator[str]:
    """Yield links to the data: to the link set (Signposting, level 2), and to what describes the whole of the base."""
    about = about_base(app.env)
    whole = held.docname == app.config.root_doc or shows_data(app.env, held.docname)
    root = "../" * app.builder.get_target_uri(held.docname).count("/")
    if not is_published(app.env) or not (whole or held.cards or held.questions):
        return
    if whole:
        yield _link("describedby", about.seen(f"{FOLDER}/dataset.jsonld", root), "application/ld+json")
        yield _link("alternate", about.seen(f"{FOLDER}/feed.atom", root), "application/atom+xml", about.title)
    yield _link("linkset", about.seen(f"{FOLDER}/linkset.json", root), "application/linkset+json")


def _description(app: Sphinx, docname: str) -> str:
    """Return what the author has said of a page in its `description`, at the top of its source, or ""."""
    return str(app.env.metadata[docname].get("description") or "")


def _described(doctree: nodes.document | None) -> str:
    """Return the description for search engines that stands in a page as a `meta` directive or `html_meta`, or ""."""
    metas = doctree.findall(nodes.meta) if doctree is not None else ()
    return next((str(meta["content"]) for meta in metas if meta.get("name") == "description"), "")


def _open_graph(scope: Scope, held: Held, description: str) -> Iterator[tuple[str, str]]:
    """Yield the tags of the Open Graph protocol (ogp.me), whose title is that of Highwire's, without what is unknown.

    The name of the language goes without saying where it names no country, which `og:locale` has to.
    """
    about = held.card or held.question
    dates = dates_of(held)
    language = scope.env.config.language
    pairs = (
        ("og:title", title_of(scope, held)),
        ("og:type", "article" if about else "website"),
        ("og:url", address_of(scope, held.docname)),
        ("og:description", description_of(held) or description),
        ("og:site_name", about_base(scope.env).title),
        ("og:locale", language if "_" in language else ""),
        ("article:published_time", dates.published.isoformat() if dates.published else ""),
        ("article:modified_time", dates.modified.isoformat() if dates.modified else ""),
    )
    return ((name, content) for name, content in pairs if content)


def _signposts(app: Sphinx, scope: Scope, held: Held) -> Iterator[tuple[str, str, str]]:
    """Yield links as relation, address and media type ("": none), by the Signposting profile FAIR, level 1."""
    page = app.builder.get_target_uri(held.docname)
    about = about_base(scope.env)
    root = about.address
    address = address_of(scope, held.docname)
    if address and (held.card or held.question):
        yield "cite-as", address, ""
    for export in EXPORTS if held.card else ():
        file = export.file(held.card.study.key) if held.card else ""
        yield "describedby", f"{root}{file}" if root else relative_uri(page, file), export.media_type
    if held.card:
        yield "type", "https://schema.org/Review", ""
    yield "type", "https://schema.org/MedicalWebPage", ""
    if about.licence:
        yield "license", about.licence_address, ""
    yield "collection", root or relative_uri(page, app.builder.get_target_uri(app.config.root_doc)), ""


def _meta(attribute: str, name: str, content: str) -> str:
    return f'<meta {attribute}="{name}" content="{escape(one_space(strip_hostile(content)))}">'


def _link(relation: str, address: str, media_type: str, title: str = "") -> str:
    kind = f' type="{media_type}"' if media_type else ""
    kind += f' title="{escape(one_space(strip_hostile(title)))}"' if title else ""
    return f'<link rel="{relation}" href="{escape(address)}"{kind}>'


def complete_head(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add to the head of a page of a website."""
    if has_downloads(app.builder) and pagename in app.env.found_docs:
        lines = "\n".join(head_of(app, pagename, doctree))
        context["metatags"] = f"{context.get('metatags') or ''}\n{lines}\n"


def setup(app: Sphinx) -> None:
    """Connect the event."""
    app.connect("html-page-context", complete_head)
