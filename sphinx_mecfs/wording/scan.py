"""Find the words that rules ask to replace, and the comments that excuse them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

from ..evidence.nearest import did_you_mean
from .phrases import Words, match_end, split_words, surrounds, words_in
from .prose import prose_of
from .rules import Compiled, Place, Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_EXCUSE = re.compile(r"[^\S\n]*(?:%|\.\.)[^\S\n]+(?P<text>wording\b[^\n]*)")
_EXCUSE_TEXT = re.compile(r"wording\b(?P<ids>[^:]*)(?P<colon>:?)(?P<reason>.*)", re.DOTALL)


class Alarm(msgspec.Struct, frozen=True):
    """Words that a rule asks to replace, and where: offsets in the text; line and column counted from 1."""

    found: Compiled
    words: str
    start: int
    end: int
    line: int
    column: int

    @property
    def names(self) -> set[str]:
        """The ids by which an excuse may name it."""
        return {self.found.rule.id, self.found.group.id}

    @property
    def message(self) -> str:
        """What to say of it."""
        return f"{' '.join(self.words.split())!r} ({self.found.rule.id}): {self.found.instead}"


class Excuse(msgspec.Struct, frozen=True):
    """A comment such as `% wording cause: the trial was randomised`, for the paragraph below it.

    `line` is that of the comment, `ids` the rules or groups that it names; `first` and `last` are the first and last
    line of the paragraph.
    """

    line: int
    ids: tuple[str, ...]
    reason: str
    first: int = 0
    last: int = 0

    def faults(self, rules: Rules) -> Iterator[str]:
        """Yield what is wrong with it by itself."""
        if not self.ids or not self.reason:
            yield "an excuse is written 'wording', the names of rules, a colon, and the reason"
        for name in self.ids:
            if name not in rules.ids and name not in rules.left_out:
                yield f"{name!r} is no rule of wording{did_you_mean(name, rules.ids)}"


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with an excuse, and the line of it."""

    message: str
    line: int


class Scan(msgspec.Struct, frozen=True):
    """What a scan has found."""

    alarms: tuple[Alarm, ...] = ()
    faults: tuple[Fault, ...] = ()


def scan(text: str, rules: Rules, place: Place, *, markdown: bool = True) -> Scan:
    """Scan a passage as it is written, in Markdown or reStructuredText: a section, or a chapter without directives.

    Code, roles, addresses, comments, options and what stands in quotation marks are left alone.
    """
    if not rules.compiled:
        return Scan()
    return excused(find(prose_of(text, markdown=markdown), rules, place), excuses_in(text), rules)


def find(prose: str, rules: Rules, place: Place) -> tuple[Alarm, ...]:
    """Return the alarms of prose without markup, in their order; one for each group where several overlap."""
    if not _can_alarm(prose, rules):
        return ()
    words = split_words(prose)
    starts = [0, *(match.end() for match in re.finditer("\n", prose))]
    alarms = []
    for start, end, found in _without_overlaps(_candidates(words, rules, place)):
        first, last = words.spans[start][0], words.spans[end - 1][1]
        line = bisect_right(starts, first)
        alarms.append(Alarm(found, prose[first:last], first, last, line, first - starts[line - 1] + 1))
    return tuple(alarms)


def _can_alarm(prose: str, rules: Rules) -> bool:
    """Whether prose has all words of some phrase. Few texts do, so that few have to be looked at word by word."""
    words = words_in(prose)
    return any(
        phrase.can_stand_in(words) for first in words & rules.by_word.keys() for _rule, phrase in rules.by_word[first]
    )


def _candidates(words: Words, rules: Rules, place: Place) -> Iterator[tuple[int, int, Compiled]]:
    for index, word in enumerate(words.texts):
        for compiled, phrase in rules.by_word.get(word, ()):
            if not compiled.holds(place) or _asks(words, index, compiled):
                continue
            end = match_end(phrase, words, index)
            if end and not any(surrounds(pattern, words, index, end) for pattern in compiled.allowed):
                yield index, end, compiled


