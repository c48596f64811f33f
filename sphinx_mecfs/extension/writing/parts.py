"""Pieces of lines that cards, claims and tables have in common: a formatted reference, a study with its badge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...bibliography.reference import doi_address, pubmed_address
from .blocks import Emphasis, Link, Part, Parts, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ...bibliography.reference import Piece
    from ..domain.catalogue import Catalogue


def reference_parts(pieces: Iterable[Piece]) -> Parts:
    """Return the pieces of a formatted reference as parts of a line."""
    make: Mapping[str, Callable[[str], Part]] = {"emphasis": Emphasis}
    return tuple(
        Link(piece.text, uri=piece.url) if piece.url else make.get(piece.style, str)(piece.text) for piece in pieces
    )


def study_link(catalogue: Catalogue, key: str) -> Part:
    """Return the name of a study, linked to its card; its key where it has none."""
    if key not in catalogue.cards:
        return key
    place, _card = catalogue.cards[key]
    name = place.label + catalogue.mark(key)
    return Link(name, docname=place.docname, anchor=place.anchor) if place.docname else name


def study_parts(catalogue: Catalogue, key: str) -> Parts:
    """Return the name of a study with its badge."""
    study = catalogue.study(key)
    link = study_link(catalogue, key)
    return (link, " ", study.pem_status) if study else (link,)


def study_list(catalogue: Catalogue, keys: Iterable[str]) -> Parts:
    """Return several studies in one line."""
    return joined([study_parts(catalogue, key) for key in keys])


def notice_link(notice: str) -> Link:
    """Return the link to a notice of correction or retraction, as `Study.status_notice` holds it."""
    kind, _colon, value = notice.partition(":")
    if kind == "doi":
        return Link(f"doi:{value}", uri=doi_address(value))
    if kind == "pmid":
        return Link(f"PMID {value}", uri=pubmed_address(value))
    return Link(notice, uri=notice)
