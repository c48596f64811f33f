"""A base whose every field holds an attack, for each attack of the corpus: derived from the declarations of the fields."""

from __future__ import annotations

import json
import os
import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec
from samples import CONF, REFS
from support import ROOT

from sphinx_mecfs.bibliography.fields import FIELD_ORDER, UNPRINTED
from sphinx_mecfs.evidence.common.listings import LISTINGS
from sphinx_mecfs.evidence.common.unseen import without_unseen
from sphinx_mecfs.evidence.fields import CARD_BODY, CARD_FIELDS, Kind
from sphinx_mecfs.evidence.questions.fields import CLAIM_BODY, CLAIM_FIELDS, QUESTION_BODY, QUESTION_FIELDS
from sphinx_mecfs.extension.domain.domain import MecfsDomain
from sphinx_mecfs.formats import external

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_mecfs.evidence.fields import Body, Field

MARK = "zqx"
FREE = (Kind.TEXT, Kind.WORDS)
"""Kinds of options that take any text; all others refuse an attack."""

THOROUGH = bool(os.environ.get("MECFS_BUILDERS"))
"""Whether every list, role and builder is tried with each attack (nox session `builders`), or they take turns."""

AIMS = {
    "latex": {"latex", "addresses"},
    "typst": {"typst"},
    "epub": {"markup"},
    "text": {"roff"},
    "man": {"roff"},
    "texinfo": {"texinfo"},
    "xml": {"markup"},
}
"""What the attacks are aimed at that a builder has to withstand in every run of the tests; on a website it is all."""

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

    @property
    def doi(self) -> str:
        """The attack as far as it can stand in what passes for a DOI."""
        return "10.1000/" + re.sub(r"[\s<>]", "", without_unseen(self.text))

    @property
    def address(self) -> str:
        """The attack as far as it can stand in what passes for an address."""
        return "https://ok.example/" + re.sub(r"[\s<>\"\\^`{}|]", "", without_unseen(self.text))

    @property
    def bib_key(self) -> str:
        """The attack as far as it can stand in the key of an entry."""
        return f"key-{self.number}" + re.sub(r"[\s,{}=\"%#'()\\~]", "", self.text)


def corpus() -> tuple[Attack, ...]:
    """Every attack of the corpus."""
    aims = tomllib.loads((ROOT / "tests/hostile/corpus.toml").read_text(encoding="utf-8"))
    named = [(aim, name, text) for aim, attacks in aims.items() for name, text in attacks.items()]
    return tuple(Attack(number, *one) for number, one in enumerate(named))


CORPUS = corpus()
UNSEEN = tuple(attack for attack in CORPUS if attack.aim == "unseen")
SEEN = tuple(attack for attack in CORPUS if attack.aim != "unseen")


def aimed_at(builder: str) -> tuple[Attack, ...]:
    """The attacks that a builder is tried with, all of which can be seen."""
    if THOROUGH or builder not in AIMS:
        return SEEN
    return tuple(attack for attack in SEEN if attack.aim in AIMS[builder])


Choice = TypeVar("Choice")


def turns(attack: Attack, choices: Sequence[Choice], count: int = 1) -> Sequence[Choice]:
    """Those of some that an attack is tried with: all, or as many as are asked for, in turn."""
    if THOROUGH:
        return choices
    return [choices[(attack.number + 5 * turn) % len(choices)] for turn in range(count)]


# ---- the pieces of a source -----------------------------------------------------------------------------------------


def braced(text: str) -> str:
    """A text as the value of a BibTeX field that its own braces do not end."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            break
    return f"{{{text if depth == 0 else re.sub('[{}]', '', text)}}}"


def entry(key: str, text: str, **others: str) -> str:
    """An entry of which every field holds a text; the year, and others that are named, hold something else."""
    values = dict.fromkeys(BIB_FIELDS, text) | {"year": "2000"} | others
    return f"@article{{{key},\n" + "".join(f"  {name} = {braced(value)},\n" for name, value in values.items()) + "}\n"


def entries(attack: Attack) -> str:
    """Entries of an attack: with what passes for a DOI, for an address and for a key, and with none of it."""
    made = [
        entry(attack.key, attack.text, doi=attack.doi),
        entry(f"address-{attack.number}", attack.text, url=attack.address, doi="", pmid="", pmcid=""),
        entry(attack.refused, attack.text, year=attack.text),
        f"@misc{{{attack.bib_key},\n  title = {{{MARK}}},\n}}\n",
    ]
    return "\n".join(made)


def code(text: str) -> str:
    """A text as it stands between signs that make it literal in Markdown."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}"


