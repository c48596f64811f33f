"""Read one source file: its cards, claims, questions and references, and what is wrong with each by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ..evidence.common.listings import LISTINGS, leftover, question_keys
from ..evidence.common.unseen import replace_unseen
from ..evidence.fields import CARD_BODY
from ..evidence.options import Raw, check_options
from ..evidence.problems import Finding, Problem
from ..evidence.queries import read_filter
from ..evidence.questions.fields import CLAIM_BODY, QUESTION_BODY
from ..evidence.questions.reading import read_claim, read_question
from ..evidence.questions.records import Claim, Question
from ..evidence.sections import first_sentence
from ..evidence.validation import read_card
from ..wording.checks import check_sections, findings_of
from ..wording.rules import NO_RULES, Place, Rules
from ..wording.scan import scan
from .head import explained, line_in_block, placed
from .markup.blocks import Block, Text
from .markup.markdown import scan_markdown
from .markup.restructured import scan_restructured
from .markup.roles import plain_text, references_in
from .records import make_study, not_in_bibliography

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from ..bibliography.records import Entry
    from ..evidence.fields import Body
    from ..evidence.queries import Condition
    from ..evidence.records import Study
    from ..evidence.register import Register
    from ..evidence.sections import Split
    from ..evidence.vocabulary import Design
    from .markup.blocks import Found
    from .markup.roles import Reference


class Source(NamedTuple):
    """A source file: the name of its document, its path and its markup."""

    docname: str
    path: Path
    markdown: bool


class Knowledge(NamedTuple):
    """What a page is read with.

    `name_of` gives the words for a reference by the name of its role and its target. `grade` measures how hard a text
    is to read, and `highest_grade` is what the project allows; None where it does not ask.
    """

    register: Register
    entries: Mapping[str, Entry]
    latest_day: datetime.date
    colon_fence: bool
    name_of: Callable[[str, str], str | None]
    rules: Rules = NO_RULES
    grade: Callable[[str], float] | None = None
    highest_grade: float = 0


class Piece(NamedTuple):
    """A card, claim or question as it stands on a page: its key, the directive, its sections, and its record if sound.

    `group` is the line of the question or claim that it belongs to (0: none), `question` the key of that question.
    """

    key: str
    block: Block
    raw: Raw
    split: Split
    record: Study | Claim | Question | None = None
    group: int = 0
    question: str = ""

    @property
    def line(self) -> int:
        """The line of the directive."""
        return self.block.place.line

    def line_of(self, field: str) -> int:
        """Return the line of an option that is given, or that of the directive."""
        below = line_in_block(self.block.text, field) if field and field in self.raw.options else 0
        return self.line + below


class Fault(NamedTuple):
    """A finding and its line, with that of the directive that it is about (0: of none)."""

    line: int
    finding: Finding
    directive: int = 0


class Listed(NamedTuple):
    """A directive that lists studies or questions, and is right by itself: what it names has to exist in the base."""

    block: Block
    conditions: tuple[Condition, ...]
    questions: tuple[str, ...]

    def line_of(self, field: str) -> int:
        """Return the line of an option."""
        return self.block.place.line + line_in_block(self.block.text, field)


class Page(NamedTuple):
    """What stands in a source file, in its order, and what is wrong there whatever other files say."""

    source: Source
    cards: tuple[Piece, ...] = ()
    claims: tuple[Piece, ...] = ()
    questions: tuple[Piece, ...] = ()
    references: tuple[tuple[int, Reference], ...] = ()
    listings: tuple[Listed, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_page(source: Source, text: str, known: Knowledge) -> Page:
    """Read a file; the time grows with the length of the text."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _PageReader(source, known).read(text)


_INTERNAL_LINK = re.compile(r"\[[^\[\]]*\]\((?![a-z]{2,8}:)[^()\s]*\)")


