"""TeX formulas as pictures, by the optional package `ziamath`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from docutils import nodes

logger = logging.getLogger(__name__)

# ziamath parts lines by lengths that fit formulas of about this size.
_UNITS_PER_EM = 10.0
_VIEW_BOX = re.compile(r'viewBox="\S+ (\S+) (\S+) (\S+)"')
# Sphinx numbers equations; these environments would number them a second time.
_NUMBERED = re.compile(r"\\(begin|end)\{(align|alignat|eqnarray|equation|flalign|gather|multline)\}")
_NEEDS_ALIGNMENT = re.compile(r"\\\\|(?<!\\)&")


@dataclass(frozen=True)
class Formula:
    """A formula as SVG; its measures are in em of the text around it."""

    svg: str
    file_name: str
    width: float
    depth: float


def typeset(tex: str, *, display: bool, location: nodes.Node) -> Formula | None:
    """Return a formula as a picture, None (after a warning) if it can only be shown as TeX."""
    try:
        ziamath = import_module("ziamath")
    except ImportError:
        logger.warning(
            "mathematics is shown as TeX source: install the package 'ziamath' to have it typeset",
            type="typst", subtype="math", once=True,
        )  # fmt: skip
        return None
    try:
        svg: str = ziamath.Latex(_prepared(tex), size=_UNITS_PER_EM, inline=not display).svg()
    except Exception as error:  # noqa: BLE001  a converter of foreign text may fail in any way
        logger.warning(
            "cannot typeset the formula %r (%s): it is shown as TeX source", tex, type(error).__name__,
            location=location, type="typst", subtype="math",
        )  # fmt: skip
        return None
    return _measured(svg)


def _prepared(tex: str) -> str:
    """Return a formula without numbers of its own; several lines get the environment that TeX wants."""
    if "\\begin{" not in tex and _NEEDS_ALIGNMENT.search(tex):
        return f"\\begin{{aligned}}{tex}\\end{{aligned}}"
    return _NUMBERED.sub(r"\\\1{\2*}", tex)


def _measured(svg: str) -> Formula:
    box = _VIEW_BOX.search(svg)
    top, width, height = (float(measure) for measure in box.groups()) if box else (0.0, _UNITS_PER_EM, 0.0)
    digest = hashlib.sha256(svg.encode()).hexdigest()[:20]
    return Formula(
        svg,
        file_name=f"math/{digest}.svg",
        width=round(width / _UNITS_PER_EM, 3),
        depth=round((top + height) / _UNITS_PER_EM, 3),
    )
