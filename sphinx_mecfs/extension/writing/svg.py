"""Write a drawing as SVG: once for a page, with links and the colours of its scheme, once as a file with fixed ones.

Every colour stands in the file as an attribute, which a style sheet outweighs: so one way of writing serves both.
"""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING

from .drawing import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .drawing import Bar, Drawing, Mark, Rule, Words

    Address = Callable[[str, str], str]

COLOURS: Mapping[str, str] = {
    "required": "#1a7f4b",
    "not-required": "#a35a0a",
    "other": "#5b6b8c",
    "muted": "#7d858d",
}
"""The colour of each group on paper: the lines of its badge in the light scheme, as `cards.css` has them."""

INK, QUIET, GROUND = "#1f2328", "#b8bec6", "#ffffff"
FONT = "Libertinus Serif, sans-serif"
"""What a file is set in: the face that the PDF is set in; a page sets its own."""

_SIGN_ROOM = 10


def to_svg(drawing: Drawing, address: Address | None = None) -> str:
    """Return the drawing as an SVG element.

    With `address`, which turns a document and an anchor into an address, marks are links and the drawing is a group of
    them for assistive technology; without, it is a picture to be described where it is placed.
    """
    name = digest(drawing)
    size = f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}"'
    if address is None:
        opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size} width="{_n(drawing.width)}" '
        opening += f'height="{_n(drawing.height)}" font-family="{FONT}" font-size="13">'
        said = ""
    else:
        # The role "img" would hide the links inside.
        named = f'role="group" aria-labelledby="{name}-title" aria-describedby="{name}-desc"'
        opening = f'<svg class="mecfs-drawing" {size} {named} width="{_n(drawing.width)}" font-size="13">'
        said = f'<title id="{name}-title">{escape(drawing.title)}</title>'
        said += f'<desc id="{name}-desc">{escape(drawing.description)}</desc>'
    inside = [
        *map(_rule, drawing.rules),
        *map(_words, drawing.words),
        *map(_bar, drawing.bars),
        *(_linked(mark, address) for mark in drawing.marks),
    ]
    content = "\n".join(inside)
    return f"{opening}{said}\n{content}\n</svg>\n"


def digest(drawing: Drawing) -> str:
    """Return a name for a drawing that is the same wherever and whenever it is written."""
    return f"chart-{hashlib.sha256(repr(drawing).encode()).hexdigest()[:12]}"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _rule(rule: Rule) -> str:
    ends = f'x1="{_n(rule.x1)}" y1="{_n(rule.y1)}" x2="{_n(rule.x2)}" y2="{_n(rule.y2)}"'
    return f'<line class="mecfs-rule" {ends} stroke="{QUIET}" stroke-width="0.5"/>'


def _words(words: Words) -> str:
    place = f'x="{_n(words.x)}" y="{_n(words.y)}" text-anchor="{words.anchor}"'
    # What the axes say is said in the description and in the table; single words would only be noise to a listener.
    return f'<text class="mecfs-words" aria-hidden="true" {place} fill="{INK}">{escape(words.text)}</text>'


def _bar(bar: Bar) -> str:
    place = f'x="{_n(bar.x)}" y="{_n(bar.y)}" width="{_n(bar.width)}" height="{_n(bar.height)}"'
    drawn = f'<rect {place} fill="{COLOURS[bar.group]}" stroke="{GROUND}" stroke-width="1"/>'
    if min(bar.width, bar.height) >= _SIGN_ROOM:
        middle = f'x="{_n(bar.x + bar.width / 2)}" y="{_n(bar.y + bar.height / 2 + 4)}" text-anchor="middle"'
        drawn += f'<text class="mecfs-sign" aria-hidden="true" {middle} fill="{GROUND}">{escape(bar.sign)}</text>'
    named = f'role="img" aria-label="{escape(bar.label)}"'
    return f'<g class="mecfs-bar mecfs-{bar.group}" {named}>{_tip(bar.label)}{drawn}</g>'


def _linked(mark: Mark, address: Address | None) -> str:
    drawn = f'<g class="mecfs-mark mecfs-{mark.group}">{_mark(mark)}</g>'
    if address is None or not mark.docname:
        return drawn
    href = escape(address(mark.docname, mark.anchor))
    return f'<a href="{href}" aria-label="{escape(mark.label)}">{_tip(mark.label)}{drawn}</a>'


def _tip(label: str) -> str:
    return f"<title>{escape(label)}</title>"


def _mark(mark: Mark) -> str:
    x, y, r, colour = mark.x, mark.y, mark.radius, COLOURS[mark.group]
    full, hollow = f'fill="{colour}" stroke="{colour}"', f'class="mecfs-hollow" fill="{GROUND}" stroke="{colour}"'
    match mark.shape:
        case Shape.DISC:
            drawn = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" {full}/>'
        case Shape.RING:
            inner = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r * 0.45)}" {full}/>'
            drawn = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" stroke-width="1.5" {hollow}/>{inner}'
        case Shape.CROSS:
            arm = r * 0.75
            path = f"M{_n(x - arm)} {_n(y - arm)}L{_n(x + arm)} {_n(y + arm)}"
            path += f"M{_n(x - arm)} {_n(y + arm)}L{_n(x + arm)} {_n(y - arm)}"
            drawn = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        case _:
            style = full if mark.shape is Shape.FULL_SQUARE else hollow
            drawn = f'<path d="{_outline(mark)}" stroke-width="1.5" {style}/>'
    if mark.struck:
        reach = r + 2
        ends = f'x1="{_n(x - reach)}" y1="{_n(y + reach)}" x2="{_n(x + reach)}" y2="{_n(y - reach)}"'
        drawn += f'<line class="mecfs-strike" {ends} stroke="{INK}" stroke-width="1.5"/>'
    return drawn


def _outline(mark: Mark) -> str:
    """Return the path of a shape with corners, about as large to the eye as a disc of its radius."""
    side, tip = mark.radius * 0.88, mark.radius * 1.12
    corners = {
        Shape.SQUARE: ((-side, -side), (side, -side), (side, side), (-side, side)),
        Shape.FULL_SQUARE: ((-side, -side), (side, -side), (side, side), (-side, side)),
        Shape.DIAMOND: ((0, -tip), (tip, 0), (0, tip), (-tip, 0)),
        Shape.TRIANGLE: ((0, -tip), (tip, side), (-tip, side)),
        Shape.FALLING_TRIANGLE: ((-tip, -side), (tip, -side), (0, tip)),
    }[mark.shape]
    return "M" + "L".join(f"{_n(mark.x + dx)} {_n(mark.y + dy)}" for dx, dy in corners) + "Z"