def role(name: str, text: str) -> str:
    """A role around a text as it stands."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{{{name}}}{fence}{text}{fence}"


def options(fields: Iterable[Field], text: str, given: dict[str, str]) -> str:
    """The lines of options: those that are given, and each that takes any text with that text."""
    free = {field.name: text for field in fields if field.kind in FREE}
    return "".join(f":{name}: {value}\n" for name, value in (free | given).items())


def wrong(fields: Iterable[Field], text: str) -> str:
    """The lines of options that refuse a text."""
    return "".join(f":{field.name}: {text}\n" for field in fields if field.kind not in FREE)


def sections(body: Body, text: str, study: str = "") -> str:
    """A body of which every section holds a text to the letter; figures are those of a study."""
    figures = f"\n  - {study}: {code(text)}"
    told = {section.label: figures if section.label == "Statistics" else code(text) for section in body.sections}
    return "".join(f":{label}: {words}\n" for label, words in told.items())


def page(title: str, description: str, *parts: str) -> str:
    """A page whose title and description hold texts."""
    head = f"---\ndescription: {json.dumps(description)}\n---\n\n"
    return f"{head}# Page {code(title)}\n\n" + "\n".join(parts)


def given(attack: Attack) -> dict[str, str]:
    """Options of a card that take no text as it comes: each in a form that is accepted, with the attack in it."""
    return {
        "design": "cohort",
        "participants": str(attack.number + 1),
        "criteria": "own-definition",
        "source-read": "abstract",
        "status": "corrected",
        "status-notice": attack.doi if attack.number % 2 else attack.address,
        "status-checked": "2026-11-01",
        "pem": "required",
        "registration": f"NCT00848692 {attack.line.replace(',', ';')}",
        "reviewed-by": f"Somebody {attack.line.replace(',', ';')}",
    }


def listings(attack: Attack) -> Iterator[str]:
    """Each directive that lists studies, of the one study of the attack, under a caption that holds it."""
    only = {"filter": f"participants = {attack.number + 1}", "by": "design", "columns": "study, year", "sort": "year"}
    for name in turns(attack, [*LISTINGS]):
        names = [field.name for field in LISTINGS[name].fields]
        given = only | {"caption": attack.line}
        chosen = [f":{option}: {given[option]}\n" for option in names if option in given]
        yield f"```{{{name}}}\n{''.join(chosen)}```\n"


def card_page(attack: Attack) -> str:
    """A page with a card of which every field that takes text holds the attack."""
    head = options(CARD_FIELDS, attack.line, given(attack))
    card = f"::::{{evidence-card}} {attack.key}\n{head}\n{sections(CARD_BODY, attack.line)}::::\n"
    cited = " ".join(role("cite:p", key) for key in (attack.key, f"address-{attack.number}", attack.bib_key))
    return page(attack.line, attack.line, card, f"{cited} {role('mecfs:study', attack.key)}\n")


ROLES = (
    *(f"mecfs:{name}" for name in (*MecfsDomain.roles, "cite")),
    "pem-badge",
    "pem",
    "cite",
    "cite:p",
    "cite:t",
    "any",
)


def refused_page(attack: Attack) -> str:
    """A page with a card, claim, lists and roles of which every part that does not take text holds the attack."""
    parts = [f"::::{{evidence-card}} {attack.refused}\n{wrong(CARD_FIELDS, attack.line)}\n:Summary: {MARK}\n::::\n"]
    parts.append(f"::::{{evidence-card}} {attack.line}\n:design: cohort\n\n:Summary: {MARK}\n::::\n")
    parts.append(f"::::{{claim}} claim-{attack.refused}\n{wrong(CLAIM_FIELDS, attack.line)}\n{MARK}\n::::\n")
    for name in turns(attack, [*LISTINGS], 2):
        lines = "".join(f":{field.name}: {attack.line}\n" for field in LISTINGS[name].fields)
        parts.append(f"```{{{name}}}\n{lines}```\n")
    texts = (attack.line, f"{attack.line} <{attack.line}>")
    parts += [f"- {role(name, text)}\n" for name in turns(attack, ROLES, 3) for text in texts]
    return page("refused", MARK, *parts)


def question_page(attack: Attack) -> str:
    """A page with a question and a claim of which every field that takes text holds the attack."""
    words = attack.line.replace(";", ",")
    asked = {"updated": "2026-11-01", "searched": f"{MARK} {words}; {MARK} {words}; 2026-11-01"}
    asked["reviewers"] = f"Somebody {attack.line.replace(',', ';')}"
    said = {"kind": "effect", "supports": attack.key, "certainty": "low"}
    claim = f"::::{{claim}} claim-{attack.number}\n{options(CLAIM_FIELDS, attack.line, said)}\n{sections(CLAIM_BODY, attack.line, attack.key)}::::\n"
    head = options(QUESTION_FIELDS, attack.line, asked)
    body = f"{sections(QUESTION_BODY, attack.line)}\n{claim}\n## Part {code(attack.line)}\n\nText.\n"
    cited = f"{{cite:p}}`{attack.refused}` {{cite:t}}`{attack.key}`\n"
    elsewhere = [f"- {role(f'mecfs:{kind}', f'other:{attack.key}')}\n" for kind in MecfsDomain.roles]
    badges = [f"- {role('pem-badge', f'other:{attack.key}')}\n"]
    asking = f":::::{{evidence-question}} question-{attack.number}\n{head}\n{body}:::::\n"
    return page(attack.line, attack.line, asking, cited, *elsewhere, *badges, *listings(attack))


# ---- files beside the pages -----------------------------------------------------------------------------------------

ELSEWHERE = {"studies": external._Study, "definitions": external._Definition, "claims": external._Claim, "questions": external._Question}  # fmt: skip
"""What a data file of another base holds, by the names of its lists."""


def data_file(attacks: Iterable[Attack]) -> bytes:
    """The data file of another base whose texts hold attacks, and in which each other field holds one somewhere."""
    attacks = tuple(attacks)
    things: dict[str, list[dict[str, object]]] = {}
    for name, kind in ELSEWHERE.items():
        fields = [field.encode_name for field in msgspec.structs.fields(kind)]
        things[name] = [_thing(fields, attack.key, attack.text) for attack in attacks]
        for attack in attacks:
            for wrong_one in {"key", "page", "pem", "status", "certainty"} & set(fields):
                thing = _thing(fields, f"other-{attack.number}", attack.text)
                things[name].append({**thing, wrong_one: attack.text})
    base = {"title": f"{MARK} <{MARK}>", "version": f"<{MARK}>", "address": f"javascript:{MARK}()"}
    labels = {"pem": {"required": f"<{MARK}>"}}
    return json.dumps({"version": "1.0", "base": base, "labels": labels, **things}).encode("utf-8", "replace")


def _thing(fields: Iterable[str], key: str, text: str) -> dict[str, object]:
    sound = {"key": key, "page": f"a.html#{key}", "status": "current", "certainty": "low"}
    pem: object = {"status": "required"} if "status" in fields else "required"
    return {name: pem if name == "pem" else sound.get(name, text) for name in fields}


def register(attacks: Iterable[Attack]) -> str:
    """A file of definitions whose texts hold attacks, with identifiers that are sound and that are not."""
    lines = ['version = "1"', *_definition("own-definition", f"{MARK} <{MARK}>", "10.1000/own", "1")]
    for attack in attacks:
        lines += _definition(f"definition-{attack.number}", attack.text, attack.doi, "1")
        lines += _definition(f"refused-{attack.number}", attack.text, attack.text, attack.text)
    return "\n".join(lines)


def _definition(key: str, text: str, doi: str, pmid: str) -> Iterator[str]:
    yield f'[[definitions]]\nkey = "{key}"\nyear = 2000\npem = "optional"\nmark = "A"'
    named = {"name": text, "basis": text, "cite": text, "doi": doi, "pmid": pmid}
    yield from (f"{name} = {_toml(value)}" for name, value in named.items())


def _toml(text: str) -> str:
    return '"' + "".join(f"\\U{ord(sign):08x}" for sign in text) + '"'


def hostile_base(attacks: Iterable[Attack]) -> dict[str, str | bytes]:
    """Every file of a base in which all that is declared holds each attack."""
    attacks = tuple(attacks)
    names = [f"{kind}-{attack.number}" for attack in attacks for kind in ("card", "refused", "question")]
    files: dict[str, str | bytes] = {
        "conf.py": "",
        "refs.bib": REFS + "\n".join(map(entries, attacks)),
        "own.toml": register(attacks),
        "other.json": data_file(attacks),
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
        "mecfs_external": {"other": ("https://other.example/", "other.json")},
        "mecfs_wording": False,
        "latex_engine": "xelatex",
        "latex_documents": documents,
        "man_pages": [("index", "book", "Test base", "Authors", 7)],
        "texinfo_documents": [("index", "book", "Test base", "Authors", "book", "Test base", "Science")],
        "typst_documents": [("index", "book", "Test base", "Authors")],
    }
