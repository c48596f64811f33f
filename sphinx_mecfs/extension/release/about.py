"""What a base says of itself to machines, and whether it publishes its data at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ...formats.release.model import About
from ...version import __version__
from ..i18n import _
from ..writing.html import has_downloads
from ..writing.snapshot import settings_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from ..domain.domain import MecfsDomain

_NO_AUTHOR = "Author name not set"
"""What Sphinx says where the configuration names no author."""


def is_published(env: BuildEnvironment) -> bool:
    """Tell whether this run writes a release: a website, of a base that holds any card, claim or question."""
    domain = cast("MecfsDomain", env.domains["mecfs"])
    builder = domain.builder
    wanted = builder is not None and has_downloads(builder) and bool(env.config.mecfs_data)
    return wanted and domain.catalogue.holds_entries


def about_base(env: BuildEnvironment) -> About:
    """Return what the base says of itself, from the configuration."""
    config = env.config
    register = cast("MecfsDomain", env.domains["mecfs"]).base.register
    return About(
        title=config.mecfs_base_title or config.project,
        version=config.release or config.version,
        address=settings_of(env).base_url,
        licence=config.mecfs_license,
        author="" if config.author == _NO_AUTHOR else config.author,
        language=(config.language or "en").replace("_", "-"),
        generator=f"sphinx-mecfs {__version__}",
        register=register.version,
        say=say,
        populations=register.words.accepted,
    )


def say(words: str) -> str:
    """Return words of the code in the language of the project, and in the words of its register."""
    return str(_(words))
