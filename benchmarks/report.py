"""From the rows that were measured to a table of the goals and a plot."""

from __future__ import annotations

import itertools
import math
import platform
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.metadata import version
from statistics import median

from goals import ENVIRONMENT, GOALS, GROWTH, OURS, Goal, Series

Row = Mapping[str, object]


def values(rows: Iterable[Row], series: Series, size: int, step: str, value: str) -> dict[int, float]:
    """Return one measured value of a step by round; of a round that was run twice, the last."""
    wanted = {**series._asdict(), "size": size, "step": step}
    found = [row for row in rows if all(row[name] == wanted[name] for name in wanted)]
    return {int(str(row["round"])): float(str(row[value])) for row in found}


def ratios(rows: Sequence[Row], goal: Goal, size: int) -> list[float]:
    """Return the ratio of each round in which both were built."""
    ours = values(rows, goal.ours, size, goal.step, goal.value)
    theirs = values(rows, goal.theirs, size, goal.step, goal.value)
    return [ours[number] / theirs[number] for number in ours.keys() & theirs.keys() if theirs[number]]


def table(rows: Sequence[Row]) -> str:
    """Return the table of goals in Markdown: what is reached, between which ratios, and by how much a row misses."""
    lines = ["| work | studies | goal | reached | from, to | rounds | |", "|---|---|---|---|---|---|---|"]
    for goal, size, most, found in _reached(rows):
        spread = f"{min(found):.2f}, {max(found):.2f}"
        lines.append(_line(goal.says, size, most, median(found), spread, len(found), goal.holds))
    lines += [_line(*more) for more in _own(rows)]
    names = ("sphinx", "docutils", "myst-parser", "furo", "sphinx-mecfs")
    made = ", ".join(f"{name} {version(name)}" for name in names)
    return "\n".join(lines) + f"\n\nCPython {platform.python_version()}, {made}; {platform.machine()}.\n"


def _sizes(rows: Iterable[Row]) -> list[int]:
    return sorted({int(str(row["size"])) for row in rows})


def _reached(rows: Sequence[Row]) -> Iterable[tuple[Goal, int, float, list[float]]]:
    """Yield each goal with a size, the most that it may be there, and the ratios that were reached."""
    for goal in GOALS:
        for size in _sizes(rows):
            most, found = goal.limit(size), ratios(rows, goal, size)
            if most is not None and found:
                yield goal, size, most, found


def _own(rows: Sequence[Row]) -> Iterable[tuple[str, int, float, float, str, int]]:
    """Yield the rows that compare ours with nobody's: the environment and the growth."""
    sizes = _sizes(rows)
    for size in sizes:
        found = [each / size / 1_000 for each in values(rows, OURS, size, "full", "environment").values()]
        if found:
            yield "environment.pickle, kB a card", size, ENVIRONMENT, median(found), "", len(found)
    for small, large in itertools.pairwise(sizes):
        low, high = (values(rows, OURS, size, "full", "cpu").values() for size in (small, large))
        if low and high:
            exponent = math.log(median(high) / median(low)) / math.log(large / small)
            yield f"growth of a full build from {small:,}, exponent", large, GROWTH, exponent, "", len(high)


def _line(says: str, size: int, most: float, reached: float, spread: str, rounds: int, holds: str = "") -> str:
    verdict = "reached" if reached <= most else f"misses by {100 * (reached / most - 1):.0f} %; {holds}".rstrip("; ")
    return f"| {says} | {size:,} | {most:.2f} | {reached:.2f} | {spread} | {rounds} | {verdict} |"


# ---- the plot


WIDTH, LEFT, TOP, ROW = 760, 360, 40, 22


def plot(rows: Sequence[Row]) -> str:
    """Return a bar for each goal: what is reached, as a part of the goal, which is a line; to the left is better."""
    found = [(f"{goal.says}, {size:,}", median(each) / most) for goal, size, most, each in _reached(rows)]
    scale = (WIDTH - LEFT - 60) / max([2.0, *(part for _says, part in found)])
    bars = [_bar(number, says, part, scale) for number, (says, part) in enumerate(found)]
    height, goal_at = TOP + ROW * len(found) + 10, LEFT + scale
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
        f'font-size="12"><title>What is reached, as a part of each goal</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>{"".join(bars)}'
        f'<line x1="{goal_at:.0f}" x2="{goal_at:.0f}" y1="{TOP - 12}" y2="{height}" stroke="#000"/>'
        f'<text x="{goal_at:.0f}" y="{TOP - 18}" text-anchor="middle">goal</text></svg>\n'
    )


def _bar(number: int, says: str, part: float, scale: float) -> str:
    top = TOP + number * ROW
    # The colours differ in lightness too; the figure says it in words.
    colour = "#4477aa" if part <= 1 else "#cc6677"
    return (
        f'<text x="{LEFT - 8}" y="{top + 12}" text-anchor="end">{escape(says)}</text>'
        f'<rect x="{LEFT}" y="{top}" width="{part * scale:.1f}" height="{ROW - 6}" fill="{colour}"/>'
        f'<text x="{LEFT + part * scale + 6:.1f}" y="{top + 12}">{part:.2f}</text>'
    )
