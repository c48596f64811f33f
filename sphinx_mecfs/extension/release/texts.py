"""Keep the text of cards between runs: one small file for each document, beside the document trees.

The text of a card's sections is larger than what the environment should hold, since Sphinx loads and stores all of
that in every run. So it is written to a file of its own when a document has been read, by the process that has read
it, and is read again only when the data are written. A file that is missing, or that speaks of another state of a card
than the environment does, is made again from the document tree.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from ..card.nodes import evidence_card
from ..sources.base import CACHE_FOLDER
from ..sources.files import replace_file
from ..writing.nodes import section_block
from .plain import plain_blocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ..domain.domain import MecfsDomain

_PREFIX = "mecfs-section-"


class CardText(msgspec.Struct, frozen=True):
    """The text of a card's sections by name, as `plain_blocks` makes it, and the digest of the card at the time."""

    digest: str
    sections: dict[str, str]


Texts = dict[str, CardText]
"""The texts of the cards of one document, by anchor."""


def keep(app: Sphinx, doctree: nodes.document) -> None:
    """Store the text of the cards of a document that has just been read."""
    env = app.env
    path = _path(env, env.docname)
    texts = _from_doctree(env, env.docname, doctree)
    if texts:
        replace_file(path, msgspec.json.encode(texts))
    else:
        path.unlink(missing_ok=True)


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the text of a document that is gone or is about to be read again."""
    _path(env, docname).unlink(missing_ok=True)


def texts_of(env: BuildEnvironment, docname: str) -> Texts:
    """Return the texts of the cards of a document: as they were stored or, if need be, from its tree."""
    wanted = _digests(env, docname)
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        stored = msgspec.json.decode(_path(env, docname).read_bytes(), type=Texts)
        if {anchor: text.digest for anchor, text in stored.items()} == wanted:
            return stored
    texts = _from_doctree(env, docname, env.get_doctree(docname))
    replace_file(_path(env, docname), msgspec.json.encode(texts))
    return texts


def _from_doctree(env: BuildEnvironment, docname: str, doctree: nodes.document) -> Texts:
    digests = _digests(env, docname)
    texts: Texts = {}
    for card in doctree.findall(evidence_card) if digests else ():
        anchor = card["ids"][0]
        sections = [child for child in card.children if isinstance(child, section_block)]
        # The first child of a section is its heading.
        named = {_name(section): plain_blocks(section.children[1:]) for section in sections}
        texts[anchor] = CardText(digests.get(anchor, ""), named)
    return texts


def _name(section: nodes.Element) -> str:
    return next(str(one).removeprefix(_PREFIX) for one in section["classes"] if str(one).startswith(_PREFIX))


def _digests(env: BuildEnvironment, docname: str) -> Mapping[str, str]:
    cards = _domain(env).cards.get(docname, ())
    return {card.anchor: card.study.digest for card in cards if card.study is not None}


def _path(env: BuildEnvironment, docname: str) -> Path:
    return Path(env.doctreedir) / CACHE_FOLDER / "texts" / f"{docname}.json"


def _domain(env: BuildEnvironment) -> MecfsDomain:
    return cast("MecfsDomain", env.domains["mecfs"])


def setup(app: Sphinx) -> None:
    """Connect the events."""
    app.connect("env-purge-doc", forget)
    app.connect("doctree-read", keep)
