"""Every message that the pages of a base may show: those that stand in the code, and the labels that it declares.

The rooms that declare fields and terms know nothing of translation, and need not: their labels are looked up as they
stand when they are shown, and are listed here from the declarations.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.catalog import Catalog
from rooms import PACKAGE, modules

from sphinx_mecfs.evidence import vocabulary
from sphinx_mecfs.evidence.common.rewording import CONDITION, MEANING, NAME, SHORT
from sphinx_mecfs.evidence.fields import CARD_BODY, CARD_FIELDS
from sphinx_mecfs.evidence.queries import QUERY_FIELDS
from sphinx_mecfs.evidence.questions.fields import CLAIM_BODY, CLAIM_FIELDS, QUESTION_BODY, QUESTION_FIELDS
from sphinx_mecfs.evidence.records import UNDEFINED_CRITERIA
from sphinx_mecfs.evidence.register import shipped_register
from sphinx_mecfs.evidence.vocabulary import (
    Certainty,
    ClaimKind,
    CriteriaRule,
    Mark,
    PemStatus,
    PublicationStatus,
    Term,
)
from sphinx_mecfs.extension.domain.indices import INDICES
from sphinx_mecfs.formats.release.feed import WORDS
from sphinx_mecfs.formats.release.listing import DATA_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KEYWORDS = {"_": 1, "to_translate": 1, "marked": 1, "say": 1, "counted": 2}
"""The functions whose first arguments are messages, and how many: `counted` has a singular and a plural."""

NOTE = "# Translators: "
"""What begins a comment of one line that translators are shown with the message of the next line."""

EXPLAINED = (PemStatus, CriteriaRule, PublicationStatus, Mark, Certainty)
"""The terms whose meaning pages show beside the label."""

WITHIN = (PublicationStatus, Certainty, ClaimKind)
"""The terms whose label stands within sentences too (`language.within`)."""


class Message(NamedTuple):
    """A message: its text, its plural or "", the file that it is in, and what translators are told of it."""

    text: str
    plural: str
    path: str
    notes: tuple[str, ...] = ()


def all_messages() -> list[Message]:
    """Return every message, in the order of files."""
    return [*code_messages(), *declared_messages()]


def code_messages() -> Iterator[Message]:
    """Yield the messages that stand in the code; those of `typst` are in the catalogue of Sphinx.

    The code is read as Python reads it, since a call within an f-string is one token to Babel before Python 3.12.
    """
    for path in modules():
        place = path.relative_to(PACKAGE.parent).as_posix()
        source = path.read_text(encoding="utf-8")
        for node in () if place.startswith("sphinx_mecfs/typst/") else ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and (name := _called(node)) in KEYWORDS:
                texts = [arg.value if isinstance(arg, ast.Constant) else "" for arg in node.args][: KEYWORDS[name]]
                if all(isinstance(text, str) and text for text in texts):
                    one, many = (*map(str, texts), "")[:2]
                    yield Message(one, many, place, _notes(source.splitlines(), node.lineno - 1))


def _called(call: ast.Call) -> str:
    """Return the name of the function that is called, or of the attribute `say`, which holds one."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "say":
        return "say"
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _notes(lines: Sequence[str], index: int) -> tuple[str, ...]:
    """Return what the comment above a line tells translators, if it does."""
    above = lines[index - 1].strip() if index else ""
    return (above.removeprefix(NOTE),) if above.startswith(NOTE) else ()


def declared_messages() -> Iterator[Message]:
    """Yield the labels and meanings that are declared, and the words of the shipped register."""
    for place, texts in {
        "sphinx_mecfs/evidence/vocabulary.py": _terms(),
        "sphinx_mecfs/evidence/fields.py": _fields(),
        "sphinx_mecfs/evidence/records.py": (key.replace("-", " ") for key in UNDEFINED_CRITERIA),
        "sphinx_mecfs/extension/domain/indices.py": _indices(),
        "sphinx_mecfs/formats/release/feed.py": WORDS.values(),
        "sphinx_mecfs/formats/release/listing.py": (text for file in DATA_FILES for text in (file.title, file.doc)),
        "sphinx_mecfs/data/case-definitions.toml": _register(),
    }.items():
        yield from (Message(text, "", place) for text in texts if text)


def _terms() -> Iterator[str]:
    named = (one for one in vars(vocabulary).values() if isinstance(one, type) and issubclass(one, Term))
    for terms in (one for one in named if one is not Term):
        for term in terms:
            yield term.label
            if terms in WITHIN:
                yield term.label.lower()
            if terms in EXPLAINED:
                yield term.doc


def _fields() -> Iterator[str]:
    for field in (*CARD_FIELDS, *CLAIM_FIELDS, *QUESTION_FIELDS, *QUERY_FIELDS.values()):
        yield from (field.label, field.back)
    for body in (CARD_BODY, CLAIM_BODY, QUESTION_BODY):
        yield from (section.label for section in body.sections)


def _indices() -> Iterator[str]:
    for index in INDICES:
        yield from (index.localname, index.shortname or "")


def _register() -> Iterator[str]:
    yield from (SHORT, NAME, MEANING, CONDITION)
    yield from (definition.basis for definition in shipped_register().definitions.values())


def template() -> Catalog:
    """Return the catalogue of all messages without translations."""
    catalogue = Catalog(project="sphinx-mecfs", version="messages", charset="utf-8", fuzzy=False)
    for message in all_messages():
        text = (message.text, message.plural) if message.plural else message.text
        catalogue.add(text, locations=[(message.path, None)], auto_comments=message.notes)
    return catalogue
