"""Turn records into plain values for JSON and CSV, guided by the declarations of their fields."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from ...bibliography.texts import strip_hostile
from ...evidence.vocabulary import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ...evidence.fields import Field

_Described = TypeVar("_Described")

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


def json_value(value: object) -> JsonValue:
    """Return a value of a record for JSON: what is not stated is null, a term its value, a day YYYY-MM-DD.

    Raises TypeError for what no record holds.
    """
    if isinstance(value, Term):
        return value.value
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return strip_hostile(value) or None
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [json_value(one) for one in value]
    if isinstance(value, msgspec.Struct):
        return {name: json_value(getattr(value, name)) for name in value.__struct_fields__}
    raise TypeError(type(value).__name__)


def field_values(record: msgspec.Struct, fields: Iterable[Field]) -> dict[str, JsonValue]:
    """Return the values of declared fields by the names of their attributes, in the order of the declaration."""
    return {field.attribute: json_value(getattr(record, field.attribute)) for field in fields}


def in_words(value: _Described, say: Callable[[str], str]) -> _Described:
    """Return a description whose titles and descriptions are said in the words that readers of the base see."""
    if isinstance(value, dict):
        return cast("_Described", {name: _in_words(name, part, say) for name, part in value.items()})
    return cast("_Described", [in_words(part, say) for part in value]) if isinstance(value, list) else value


def _in_words(name: str, part: object, say: Callable[[str], str]) -> object:
    return say(part) if name in {"title", "description"} and isinstance(part, str) else in_words(part, say)


def texts(sections: Mapping[str, str]) -> dict[str, JsonValue]:
    """Return plain texts of several lines by name; what is empty is null."""
    return {name: strip_hostile(text) or None for name, text in sections.items()}
