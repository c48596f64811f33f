"""Write the feed of a base (Atom, RFC 4287): entries that are new, have changed or were retracted.

The feed holds what the cards and questions say of themselves, and nothing of when it was built: an event has the day
that its author gave it, and the feed that of its last event.
"""

from __future__ import annotations

import datetime
import re
import uuid
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

from .._text import one_line
from .listing import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import About, QuestionItem, Release, StudyItem

MOST_ENTRIES = 200
"""How many of the latest entries the feed holds; retractions stay in it beyond that."""

NAMESPACE = "http://www.w3.org/2005/Atom"


class Event(NamedTuple):
    """Something that readers may want to know of: what happened ("new", "changed", "retracted"), to what and when."""

    day: datetime.date
    what: str
    key: str
    title: str
    summary: str
    page: str

    @property
    def name(self) -> str:
        """What tells the event from all others, for good: a retraction happens once, other events once a day."""
        dated = "" if self.what == "retracted" else f"/{self.day.isoformat()}"
        return f"{quote(self.key)}/{self.what}{dated}"


def events(release: Release) -> list[Event]:
    """Return what has happened in a base: the latest first, and of one day in the order of keys."""
    found = [event for item in release.studies for event in _study_events(release.about, item)]
    found += [_question_event(item) for item in release.questions]
    found.sort(key=lambda event: (event.key, event.what))
    found.sort(key=lambda event: event.day, reverse=True)
    return [*found[:MOST_ENTRIES], *(event for event in found[MOST_ENTRIES:] if event.what == "retracted")]


def atom(release: Release) -> str:
    """Return the feed.

    Identifiers are addresses. Those of a base that has none are made from its title (RFC 9562, UUID version 5), and its
    links lead on from the file.
    """
    about = release.about
    happened = events(release)
    feed = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": about.language})
    address = about.seen(f"{FOLDER}/feed.atom")
    _add(feed, "title", about.title)
    _add(feed, "subtitle", release.description)
    _add(feed, "id", _identifier(about))
    _add(feed, "updated", _moment(happened[0].day if happened else datetime.date(1970, 1, 1)))
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": address})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": about.seen("")})
    _add(ET.SubElement(feed, "author"), "name", about.author or about.title)
    if about.licence_address:
        ET.SubElement(feed, "link", {"rel": "license", "href": about.licence_address})
    if about.generator:
        _add(feed, "generator", about.generator)
    for event in happened:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "title", f"{about.say(WORDS[event.what])}: {event.title}")
        _add(entry, "id", _identifier(about, event.name))
        _add(entry, "updated", _moment(event.day))
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": about.seen(event.page)})
        ET.SubElement(entry, "category", {"term": event.what})
        _add(entry, "summary", event.summary)
    ET.indent(feed, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


WORDS = {"new": "New", "changed": "Changed", "retracted": "Retracted"}


def _study_events(base: About, item: StudyItem) -> Iterator[Event]:
    study = item.study
    # No event of a retracted study goes without a word on that.
    mark = f"{base.say(study.status.label)}. {base.say(study.status.doc)} " if study.status.needs_mark else ""
    says = f"{mark}{base.say(study.pem_status.label)}. {study.summary or study.title}"
    about = (study.key, f"{study.label}: {study.title}", says, item.page)
    if study.added:
        yield Event(study.added, "new", *about)
    if study.updated and study.updated != study.added:
        yield Event(study.updated, "changed", *about)
    if study.status.needs_mark:
        # No field says when a notice appeared: the card's last change comes nearest.
        yield Event(study.updated or study.added or study.status_checked, "retracted", *about)


def _question_event(item: QuestionItem) -> Event:
    question = item.question
    summary = question.short_answer or question.title
    return Event(question.updated, "changed", f"question-{question.key}", question.title, summary, item.page)


def _identifier(about: About, name: str = "") -> str:
    """Return what names the feed, or an event in it, for good."""
    if about.address:
        return about.file_at("feed.atom") + (f"#{name}" if name else "")
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{about.title}#{name}").urn


def _moment(day: datetime.date) -> str:
    """Return a day as RFC 3339 wants a moment; days have no hour here, so that it is midnight in UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NO_XML.sub("", one_line(text))


_NO_XML = re.compile("[\ufffe\uffff]")
"""What no XML document may hold (XML 1.0, 2.2), beside the characters that `one_line` removes."""
