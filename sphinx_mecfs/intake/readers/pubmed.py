"""Read PubMed XML, as E-utilities and the website give it (NLM, PubMed DTD).

The file is cut at its records and each is parsed by itself, so that a broken one hides no other and long files take
little room. What a parser would have to fear stands in the head of a file, which no parser sees: a record alone cannot
declare entities.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from ...evidence.identifiers import is_pmcid, registrations_in
from ...evidence.vocabulary import PublicationStatus
from ..names import MOST, group, person
from ..records import Notice, Publication, Reading, left_out, unreadable, with_mark
from ..texts import clean, day_in, doi_from, doi_in, month_in, pages_of, pmid_from, year_in
from .nbib import unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from ...bibliography.records import Person
    from ...evidence.problems import Finding

_START = re.compile(r"<(PubmedArticle|PubmedBookArticle)(?=[\s>])")
_NOTICES: Mapping[str, PublicationStatus] = {
    "RetractionIn": PublicationStatus.RETRACTED,
    "ExpressionOfConcernIn": PublicationStatus.CONCERN,
    "ErratumIn": PublicationStatus.CORRECTED,
    "PartialRetractionIn": PublicationStatus.CORRECTED,
    "CorrectedandRepublishedIn": PublicationStatus.CORRECTED,
    "RetractedandRepublishedIn": PublicationStatus.REPUBLISHED,
}
_NOTICE_OF = frozenset({"RetractionOf", "PartialRetractionOf", "ExpressionOfConcernFor", "ErratumFor"})
_LANGUAGES = {
    "eng": "",
    "fre": "French",
    "ger": "German",
    "spa": "Spanish",
    "nor": "Norwegian",
    "dut": "Dutch",
    "jpn": "Japanese",
}


def read_pubmed(text: str) -> Reading:
    """Read a PubmedArticleSet, or some of its records; chapters of books are left out and named."""
    publications: list[Publication] = []
    findings: list[Finding] = []
    starts = list(_START.finditer(text))
    ends = [*(match.start() for match in starts), len(text)][1:]
    line, counted = 1, 0
    for match, limit in zip(starts, ends, strict=True):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        outcome = _read(text[match.start() : limit], match[1], line)
        if isinstance(outcome, Publication):
            publications.append(outcome)
        else:
            findings.append(outcome)
    if not starts and "<PubmedArticleSet" not in text:
        findings.append(unreadable("the XML holds no PubmedArticle; from PubMed, save the format 'PubMed' or 'XML'", 1))
    return Reading("PubMed XML", len(starts), tuple(publications), tuple(findings))


def _read(text: str, name: str, line: int) -> Publication | Finding:
    end = text.find(f"</{name}>")
    if end < 0:
        return left_out(f"the record has no end '</{name}>' before the next one begins or the file ends", line)
    if name != "PubmedArticle":
        return left_out("the record is a chapter of a book, which is not read; add it by its DOI or as RIS", line)
    try:
        article = ET.fromstring(text[: end + len(name) + 3])  # noqa: S314 - see above
    except (ET.ParseError, ValueError) as error:
        row = getattr(error, "position", (1, 0))[0]
        return left_out(f"the record is no XML that can be read: {error}", line + row - 1)
    return _publication(article, line)


def _publication(record: Element, line: int) -> Publication | Finding:
    citation = record.find("MedlineCitation")
    article = citation.find("Article") if citation is not None else None
    if citation is None or article is None:
        return left_out("the record has no MedlineCitation with an Article", line)
    ids = _own_ids(record, article)
    date = _date(article)
    types = {_text(one).lower() for one in article.findall("PublicationTypeList/PublicationType")}
    preprint = "preprint" in types
    authors, others = _authors(article)
    corrections = citation.findall("CommentsCorrectionsList/CommentsCorrections")
    return Publication(
        type="article",
        title=unmarked(_text(article.find("ArticleTitle")) or _text(article.find("VernacularTitle"))),
        authors=authors,
        others=others,
        container=_text(article.find("Journal/Title")) or _text(citation.find("MedlineJournalInfo/MedlineTA")),
        year=year_in(date),
        month=month_in(date),
        volume=_text(article.find("Journal/JournalIssue/Volume")),
        issue=_text(article.find("Journal/JournalIssue/Issue")),
        pages=_pages(article),
        doi=doi_from(ids.get("doi", "")),
        pmid=pmid_from(_text(citation.find("PMID"))) or pmid_from(ids.get("pubmed", "")),
        pmcid=pmcid if is_pmcid(pmcid := ids.get("pmc", "").upper()) else "",
        language=_LANGUAGES.get(code := _text(article.find("Language")), code),
        registration=tuple(_registrations(article)),
        notices=with_mark(tuple(_notices(corrections)), types),
        notice_of=tuple(_cited(one) for one in corrections if one.get("RefType") in _NOTICE_OF),
        is_preprint=preprint,
        published_as=next(_updates(corrections, "UpdateIn"), "") if preprint else "",
        preprints=() if preprint else tuple(_updates(corrections, "UpdateOf")),
        line=line,
    )  # fmt: skip


def _own_ids(record: Element, article: Element) -> dict[str, str]:
    """Return the ids of the article itself: those of its references stand deeper, in lists of the same name."""
    ids = {
        one.get("EIdType", ""): _text(one) for one in article.findall("ELocationID") if one.get("ValidYN", "Y") == "Y"
    }
    return ids | {one.get("IdType", ""): _text(one) for one in record.findall("PubmedData/ArticleIdList/ArticleId")}


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    if len(element):
        return clean("".join(_marked(element)))
    return clean(element.text or "")


def _marked(element: Element) -> Iterator[str]:
    """Yield the text of an element with its figures above and below the line marked, as `clean` reads them."""
    yield element.text or ""
    for child in element:
        inner = "".join(child.itertext())
        yield f"<{child.tag}>{inner}</{child.tag}>" if child.tag in {"sub", "sup"} else inner
        yield child.tail or ""


def _date(article: Element) -> str:
    date = article.find("Journal/JournalIssue/PubDate")
    if date is None:
        date = article.find("ArticleDate")
    if date is None:
        return ""
    year, month = _text(date.find("Year")), _text(date.find("Month"))
    joined = f"{year}-{month}" if month.isdigit() else f"{year} {month}"
    return joined if year else _text(date.find("MedlineDate"))


def _pages(article: Element) -> str:
    pages = _text(article.find("Pagination/MedlinePgn"))
    return pages_of(
        pages or _text(article.find("Pagination/StartPage")), "" if pages else _text(article.find("Pagination/EndPage"))
    )


def _authors(article: Element) -> tuple[tuple[Person, ...], bool]:
    listed = article.find("AuthorList")
    if listed is None:
        return (), False
    found: list[Person] = []
    for author in listed.findall("Author")[:MOST]:
        if author.get("ValidYN", "Y") != "Y":
            continue
        collective = _text(author.find("CollectiveName"))
        given = _text(author.find("ForeName")) or _text(author.find("Initials"))
        one = (
            group(collective)
            if collective
            else person(_text(author.find("LastName")), given, _text(author.find("Suffix")))
        )
        found += [one] if one else []
    return tuple(found), listed.get("CompleteYN", "Y") == "N"


def _registrations(article: Element) -> Iterator[str]:
    numbers = article.findall("DataBankList/DataBank/AccessionNumberList/AccessionNumber")
    yield from dict.fromkeys(found.id for one in numbers for found in registrations_in(_text(one)))


def _notices(corrections: list[Element]) -> Iterator[Notice]:
    for one in corrections:
        status = _NOTICES.get(one.get("RefType", ""))
        if status is not None:
            source = _source(one)
            yield Notice(status, doi_in(source), pmid_from(_text(one.find("PMID"))), day_in(source))


def _updates(corrections: list[Element], kind: str) -> Iterator[str]:
    """Yield the DOIs of the other versions of a work: of the paper (UpdateIn), of the preprint (UpdateOf)."""
    for one in corrections:
        if one.get("RefType") == kind and (doi := doi_in(_source(one))):
            yield doi


def _source(correction: Element) -> str:
    return _text(correction.find("RefSource"))


def _cited(correction: Element) -> str:
    pmid = pmid_from(_text(correction.find("PMID")))
    return doi_in(_source(correction)) or (f"PMID {pmid}" if pmid else _source(correction)[:80])
