"""The command `new`: a page for one study, with its entry, from what is given and what is asked for."""

from __future__ import annotations

import datetime
import json
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ...bibliography.names import read_names
from ...evidence.fields import CARD_FIELDS, FIELD_BY_NAME, Field
from ...evidence.identifiers import is_pmid, normalise_doi
from ...evidence.nearest import did_you_mean
from ...evidence.options import Raw, read_options
from ...evidence.records import KEY_PATTERN
from ...intake.records import Publication
from ..errors import Status, UserError
from ..output.reports import shown_path
from ..project import load_project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ...intake.base.layout import Layout
    from ...manuscript.base import Base

    Ask = Callable[[str, str], str]
    """Asks a person for a value: what it is, and what it may be; returns "" for no answer."""


class Paper(NamedTuple):
    """What the entry says of the paper, as it was given; "" where nothing was."""

    title: str = ""
    authors: str = ""
    journal: str = ""
    year: str = ""
    doi: str = ""
    pmid: str = ""


class Wish(NamedTuple):
    """The study that is wanted: its key, the paper, options of the card as `name=value`, the folder of study pages."""

    key: str
    paper: Paper = Paper()
    options: Sequence[str] = ()
    studies: Path | None = None
    as_json: bool = False


def new(folder: Path, wish: Wish, ask: Ask | None) -> Status:
    """Write the page, and the entry if there is none; raises `UserError` where anything is wrong or in the way.

    `ask` is None where nobody is there to answer. What is not known then stays a gap, which `check` lists.
    """
    from ...manuscript.base import read_base

    check_key(wish.key)
    project = load_project(folder)
    base = read_base(project.settings)
    layout = _layout(project.folder, project.settings.bibliography, base, wish.studies)
    _check_free(wish.key, base, layout)
    given = _options(wish.options)
    known = wish.key in base.library.entries
    paper = wish.paper if known or ask is None else _asked_paper(wish.paper, ask)
    publication = _of_entry(wish.key, base) if known else _publication(paper)
    options = given if ask is None else given | _asked_options(given, base, ask)
    _check_options(wish.key, options)
    page = _write(wish.key, publication, options, layout, with_entry=not known)
    _tell(wish, page, layout, with_entry=not known)
    return Status.FINE


def check_key(key: str) -> None:
    """Raise `UserError` for a key that is none, with the nearest that is."""
    if re.fullmatch(KEY_PATTERN, key):
        return
    words = re.findall(r"[a-z0-9]+", key.lower())
    while words and not words[0][0].isalpha():
        words = words[1:]
    hint = f"write it {'-'.join(words)!r}" if words else "such as fluge-2009-clinical-impact"
    message = f"{key!r} is no key: a key is made of lower-case words and numbers joined by single hyphens"
    raise UserError(message, hint)


def _layout(folder: Path, bibliography: Sequence[Path], base: Base, studies: Path | None) -> Layout:
    """Return where entries and pages go: the first bibliography, and the folder in which most cards stand."""
    from ...intake.base.layout import LayoutError, find_layout

    if not bibliography:
        message = "the project has no bibliography"
        raise UserError(message, 'add bibtex_bibfiles = ["refs.bib"] to conf.py')
    folders = [page.source.path.parent for page in base.pages if page.cards]
    usual = max(set(folders), key=lambda one: (folders.count(one), str(one)), default=folder / "studies")
    usual.mkdir(parents=True, exist_ok=True)
    try:
        return find_layout(folder, bibliography=bibliography[0], studies=studies or usual)
    except LayoutError as error:
        raise UserError(str(error)) from None


def _check_free(key: str, base: Base, layout: Layout) -> None:
    for page in base.pages:
        for piece in page.cards:
            if piece.key == key:
                message = f"study {key!r} has a card: {shown_path(page.source.path)}:{piece.line}"
                raise UserError(message)
    if layout.page_of(key).exists():
        message = f"{shown_path(layout.page_of(key))} exists already and is left as it is"
        raise UserError(message)


# ---- what is given --------------------------------------------------------------------------------------------------


def _options(pairs: Sequence[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name.strip() not in FIELD_BY_NAME:
            message = f"{pair!r} is no option of a card as NAME=VALUE{did_you_mean(name.strip(), FIELD_BY_NAME)}"
            raise UserError(message)
        options[name.strip()] = " ".join(value.split())
    return options


def _check_options(key: str, options: Mapping[str, str]) -> None:
    """Raise `UserError` for a value that a card could not have; what is missing stays a gap."""
    latest = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=14))).date()
    fields = [FIELD_BY_NAME[name] for name in options]
    _values, findings = read_options(Raw(key, options), fields, latest)
    if findings:
        raise UserError(findings[0].message)


