"""Every reader of what others write, each as a function of bytes that says by an exception what is wrong with it.

A reader may find whatever it likes, but it has to end, to raise nothing beyond what it says it raises, and to account for
each record: n in, n out or named. `fuzzing.py` looks for bytes that break one, `test_crashes.py` tries
those that once did.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_mecfs.bibliography.convert import from_pybtex, to_pybtex
from sphinx_mecfs.bibliography.lint import lint
from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.reference import format_reference, in_text, short_citation
from sphinx_mecfs.bibliography.syntax.tidy import tidy
from sphinx_mecfs.evidence.common.unseen import has_unseen
from sphinx_mecfs.evidence.problems import Problem
from sphinx_mecfs.evidence.register import read_register, shipped_register
from sphinx_mecfs.evidence.vocabulary import PublicationStatus
from sphinx_mecfs.formats.bibtex import to_bibtex
from sphinx_mecfs.formats.external import ExternalDataError, read_external
from sphinx_mecfs.intake.base.cards import find_cards, set_options
from sphinx_mecfs.intake.base.entries import entry_of, entry_text, insert
from sphinx_mecfs.intake.base.pages import page_text
from sphinx_mecfs.intake.matching import plan
from sphinx_mecfs.intake.notices.comparing import Held
from sphinx_mecfs.intake.notices.retraction_watch import read_retraction_watch
from sphinx_mecfs.intake.readers.decoding import decode
from sphinx_mecfs.intake.readers.files import read_records
from sphinx_mecfs.manuscript.fixes import fix_page
from sphinx_mecfs.manuscript.pages import Knowledge, Source, read_page
from sphinx_mecfs.wording.rules import shipped_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_mecfs.intake.records import Publication

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 1)
KNOWN = Knowledge(shipped_register(), {}, TODAY, True, lambda _role, _target: "", shipped_rules())  # noqa: FBT003
HELD = [Held("alpha-2001", PublicationStatus.CURRENT, "", "10.1000/alpha", "1234567")]


# ---- bibliographies -------------------------------------------------------------------------------------------------


def bibliography(data: bytes) -> None:
    """The bibliography: read, checked, formatted, put in order, and handed to pybtex and back."""
    read = read_bibliography(data)
    lint(read)
    for entry in read.entries.values():
        said = "".join(piece.text + piece.url for piece in format_reference(entry))
        assert not has_unseen(said + in_text(entry) + short_citation(entry)), "a character cannot be seen"
        from_pybtex(to_pybtex(entry))
        again = read_bibliography(to_bibtex(entry).encode()).entries.values()
        assert [format_reference(one) for one in again] == [format_reference(entry)], "an entry is not read as it was"
    known = {entry.digest: entry for entry in read.entries.values()}
    assert read_bibliography(data, known).entries == read.entries, "what was read before is read otherwise"
    in_order = read_bibliography(tidy(data))
    assert in_order.entries.keys() == read.entries.keys(), "an entry is lost when the file is put in order"


# ---- records to import ----------------------------------------------------------------------------------------------

_SIGNS_OF_RECORDS = {
    "RIS": re.compile(r"^TY {0,2}-(?: |$)", re.MULTILINE),
    "PubMed XML": re.compile(r"<Pubmed(?:Book)?Article[\s>]"),
}
_LEFT_OUT = frozenset({Problem.IMPORT_RECORD, Problem.IMPORT_CONFLICT, Problem.BIB_DUPLICATE_KEY})


def _records_in(text: str, kind: str) -> int:
    """How many records a text holds, counted in another way than its reader does; 0 where that is not known."""
    if kind in _SIGNS_OF_RECORDS:
        return len(_SIGNS_OF_RECORDS[kind].findall(text))
    if "JSON" in kind:
        with suppress(ValueError, RecursionError):
            value = json.loads(text)
            return len(value) if isinstance(value, list) else 0
    return 0


def records(data: bytes) -> None:
    """A file of records of any kind: each is read or named, and what is read goes into a base as one entry and page."""
    reading = read_records(data, "file")
    named = sum(finding.problem in _LEFT_OUT for finding in reading.findings)
    assert reading.count == len(reading.publications) + named, "a record is lost without a word"
    assert reading.count >= _records_in(decode(data)[0], reading.format), "a record is not counted"
    made = plan(reading.publications, {})
    left_out = sum(remark.finding.problem in _LEFT_OUT for remark in made.remarks)
    sources = sum(len(new.sources) for new in made.new)
    assert sources + len(made.duplicates) + left_out == len(reading.publications), "a record is lost"
    texts = {new.key: entry_text(entry_of(new.key, new.publication)) for new in made.new}
    assert list(read_bibliography(insert(b"", texts)).entries) == sorted(texts), "an entry is not read back"
    for new in made.new:
        _try_page(new.key, new.publication)


def _try_page(key: str, publication: Publication) -> None:
    text = page_text(key, publication, TODAY)
    read = read_page(Source(key, Path(f"{key}.md"), True), text, KNOWN)  # noqa: FBT003
    assert [piece.key for piece in read.cards] == [key], "the page of a new study has other cards"
    assert not (read.claims or read.questions or read.references or read.listings), "a record has put markup on a page"


def notices(data: bytes) -> None:
    """The data of Retraction Watch."""
    answers, findings = read_retraction_watch(data, HELD)
    assert answers or findings


# ---- other files ----------------------------------------------------------------------------------------------------


def data_file(data: bytes) -> None:
    """A data file of another base."""
    with suppress(ExternalDataError):
        published = read_external(data)
        value = json.loads(data.decode("utf-8", "replace"))
        listed = sum(len(value.get(name, ())) for name in ("studies", "definitions", "claims", "questions"))
        assert sum(map(len, published.things.values())) + published.left_out == listed, "a study is lost"


def register(data: bytes) -> None:
    """A register of case definitions."""
    read, findings = read_register(data)
    try:
        value = tomllib.loads(data.decode())
    except (ValueError, RecursionError):
        return
    listed = value.get("definitions")
    if isinstance(listed, list):
        assert len(read.definitions) + len(findings) >= len(listed) or len(findings) == 1, "a definition is lost"


def page(data: bytes) -> None:
    """A page with cards, as the commands `check`, `check --fix` and `retractions --write` read it."""
    text = data.decode("utf-8", "replace")
    for markdown in (True, False):
        read_page(Source("page", Path("page"), markdown), text, KNOWN)
        fixed = fix_page(text, markdown=markdown)
        assert fix_page(fixed, markdown=markdown) == fixed, "what was put right is put right again"
        for card in find_cards(text, markdown=markdown)[:3]:
            set_options(text, card, {"status": "retracted", "status-notice": "10.1000/a"})


READERS: Mapping[str, Callable[[bytes], None]] = {
    "bibliography": bibliography,
    "bibtex": records,
    "ris": records,
    "nbib": records,
    "csl": records,
    "zotero": records,
    "crossref": records,
    "pubmed": records,
    "retraction-watch": notices,
    "data-file": data_file,
    "register": register,
    "page": page,
}
"""What reads which kind of bytes; records are told apart by their content, so that each kind begins with its own."""

SEEDS: Mapping[str, bytes] = {
    "bibliography": b"""@string{j = {Journal}}
