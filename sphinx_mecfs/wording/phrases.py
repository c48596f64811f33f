"""Patterns of words, and where they stand in a text.

A pattern is words with spaces between them. `a|b` is either word, `...` is up to six words of the same sentence, `^`
is the beginning of a sentence, and `@` in a pattern of surroundings is what was found. There are no regular expressions
in the rules, so that no rule can take more than linear time: a pattern has `MOST_GAPS` gaps at most, all short.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

GAP = "..."
LONGEST_GAP = 6
MOST_GAPS = 2
START = "^"
FOUND = "@"

# A word; the end of a sentence; or what ends one without a full stop: a blank line, the next item of a list.
_TOKEN = re.compile(
    r"([^\W_]+(?:['-][^\W_]+)*)"
    r"|[.!?…](?=[\"”')\]*_]*(?:\s|\Z))"
    r"|\n[^\S\n]*(?:\n|[-*+][^\S\n]|\d{1,3}[.)][^\S\n])"
)
_WORD = 1
_WORDS = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SLOT = re.compile(r"[^\W_]+(?:['-][^\W_]+)*(?:\|[^\W_]+(?:['-][^\W_]+)*)*")

Slot = frozenset[str] | None
"""The words that may stand at one place of a pattern; None is a gap."""


class Phrase(msgspec.Struct, frozen=True):
    """A pattern: its slots, and whether it holds only at the beginning of a sentence."""

    slots: tuple[Slot, ...]
    at_start: bool = False

    @property
    def first_words(self) -> frozenset[str]:
        """The words with which it can begin."""
        return self.slots[0] or frozenset()

    def can_stand_in(self, words: AbstractSet[str]) -> bool:
        """Whether a text with these words, in whatever order, may hold the pattern."""
        return all(slot is None or not slot.isdisjoint(words) for slot in self.slots)


class Surroundings(msgspec.Struct, frozen=True):
    """A pattern around what was found: what stands before it, in reading order, and what after it."""

    before: tuple[Slot, ...]
    after: tuple[Slot, ...]


class Words(msgspec.Struct, frozen=True):
    """The words of a text in lower case, where each begins and ends, and the sentence that each belongs to.

    `bounds` holds, for each sentence, its first word, the word after its last, and whether it is a question.
    """

    texts: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]
    bounds: tuple[tuple[int, int, bool], ...]


def parse_phrase(pattern: str) -> Phrase:
    """Read a pattern of words to find; raise ValueError where it is none."""
    parts = pattern.split()
    at_start = parts[:1] == [START]
    slots = _slots(parts[at_start:], pattern)
    if not slots or slots[0] is None or slots[-1] is None:
        raise ValueError(f"pattern {pattern!r} has no word at its beginning or end")  # noqa: EM102, TRY003
    return Phrase(slots, at_start)


def parse_surroundings(pattern: str) -> Surroundings:
    """Read a pattern with one `@` for what was found; raise ValueError where it is none."""
    parts = pattern.split()
    if parts.count(FOUND) != 1 or len(parts) == 1:
        raise ValueError(f"pattern {pattern!r} needs one '@' and a word beside it")  # noqa: EM102, TRY003
    place = parts.index(FOUND)
    before, after = _slots(parts[:place], pattern), _slots(parts[place + 1 :], pattern)
    if before[:1] == (None,) or after[-1:] == (None,):
        raise ValueError(f"pattern {pattern!r} begins or ends with a gap")  # noqa: EM102, TRY003
    return Surroundings(before, after)


def _slots(parts: Sequence[str], pattern: str) -> tuple[Slot, ...]:
    if parts.count(GAP) > MOST_GAPS:
        raise ValueError(f"pattern {pattern!r} has more than {MOST_GAPS} gaps")  # noqa: EM102, TRY003
    for part in parts:
        if part != GAP and not _SLOT.fullmatch(part):
            raise ValueError(f"pattern {pattern!r} has {part!r}, which is no word")  # noqa: EM102, TRY003
    return tuple(None if part == GAP else frozenset(part.lower().split("|")) for part in parts)


def words_in(text: str) -> AbstractSet[str]:
    """Return all words that `split_words` finds in a text, and perhaps the numbers of its lists."""
    # No word goes beyond a space, and many stand in a text more than once.
    return set(_WORDS.findall(" ".join(set(_lowered(text).split()))))


def split_words(text: str) -> Words:
    """Return the words of a text, in linear time."""
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    sentences: list[int] = []
    bounds: list[tuple[int, int, bool]] = []
    first = 0
    for match in _TOKEN.finditer(_lowered(text)):
        if match.lastindex == _WORD:
            texts.append(match[0])
            spans.append(match.span())
            sentences.append(len(bounds))
        elif first < len(texts):
            bounds.append((first, len(texts), match[0] == "?"))
            first = len(texts)
    bounds.append((first, len(texts), False))
    return Words(tuple(texts), tuple(spans), tuple(sentences), tuple(bounds))


def _lowered(text: str) -> str:
    """Return a text in lower case with plain apostrophes, of the same length; a few letters would become two."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lowered.replace("’", "'")


def match_end(phrase: Phrase, words: Words, index: int) -> int:
    """Return the index after the last word of a phrase that begins with the word at `index`; 0 where it does not."""
    first, end, _question = words.bounds[words.sentences[index]]
    if phrase.at_start and index != first:
        return 0
    return _match(phrase.slots, words.texts, index, end, 1)


def surrounds(surroundings: Surroundings, words: Words, start: int, end: int) -> bool:
    """Whether what stands from the word `start` up to the word `end` has these words about it in its sentence."""
    first, last, _question = words.bounds[words.sentences[start]]
    before, after = surroundings.before, surroundings.after
    if before and not _match(before[::-1], words.texts, start - 1, first - 1, -1):
        return False
    return not after or bool(_match(after, words.texts, end, last, 1))


def _match(slots: Sequence[Slot], texts: Sequence[str], index: int, limit: int, step: int) -> int:
    """Match slots from `index` on in the direction `step`, short of `limit`; return 1 + the furthest index used, or 0.

    The shortest of several matches is taken. Going backwards, only whether there is one is of use.
    """
    for place, slot in enumerate(slots):
        if slot is None:
            rest = slots[place + 1 :]
            ends = (_match(rest, texts, index + step * skip, limit, step) for skip in range(LONGEST_GAP + 1))
            return next((end for end in ends if end), 0)
        if (limit - index) * step <= 0 or texts[index] not in slot:
            return 0
        index += step
    return index if step > 0 else 1
