"""Write an entry as BibTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..bibliography.fields import FIELD_ORDER, VERBATIM, raw_fields
from ..bibliography.texts import escape_percent, to_tex
from ._text import one_line

if TYPE_CHECKING:
    from ..bibliography.records import Entry

_BRACE = re.compile(r"[{}]")


def to_bibtex(entry: Entry) -> str:
    """Return the entry in one form, whatever form it was read in; it ends with a newline.

    The known fields come first, in a fixed order, the others follow as they stood. The texts are those of the
    file, so that braces go on to protect capitals; a bare `%` is escaped. Reading the result gives the same
    entry.
    """
    order = {name: number for number, name in enumerate(FIELD_ORDER)}
    fields = sorted(raw_fields(entry), key=lambda field: order.get(field[0], len(order)))
    width = max((len(name) for name, _ in fields), default=0)
    lines = [f"  {name:<{width}} = {{{_value(name, text)}}},\n" for name, text in fields]
    return f"@{entry.type}{{{one_line(entry.key)},\n{''.join(lines)}}}\n"


def _value(name: str, text: str) -> str:
    text = one_line(text)
    if not _is_balanced(text):
        return to_tex(text)
    return text if name in VERBATIM else escape_percent(text)


def _is_balanced(text: str) -> bool:
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            return False
    return depth == 0
