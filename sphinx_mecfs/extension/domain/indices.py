"""Indices of the studies by PEM status, design and year."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sphinx.domains import Index, IndexEntry

from ...evidence.vocabulary import Design, PemStatus
from ..i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...evidence.records import Study
    from .domain import MecfsDomain


class _StudyIndex(Index):
    """An index that groups every sound card under one heading."""

    domain: MecfsDomain

    def headings(self) -> Iterable[str]:
        """Return the headings in the order in which they stand; those without a study are left out."""
        raise NotImplementedError

    def heading(self, study: Study) -> str:
        """Return the heading under which a study stands."""
        raise NotImplementedError

    def generate(self, docnames: Iterable[str] | None = None) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        """Return the headings with their entries, and that none is folded away."""
        wanted = None if docnames is None else set(docnames)
        groups: dict[str, list[IndexEntry]] = defaultdict(list)
        catalogue = self.domain.catalogue
        for place, card in catalogue.cards.values():
            if card.study is not None and (wanted is None or place.docname in wanted):
                name = f"{place.label}{catalogue.mark(card.key)}: {card.study.title}"
                entry = IndexEntry(name, 0, place.docname, place.anchor, "", "", "")
                groups[self.heading(card.study)].append(entry)
        content = [(_unbroken(name), sorted(groups[name])) for name in self.headings() if name in groups]
        return content, False


def _unbroken(heading: str) -> str:
    """Join the words of a heading with no-break spaces: Sphinx makes an id of it, which may not hold spaces (EPUB)."""
    return heading.replace(" ", "\N{NO-BREAK SPACE}")


class PemIndex(_StudyIndex):
    """Studies by PEM status."""

    name = "pem"
    localname = "Studies by PEM status"
    shortname = "PEM"

    def headings(self) -> Iterable[str]:
        """Return the headings in their order."""
        return [str(_(status.label)) for status in PemStatus]

    def heading(self, study: Study) -> str:
        """Return the heading of a study."""
        return str(_(study.pem_status.label))


class DesignIndex(_StudyIndex):
    """Studies by design."""

    name = "design"
    localname = "Studies by design"
    shortname = "design"

    def headings(self) -> Iterable[str]:
        """Return the headings in their order."""
        return [str(_(design.label)) for design in Design]

    def heading(self, study: Study) -> str:
        """Return the heading of a study."""
        return str(_(study.design.label))


class YearIndex(_StudyIndex):
    """Studies by year of publication, the newest first."""

    name = "year"
    localname = "Studies by year"
    shortname = "year"

    def headings(self) -> Iterable[str]:
        """Return the headings in their order."""
        years = {self.heading(card.study) for _place, card in self.domain.catalogue.cards.values() if card.study}
        return sorted(years, reverse=True)

    def heading(self, study: Study) -> str:
        """Return the heading of a study."""
        return str(study.year) if study.year is not None else str(_("No year"))


INDICES: tuple[type[_StudyIndex], ...] = (PemIndex, DesignIndex, YearIndex)


def indices_in_words() -> list[type[Index]]:
    """Return the indices with their names in the language of the project and the words of its register.

    Sphinx reads the names from the classes, and its JSON builder wants them as they are, so that they cannot be lazy.
    """
    return [
        type(index.__name__, (index,), {"localname": str(_(index.localname)), "shortname": _short_name(index)})
        for index in INDICES
    ]


def _short_name(index: type[_StudyIndex]) -> str:
    return str(_(index.shortname or index.localname))
