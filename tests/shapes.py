"""The entries of refs.bib in the shapes in which services and reference managers give them.

The shapes are those that Crossref, NLM and the CSL project document; what stands in them comes from refs.bib.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from support import ROOT

from sphinx_mecfs.bibliography.reader import read_bibliography

if TYPE_CHECKING:
    from sphinx_mecfs.bibliography.records import Entry, Person

BIB = (ROOT / "refs.bib").read_bytes()
ENTRIES = read_bibliography(BIB).entries
ARTICLES = {key: entry for key, entry in ENTRIES.items() if entry.type == "article" and entry.journal and entry.authors}

CROSSREF_TYPES = {"article": "journal-article", "book": "book", "report": "report", "misc": "other", "online": "other"}


def entry(key: str) -> Entry:
    return ENTRIES[key]


# ---- Crossref


def crossref_work(one: Entry, **more: object) -> dict[str, object]:
    """A work as `/works/DOI` gives it in `message`, with a reference that has identifiers of its own."""
    first, last = one.page_range
    work: dict[str, object] = {
        "DOI": one.doi.upper(),
        "URL": f"https://doi.org/{one.doi}",
        "type": CROSSREF_TYPES.get(one.type, "other"),
        "title": [escape(one.title, quote=False)],
        "author": [_crossref_name(person) for person in one.authors],
        "container-title": [one.journal] if one.journal else [],
        "publisher": one.publisher or "A publisher",
        "volume": one.volume,
        "issue": one.number,
        "page": f"{first}-{last}" if last else first,
        "issued": {"date-parts": [[one.year, 7, 1]] if one.year else [[None]]},
        "reference": [{"key": "ref1", "DOI": "10.1126/science.1179052", "doi-asserted-by": "crossref"}],
        "ISSN": ["1471-2377"],
    }
    return {**{name: value for name, value in work.items() if value}, **more}


def crossref_answer(one: Entry, **more: object) -> bytes:
    message = {
        "status": "ok",
        "message-type": "work",
        "message-version": "1.0.0",
        "message": crossref_work(one, **more),
    }
    return json.dumps(message).encode()


def _crossref_name(person: Person) -> dict[str, str]:
    if person.literal:
        return {"name": person.family, "sequence": "additional"}
    parts = {"given": person.given, "family": person.surname, "suffix": person.suffix, "sequence": "first"}
    return {name: text for name, text in parts.items() if text}


def update(doi: str, kind: str, day: tuple[int, int, int]) -> dict[str, object]:
    """An element of `updated-by` or `update-to`."""
    return {"DOI": doi, "type": kind, "label": kind.title(), "updated": {"date-parts": [list(day)]}}


# ---- PubMed XML


def pubmed_article(one: Entry, *, pmid: str = "", corrections: str = "", banks: str = "") -> str:
    """A PubmedArticle, whose references carry identifiers that are not its own."""
    pages = "-".join(filter(None, one.page_range))
    authors = "".join(map(_pubmed_author, one.authors))
    complete = "N" if one.others else "Y"
    ids = "".join(
        f'<ArticleId IdType="{kind}">{escape(value)}</ArticleId>'
        for kind, value in (("pubmed", pmid or one.pmid), ("doi", one.doi), ("pmc", one.pmcid))
        if value
    )
    return f"""<PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid or one.pmid}</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Internet"><Volume>{escape(one.volume)}</Volume>
<Issue>{escape(one.number)}</Issue><PubDate><Year>{one.year}</Year><Month>Jul</Month><Day>01</Day></PubDate></JournalIssue>
<Title>{escape(one.journal)}</Title></Journal><ArticleTitle>{escape(one.title)}.</ArticleTitle>
<Pagination><MedlinePgn>{escape(pages)}</MedlinePgn></Pagination>
<AuthorList CompleteYN="{complete}">{authors}</AuthorList><Language>eng</Language>{banks}
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>
{f"<CommentsCorrectionsList>{corrections}</CommentsCorrectionsList>" if corrections else ""}</MedlineCitation>
<PubmedData><ArticleIdList>{ids}</ArticleIdList>
<ReferenceList><Reference><Citation>Another paper.</Citation><ArticleIdList>
<ArticleId IdType="pubmed">19815723</ArticleId><ArticleId IdType="doi">10.1126/science.1179052</ArticleId>
<ArticleId IdType="pmc">PMC3073172</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>
</PubmedArticle>"""


def pubmed_set(*articles: str) -> bytes:
    head = (
        '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
        '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
    )
    return (head + "\n".join(articles) + "\n</PubmedArticleSet>\n").encode()


def correction(kind: str, source: str, pmid: str = "") -> str:
    """An element of CommentsCorrectionsList."""
    number = f'<PMID Version="1">{pmid}</PMID>' if pmid else ""
    return f'<CommentsCorrections RefType="{kind}"><RefSource>{source}</RefSource>{number}</CommentsCorrections>'


def _pubmed_author(person: Person) -> str:
    if person.literal:
        return f'<Author ValidYN="Y"><CollectiveName>{escape(person.family)}</CollectiveName></Author>'
    suffix = f"<Suffix>{escape(person.suffix)}</Suffix>" if person.suffix else ""
    return (
        f'<Author ValidYN="Y"><LastName>{escape(person.surname)}</LastName><ForeName>{escape(person.given)}</ForeName>'
        f"<Initials>{person.initials}</Initials>{suffix}</Author>"
    )


# ---- NBIB


def nbib_record(one: Entry) -> str:
    lines = [("PMID", one.pmid or "1"), ("OWN", "NLM"), ("DP", f"{one.year} Jul 1"), ("TI", f"{one.title}.")]
    lines += [("PG", "-".join(filter(None, one.page_range))), ("LID", f"{one.doi} [doi]" if one.doi else "")]
    for person in one.authors:
        if person.literal:
            lines.append(("CN", person.family))
        else:
            lines.append(("FAU", f"{person.surname}, {person.given}".rstrip(", ")))
            lines.append(("AU", f"{person.surname} {person.initials}"))
    lines += [("LA", "eng"), ("PT", "Journal Article"), ("JT", one.journal), ("PMC", one.pmcid)]
    lines += [("VI", one.volume), ("IP", one.number), ("SO", "not read. doi: 10.1/not.its.own")]
    return "".join(f"{tag:<4}- {_folded(text)}\n" for tag, text in lines if text) + "\n"


def _folded(text: str) -> str:
    """Fold a long line as PubMed does: further lines are indented by six spaces."""
    words, lines, line = text.split(" "), [], ""
    for word in words:
        if line and len(line) + len(word) > 70:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n      ".join([*lines, line])
