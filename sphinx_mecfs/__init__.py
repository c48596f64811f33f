"""Evidence cards, PEM badges and a checked bibliography for Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .published import bib_path, data_path, external_bases, intersphinx_mapping
from .version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["__version__", "bib_path", "data_path", "external_bases", "intersphinx_mapping", "setup"]

ENVIRONMENT_VERSION = 7
"""Raised when what the extension stores in the environment changes, so that Sphinx makes a new one."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set the extension up: each room adds what it knows."""
    from .extension import config, language
    from .extension.build import (
        assets,
        epub,
        indices,
        lifecycle,
        manual_page,
        mathml,
        search,
        stemming,
        touched,
        translations,
        unfinished,
        unseen,
    )
    from .extension.card import directive
    from .extension.card import nodes as card_nodes
    from .extension.charts import map as evidence_map
    from .extension.charts import years
    from .extension.domain import badge, elsewhere, references
    from .extension.domain.domain import MecfsDomain
    from .extension.question import citations, claim, finish, question
    from .extension.question import nodes as question_nodes
    from .extension.release import directive as data_directive
    from .extension.release import pdf, texts, write
    from .extension.site import asset_tags, data, downloads, explorer, fulltext, head, navigation, search_page, shorten
    from .extension.site import reading as reading_aids
    from .extension.sources import cite
    from .extension.tables import answers, counts, definitions, matrix, table
    from .extension.writing import chart, expand, html, nodes

    app.setup_extension("sphinxcontrib.bibtex")
    config.register(app)
    app.add_domain(MecfsDomain)

    # Each line is a part of the house; handlers of an event are called in this order.
    # fmt: off
    rooms = (
        cite,
        language,
        html, nodes, expand,
        badge, references, elsewhere,
        definitions,
        card_nodes, directive,
        question_nodes, citations, claim, question, finish,
        table, counts, matrix, answers,
        chart, evidence_map, years, mathml,
        texts, data_directive, write, pdf,
        lifecycle, unseen, touched, assets, epub, search, stemming, indices, translations, manual_page, unfinished,
        head, downloads, explorer, data, fulltext, search_page, navigation, asset_tags, shorten, reading_aids,
    )
    # fmt: on
    for room in rooms:
        room.setup(app)

    return {
        "version": __version__,
        "env_version": ENVIRONMENT_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
