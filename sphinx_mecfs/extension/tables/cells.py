"""What a cell of a table shows of one field of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.fields import Kind
from ...evidence.queries import QUERY_FIELDS, value_of
from ...evidence.vocabulary import PemStatus, Term
from ..i18n import _
from ..language import listed
from ..writing.blocks import Link, Parts, joined
from ..writing.parts import notice_link, study_link, study_list

if TYPE_CHECKING:
    from ...evidence.records import Study
    from ..domain.catalogue import Catalogue
    from ..writing.view import Scope


def cell(study: Study, name: str, scope: Scope) -> Parts:
    """Return the value of a field as parts; what is not stated is said in words."""
    field, value = QUERY_FIELDS[name], value_of(study, name)
    if name == "study":
        return (study_link(scope.catalogue, study.key),)
    if isinstance(value, PemStatus):
        return (value,)
    if value and field.kind is Kind.CRITERIA:
        return joined([_definition(scope, key) for key in value])
    if value and field.kind is Kind.KEYS:
        return study_list(scope.catalogue, value)
    if value and field.kind is Kind.NOTICE:
        return (notice_link(value),)
    return (listed(value) if value and isinstance(value, tuple) else words_of(value or None),)


def words_of(value: object) -> str:
    """Return a value in words: a term by its label, nothing as "not stated"."""
    if value is None or value == "":
        return str(_("not stated"))
    return str(_(value.label)) if isinstance(value, Term) else str(value)


def _definition(scope: Scope, key: str) -> Parts:
    register, listed = scope.domain.base.register, scope.catalogue.definitions
    name = definition_name(scope, key)
    place = listed.get(key)
    return (Link(name, docname=place.docname, anchor=place.anchor),) if place and key in register else (name,)


def definition_name(scope: Scope, key: str) -> str:
    """Return the name of a case definition, or what stands in its place, in words."""
    register = scope.domain.base.register
    return register[key].title if key in register else str(_(key.replace("-", " ")))


def all_studies(catalogue: Catalogue) -> list[Study]:
    """Return every study that has a sound card."""
    return catalogue.studies(catalogue.cards)
