"""The line that pins down what a reader has seen of a card or question, and the address to report a problem with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import quote

from ...version import __version__
from ..i18n import _
from .blocks import Line, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from ..domain.domain import MecfsDomain
    from .view import Scope


class Settings(NamedTuple):
    """What the project says of itself in a snapshot, where problems are reported, and the page on the PEM badge.

    `base_url` is the address of the website with a slash at its end, or "" where it is not known; `wording` is the
    version of the rules for wording to which its texts are held.
    """

    base_title: str
    generator: str
    base_url: str
    contribute_url: str
    badge_page: str
    wording: str


class Snapshot(NamedTuple):
    """What a snapshot pins down.

    `name` says what it is, in words that readers see; `day` when it was looked at, in words; `digest` is a hash of its
    content, `register` the version of the case definitions, `address` where it is published, or "".
    """

    key: str
    name: str
    day: str
    digest: str
    register: str
    address: str


def settings_of(env: BuildEnvironment) -> Settings:
    """Return what the project says of itself, from its configuration."""
    config = env.config
    base_url = config.mecfs_base_url or config.html_baseurl
    return Settings(
        base_title=" ".join(filter(None, [config.mecfs_base_title or config.project, config.release])),
        generator=f"sphinx-mecfs {__version__}",
        base_url=f"{base_url.rstrip('/')}/" if base_url else "",
        contribute_url=config.mecfs_contribute_url,
        badge_page=config.mecfs_badge_page,
        wording=cast("MecfsDomain", env.domains["mecfs"]).base.rules.version,
    )


def address_of(scope: Scope, docname: str, anchor: str = "") -> str:
    """Return the published address of a document or of an anchor in it; "" where that of the website is not known."""
    base_url = settings_of(scope.env).base_url
    if not base_url:
        return ""
    return f"{base_url}{_page(scope.domain, docname)}" + (f"#{anchor}" if anchor else "")


def _page(domain: MecfsDomain, docname: str) -> str:
    """Return the published page of a document: as the site's builder names it, else as plain HTML does."""
    builder = domain.builder
    if builder is not None and builder.name in {"html", "dirhtml"}:
        return str(builder.get_target_uri(docname))
    return f"{quote(docname)}.html"


def snapshot_text(snapshot: Snapshot, settings: Settings) -> str:
    """Return the line that pins down what a reader has seen, but for its address.

    It names the base, the thing and its day, a hash of its content, the versions of the register and of the wording
    rules and the generator. The day of the build is left out on purpose: the same sources give the
    same page.
    """
    parts = [
        f"{settings.base_title}. {snapshot.name}. {snapshot.day}; {_('content')} {snapshot.digest}",
        f"{_('case definitions')} {snapshot.register}",
        f"{_('wording rules')} {settings.wording}",
        f"{settings.generator}.",
    ]
    return "; ".join(parts) + " "


def snapshot_lines(snapshot: Snapshot, settings: Settings, report_words: str) -> Iterator[Line]:
    """Yield the snapshot, and below it the link to report a problem, where the project has an address for that."""
    text = snapshot_text(snapshot, settings)
    link = (Link(snapshot.address, uri=snapshot.address),) if snapshot.address else ()
    yield Line("snapshot", (text, *link))
    if settings.contribute_url:
        address = settings.contribute_url.replace("{key}", quote(snapshot.key))
        address = address.replace("{snapshot}", quote(text.strip()))
        yield Line("report", (Link(report_words, uri=address),))
