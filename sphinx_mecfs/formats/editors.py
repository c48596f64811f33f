"""What editors complete from: a JSON Schema of each directive's options, and snippets, made from the declared fields.

Snippets are in the form of Visual Studio Code, which many other editors read as well. The schema is JSON Schema
2020-12, with `enumDescriptions`, which editors show beside the values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..evidence.fields import CARD_BODY, CARD_FIELDS, Body, Field, Kind
from ..evidence.questions.fields import CLAIM_BODY, CLAIM_FIELDS, QUESTION_BODY, QUESTION_FIELDS
from ..evidence.records import KEY_PATTERN, UNDEFINED_CRITERIA
from ..evidence.vocabulary import PemStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..evidence.register import Register

Schema = dict[str, object]
Snippets = dict[str, dict[str, object]]

_KEYS = rf"^\s*{KEY_PATTERN}(\s*,\s*{KEY_PATTERN})*\s*,?\s*$"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_PATTERNS: Mapping[Kind, str] = {
    Kind.KEYS: _KEYS,
    Kind.CRITERIA: _KEYS,
    Kind.DATE: rf"^{_DAY}$",
    Kind.SEARCH: rf"^[^;]+;[^;]+;\s*{_DAY}\s*$",
}


class Directive(NamedTuple):
    """A directive for which editors are told what it takes."""

    name: str
    title: str
    fields: tuple[Field, ...]
    body: Body


DIRECTIVES: Mapping[str, Directive] = {
    "card": Directive("evidence-card", "An evidence card", CARD_FIELDS, CARD_BODY),
    "claim": Directive("claim", "A claim", CLAIM_FIELDS, CLAIM_BODY),
    "question": Directive("evidence-question", "A question", QUESTION_FIELDS, QUESTION_BODY),
}
"""By the short name that the command line uses."""


# ---- schema ---------------------------------------------------------------------------------------------------------


def options_schema(directive: Directive, register: Register) -> Schema:
    """Return the schema of a directive's options, as they stand between `---`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{directive.title}: options of `{directive.name}`",
        "type": "object",
        "properties": {field.name: _property(field, register) for field in directive.fields},
        "required": [field.name for field in directive.fields if field.required],
        "additionalProperties": False,
    }


def _property(field: Field, register: Register) -> Schema:
    schema: Schema = {"title": field.label, "description": field.doc}
    if field.default:
        schema["default"] = field.default
    if field.kind is Kind.NUMBER:
        return schema | {"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]{1,9}$"}
    if field.vocabulary is not None:
        terms = list(field.vocabulary)
        described = [f"{term.label}: {term.doc}" for term in terms]
        return schema | {"type": "string", "enum": [term.value for term in terms], "enumDescriptions": described}
    schema["type"] = "string"
    if field.kind in _PATTERNS:
        schema["pattern"] = _PATTERNS[field.kind]
    if field.kind is Kind.CRITERIA:
        schema["examples"] = [*register.definitions, *UNDEFINED_CRITERIA]
    return schema


# ---- snippets -------------------------------------------------------------------------------------------------------


def snippets(register: Register, studies: Iterable[tuple[str, str]] = (), today: str = "") -> Snippets:
    """Return snippets: each directive whole, each of its options and sections, and the roles.

    `studies` are pairs of a key and a name, for references that complete; `today` is what stands for the day, in the
    language of snippets.
    """
    made: Snippets = {}
    for short, directive in DIRECTIVES.items():
        made[directive.title] = _snippet(f"mecfs-{short}", _whole(directive, register, today), directive.title)
        for field in directive.fields:
            body = [f":{field.name}: {_place(1, field, register, today)}"]
            made[f"{short} option: {field.name}"] = _snippet(f":{field.name}", body, field.doc)
        for section in directive.body.sections:
            made[f"{short} section: {section.label}"] = _snippet(
                f":{section.label}", [f":{section.label}: ${{1}}"], section.doc
            )
    made |= _role_snippets(register)
    for key, name in studies:
        made[f"study: {key}"] = _snippet(key, [f"{{mecfs:study}}`{_literal(key)}`"], name)
    return made


def _snippet(prefix: str, body: Sequence[str], description: str) -> dict[str, object]:
    return {"scope": "markdown", "prefix": prefix, "body": list(body), "description": description}


def _whole(directive: Directive, register: Register, today: str) -> list[str]:
    """Return a directive with its required options and sections; the place of each is a stop."""
    lines = [f":::{{{directive.name}}} ${{1:key}}"]
    stop = 2
    for field in directive.fields:
        if field.required:
            lines.append(f":{field.name}: {_place(stop, field, register, today)}")
            stop += 1
    lines.append("")
    for section in directive.body.sections:
        if section.required or section.for_trials:
            lines.append(f":{section.label}: ${{{stop}}}")
            stop += 1
    return [*lines, ":::", "$0"]


def _place(stop: int, field: Field, register: Register, today: str) -> str:
    choices = _choices(field, register)
    if choices:
        return f"${{{stop}|{','.join(map(_choice, choices))}|}}"
    return f"${{{stop}:{today}}}" if field.kind is Kind.DATE and today else f"${{{stop}}}"


def _choices(field: Field, register: Register) -> list[str]:
    if field.vocabulary is not None:
        return [term.value for term in field.vocabulary]
    return [*register.definitions, *UNDEFINED_CRITERIA] if field.kind is Kind.CRITERIA else []


def _role_snippets(register: Register) -> Iterator[tuple[str, dict[str, object]]]:
    statuses = ",".join(_choice(status.value) for status in PemStatus)
    definitions = ",".join(map(_choice, register.definitions))
    yield "badge of a status", _snippet("pem-badge", [f"{{pem-badge}}`${{1|{statuses}|}}`"], "The badge of a status.")
    yield (
        "case definition",
        _snippet("mecfs-definition", [f"{{mecfs:definition}}`${{1|{definitions}|}}`"], "A case definition."),
    )
    roles = {"study": "A study", "claim": "A claim", "question": "A question", "cite": "Numbered studies"}
    for role, what in roles.items():
        yield f"role {role}", _snippet(f"mecfs-{role}-role", [f"{{mecfs:{role}}}`${{1:key}}`"], f"{what}, by key.")


def _literal(text: str) -> str:
    """Escape what has a meaning in the text of a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def _choice(text: str) -> str:
    """Escape what has a meaning among the choices of a snippet."""
    return text.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|")
