"""A base whose every field holds an attack, for each attack of the corpus: derived from the declarations of the fields."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

from samples import CONF, REFS
from support import ROOT

from sphinx_mecfs.bibliography.fields import FIELD_ORDER, UNPRINTED
from sphinx_mecfs.evidence.common.listings import TABLE_FIELDS
from sphinx_mecfs.evidence.fields import CARD_BODY, CARD_FIELDS, Kind
from sphinx_mecfs.evidence.questions.fields import CLAIM_BODY, CLAIM_FIELDS, QUESTION_BODY, QUESTION_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_mecfs.evidence.fields import Body, Field

MARK = "zqx"
FREE = (Kind.TEXT, Kind.WORDS)
"""Kinds of options that take any text; all others refuse an attack."""

BIB_FIELDS = (*FIELD_ORDER, *sorted(UNPRINTED), "zqxfield")


class Attack(NamedTuple):
    """One text of the corpus and what it is aimed at; `number` makes keys of it."""

    number: int
    aim: str
    name: str
    text: str

    @property
    def key(self) -> str:
        """The key of what holds it as text."""
        return f"taken-{self.number}"

    @property
    def refused(self) -> str:
        """The key of what holds it where it is refused."""
        return f"refused-{self.number}"

    @property
    def line(self) -> str:
        """The attack as the value of an option, on one line."""
        return re.sub(r"[\n\r]", " ", self.text)


def corpus() -> tuple[Attack, ...]:
    """Every attack of the corpus."""
    aims = tomllib.loads((ROOT / "tests/hostile/corpus.toml").read_text(encoding="utf-8"))
    named = [(aim, name, text) for aim, attacks in aims.items() for name, text in attacks.items()]
    return tuple(Attack(number, *one) for number, one in enumerate(named))


CORPUS = corpus()
UNSEEN = tuple(attack for attack in CORPUS if attack.aim == "unseen")
SEEN = tuple(attack for attack in CORPUS if attack.aim != "unseen")


# ---- the pieces of a source -----------------------------------------------------------------------------------------


def braced(text: str) -> str:
    """A text as the value of a BibTeX field that its own braces do not end."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            break
    return f"{{{text if depth == 0 else re.sub('[{}]', '', text)}}}"


def entry(key: str, text: str, year: str = "2000") -> str:
    """An entry of which every field but the year holds a text."""
    fields = "".join(f"  {name} = {braced(text)},\n" for name in BIB_FIELDS if name != "year")
    return f"@article{{{key},\n{fields}  year = {braced(year)},\n}}\n"


def entries(attack: Attack) -> str:
    """Two entries of an attack, in the second of which the year holds it too."""
    return f"{entry(attack.key, attack.text)}\n{entry(attack.refused, attack.text, attack.text)}"


