"""Nodes that need no visitor: what is written before and after their content."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Form = tuple[str, str]
_NOTHING: Form = ("", "")


def _inline(function: str) -> Form:
    return f"#{function}[", "];"


def _block(function: str) -> Form:
    return f"#{function}[", "];\n"


def _arguments(function: str) -> Form:
    return f"#{function}(\n", ");\n"


# By the name of the class of the node; a visitor method for the same class comes first.
FORMS: Mapping[str, Form] = MappingProxyType(
    {
        # within a line
        "emphasis": _inline("emph"),
        "strong": _inline("strong"),
        "subscript": _inline("sub"),
        "superscript": _inline("super"),
        "title_reference": _inline("emph"),
        "manpage": _inline("emph"),
        "literal_emphasis": _inline("mono"),
        "literal_strong": _inline("mono"),
        "problematic": _inline("problem"),
        "citation_reference": _inline("strong"),
        "classifier": _inline("emph"),
        "inline": _NOTHING,
        "generated": _NOTHING,
        "acronym": _NOTHING,
        "target": _NOTHING,
        "pending_xref": _NOTHING,
        # blocks
        "compound": _NOTHING,
        "glossary": _NOTHING,
        "acks": _NOTHING,
        "only": _NOTHING,
        "centered": _block("centered"),
        "versionmodified": _block("version-note"),
        "subtitle": _block("rubric"),
        # lists and their parts
        "bullet_list": _arguments("list"),
        "definition_list": _arguments("definitions"),
        "term": _NOTHING,
        "definition": _NOTHING,
        "field_list": _arguments("fields"),
        "field_name": _NOTHING,
        "field_body": _NOTHING,
        "option_list": _arguments("definitions"),
        "option": _NOTHING,
        "option_string": _NOTHING,
        "description": _NOTHING,
        "hlist": _arguments("side-by-side"),
        "hlistcol": ("[", "],\n"),
        "production": _NOTHING,
        # parts of tables
        "tbody": _NOTHING,
        "row": _NOTHING,
        # descriptions of functions, options and the like
        "desc": _block("description"),
        "desc_signature": _block("signature"),
        "desc_content": _block("indented"),
        "desc_name": _inline("strong"),
        "desc_annotation": _inline("emph"),
        "desc_returns": ('#" → ";', ""),
        "desc_addname": _NOTHING,
        "desc_inline": _NOTHING,
        "desc_type": _NOTHING,
        "desc_parameter": _NOTHING,
        "desc_type_parameter": _NOTHING,
    }
)

# What no reader of a book is meant to see, and what another visitor has written already.
LEFT_OUT = frozenset(
    {
        "attribution", "caption", "colspec", "comment", "decoration", "docinfo", "highlightlang", "index",
        "label", "legend", "meta", "pending", "substitution_definition", "tabular_col_spec", "toctree",
    }
)  # fmt: skip
