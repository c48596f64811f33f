"""What the builds are held to: ratios of what ours cost to what a peer's cost beside it, on the same studies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Series(NamedTuple):
    """Builds of one project, one after the other: in which form, how many studies to a page, with how many processes.

    `listed` projects have a bibliography in which each study is cited and listed.
    """

    form: str
    per_page: int = 50
    jobs: str = "1"
    listed: bool = False


class Goal(NamedTuple):
    """A row of the table: the value of a step of ours, divided by that of theirs, and the most it may be, by size.

    Sizes between those named are held to the smaller one, those below all of them to the smallest. `holds` says what
    takes the rest where the goal is missed, as profiles show it.
    """

    says: str
    ours: Series
    step: str
    theirs: Series
    most: Mapping[int, float]
    holds: str
    value: str = "cpu"

    def limit(self, size: int) -> float | None:
        """Return the most that the ratio may be at a size, or None where nothing is asked."""
        named = max((one for one in self.most if one <= size), default=min(self.most) if size < 1_000 else None)
        return None if named is None else self.most[named]


OURS, NEEDS, PLAIN = Series("mecfs"), Series("needs"), Series("plain")
OURS_PAGE, NEEDS_PAGE, PLAIN_PAGE = (one._replace(per_page=1) for one in (OURS, NEEDS, PLAIN))
OURS_LISTED, BIBTEX = OURS_PAGE._replace(listed=True), Series("bibtex", per_page=1, listed=True)
OURS_AUTO, NEEDS_AUTO = OURS._replace(jobs="auto"), NEEDS._replace(jobs="auto")
BOUND = Series("bound")

STUDY_FILES = "three files a study, the data files, the stems of words for the search"
OF_A_PAGE = "what Sphinx, MyST and Furo do for a page; docutils' settings, made twice for each"
REBUILD = "the start of Python, Sphinx, Furo and docutils; then the data files"
ALONE = "Sphinx resolves pages and indexes words in one process; the data files are written there, too"

GOALS = (
    Goal("full build, 50 a page / sphinx-needs", OURS, "full", NEEDS, {1_000: 0.50, 10_000: 0.50}, STUDY_FILES),
    Goal(
        "full build, a page each / sphinx-needs", OURS_PAGE, "full", NEEDS_PAGE, {1_000: 0.70, 10_000: 0.70}, OF_A_PAGE
    ),
    Goal("full build, 50 a page / plain MyST", OURS, "full", PLAIN, {1_000: 0.45, 10_000: 0.45}, STUDY_FILES),
    Goal("full build, a page each / plain MyST", OURS_PAGE, "full", PLAIN_PAGE, {1_000: 0.75, 10_000: 0.75}, OF_A_PAGE),
    Goal("full build, each cited and listed / bibtex", OURS_LISTED, "full", BIBTEX, {10_000: 0.40}, OF_A_PAGE),
    Goal("edit of one card / sphinx-needs", OURS, "edit", NEEDS, {1_000: 0.50, 10_000: 0.25}, REBUILD),
    Goal(
        "edit of one refs.bib entry / bibtex", OURS_LISTED, "bib", BIBTEX, {10_000: 0.12},
        "the page of all references; Sphinx's index of words; the data files",
    ),
    Goal("nothing changed / sphinx-needs", OURS, "none", NEEDS, {1_000: 0.50, 10_000: 0.25}, REBUILD),
    Goal("memory, full build / sphinx-needs", OURS, "full", NEEDS, {10_000: 0.75}, STUDY_FILES, "memory"),
    Goal("memory, edit of one card / sphinx-needs", OURS, "edit", NEEDS, {10_000: 0.45}, REBUILD, "memory"),
    Goal("-j auto, full build / sphinx-needs -j auto", OURS_AUTO, "full", NEEDS_AUTO, {10_000: 0.35}, ALONE),
    Goal("-j auto, edit of 20 cards / sphinx-needs -j auto", OURS_AUTO, "edit20", NEEDS_AUTO, {10_000: 0.25}, ALONE),
    Goal(
        "-j auto, memory of all processes / sphinx-needs", OURS_AUTO, "full", NEEDS_AUTO, {10_000: 0.30},
        "each process holds Sphinx and its pages; sphinx-needs takes more as the base grows", "memory",
    ),
    Goal("-j auto, time by the clock / own -j 1", OURS_AUTO, "full", OURS, {1_000: 1.0, 10_000: 0.55}, ALONE, "wall"),
    Goal("full build / lower bound", OURS, "full", BOUND, {100_000: 1.25}, STUDY_FILES),
    Goal("edit of one card / lower bound", OURS, "edit", BOUND, {100_000: 1.25}, "the data files, put together again"),
)  # fmt: skip

ENVIRONMENT = 1.0
"""The most kB of environment.pickle a card, 50 a page."""

GROWTH = 1.05
"""The greatest exponent of a full build from one size to the next."""

STEPS: Mapping[Series, tuple[str, ...]] = {
    OURS: ("full", "none", "edit"),
    NEEDS: ("full", "none", "edit"),
    BOUND: ("full", "none", "edit"),
    OURS_LISTED: ("full", "bib"),
    BIBTEX: ("full", "bib"),
    OURS_AUTO: ("full", "edit20"),
    NEEDS_AUTO: ("full", "edit20"),
}
"""What is done with a project; with those not named here, a full build alone."""


def wanted(size: int) -> list[Series]:
    """Return the series that the goals of a size are about, those that are compared beside each other."""
    pairs = [one for goal in GOALS if goal.limit(size) is not None for one in (goal.theirs, goal.ours)]
    return list(dict.fromkeys(pairs))