def code(text: str) -> str:
    """A text as it stands between signs that make it literal in Markdown."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}"


def options(fields: Iterable[Field], text: str, given: dict[str, str]) -> str:
    """The lines of options: those that are given, and each that takes any text with that text."""
    free = {field.name: text for field in fields if field.kind in FREE}
    return "".join(f":{name}: {value}\n" for name, value in (free | given).items())


def wrong(fields: Iterable[Field], text: str) -> str:
    """The lines of options that refuse a text."""
    return "".join(f":{field.name}: {text}\n" for field in fields if field.kind not in FREE)


def sections(body: Body, text: str) -> str:
    """A body of which every section holds a text to the letter."""
    return "".join(f":{section.label}: {code(text)}\n" for section in body.sections if section.label != "Statistics")


def page(title: str, description: str, *parts: str) -> str:
    """A page whose title and description hold texts."""
    head = f"---\ndescription: {json.dumps(description)}\n---\n\n"
    return f"{head}# Page {code(title)}\n\n" + "\n".join(parts)


GIVEN = {
    "design": "cohort",
    "criteria": "own-definition",
    "source-read": "abstract",
    "status-checked": "2026-11-01",
    "pem": "required",
    "reviewed-by": "Somebody",
}


def card_page(attack: Attack) -> str:
    """A page with a card of which every field that takes text holds the attack."""
    head = options(CARD_FIELDS, attack.line, GIVEN)
    card = f"::::{{evidence-card}} {attack.key}\n{head}\n{sections(CARD_BODY, attack.line)}::::\n"
    return page(attack.line, attack.line, card, f"{{cite:p}}`{attack.key}` {{mecfs:study}}`{attack.key}`\n")


def refused_page(attack: Attack) -> str:
    """A page with a card, claim, question and table of which every field that does not take text holds the attack."""
    parts = [f"::::{{evidence-card}} {attack.refused}\n{wrong(CARD_FIELDS, attack.line)}\n:Summary: {MARK}\n::::\n"]
    parts.append(f"::::{{evidence-card}} {attack.line}\n:design: cohort\n\n:Summary: {MARK}\n::::\n")
    parts.append(f"::::{{claim}} claim-{attack.refused}\n{wrong(CLAIM_FIELDS, attack.line)}\n{MARK}\n::::\n")
    parts.append(f"```{{evidence-table}}\n{options(TABLE_FIELDS, attack.line, {})}```\n")
    return page("refused", MARK, *parts)


def question_page(attack: Attack) -> str:
    """A page with a question and a claim of which every field that takes text holds the attack."""
    asked = {"updated": "2026-11-01", "searched": "PubMed; all; 2026-11-01", "reviewers": "Somebody"}
    said = {"kind": "effect", "supports": attack.key, "certainty": "low"}
    claim = f"::::{{claim}} claim-{attack.number}\n{options(CLAIM_FIELDS, attack.line, said)}\n{sections(CLAIM_BODY, attack.line)}::::\n"
    head = options(QUESTION_FIELDS, attack.line, asked)
    body = f"{sections(QUESTION_BODY, attack.line)}\n{claim}\n## Part {code(attack.line)}\n\nText.\n"
    cited = f"{{cite:p}}`{attack.refused}` {{cite:t}}`{attack.key}`\n"
    table = (
        f"{cited}\n```{{evidence-table}}\n:filter: topics = none\n:caption: {attack.line}\n:columns: study, year\n```\n"
    )
    return page(
        attack.line, attack.line, f":::::{{evidence-question}} question-{attack.number}\n{head}\n{body}:::::\n", table
    )


def register(attacks: Iterable[Attack]) -> str:
    """A file of definitions whose texts hold attacks, with identifiers that are sound and that are not."""
    lines = ['version = "1"', *_definition("own-definition", f"{MARK} <{MARK}>", "10.1000/own", "1")]
    for attack in attacks:
        lines += _definition(f"definition-{attack.number}", attack.text, "10.1000/own", "1")
        lines += _definition(f"refused-{attack.number}", attack.text, attack.text, attack.text)
    return "\n".join(lines)


def _definition(key: str, text: str, doi: str, pmid: str) -> Iterator[str]:
    yield f'[[definitions]]\nkey = "{key}"\nyear = 2000\npem = "optional"\nmark = "A"'
    named = {"name": text, "basis": text, "cite": text, "doi": doi, "pmid": pmid}
    yield from (f"{name} = {_toml(value)}" for name, value in named.items())


def _toml(text: str) -> str:
    return '"' + "".join(f"\\U{ord(sign):08x}" for sign in text) + '"'


def hostile_base(attacks: Iterable[Attack] = SEEN) -> dict[str, str | bytes]:
    """Every file of a base in which all that is declared holds each attack."""
    attacks = tuple(attacks)
    names = [f"{kind}-{attack.number}" for attack in attacks for kind in ("card", "refused", "question")]
    files: dict[str, str | bytes] = {
        "conf.py": "",
        "refs.bib": REFS + "\n".join(map(entries, attacks)),
        "own.toml": register(attacks),
        "index.md": "# Base\n\n```{toctree}\ndefinitions\nreferences\ntables\ndata\n" + "\n".join(names) + "\n```\n",
        "definitions.md": "# Definitions\n\n```{case-definitions}\n```\n",
        "references.md": "# References\n\n```{bibliography}\n:all:\n```\n",
        "tables.md": "# Tables\n\n```{evidence-explorer}\n```\n\n```{evidence-map}\n```\n\n```{evidence-matrix}\n```\n",
        "data.md": "# Data\n\n```{evidence-data}\n```\n",
    }
    for attack in attacks:
        files[f"card-{attack.number}.md"] = card_page(attack)
        files[f"refused-{attack.number}.md"] = refused_page(attack)
        files[f"question-{attack.number}.md"] = question_page(attack)
    return files


def hostile_conf() -> dict[str, object]:
    """What `conf.py` says of such a base."""
    documents = [("index", "book.tex", "Test base", "Authors", "manual")]
    return {
        **CONF,
        "project": "Test base",
        "version": "1",
        "copyright": "2026, Authors",
        "html_theme": "basic",
        "html_copy_source": False,
        "epub_show_urls": "no",
        "mecfs_definitions": ["own.toml"],
        "mecfs_wording": False,
        "latex_engine": "xelatex",
        "latex_documents": documents,
        "man_pages": [("index", "book", "Test base", "Authors", 7)],
        "texinfo_documents": [("index", "book", "Test base", "Authors", "book", "Test base", "Science")],
        "typst_documents": [("index", "book", "Test base", "Authors")],
    }
