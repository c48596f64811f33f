"""What a figure consists of, free of any output format: marks, lines, bars and words at places on a canvas.

Lengths are units of the canvas; 0, 0 is its upper left corner.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple


class Shape(StrEnum):
    """The shape of a mark, so that marks are told apart without colour."""

    DISC = "disc"
    RING = "ring"
    SQUARE = "square"
    FULL_SQUARE = "full-square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    FALLING_TRIANGLE = "falling-triangle"
    CROSS = "cross"


class Mark(NamedTuple):
    """A mark: `group` says how it is coloured, `label` what it stands for, the last two where it leads ("": nowhere).

    A mark that is `struck` has a line through it.
    """

    x: float
    y: float
    radius: float
    shape: Shape
    group: str
    label: str = ""
    docname: str = ""
    anchor: str = ""
    struck: bool = False


class Bar(NamedTuple):
    """A filled rectangle with a sign in its middle, where there is room for it; `label` says what it stands for."""

    x: float
    y: float
    width: float
    height: float
    group: str
    sign: str
    label: str


class Rule(NamedTuple):
    """A thin line."""

    x1: float
    y1: float
    x2: float
    y2: float


class Words(NamedTuple):
    """A line of text; `anchor` says which end of it stands at x."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"


class Drawing(NamedTuple):
    """A figure of a size, named by its title; the description says in words what can be seen."""

    title: str
    description: str
    width: float
    height: float
    rules: tuple[Rule, ...] = ()
    words: tuple[Words, ...] = ()
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
