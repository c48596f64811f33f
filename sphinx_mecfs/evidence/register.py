"""The register of case definitions: shipped data, which a project can add to.

A register is a TOML file with `name`, `version` and `[[definitions]]` tables; the fields are those of
`records.Definition`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

import msgspec

from .nearest import did_you_mean
from .problems import Finding, Problem
from .records import KEY_PATTERN, UNDEFINED_CRITERIA, Definition
from .vocabulary import Mark, PemStatus

DEFINITION_STATUSES = (
    PemStatus.REQUIRED,
    PemStatus.REQUIRED_BROAD,
    PemStatus.OPTIONAL,
    PemStatus.ABSENT,
    PemStatus.UNCLEAR,
)
"""What a definition, as opposed to a study, can say about PEM."""


class Register(msgspec.Struct, frozen=True):
    """Case definitions by key, in order of year and name, with the versions of the files they came from."""

    version: str
    definitions: Mapping[str, Definition]

    @property
    def digest(self) -> str:
        """A hash of everything in the register."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]

    def __contains__(self, key: str) -> bool:
        return key in self.definitions

    def __getitem__(self, key: str) -> Definition:
        return self.definitions[key]

    def extended(self, other: Register) -> Register:
        """Return a register with the definitions of both; `other` wins where a key stands in both."""
        definitions = {**self.definitions, **other.definitions}
        return Register(f"{self.version} + {other.version}", _ordered(definitions.values()))


class _Document(msgspec.Struct):
    """A register file as it stands, before its definitions are looked at one by one."""

    version: str
    definitions: list[dict[str, Any]] = []


def shipped_register() -> Register:
    """Return the register that the package ships."""
    data = resources.files("sphinx_mecfs").joinpath("data/case-definitions.toml").read_bytes()
    register, findings = read_register(data)
    if findings:
        raise RuntimeError(findings[0].message)
    return register


def read_register(data: bytes) -> tuple[Register, tuple[Finding, ...]]:
    """Read a register file.

    Takes the bytes of a TOML file. Returns the register with every sound definition, and a finding for each unsound
    one, or for the file where it cannot be read at all.
    """
    try:
        document = msgspec.toml.decode(data, type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Register("unreadable", {}), (Finding(Problem.REGISTER, f"not a register of definitions: {error}"),)
    findings: list[Finding] = []
    definitions: dict[str, Definition] = {}
    for table in document.definitions:
        outcome = _read_definition(table)
        if isinstance(outcome, Definition) and outcome.key in definitions:
            outcome = _wrong(outcome.key, "is defined twice", Problem.KEY_DUPLICATE)
        if isinstance(outcome, Definition):
            definitions[outcome.key] = outcome
        else:
            findings.append(outcome)
    return Register(document.version, _ordered(definitions.values())), tuple(findings)


def _read_definition(table: dict[str, Any]) -> Definition | Finding:
    key = str(table.get("key", ""))
    if not re.fullmatch(KEY_PATTERN, key) or key in UNDEFINED_CRITERIA:
        return _wrong(key, "has no key of lower-case words joined by hyphens", Problem.KEY_FORMAT)
    for name, choices in (("pem", [*DEFINITION_STATUSES]), ("mark", [*Mark])):
        value = str(table.get(name, ""))
        if value not in choices:
            return _wrong(key, f"has {name} {value!r}{did_you_mean(value, choices)}", Problem.VOCABULARY)
    try:
        return msgspec.convert(table, Definition)
    except msgspec.ValidationError as error:
        return _wrong(key, f"is wrong: {error}", Problem.REGISTER)


def _wrong(key: str, what: str, problem: Problem) -> Finding:
    return Finding(problem, f"definition {key!r} {what}", field=key)


def _ordered(definitions: Iterable[Definition]) -> dict[str, Definition]:
    ordered = sorted(definitions, key=lambda definition: (definition.year, definition.name, definition.key))
    return {definition.key: definition for definition in ordered}
