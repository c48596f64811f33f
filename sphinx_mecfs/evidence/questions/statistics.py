"""Read a figure as a paper reports it, and check its shape: bounds in order, estimate between them, p from 0 to 1.

What is read is what papers print: "HR 0.27, 95% CI 0.10-0.70, p = 0.007". A text without an interval or p value is
kept as it is. Nothing is computed from the figures.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..problems import Finding, Problem
from .records import Statistic

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:[.·]\d+)?(?<=\d)"
_NUMBER = rf"{_PLAIN}(?:[eE][-+]?\d+)?"
_SIGNED = rf"[-−–]?{_NUMBER}"
_INTERVAL = re.compile(
    rf"(?P<level>\d{{1,3}}(?:\.\d+)?)\s*%\s*(?:CI|CrI|confidence\s+interval|credible\s+interval)\b"
    r"(?P<unstated>\s+not\s+(?:reported|given|stated))?"
    rf"(?:[\s:=,(\[]*(?:from\s+|of\s+)?(?P<low>{_SIGNED})\s*%?\s*(?:to|[,;]|[-–—−])\s*(?P<high>{_SIGNED}))?",
    re.IGNORECASE,
)
_P_VALUE = re.compile(
    r"\b[pP](?:[- ]values?)?\s*(?P<relation><=|>=|[=<>≤≥])\s*"
    rf"(?:(?P<factor>[-−–]?{_PLAIN})\s*[×x*]\s*10\s*\^?\s*(?P<exponent>[-−–⁻]?[\d⁰¹²³⁴-⁹]+)"
    rf"|10\^?(?P<power>[-−–⁻][\d⁰¹²³⁴-⁹]+)|(?P<value>{_SIGNED})(?![,.·]?\d))"
)
_MEASURE = re.compile(
    r"\b(?:[ac]?HR|[ac]?OR|RR|IRR|S?MD|WMD|NNT|NNH|AUC|beta|β|difference|ratio|mean|median|estimate)\b"
    rf"\s*(?:=|:|of|was|is)?\s*(?P<value>{_SIGNED})"
)
_ANY = re.compile(rf"(?<![\w.·]){_SIGNED}")
_PLAIN_SIGNS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−–·", "-0123456789--.")


def read_statistics(study: str, text: str) -> tuple[tuple[Statistic, ...], tuple[Finding, ...]]:
    """Return what can be read of the figures of one study, parted by semicolons, and what is wrong with them."""
    read = [_read(study, " ".join(part.split())) for part in _parts(text) if part.strip()]
    statistics = tuple(statistic for statistic, _messages in read)
    messages = [f"{study}: {statistic.text!r} {message}" for statistic, found in read for message in found]
    return statistics, tuple(Finding(Problem.STATISTIC, message, "Statistics") for message in messages)


def _parts(text: str) -> Iterator[str]:
    """Yield what semicolons part; one within a pair of brackets parts nothing."""
    cuts: list[int] = []
    opened: list[int] = []
    for index, char in enumerate(text):
        if char in "([":
            opened.append(len(cuts))
        elif char in ")]" and opened:
            del cuts[opened.pop() :]
        elif char == ";":
            cuts.append(index)
    for start, end in pairwise([-1, *cuts, len(text)]):
        yield text[start + 1 : end]


def _read(study: str, text: str) -> tuple[Statistic, list[str]]:
    found = _INTERVAL.search(text)
    interval = None if found and found["unstated"] else found
    p_values = [(match["relation"], _p(match)) for match in _P_VALUE.finditer(text)]
    candidates = _estimates(text, interval)
    bounded = interval is not None and interval["low"] is not None
    relation, p = p_values[0] if p_values else ("", None)
    statistic = Statistic(
        study,
        text,
        estimate=candidates[0] if len(candidates) == 1 else None,
        level=float(interval["level"]) if interval else None,
        low=_number(interval["low"]) if interval and bounded else None,
        high=_number(interval["high"]) if interval and bounded else None,
        p=p,
        p_relation=relation,
    )
    faults = [*_interval_faults(statistic, candidates)]
    if any(not 0 <= value <= 1 for _relation, value in p_values):
        faults.append("has a p value that is not between 0 and 1")
    return statistic, faults


def _interval_faults(statistic: Statistic, candidates: list[float]) -> Iterator[str]:
    low, high = statistic.low, statistic.high
    if statistic.level is None:
        return
    if not 0 < statistic.level < 100:
        yield f"has an interval of {statistic.level:g}%, which is not between 0 and 100"
    if low is None or high is None:
        yield "names an interval whose two bounds cannot be read"
    elif low > high:
        yield "has an interval whose lower bound is above the upper"
    elif candidates and not any(low <= one <= high for one in candidates):
        yield "has an estimate outside its interval"


def _estimates(text: str, interval: re.Match[str] | None) -> list[float]:
    """Return the estimate, or all numbers that may be it, before the interval."""
    clause = text[: interval.start() if interval else len(text)]
    named = [_number(match["value"]) for match in _MEASURE.finditer(clause)]
    if named:
        return named[-1:]
    return [_number(match.group()) for match in _ANY.finditer(clause)] if interval else []


def _p(match: re.Match[str]) -> float:
    return _number(match["value"] or f"{match['factor'] or 1}e{match['exponent'] or match['power']}")


def _number(text: str) -> float:
    return float(text.translate(_PLAIN_SIGNS).replace(",", ""))
