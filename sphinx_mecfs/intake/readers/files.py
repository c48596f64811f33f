"""Read a file of any known format; which it is is seen at its content, not at its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from ...bibliography.records import Person
from ...evidence.vocabulary import PublicationStatus
from ..keys import STATUS_MARK
from ..records import Notice, Publication, Reading, doubtful, is_preprint_place, left_out, unreadable
from ..texts import LONGEST
from .bibtex import read_bibtex
from .decoding import decode
from .json_files import read_json
from .nbib import read_nbib
from .pubmed import read_pubmed
from .ris import read_ris

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...evidence.problems import Finding

_RIS = re.compile(r"^TY {0,2}-", re.MULTILINE)
_NBIB = re.compile(r"^(?:PMID|OWN|STAT|TI) {0,2}- ", re.MULTILINE)
_BIBTEX = re.compile(r"^[ \t]*+@[ \t]*+[A-Za-z]++[ \t]*+[{(]", re.MULTILINE)
_KNOWN = "BibTeX, RIS, NBIB (MEDLINE), CSL-JSON, Crossref JSON and PubMed XML are"
_TEXTS = ("title", "container", "volume", "issue", "pages", "edition", "publisher", "language", "url", "doi")


def read_records(data: bytes, source: str) -> Reading:
    """Read every record of a file.

    `source` is the name of the file, which the records and messages carry. Never raises, whatever the bytes; the time
    grows with their number. A record without a title is left out and named.
    """
    reading = _read(data)
    publications: list[Publication] = []
    findings = list(reading.findings)
    for publication in reading.publications:
        kept, faults = accepted(publication, source)
        publications += [kept] if kept else []
        findings += faults
    findings.sort(key=lambda finding: finding.line)
    return msgspec.structs.replace(reading, publications=tuple(publications), findings=tuple(findings))


def accepted(publication: Publication, source: str) -> tuple[Publication | None, list[Finding]]:
    """Return a record as it may go into a base, and what was wrong with it; None where it has no title.

    Texts that no publication has are cut. What only the name of a server or a mark before the title says, that it is a
    preprint or was retracted, is made known.
    """
    if not publication.title:
        return None, [left_out(f"a record has no title ({_named(publication)})", publication.line)]
    kept, findings = _bounded(publication)
    preprint = kept.is_preprint or is_preprint_place(kept.container, kept.doi)
    notices = kept.notices or _marked(kept.title)
    return msgspec.structs.replace(kept, source=source, is_preprint=preprint, notices=notices), findings


def _marked(title: str) -> tuple[Notice, ...]:
    mark = STATUS_MARK.match(title)
    if mark is None:
        return ()
    withdrawn = "withdrawn" in mark[0].lower()
    return (Notice(PublicationStatus.WITHDRAWN if withdrawn else PublicationStatus.RETRACTED),)


def _read(data: bytes) -> Reading:
    text, findings = decode(data)
    start = text.lstrip()[:2000]
    if not start:
        return Reading("", 0, (), (unreadable("the file is empty", 1),))
    if start[0] in "[{":
        reading = read_json(text)
    elif start[0] == "<":
        reading = _read_xml(text, start)
    elif found := _first_line_format(text):
        reading = read_bibtex(data) if found == "BibTeX" else read_ris(text) if found == "RIS" else read_nbib(text)
        findings = [] if found == "BibTeX" else findings
    else:
        findings = []
        reading = Reading("", 0, (), (unreadable(f"the file is in no format that can be imported: {_KNOWN}", 1),))
    return msgspec.structs.replace(reading, findings=(*findings, *reading.findings))


def _read_xml(text: str, start: str) -> Reading:
    if "<rdf:RDF" in start:
        message = "Zotero RDF cannot be imported; export 'CSL JSON', 'BibTeX' or 'RIS' from Zotero"
        return Reading("Zotero RDF", 0, (), (unreadable(message, 1),))
    return read_pubmed(text)


def _first_line_format(text: str) -> str:
    """Return the format whose sign stands first in the text, or ""."""
    found = {name: match.start() for name, sign in _SIGNS if (match := sign.search(text))}
    return min(found, key=lambda name: found[name], default="")


_SIGNS = (("RIS", _RIS), ("NBIB", _NBIB), ("BibTeX", _BIBTEX))


def _named(publication: Publication) -> str:
    ids = (f"DOI {publication.doi}" * bool(publication.doi), f"PMID {publication.pmid}" * bool(publication.pmid))
    return ", ".join(filter(None, ids)) or "without DOI and PMID"


def _bounded(publication: Publication) -> tuple[Publication, list[Finding]]:
    """Cut texts that no publication has, so that one value cannot fill a base."""
    long = {name: text[:LONGEST] for name in _TEXTS if len(text := getattr(publication, name)) > LONGEST}
    findings = [
        doubtful(f"{name} is longer than {LONGEST} letters and is cut", publication.line, name) for name in long
    ]
    if "doi" in long:
        long["doi"] = ""
    if "url" in long:
        long["url"] = ""
    people = {"authors": tuple(_short(publication.authors)), "editors": tuple(_short(publication.editors))}
    return msgspec.structs.replace(publication, **long, **people), findings


def _short(persons: tuple[Person, ...]) -> Iterator[Person]:
    for person in persons:
        if len(person.family) + len(person.given) <= 500:
            yield person
        else:
            yield Person(
                person.family[:250], person.given[:250], person.prefix[:50], person.suffix[:50], literal=person.literal
            )
