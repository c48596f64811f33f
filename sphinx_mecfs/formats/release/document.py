"""Write `studies.json`: all studies, case definitions, questions and claims of a base in one document.

Every record has every field, so that a reader need not ask whether one is there: what is not stated is null, or an
empty list. `studies.schema.json` says what each field holds.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from ...bibliography.reference import format_reference, in_text
from ...evidence.fields import CARD_BODY, CARD_FIELDS
from ...evidence.questions.fields import CLAIM_FIELDS, QUESTION_FIELDS
from ...evidence.questions.synthesis import synthesise
from ...evidence.vocabulary import PemStatus
from .._text import one_line
from ..csl import to_csl
from .model import FORMAT_VERSION, named_definitions, pem_reason
from .pieces import Part, Piece, document_json, item_json
from .values import JsonValue, field_values, json_value, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...bibliography.records import Entry
    from ...evidence.questions.synthesis import Synthesis
    from ...evidence.records import Definition, Study
    from .model import About, ClaimItem, DefinitionItem, QuestionItem, Release, StudyItem

PROTOCOL_FIELDS = frozenset({"pem", "pem-quote", "pem-locator"})
"""Fields of a card that are written below `pem`, beside the status that is computed."""

STUDY_FIELDS = tuple(field for field in CARD_FIELDS if field.name not in PROTOCOL_FIELDS)
"""Fields of a card that are written as they are declared."""


def data_document(release: Release) -> dict[str, JsonValue]:
    """Return the release as plain values, ready for JSON."""
    definitions = {item.definition.key: item.definition for item in release.definitions}
    listed = [_study(release.about, item, definitions, release.entries) for item in release.studies]
    return _document(release, listed)


def _document(release: Release, listed: Sequence[dict[str, JsonValue]]) -> dict[str, JsonValue]:
    about = release.about
    studies = {item.study.key: item.study for item in release.studies}
    return {
        "$schema": about.file_at("studies.schema.json"),
        "version": FORMAT_VERSION,
        "base": _base(about),
        "register": about.register,
        "labels": {"pem": {status.value: about.say(status.label) for status in PemStatus}},
        "updated": json_value(release.updated),
        "definitions": [_definition(about, item) for item in release.definitions],
        "studies": [*listed],
        "questions": [_question(about, item) for item in release.questions],
        "claims": [_claim(about, item, studies) for item in release.claims],
    }


def data_json(release: Release) -> Iterator[Part]:
    """Yield the same as JSON."""
    definitions = {item.definition.key: item.definition for item in release.definitions}

    def text(item: StudyItem) -> str:
        return item_json(_study(release.about, item, definitions, release.entries))

    items = (Piece(release.stamp("json", item.study.key), partial(text, item)) for item in release.studies)
    return document_json(_document(release, []), "studies", items)


def _base(about: About) -> dict[str, JsonValue]:
    return {
        "title": one_line(about.title),
        "version": json_value(about.version),
        "address": json_value(about.address),
        "licence": json_value(about.licence),
        "licence_address": json_value(about.licence_address),
        "generator": json_value(about.generator),
    }


def _place(about: About, page: str) -> dict[str, JsonValue]:
    """Return where a thing stands: below the address of the base, and in full."""
    return {"page": page or None, "address": (about.at(page) or None) if page else None}


def _definition(about: About, item: DefinitionItem) -> dict[str, JsonValue]:
    definition = item.definition
    named = {name: json_value(getattr(definition, name)) for name in definition.__struct_fields__}
    return {"key": named.pop("key"), "title": one_line(definition.title), **named, **_place(about, item.page)}


def _study(
    about: About, item: StudyItem, definitions: Mapping[str, Definition], entries: Mapping[str, Entry]
) -> dict[str, JsonValue]:
    study = item.study
    entry = entries.get(study.key)
    # All at once, since each look may be one into a file.
    said = dict(item.sections.items())
    sections = {section.name.replace("-", "_"): said.get(section.name, "") for section in CARD_BODY.sections}
    return {
        "key": study.key,
        "title": one_line(study.title),
        "label": one_line(study.label),
        "citation": one_line(in_text(entry)) if entry else None,
        "year": study.year,
        **_place(about, item.page),
        "digest": study.digest,
        "summary": one_line(study.summary) or None,
        "pem": _pem(about, study, definitions),
        **field_values(study, STUDY_FIELDS),
        "sections": texts(sections),
        "reference": _reference(entry) if entry else None,
    }


def _pem(about: About, study: Study, definitions: Mapping[str, Definition]) -> dict[str, JsonValue]:
    used = [definitions[key] for key in named_definitions(study) if key in definitions]
    return {
        "status": study.pem_status.value,
        "label": about.say(study.pem_status.label),
        "reason": pem_reason(study).value,
        "definitions": [{"key": one.key, "pem": one.pem.value, "mark": one.mark.value} for one in used],
        "protocol": json_value(study.pem),
        "quote": json_value(study.pem_quote),
        "locator": json_value(study.pem_locator),
    }


def _reference(entry: Entry) -> dict[str, JsonValue]:
    text = one_line("".join(piece.text for piece in format_reference(entry)))
    csl: JsonValue = json.loads(json.dumps(to_csl(entry)))
    return {"text": text, "csl": csl}


def _question(about: About, item: QuestionItem) -> dict[str, JsonValue]:
    question = item.question
    return {
        "key": question.key,
        "title": one_line(question.title),
        "short_answer": one_line(question.short_answer) or None,
        **_place(about, item.page),
        **field_values(question, QUESTION_FIELDS),
        "claims": list(question.claims),
    }


def _claim(about: About, item: ClaimItem, studies: Mapping[str, Study]) -> dict[str, JsonValue]:
    claim = item.claim
    sources = [(direction, studies[key]) for direction, key in claim.sources if key in studies]
    return {
        "key": claim.key,
        "text": one_line(claim.text),
        "question": json_value(claim.question),
        **_place(about, item.page),
        **field_values(claim, CLAIM_FIELDS),
        "statistics": json_value(claim.statistics),
        "dissent": claim.has_dissent,
        "synthesis": _synthesis(synthesise(sources, studies.get)),
    }


def _synthesis(synthesis: Synthesis) -> dict[str, JsonValue]:
    counts = dict(synthesis.mix.counts)
    return {
        "studies": synthesis.mix.total,
        "pem": {status.value: counts.get(status, 0) for status in PemStatus},
        "people": {direction.value: json_value(people) for direction, people in synthesis.people},
        "pem_required": {direction.value: count for direction, count in synthesis.required},
        "pem_required_independent": synthesis.independent,
        "sensitivity": synthesis.sensitivity.value,
        "withdrawn": [study.key for study in synthesis.withdrawn],
        "marked": [study.key for study in synthesis.marked],
    }