@article{alpha-2001,
  author = {{\\O}, Ann and van Dam, C and others},
  title = {{TNF-$\\alpha$ \\& "x"}},
  journal = j # " of Tests",
  year = {2001},
  pages = {28--31},
  doi = {10.1000/alpha},
}
% comment
@book{beta-2010, editor = "Beta, A", title = "T", publisher = {P}, year = 2010, url = {https://a.example/}}
""",
    "bibtex": b"""@article{alpha-2001,
  author = {Fluge, {\\O}. and Mella, O.},
  title = {{A} title},
  journaltitle = {J},
  date = {2009-07-01},
  pmid = {19566965},
}
@online{b, title = {B}}
""",
    "ris": b"TY  - JOUR\r\nAU  - Fluge, O\r\nTI  - A title\r\nT2  - J\r\nPY  - 2009/05/01/\r\nSP  - 1\r\nEP  - 9\r\n"
    b"DO  - 10.1000/a\r\nAN  - 19566965\r\nER  - \r\nTY  - BOOK\r\nBT  - B\r\nER  - \r\n",
    "nbib": b"\nPMID- 19566965\nOWN - NLM\nTI  - A title\n      that goes on.\nFAU - Fluge, O\nAU  - Fluge O\nDP  - 2009 Jul 1\n"
    b"PG  - 1057-63\nAID - 10.1000/a [doi]\nRIN - Science. 2011 Dec 23;1. PMID: 1\nSI  - ClinicalTrials.gov/NCT00848692\n",
    "csl": b'[{"id": "a", "type": "article-journal", "title": "T", "author": [{"family": "F", "non-dropping-particle": "de"}],'
    b' "issued": {"date-parts": [[2009, 7]]}, "page": "1-9", "note": "PMID: 19566965"}, {"type": "book", "title": "B"}]',
    "zotero": b'[{"itemType": "journalArticle", "title": "T", "creators": [{"creatorType": "author", "lastName": "F"}],'
    b' "date": "2009-07", "extra": "PMID: 19566965"}, {"data": {"itemType": "note"}}]',
    "crossref": b'{"status": "ok", "message-type": "work", "message": {"DOI": "10.1000/a", "type": "journal-article", "title": ["T"],'
    b' "author": [{"family": "F", "given": "O"}], "issued": {"date-parts": [[2009]]}, "container-title": ["J"],'
    b' "updated-by": [{"type": "retraction", "DOI": "10.1/b", "updated": {"date-parts": [[2010, 1, 1]]}}],'
    b' "relation": {"has-preprint": [{"id-type": "doi", "id": "10.1101/c"}]}}}',
    "pubmed": b'<?xml version="1.0"?>\n<PubmedArticleSet>\n<PubmedArticle><MedlineCitation><PMID>1</PMID><Article>'
    b"<Journal><JournalIssue><PubDate><Year>2009</Year><Month>Jul</Month></PubDate></JournalIssue><Title>J</Title></Journal>"
    b"<ArticleTitle>T<sub>2</sub> &amp; x</ArticleTitle><AuthorList><Author><LastName>F</LastName></Author></AuthorList>"
    b'</Article><CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>S. 2011. doi: 10.1/b'
    b"</RefSource></CommentsCorrections></CommentsCorrectionsList></MedlineCitation></PubmedArticle>\n</PubmedArticleSet>",
    "retraction-watch": b"Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionDOI,RetractionPubMedID,RetractionNature,RetractionDate\n"
    b'1,10.1000/alpha,1234567,10.1000/n,0,Retraction,"1/31/2020 0:00"\n2,10.1000/b,0,,0,Correction,2/3/2021\n',
    "data-file": b'{"version": "1.0", "base": {"title": "B"}, "labels": {"pem": {"required": "PEM"}}, "studies": [{"key": "a", "label":'
    b' "A", "page": "a.html#a", "title": "T", "status": "current", "pem": {"status": "required"}}], "definitions": [{"key": "d",'
    b' "title": "D", "pem": "optional"}], "claims": [{"key": "c", "text": "C", "page": "q.html#c", "certainty": "low"}],'
    b' "questions": [{"key": "q", "title": "Q", "page": "q.html"}]}',
    "register": b'version = "1"\n[words]\ncondition = "long covid"\n[[definitions]]\nkey = "own-2001"\nname = "Own"\nyear = 2001\n'
    b'pem = "optional"\nmark = "A"\nbasis = "Text"\ncite = "alpha-2001"\ndoi = "10.1000/a"\npmid = "1"\n',
    "page": b"""---
description: A page
---

# Heading

:::::{evidence-question} question-one
:updated: 2026-11-01
:searched: PubMed; all; 1 November 2026

:Short answer: Text {mecfs:study}`alpha-2001` [link](a.md).

::::{claim} claim-one
:kind: effect
:supports: alpha-2001
:certainty: low

Words.
::::
:::::

```{evidence-card} alpha-2001
---
design: rct
criteria: [fukuda-1994, icc-2011]
status-checked: 1 May 2026
---
:Summary: Three people *were* treated.
  - one
:Findings: A cure. <!-- wording: ok -->
```

````{eval-rst}
.. evidence-card:: beta-2010
   :design: cohort

   :Summary: Text
````
""",
}
