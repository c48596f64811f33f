"""The register of case definitions: shipped data, which a project can add to.

A register is a TOML file with a `version`, a table `[words]`, whose fields are those of `Words`, and tables
`[[definitions]]`, whose fields are those of `records.Definition`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

import msgspec

from .common.unseen import has_unseen
from .identifiers import is_pmid, normalise_doi
from .nearest import did_you_mean
from .problems import Finding, Problem
from .records import KEY_PATTERN, UNDEFINED_CRITERIA, Definition
from .vocabulary import Mark, PemStatus, Population

_WORDS = re.compile(r"[^\W_](?:[\w ,.:;'’()/+-]{0,198}[\w.)+])?")
DEFINITION_STATUSES = (
    PemStatus.REQUIRED,
    PemStatus.REQUIRED_BROAD,
    PemStatus.OPTIONAL,
    PemStatus.ABSENT,
    PemStatus.UNCLEAR,
)
"""What a definition, as opposed to a study, can say about PEM."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a base is about: its condition, and the feature of which its badges say whether it was required.

    `feature` is short, for badges and tables; `feature_name` is written out and `feature_meaning` explains it, both as
    they stand within a sentence. `population` is what a card means that does not say who was studied, `populations` who
    else a card may be about.
    """

    condition: str = "the condition"
    feature: str = "Key feature"
    feature_name: str = "the key feature"
    feature_meaning: str = "a feature of the condition"
    population: Population = Population.CONDITION
    populations: tuple[Population, ...] = ()

    @property
    def accepted(self) -> tuple[Population, ...]:
        """Who a card may be about, in the order of the terms: other people always may be."""
        named = {self.population, *self.populations, Population.OTHER}
        return tuple(term for term in Population if term in named)


class Register(msgspec.Struct, frozen=True):
    """Case definitions by key, in order of year and name, with the versions of the files they came from."""

    version: str
    definitions: Mapping[str, Definition]
    words: Words = Words()

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
        return Register(f"{self.version} + {other.version}", _ordered(definitions.values()), self.words)


class _Document(msgspec.Struct):
    """A register file as it stands, before its definitions are looked at one by one."""

    version: str
    definitions: list[dict[str, Any]] = []
    words: dict[str, Any] = {}


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
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        # Beyond what TOML refuses, Python does: figures of thousands of digits, and brackets in thousands of brackets.
        return Register("unreadable", {}), (Finding(Problem.REGISTER, f"not a register of definitions: {error}"),)
    words, findings = _read_words(document.words)
    definitions: dict[str, Definition] = {}
    for table in document.definitions:
        outcome = _read_definition(table)
        if isinstance(outcome, Definition) and outcome.key in definitions:
            outcome = _wrong(outcome.key, "is defined twice", Problem.KEY_DUPLICATE)
        if isinstance(outcome, Definition):
            definitions[outcome.key] = outcome
        else:
            findings.append(outcome)
    return Register(document.version, _ordered(definitions.values()), words), tuple(findings)


def is_wording(text: str) -> bool:
    """Tell whether a text may stand within a sentence, a heading and a badge: short, in one line, without odd signs.

    A per cent sign would be taken for a place to fill in, a line break would leave its line, and signs that have a
    meaning in Markdown would be more than words.
    """
    return _WORDS.fullmatch(text) is not None


def _read_words(table: dict[str, Any]) -> tuple[Words, list[Finding]]:
    """Return the words of a register: those that stand for any condition where a file has none or wrong ones."""
    try:
        words = msgspec.convert(table, Words)
    except msgspec.ValidationError as error:
        return Words(), [Finding(Problem.REGISTER, f"the table [words] is wrong: {error}")]
    for name, text in msgspec.structs.asdict(words).items():
        if isinstance(text, str) and not is_wording(text):
            message = f"the table [words] is wrong: {name.replace('_', '-')} is empty, too long or holds a sign"
            return Words(), [Finding(Problem.REGISTER, message)]
    return words, []


def _read_definition(table: dict[str, Any]) -> Definition | Finding:
    key = str(table.get("key", ""))
    if not re.fullmatch(KEY_PATTERN, key) or key in UNDEFINED_CRITERIA:
        return _wrong(key, "has no key of lower-case words joined by hyphens", Problem.KEY_FORMAT)
    for name, choices in (("pem", [*DEFINITION_STATUSES]), ("mark", [*Mark])):
        value = str(table.get(name, ""))
        if value not in choices:
            return _wrong(key, f"has {name} {value!r}{did_you_mean(value, choices)}", Problem.VOCABULARY)
    try:
        definition = msgspec.convert(table, Definition)
    except msgspec.ValidationError as error:
        return _wrong(key, f"is wrong: {error}", Problem.REGISTER)
    return _check_texts(definition) or definition


def _check_texts(definition: Definition) -> Finding | None:
    """Return what is wrong with the texts of a definition, which are shown and made into addresses."""
    texts = msgspec.structs.asdict(definition)
    unseen = [name for name, text in texts.items() if isinstance(text, str) and has_unseen(text)]
    if unseen:
        return _wrong(
            definition.key, f"holds a character that cannot be seen in {unseen[0]!r}", Problem.OPTION_CHARACTER
        )
    if definition.doi and normalise_doi(definition.doi) != definition.doi:
        return _wrong(definition.key, f"has {definition.doi!r}, which is no DOI as 10.1000/182", Problem.IDENTIFIER)
    if definition.pmid and not is_pmid(definition.pmid):
        return _wrong(definition.key, f"has {definition.pmid!r}, which is no PubMed id", Problem.IDENTIFIER)
    return None


def _wrong(key: str, what: str, problem: Problem) -> Finding:
    return Finding(problem, f"definition {key!r} {what}", field=key)


def _ordered(definitions: Iterable[Definition]) -> dict[str, Definition]:
    ordered = sorted(definitions, key=lambda definition: (definition.year, definition.name, definition.key))
    return {definition.key: definition for definition in ordered}
