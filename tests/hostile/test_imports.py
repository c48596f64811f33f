"""No text of an imported record becomes more than text: in the bibliography, on the page of the study, or in a path."""

import json
import re
from xml.sax.saxutils import escape

import pytest
from attacks import CORPUS, MARK
from docutils import nodes
from fuzzed import TODAY, records
from hypothesis import given
from hypothesis import strategies as st
from support import Project

from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.bibliography.reference import format_reference
from sphinx_mecfs.evidence.common.unseen import has_unseen
from sphinx_mecfs.evidence.records import KEY_PATTERN
from sphinx_mecfs.intake.base.entries import entry_of, entry_text, insert
from sphinx_mecfs.intake.base.pages import page_text
from sphinx_mecfs.intake.matching import plan
from sphinx_mecfs.intake.readers.files import read_records

SIGNS = st.sampled_from([attack.text for attack in CORPUS])
TEXTS = st.one_of(SIGNS, st.text(max_size=20), st.lists(SIGNS, min_size=1, max_size=3).map(" ".join))

RIS_TAGS = [
    "TI",
    "AU",
    "A2",
    "T2",
    "PY",
    "DA",
    "VL",
    "IS",
    "SP",
    "EP",
    "ET",
    "DO",
    "AN",
    "C2",
    "UR",
    "PB",
    "LA",
    "KW",
    "N1",
]
NBIB_TAGS = ["TI", "FAU", "AU", "CN", "FED", "JT", "TA", "DP", "VI", "IP", "PG", "EN", "LID", "AID", "PMC", "PB", "LA", "SI", "RIN", "UIN"]  # fmt: skip
CSL_TEXTS = ["title", "container-title", "volume", "issue", "page", "edition", "publisher", "DOI", "PMID", "PMCID", "URL", "language", "genre", "note", "type", "id"]  # fmt: skip
CROSSREF_TEXTS = ["title", "subtitle", "container-title", "volume", "issue", "page", "publisher", "DOI", "URL", "language", "type"]  # fmt: skip
PUBMED = (
    "<PubmedArticle><MedlineCitation><PMID>{}</PMID><Article><Journal><JournalIssue><Volume>{}</Volume><Issue>{}</Issue><PubDate>"
    "<Year>{}</Year></PubDate></JournalIssue><Title>{}</Title></Journal><ArticleTitle>A {}</ArticleTitle><Pagination><MedlinePgn>{}"
    "</MedlinePgn></Pagination><AuthorList><Author><LastName>{}</LastName><ForeName>{}</ForeName></Author><Author><CollectiveName>{}"
    "</CollectiveName></Author></AuthorList><Language>{}</Language></Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId "
    'IdType="doi">{}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>'
)


def one_line(text):
    return " ".join(text.split())


def tagged(tags, first, last):
    def made(draw):
        lines = [f"{tag:<4}- {one_line(draw(TEXTS))}" for tag in draw(st.lists(st.sampled_from(tags), unique=True))]
        return "\n".join([*first, *lines, *last]).encode("utf-8", "replace")

    return st.composite(made)()


@st.composite
def csl(draw):
    record = draw(st.dictionaries(st.sampled_from(CSL_TEXTS), TEXTS))
    names = draw(
        st.lists(st.dictionaries(st.sampled_from(["family", "given", "suffix", "literal"]), TEXTS), max_size=3)
    )
    issued = {"date-parts": [[draw(TEXTS), draw(TEXTS)]], "raw": draw(TEXTS)}
    return json.dumps([{"type": "book", "title": MARK, **record, "author": names, "issued": issued}]).encode()


@st.composite
def crossref(draw):
    record = {name: [text] for name, text in draw(st.dictionaries(st.sampled_from(CROSSREF_TEXTS), TEXTS)).items()}
    names = draw(st.lists(st.dictionaries(st.sampled_from(["family", "given", "suffix", "name"]), TEXTS), max_size=3))
    numbers = [{"clinical-trial-number": draw(TEXTS)}]
    updates = [{"type": "retraction", "DOI": draw(TEXTS)}]
    work = {"title": [MARK], "DOI": "10.1000/a", **record, "author": names, "clinical-trial-number": numbers, "updated-by": updates}  # fmt: skip
    return json.dumps({"status": "ok", "message-type": "work", "message": work}).encode()


@st.composite
def pubmed(draw):
    texts = [escape(one_line(draw(TEXTS))) for _ in range(PUBMED.count("{}"))]
    return f"<PubmedArticleSet>{PUBMED.format(*texts)}</PubmedArticleSet>".encode("utf-8", "replace")


KINDS = {
    "ris": tagged(RIS_TAGS, ["TY  - JOUR", "T1  - A"], ["ER  - "]),
    "nbib": tagged(NBIB_TAGS, ["PMID- 1", "BTI - A"], []),
    "csl": csl(),
    "crossref": crossref(),
    "pubmed": pubmed(),
}


@pytest.mark.parametrize("kind", KINDS)
def test_any_record_becomes_one_entry_and_one_page_or_is_named(kind):
    @given(KINDS[kind])
    def holds(data):
        records(data)
        for new in plan(read_records(data, "file").publications, {}).new:
            # A key is also the name of a file.
            assert re.fullmatch(KEY_PATTERN, new.key)
            entry = entry_of(new.key, new.publication)
            (read,) = read_bibliography(insert(b"", {new.key: entry_text(entry)})).entries.values()
            assert format_reference(read) == format_reference(entry)
            assert not has_unseen(entry_text(entry) + page_text(new.key, new.publication, TODAY))

    holds()


MYST = ["amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist", "html_admonition", "html_image",
        "strikethrough", "substitution", "tasklist"]  # fmt: skip
"""All that MyST can be asked to take for markup; a bare address may become a link, and (c) a sign, where a project asks."""


def test_the_page_of_a_record_holds_no_markup_but_its_own(tmp_path):
    project = Project(tmp_path, {"extensions": ["myst_parser"], "myst_enable_extensions": MYST, "smartquotes": False})
    wanted, files = {}, {"conf.py": "", "index.md": "# Index\n"}
    for attack in CORPUS:
        data = json.dumps([{"type": "book", "title": f"{attack.text} A"}]).encode()
        (publication,) = read_records(data, "file").publications
        text = page_text(f"key-{attack.number}", publication, TODAY, orphan=True)
        name = f"page-{attack.number}"
        # The card is left away, so that plain Sphinx reads the rest.
        files[f"{name}.md"] = text.partition(":::{evidence-card}")[0]
        wanted[name] = publication.title
    project.write(files)
    build = project.build("dummy")
    assert build.warnings == ()
    for name, title in wanted.items():
        tree = build.doctree(name)
        assert " ".join(tree.astext().split()) == " ".join(title.split())
        assert {type(node) for node in tree.findall(nodes.Element)} == {nodes.document, nodes.section, nodes.title}
