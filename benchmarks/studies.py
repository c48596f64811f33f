"""Invented studies, each made from its number and a seed alone: the first 100 of 3,000 are those of a base of 100.

Words are made of syllables and follow Zipf's law (rank 1 is 10 times as frequent as rank 100), as words of a language
do, so that search indices get a natural size. Nothing here is about a real person, paper or illness.
"""

from __future__ import annotations

import datetime
import random
from functools import cache
from itertools import accumulate, product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SYLLABLES = (
    "bra",
    "ce",
    "dol",
    "fi",
    "gur",
    "ha",
    "jin",
    "ko",
    "lem",
    "mu",
    "nep",
    "ri",
    "sut",
    "ta",
    "vo",
    "wex",
    "zy",
)
SMALL_WORDS = ("a", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "that", "the", "to", "with")
JOURNALS = tuple(f"Journal of {first}{second}".title() for first, second in product(SYLLABLES[:8], SYLLABLES[8:]))
DESIGNS = ("rct", "cohort", "case-control", "cross-sectional", "case-series", "survey", "laboratory", "qualitative")
CRITERIA = ("fukuda-1994", "ccc-2003", "icc-2011", "iom-2015", "oxford-1991", "not-reported")
TOPICS = ("b-cells", "genes", "sleep", "exercise", "brain", "muscle", "viruses", "metabolism", "heart", "children")
READ = ("full-text", "abstract")
POPULATIONS = ("me-cfs", "long-covid", "post-infectious")
SECTIONS = ("Summary", "Findings", "Harms", "Does not show", "Why it matters", "Open questions")
ALWAYS = 4
"""How many of the sections every study has."""


class Study(NamedTuple):
    """A study: its key, title, authors as "Family, G.", fields by name in the order shown, and named texts."""

    key: str
    title: str
    authors: tuple[str, ...]
    fields: Mapping[str, str]
    texts: tuple[tuple[str, str], ...]


class Selection(NamedTuple):
    """A selection of studies: as a filter of sphinx_mecfs, as one of sphinx-needs, and as a function."""

    name: str
    ours: str
    needs: str
    holds: Callable[[Study], bool]


SELECTIONS = (
    Selection("trials", "design = rct", 'design == "rct"', lambda study: study.fields["design"] == "rct"),
    Selection(
        "old",
        "criteria = ccc-2003; source-read = full-text",
        'criteria == "ccc-2003" and source_read == "full-text"',
        lambda study: study.fields["criteria"] == "ccc-2003" and study.fields["source_read"] == "full-text",
    ),
    Selection(
        "genes", "topics = genes", '"genes" in topics', lambda study: "genes" in study.fields["topics"].split(", ")
    ),
    Selection("recent", "year >= 2025", 'year >= "2025"', lambda study: study.fields["year"] >= "2025"),
)
"""About an eighth, a twelfth, a fourth and a thirtieth of the studies; three tables and one list show them."""


@cache
def vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return 20,000 words and their cumulative weights."""
    rng = random.Random(20)
    words: dict[str, None] = {}
    while len(words) < 20_000:
        words["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4)))] = None
    return tuple(words), tuple(accumulate(1 / (rank + 10) for rank in range(len(words))))


def sentence(rng: random.Random, length: int) -> str:
    """Return words with a capital and a full stop."""
    words, weights = vocabulary()
    chosen = rng.choices(words, cum_weights=weights, k=length)
    mixed = [rng.choice(SMALL_WORDS) if rng.random() < 0.35 else word for word in chosen]
    return " ".join(mixed).capitalize() + "."


def paragraph(rng: random.Random, words: int) -> str:
    """Return about that many words in sentences."""
    return " ".join(sentence(rng, rng.randint(9, 19)) for _ in range(max(1, round(words / 14))))


def study(number: int, seed: int = 0) -> Study:
    """Return the study with a number."""
    rng = random.Random(f"{seed} {number}")
    words, _weights = vocabulary()
    authors = tuple(
        f"{rng.choice(words[300:3300]).capitalize()}, {rng.choice('ABCDEFGHIJKLMNOPRSTUVWZ')}."
        for _ in range(rng.randint(3, 8))
    )
    year = round(rng.triangular(1988, 2026, 2020))
    people = round(rng.lognormvariate(4, 1)) + 4
    checked = datetime.date(2026, 1, 1) + datetime.timedelta(days=rng.randrange(300))
    fields = {
        "year": str(year),
        "journal": rng.choice(JOURNALS),
        "doi": f"10.{rng.randint(1000, 9999)}/j.{rng.randint(10**6, 10**7)}.{number}",
        "pmid": str(30_000_000 - number),
        "design": rng.choice(DESIGNS),
        "participants": str(people),
        "groups": f"{people // 2} with, {people - people // 2} without",
        "criteria": rng.choice(CRITERIA),
        "source_read": rng.choice(READ),
        "population": rng.choice(POPULATIONS),
        "intervention": sentence(rng, 3)[:-1],
        "comparator": f"{sentence(rng, 2)[:-1]} for {rng.randint(1, 24)} months",
        "funding": sentence(rng, 4)[:-1],
        "topics": ", ".join(sorted(rng.sample(TOPICS, rng.randint(1, 4)))),
        "status_checked": checked.isoformat(),
    }
    texts = [(name, paragraph(rng, 55)) for name in SECTIONS[:ALWAYS]]
    texts += [(name, paragraph(rng, 45)) for name in SECTIONS[ALWAYS:] if rng.random() < 0.4]
    title = f"{sentence(rng, 11)[:-1]} {number}"
    return Study(f"s{number:06d}-{year}", title, authors, fields, tuple(texts))


def bibtex(one: Study) -> str:
    """Return the entry of a study for refs.bib."""
    fields = one.fields
    page = int(fields["pmid"]) % 900 + 1
    return (
        f"@article{{{one.key},\n  author = {{{' and '.join(one.authors)}}},\n  title = {{{{{one.title}}}}},\n"
        f"  journal = {{{fields['journal']}}},\n  year = {{{fields['year']}}},\n  volume = {{{page % 90 + 1}}},\n"
        f"  pages = {{{page}--{page + 9}}},\n  doi = {{{fields['doi']}}},\n  pmid = {{{fields['pmid']}}},\n}}\n"
    )