def _asks(words: Words, index: int, compiled: Compiled) -> bool:
    return words.bounds[words.sentences[index]][2] and not compiled.group.questions


def _without_overlaps(candidates: Iterable[tuple[int, int, Compiled]]) -> Iterator[tuple[int, int, Compiled]]:
    reached: dict[str, int] = {}
    ordered = sorted(candidates, key=lambda one: (one[0], -one[1], one[2].rule.id))
    for start, end, found in ordered:
        if start >= reached.get(found.group.id, 0):
            reached[found.group.id] = end
            yield start, end, found


def read_excuse(comment: str, line: int = 0, first: int = 0, last: int = 0) -> Excuse | None:
    """Return the excuse that the text of a comment is, or None where it is about something else."""
    match = _EXCUSE_TEXT.match(comment.strip())
    if match is None:
        return None
    ids = tuple(match["ids"].replace(",", " ").split())
    return Excuse(line, ids, match["reason"].strip(), first, last)


def excuses_in(text: str) -> tuple[Excuse, ...]:
    """Return the excuses in a passage as it is written; each is for the paragraph below it."""
    if "wording" not in text:
        return ()
    lines = text.split("\n")
    return tuple(_excuses(lines))


def _excuses(lines: list[str]) -> Iterator[Excuse]:
    waiting: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if match := _EXCUSE.match(line):
            waiting.append((number, match["text"]))
        elif line.strip() and waiting and not line.lstrip().startswith(("%", "..")):
            last = next((n for n in range(number, len(lines)) if not lines[n].strip()), len(lines))
            yield from (excuse for at, words in waiting if (excuse := read_excuse(words, at, number, last)))
            waiting = []
    yield from (excuse for at, words in waiting if (excuse := read_excuse(words, at)))


def excused(alarms: tuple[Alarm, ...], excuses: tuple[Excuse, ...], rules: Rules) -> Scan:
    """Return the alarms without those that are excused, and what is wrong with the excuses, in order of their lines."""
    sound: dict[int, list[Excuse]] = {}
    faults: list[Fault] = []
    for excuse in excuses:
        own = [Fault(message, excuse.line) for message in excuse.faults(rules)]
        faults += own
        if not own:
            sound.setdefault(excuse.first, []).append(excuse)
    left, used = _unexcused(alarms, sound)
    for excuse in (excuse for group in sound.values() for excuse in group):
        # What is left out in this project may still be a rule in another one that shares the text.
        if used[excuse.first].isdisjoint(excuse.ids) and not set(excuse.ids) & set(rules.left_out):
            message = f"there is nothing to excuse from {', '.join(excuse.ids)} in the paragraph below"
            faults.append(Fault(message, excuse.line))
    return Scan(left, tuple(sorted(faults, key=lambda fault: fault.line)))


def _unexcused(
    alarms: Iterable[Alarm], excuses: Mapping[int, Sequence[Excuse]]
) -> tuple[tuple[Alarm, ...], dict[int, set[str]]]:
    """Return the alarms that no excuse covers, and the names that did cover one.

    `excuses` holds those of each paragraph by its first line. Each alarm is looked up once, so that many alarms and
    many excuses do not take the product of both.
    """
    names = {first: {name for excuse in group for name in excuse.ids} for first, group in excuses.items()}
    used: dict[int, set[str]] = {first: set() for first in excuses}
    firsts = sorted(excuses)
    left = []
    for alarm in alarms:
        first = firsts[max(bisect_right(firsts, alarm.line) - 1, 0)] if firsts else 0
        covered = first in excuses and first <= alarm.line <= excuses[first][0].last
        named = alarm.names & names[first] if covered else set()
        if named:
            used[first] |= named
        else:
            left.append(alarm)
    return tuple(left), used