class _PageReader:
    def __init__(self, source: Source, known: Knowledge) -> None:
        self.source, self.known = source, known
        self.cards: list[Piece] = []
        self.claims: list[Piece] = []
        self.questions: list[Piece] = []
        self.references: list[tuple[int, Reference]] = []
        self.listings: list[Listed] = []
        self.faults: list[Fault] = []
        self.scanned: list[tuple[int, int]] = []
        """The lines of the sections, from a first one to the one behind the last, which have rules of their own."""
        self.prose: dict[int, str] = {}
        """Lines of other text, by their number."""
        self.group, self.question = 0, ""

    def read(self, text: str) -> Page:
        text, findings = replace_unseen(text)
        self.faults += [Fault(finding.line, finding) for finding in findings]
        found: Iterator[Found]
        if self.source.markdown:
            found = scan_markdown(text, colon_fence=self.known.colon_fence)
        else:
            found = scan_restructured(text.split("\n"))
        for each in found:
            if isinstance(each, Text):
                self._refer(each)
                self._note_prose(each)
            elif each.name in _READERS:
                _READERS[each.name](self, each)
            elif each.name in LISTINGS:
                self._list(each)
        self._scan_rest(text.count("\n") + 1)
        return Page(
            self.source, tuple(self.cards), tuple(self.claims), tuple(self.questions), tuple(self.references),
            tuple(self.listings), tuple(self.faults),
        )  # fmt: skip

    def _refer(self, text: Text) -> None:
        group = self.group if text.in_group else 0
        self.references += [(group, each) for each in references_in(text, markdown=self.source.markdown)]

    def _written(self, block: Block, body: Body) -> tuple[Raw, Split, list[Finding]]:
        head = block.head()
        split = block.split(body, head.body_start)
        return Raw(head.key, head.options, split.texts, head.repeated), split, [*head.findings, *split.findings]

    def _report(self, block: Block, findings: list[Finding]) -> None:
        for field, finding in placed(findings, block.text):
            below = line_in_block(block.text, field) if field else 0
            self.faults.append(Fault(block.place.line + below, finding, block.place.line))

    def _plain(self, text: str) -> str:
        return plain_text(text, self.known.name_of, markdown=self.source.markdown)

    # ---- wording

    def _scan_sections(self, block: Block, split: Split, design: Design | None = None) -> None:
        markdown = self.source.markdown
        for finding in check_sections(split.sections, self.known.rules, design, markdown=markdown):
            self.faults.append(Fault(block.content_line + finding.line - 1, finding, block.place.line))
        for text in split.sections:
            first = block.content_line + text.start
            self.scanned.append((first, first + len(text.lines)))

    def _note_prose(self, text: Text) -> None:
        """Keep text that stands in no section; lines of quotations are somebody else's words."""
        if text.prose and not (self.scanned and text.line < self.scanned[-1][1]):
            kept = ("" if line.lstrip().startswith(">") else line for line in text.lines)
            self.prose.update(enumerate(kept, text.line))

    def _scan_rest(self, count: int) -> None:
        if not self.known.rules.compiled or not self.prose:
            return
        lines = "\n".join(self.prose.get(number, "") for number in range(1, count + 1))
        # The text of a link to another page is as good as a name to the build.
        lines = _INTERNAL_LINK.sub(lambda link: re.sub(r"[^\n]", " ", link[0]), lines) if "](" in lines else lines
        found = scan(lines, self.known.rules, Place(), markdown=self.source.markdown)
        self.faults += [Fault(finding.line, finding) for finding in findings_of(found)]

    # ---- lists of studies

    def _list(self, block: Block) -> None:
        head, listing = block.head(), LISTINGS[block.name]
        options = {name: " ".join(text.split()) for name, text in head.options.items()}
        conditions, filter_findings = read_filter(options.get("filter", ""), self.known.register)
        raw = Raw("", head.options, repeated=head.repeated)
        findings = [*head.findings, *check_options(raw, listing.fields)]
        findings += leftover(head.key, block.content[head.body_start :])
        findings += [*filter_findings, *listing.faults(options)]
        self._report(block, findings)
        if not findings:
            self.listings.append(Listed(block, conditions, question_keys(options)))

    # ---- cards

    def card(self, block: Block) -> None:
        raw, split, findings = self._written(block, CARD_BODY)
        reading = read_card(raw, self.known.register, self.known.latest_day)
        findings += reading.findings
        entry = self.known.entries.get(raw.key)
        if entry is None and raw.key:
            findings.append(not_in_bibliography(raw.key, self.known.entries))
        findings = explained(findings, CARD_BODY)
        self._report(block, findings)
        self._scan_sections(block, split, reading.values.get("design"))
        study = None
        if not findings and entry is not None:
            summary = self._plain(split.texts.get("summary", ""))
            study = make_study(raw, reading, entry, first_sentence(summary))
            self._grade(block, summary)
        self.cards.append(Piece(raw.key, block, raw, split, study))

    def _grade(self, block: Block, summary: str) -> None:
        if self.known.grade is None:
            return
        grade, highest = self.known.grade(summary), self.known.highest_grade
        if grade > highest:
            message = f"the summary reads at grade {grade:.1f}; the highest is {highest:g}"
            self._report(block, [Finding(Problem.READING_GRADE, message, "Summary")])

    # ---- claims and questions

    def claim(self, block: Block) -> None:
        if not block.place.in_group:
            self.group, self.question = block.place.line, ""
        raw, split, findings = self._written(block, CLAIM_BODY)
        reading = read_claim(raw, self.known.latest_day)
        faults = explained([*findings, *reading.faults], CLAIM_BODY)
        self._report(block, [*faults, *reading.remarks])
        self._scan_sections(block, split)
        claim = None
        if not faults:
            words = self._plain(split.texts.get("claim", ""))
            claim = Claim(key=raw.key, text=words, question=self.question, **reading.values)
            if not words:
                finding = Finding(Problem.SECTION_MISSING, "the claim has no words of its own")
                self.faults.append(Fault(block.place.line, finding))
        self.claims.append(Piece(raw.key, block, raw, split, claim, self.group, self.question))

    def question_block(self, block: Block) -> None:
        place = block.place
        raw, split, findings = self._written(block, QUESTION_BODY)
        reading = read_question(raw, self.known.latest_day)
        faults = explained([*findings, *reading.faults], QUESTION_BODY)
        if place.in_group:
            message = f"question {raw.key!r} stands inside a question or claim"
            faults.append(Finding(Problem.QUESTION_PLACE, message))
        self._report(block, [*faults, *reading.remarks])
        self._scan_sections(block, split)
        if place.in_group:
            return
        self.group, self.question = place.line, raw.key
        if place.nested:
            message = f"question {raw.key!r} stands inside something else; it makes sections, which cannot"
            self.faults.append(Fault(place.line, Finding(Problem.QUESTION_PLACE, message)))
        if not place.title:
            message = f"question {raw.key!r} stands under no heading; the heading above it is the question"
            self.faults.append(Fault(place.line, Finding(Problem.QUESTION_TITLE, message)))
        question = None
        if not faults:
            answer = self._plain(split.texts.get("short answer", ""))
            question = Question(key=raw.key, title=self._plain(place.title), short_answer=answer, **reading.values)
        self.questions.append(Piece(raw.key, block, raw, split, question, place.line, raw.key))


_READERS: Mapping[str, Callable[[_PageReader, Block], None]] = {
    "evidence-card": _PageReader.card,
    "claim": _PageReader.claim,
    "evidence-question": _PageReader.question_block,
}


def with_claims(page: Page) -> Page:
    """Return a page whose questions name their sound claims."""
    if not page.questions:
        return page
    questions = []
    for piece in page.questions:
        keys = tuple(claim.key for claim in page.claims if claim.group == piece.group and claim.record is not None)
        record = piece.record
        if isinstance(record, Question):
            piece = piece._replace(record=msgspec.structs.replace(record, claims=keys))  # noqa: PLW2901
        questions.append(piece)
    return page._replace(questions=tuple(questions))
