"""Write `studies.schema.json`: a JSON Schema (draft 2020-12) of the data, made from the declarations of fields.

What a field is called and means, whether it is required and which terms it may hold comes from the declaration that
directives, validation and tables use too, so that the schema cannot say other things than the program does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.fields import CARD_BODY, Field, Kind
from ...evidence.questions.fields import CLAIM_FIELDS, QUESTION_FIELDS
from ...evidence.records import KEY_PATTERN
from ...evidence.vocabulary import (
    Certainty,
    ClaimKind,
    CriteriaRule,
    Design,
    Direction,
    Mark,
    PemStatus,
    Population,
    PublicationStatus,
    Sensitivity,
    SourceRead,
    Term,
)
from .document import STUDY_FIELDS
from .model import FORMAT_VERSION, PemReason
from .values import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .model import About

Schema = dict[str, object]

VOCABULARIES: tuple[type[Term], ...] = (
    Certainty,
    ClaimKind,
    CriteriaRule,
    Design,
    Direction,
    Mark,
    PemReason,
    PemStatus,
    Population,
    PublicationStatus,
    Sensitivity,
    SourceRead,
)
"""The closed lists that stand in the schema, each under its own name."""

_TEXT: Schema = {"type": "string", "minLength": 1}
_KEY: Schema = {"type": "string", "pattern": f"^{KEY_PATTERN}$"}
_KEYS: Schema = {"type": "array", "items": _KEY, "uniqueItems": True}
_WORDS: Schema = {"type": "array", "items": _TEXT}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "number"}
_DATE: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_ADDRESS: Schema = {"type": "string", "format": "uri", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*://"}
_BOOLEAN: Schema = {"type": "boolean"}


def data_schema(about: About) -> Schema:
    """Return the schema of the data of a base."""
    return in_words(_schema(about), about.say)


def _schema(about: About) -> Schema:
    address = about.file_at("studies.schema.json") if about.address else ""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": address} if address else {}),
        "title": "The data of an evidence base",
        "description": f"Version {FORMAT_VERSION} of the data format of sphinx-mecfs.",
        **_object(
            {
                "$schema": _TEXT,
                "version": {"const": FORMAT_VERSION},
                "base": {"$ref": "#/$defs/base"},
                "register": _said("The version of the register of case definitions.", _TEXT),
                "labels": _object({"pem": _said("What badges say.", _by(PemStatus, _TEXT, required=True))}),
                "updated": _said("The last day on which a card or question was changed or checked.", _or_null(_DATE)),
                **{name: _listed(name) for name in ("definitions", "studies", "questions", "claims")},
            }
        ),
        "$defs": {
            "base": _base(),
            "definition": _definition(),
            "study": _study(),
            "question": _question(),
            "claim": _claim(),
            "statistic": _statistic(),
            "synthesis": _synthesis(),
            **{vocabulary.__name__: _terms(vocabulary, about.terms(vocabulary)) for vocabulary in VOCABULARIES},
        },
    }


# ---- records --------------------------------------------------------------------------------------------------------


def _base() -> Schema:
    return _object(
        {
            "title": _TEXT,
            "version": _or_null(_TEXT),
            "address": _or_null(_ADDRESS),
            "licence": _said("An SPDX identifier, or the address of a licence.", _or_null(_TEXT)),
            "licence_address": _or_null(_ADDRESS),
            "generator": _or_null(_TEXT),
        }
    )


_PLACE: Mapping[str, Schema] = {
    "page": {"type": ["string", "null"], "description": "Where it stands, below the address of the base."},
    "address": {"anyOf": [_ADDRESS, {"type": "null"}], "description": "Where it stands, in full."},
}


def _definition() -> Schema:
    return _object(
        {
            "key": _KEY,
            "title": _said("Name and year.", _TEXT),
            "name": _TEXT,
            "year": _COUNT,
            "pem": _said("Whether it requires PEM.", _ref(PemStatus)),
            "mark": _said("How sure that is.", _ref(Mark)),
            "basis": _said("Why the status was given.", _TEXT),
            "cite": _or_null(_TEXT),
            "doi": _or_null(_TEXT),
            "pmid": _or_null(_TEXT),
            "neighbour": _said("Whether it defines a neighbouring condition.", _BOOLEAN),
            **_PLACE,
        }
    )


def _study() -> Schema:
    sections = {
        section.name.replace("-", "_"): _titled(section.label, section.doc, _section(required=section.required))
        for section in CARD_BODY.sections
    }
    properties = {
        "key": _KEY,
        "title": _said("The title of the paper.", _TEXT),
        "label": _said("First author and year.", _TEXT),
        "citation": _said("As running text cites it.", _or_null(_TEXT)),
        "year": {"type": ["integer", "null"]},
        **_PLACE,
        "digest": _said("A hash of all that the card says.", _TEXT),
        "summary": _said("The first sentence of the card's Summary.", _or_null(_TEXT)),
        "pem": _pem(),
        **_fields(STUDY_FIELDS),
        "sections": _said("The text of the card, without markup.", _object(sections)),
        "reference": {"anyOf": [_reference(), {"type": "null"}]},
    }
    current = {"properties": {"status": {"const": PublicationStatus.CURRENT.value}}}
    single = {"properties": {"criteria": {"maxItems": 1}}}
    return {
        **_object(properties),
        "allOf": [
            {"if": current, "else": {"properties": {"status_notice": _TEXT}}},
            {"if": single, "else": {"properties": {"criteria_rule": _ref(CriteriaRule)}}},
        ],
    }


def _pem() -> Schema:
    used = _object({"key": _KEY, "pem": _ref(PemStatus), "mark": _ref(Mark)})
    by_protocol = {"properties": {"reason": {"const": PemReason.PROTOCOL.value}}}
    stated: Schema = {"properties": {"protocol": _ref(PemStatus), "quote": _TEXT, "locator": _TEXT}}
    none: Schema = {"type": "null"}
    silent = {"properties": {"protocol": none, "quote": none, "locator": none}}
    return {
        "description": "Whether post-exertional malaise was required to take part, and why the card says so.",
        **_object(
            {
                "status": _ref(PemStatus),
                "label": _TEXT,
                "reason": _ref(PemReason),
                "definitions": _said(
                    "What the register says of the definitions used.", {"type": "array", "items": used}
                ),
                "protocol": _said("What the study's own protocol required.", _or_null(_ref(PemStatus))),
                "quote": _or_null(_TEXT),
                "locator": _or_null(_TEXT),
            }
        ),
        "if": by_protocol,
        "then": stated,
        "else": silent,
    }


def _reference() -> Schema:
    # The official schema of CSL-JSON says the rest.
    csl: Schema = {"type": "object", "required": ["id", "type"], "properties": {"id": _KEY, "type": _TEXT}}
    return _object({"text": _TEXT, "csl": _said("The reference as an item of CSL-JSON.", csl)})


def _question() -> Schema:
    return _object(
        {
            "key": _KEY,
            "title": _TEXT,
            "short_answer": _or_null(_TEXT),
            **_PLACE,
            **_fields(QUESTION_FIELDS),
            "claims": _KEYS,
        }
    )


def _claim() -> Schema:
    return _object(
        {
            "key": _KEY,
            "text": _TEXT,
            "question": _said("The question that it belongs to.", _or_null(_KEY)),
            **_PLACE,
            **_fields(CLAIM_FIELDS),
            "statistics": {"type": "array", "items": {"$ref": "#/$defs/statistic"}},
            "dissent": _said("Whether the page says who disagrees.", _BOOLEAN),
            "synthesis": {"$ref": "#/$defs/synthesis"},
        }
    )


def _statistic() -> Schema:
    numbers = {name: _or_null(_NUMBER) for name in ("estimate", "level", "low", "high")}
    p: Schema = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "null"}]}
    return _object({"study": _KEY, "text": _TEXT, **numbers, "p": p, "p_relation": _or_null(_TEXT)})


def _synthesis() -> Schema:
    people = _object(
        {
            "total": _said("Each person once, as far as the records tell.", _COUNT),
            "studies": _said("How many studies the total comes from.", _COUNT),
            "unstated": _said("How many studies give no number.", _COUNT),
            "shared": _said("Studies with the people of another.", _KEYS),
            "reviews": _said("Reviews, whose people are those of other studies.", _KEYS),
        }
    )
    return _object(
        {
            "studies": _said("How many studies count: none of those that were withdrawn, and no context.", _COUNT),
            "pem": _said("How many of them have each PEM status.", _by(PemStatus, _COUNT, required=True)),
            "people": _said("How many people took part, by direction.", _by(Direction, people)),
            "pem_required": _said("How many studies required PEM, by direction.", _by(Direction, _COUNT)),
            "pem_required_independent": _said("How many of these are on different people.", _COUNT),
            "sensitivity": _ref(Sensitivity),
            "withdrawn": _said("Retracted and withdrawn studies, not counted.", _KEYS),
            "marked": _said("Studies with a notice of the journal, counted.", _KEYS),
        }
    )


# ---- fields ---------------------------------------------------------------------------------------------------------


def _fields(fields: Iterable[Field]) -> dict[str, Schema]:
    return {field.attribute: _titled(field.label, field.doc, _field(field)) for field in fields}


def _field(field: Field) -> Schema:
    if field.vocabulary is not None:
        return _stated(field, _ref(field.vocabulary))
    schema = _BY_KIND[field.kind]
    if schema.get("type") == "array":
        return {**schema, "minItems": 1} if field.required else schema
    return _stated(field, schema)


def _stated(field: Field, schema: Schema) -> Schema:
    return schema if field.required or field.default else _or_null(schema)


_BY_KIND: Mapping[Kind, Schema] = {
    Kind.TEXT: _TEXT,
    Kind.NUMBER: _COUNT,
    Kind.CRITERIA: _KEYS,
    Kind.KEYS: _KEYS,
    Kind.WORDS: _WORDS,
    Kind.REGISTRATION: _WORDS,
    Kind.DATE: _DATE,
    Kind.NOTICE: _TEXT,
    Kind.SEARCH: {
        "type": "object",
        "properties": {"sources": _TEXT, "terms": _TEXT, "day": _DATE},
        "required": ["sources", "terms", "day"],
        "additionalProperties": False,
    },
}


def _section(*, required: bool) -> Schema:
    return _TEXT if required else _or_null(_TEXT)


# ---- parts ----------------------------------------------------------------------------------------------------------


def _object(properties: Mapping[str, object], *, required: bool = True) -> Schema:
    """Return the schema of an object that has these properties and no other."""
    needed = {"required": list(properties)} if required else {}
    return {"type": "object", "properties": dict(properties), **needed, "additionalProperties": False}


def _listed(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{_SINGULAR[name]}"}}


_SINGULAR = {"definitions": "definition", "studies": "study", "questions": "question", "claims": "claim"}


def _by(vocabulary: type[Term], schema: Schema, *, required: bool = False) -> Schema:
    return _object({term.value: schema for term in vocabulary}, required=required)


def _terms(vocabulary: type[Term], terms: Iterable[Term]) -> Schema:
    listed = [{"const": term.value, "title": term.label, "description": term.doc} for term in terms]
    return {"description": (vocabulary.__doc__ or "").split("\n")[0], "oneOf": listed}


def _ref(vocabulary: type[Term]) -> Schema:
    return {"$ref": f"#/$defs/{vocabulary.__name__}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _said(description: str, schema: Schema) -> Schema:
    return {"description": description, **schema}


def _titled(title: str, description: str, schema: Schema) -> Schema:
    return {"title": title, **_said(description, schema)}