def _publication(paper: Paper) -> Publication:
    if paper.doi and normalise_doi(paper.doi) is None:
        message = f"{paper.doi!r} is no DOI, such as 10.1186/1471-2377-9-28"
        raise UserError(message)
    if paper.pmid and not is_pmid(paper.pmid):
        message = f"{paper.pmid!r} is no PubMed id, which is a number"
        raise UserError(message)
    if paper.year and not re.fullmatch(r"[0-9]{4}", paper.year):
        message = f"{paper.year!r} is no year in four digits"
        raise UserError(message)
    if not paper.title:
        message = "the title of the paper is missing"
        raise UserError(message, "give it with --title, or put the entry into the bibliography first")
    authors, others = read_names(paper.authors)
    return Publication(
        "article" if paper.journal else "misc",
        title=" ".join(paper.title.split()),
        authors=authors,
        others=others,
        container=" ".join(paper.journal.split()),
        year=int(paper.year) if paper.year else None,
        doi=normalise_doi(paper.doi) or "",
        pmid=paper.pmid,
    )


def _of_entry(key: str, base: Base) -> Publication:
    entry = base.library.entries[key]
    return Publication(entry.type, title=entry.title, year=entry.year)


# ---- what is asked for ----------------------------------------------------------------------------------------------


def _asked_paper(paper: Paper, ask: Ask) -> Paper:
    questions = {
        "title": ("Title of the paper", ""),
        "authors": ("Authors", "Fluge, Øystein and Mella, Olav"),
        "journal": ("Journal", ""),
        "year": ("Year", "four digits"),
        "doi": ("DOI", "10.…"),
        "pmid": ("PubMed id", "a number"),
    }
    answers = {name: getattr(paper, name) or ask(*question) for name, question in questions.items()}
    return Paper(**answers)


def _asked_options(given: Mapping[str, str], base: Base, ask: Ask) -> dict[str, str]:
    """Ask for what every card has to say, until each answer is one that a card can give or there is none."""
    answers: dict[str, str] = {}
    for field in CARD_FIELDS:
        if field.required and field.name not in given:
            answer = _asked(field, base, ask)
            answers |= {field.name: answer} if answer else {}
    return answers


def _asked(field: Field, base: Base, ask: Ask) -> str:
    choices = ", ".join(term.value for term in field.vocabulary) if field.vocabulary else field.doc
    while True:
        answer = ask(field.label, choices)
        try:
            if answer:
                _check_options("new", {field.name: answer})
                _check_criteria(field, answer, base)
        except UserError as error:
            sys.stderr.write(f"{error}\n")
            continue
        return answer


def _check_criteria(field: Field, answer: str, base: Base) -> None:
    from ...evidence.records import UNDEFINED_CRITERIA

    known = [*base.register.definitions, *UNDEFINED_CRITERIA]
    for key in (part.strip() for part in answer.split(",")) if field.name == "criteria" else ():
        if key not in known:
            message = f"criteria {key!r} is not in the register of case definitions{did_you_mean(key, known)}"
            raise UserError(message)


# ---- what is written ------------------------------------------------------------------------------------------------


def _write(key: str, publication: Publication, options: Mapping[str, str], layout: Layout, *, with_entry: bool) -> Path:
    from ...intake.base.cards import find_cards, set_options
    from ...intake.base.entries import InsertError, entry_of, entry_text
    from ...intake.base.journal import Writing, begin, checked, finish
    from ...intake.base.pages import page_text

    today = datetime.datetime.now(datetime.UTC).date()
    text = page_text(key, publication, today, orphan=layout.orphan)
    (card,) = find_cards(text, markdown=True)
    text = set_options(text, card, options)
    entries = {key: entry_text(entry_of(key, publication))} if with_entry else {}
    writing = Writing(entries, {key: text})
    try:
        checked(layout, writing)
        begin(layout, writing)
        finish(layout, writing)
    except InsertError as error:
        raise UserError(str(error)) from None
    return layout.page_of(key)


def _tell(wish: Wish, page: Path, layout: Layout, *, with_entry: bool) -> None:
    entry = shown_path(layout.bibliography) if with_entry else ""
    if wish.as_json:
        document = {"key": wish.key, "page": shown_path(page), "bibliography": entry or None}
        sys.stdout.write(msgspec.json.format(json.dumps(document, ensure_ascii=False)) + "\n")
        return
    also = f", with its entry in {entry}" if entry else ""
    sys.stdout.write(f"Written: {shown_path(page)}{also}. What it has to say yet stands there as TODO.\n")
