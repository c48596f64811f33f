"""What in an output a reader's device would act on, so that a test can tell whether an attack has become part of it."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import yaml
from attacks import MARK

from sphinx_mecfs.bibliography.reader import read_bibliography
from sphinx_mecfs.evidence.common.unseen import without_unseen
from sphinx_mecfs.formats.release.tables import FORMULA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "background", "cite", "xlink:href", "srcset"}
)
SAFE = re.compile(r"(?:https?|mailto|urn|tel):", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# What browsers leave out of an address before they look at its scheme (WHATWG URL).
IGNORED = re.compile(r"[\t\n\r]|^[\x00-\x20]+")


def bad_address(address: str) -> bool:
    """Whether an address would run something, or lead to a host of the attacker."""
    address = IGNORED.sub("", address)
    host = re.match(r"(?:[a-z]+:)?[/\\]{2}([^/?#\\]*)", address, re.IGNORECASE)
    return bool((SCHEME.match(address) and not SAFE.match(address)) or (host and MARK in host[1]))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.script: list[str] | None = None
        self.kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if MARK in tag or tag in {"base", "iframe", "object", "embed"}:
            self.found.append(f"element {tag}")
        for name, value in attrs:
            if (
                MARK in name
                or (name.startswith("on") and MARK in (value or ""))
                or (name == "style" and MARK in (value or ""))
            ):
                self.found.append(f"attribute {name} of {tag}")
            if name in ADDRESSES and bad_address(value or ""):
                self.found.append(f"address {value} of {tag}")
        if tag == "meta" and dict(attrs).get("http-equiv", "").lower() == "refresh":
            self.found.append("refresh")
        self.found += in_fields(tag, {name: value or "" for name, value in attrs})
        if tag == "script":
            self.script, self.kind = [], dict(attrs).get("type") or ""

    def handle_data(self, data: str) -> None:
        if self.script is not None:
            self.script.append(data)

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.found.append(f"comment {data}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self.script is not None:
            text, self.script = "".join(self.script), None
            if self.kind.endswith("json"):
                self.found += [f"address {one}" for one in json_addresses(json.loads(text)) if bad_address(one)]
            elif MARK in text:
                self.found.append(f"script {text[:80]}")


def in_fields(tag: str, attributes: Mapping[str, str]) -> list[str]:
    """Fields that a text has put into a reference for machines: of Highwire, or an OpenURL (COinS)."""
    if tag == "meta" and attributes.get("name") == "citation_reference":
        names = [part.partition("=")[0] for part in attributes["content"].split(";")]
    elif tag == "span" and attributes.get("class") == "Z3988":
        names = [part.partition("=")[0] for part in attributes["title"].split("&")]
    else:
        return []
    single = [name for name in ("citation_doi", "citation_title", "rft.atitle", "rft.date") if names.count(name) > 1]
    return [f"field {name} of {tag}" for name in names if MARK in name or name in single]


def json_addresses(value: object, name: str = "") -> Iterator[str]:
    """What a JSON value calls an address."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from json_addresses(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from json_addresses(part, name)
    elif isinstance(value, str) and name.lower() in {
        "url",
        "uri",
        "@id",
        "href",
        "sameas",
        "address",
        "license",
        "anchor",
    }:
        yield value


def in_html(text: str) -> list[str]:
    """What is wrong with a page."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.found


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in {"script", "style", "head"} and not self.hidden:
            self.hidden = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.hidden:
            self.hidden = ""

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def visible_text(page: str) -> str:
    """The words of a page that its readers see."""
    words = _Words()
    words.feed(page)
    words.close()
    return "".join(words.words)


def in_xml(text: str) -> list[str]:
    """What is wrong with an XML file, which has to be well-formed."""
    found = []
    if "<!ENTITY" in text:
        found.append("entity")
    for element in ET.fromstring(text).iter():
        tag = str(element.tag).rpartition("}")[2]
        if MARK in tag:
            found.append(f"element {tag}")
        for name, value in element.items():
            local = name.rpartition("}")[2]
            if (MARK in local and local != "names") or (local in {*ADDRESSES, "refuri"} and bad_address(value)):
                found.append(f"attribute {name}={value} of {tag}")
        if tag in {"loc", "id", "link"} and bad_address(element.text or ""):
            found.append(f"address {element.text}")
    return found


def in_latex(text: str) -> list[str]:
    """Commands, comments and mathematics that no writer of ours makes."""
    return re.findall(
        rf"(?<!\\)(?:\\\\)*\\(?:{MARK}|input\s*[{{/]\s*/?etc|include\s*{{|immediate|write18|csname {MARK}|catcode`\\)",
        text,
    ) + re.findall(rf"(?<!\\)(?:\\\\)*[%$#&^]+\\?(?:{MARK}|5c)", text)


_TYPST_STRING = re.compile(r'"(?:\\.|[^"\\])*"', re.DOTALL)


def in_typst(text: str) -> list[str]:
    """What stands outside of strings."""
    outside = _TYPST_STRING.sub('""', text)
    return [outside[max(0, at.start() - 60) : at.end() + 20] for at in re.finditer(MARK, outside)]


# Sphinx with docutils before 0.22 writes the address of a link in this form.
_ROFF_LINK = re.compile(r"\\X'tty: link(?: (?:https?|mailto):[^'\\\s]*)?'")


def in_roff(text: str) -> list[str]:
    """Requests and escapes."""
    text = _ROFF_LINK.sub("", text)
    requests = [line for line in text.splitlines() if re.match(rf"[.']\s*(?:so\b|de {MARK}|{MARK})", line)]
    return requests + re.findall(rf"(?<!\\)(?:\\\\)*\\(?:[X!]|\*\[?|n\[?){MARK}|\\X'.*", text)


def in_texinfo(text: str) -> list[str]:
    """Commands."""
    return re.findall(rf"(?<!@)(?:@@)*@(?:{MARK}|include|bye\b.*{MARK}|end {MARK}).*", text)


def in_csv(text: str) -> list[str]:
    """Cells that a spreadsheet takes for formulas, and rows of another length than the head."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    return [cell for row in rows for cell in row if cell.startswith(FORMULA)] + [
        str(row) for row in rows if len(row) != len(rows[0])
    ]


def in_json(text: str) -> list[str]:
    """Addresses."""
    return [one for one in json_addresses(json.loads(text)) if bad_address(one)]


def in_script(text: str) -> list[str]:
    """Data scripts, which hold one value and no sign that could end the script."""
    if text.startswith("Search.setIndex("):
        json.loads(text.removeprefix("Search.setIndex(").rstrip().removesuffix(")"))
        return []
    if not text.startswith("window.mecfs"):
        return [MARK] if MARK in text else []
    value = text.partition("=")[2].rstrip().removesuffix(";")
    json.loads(value)
    return [sign for sign in ("<", "\u2028", "\u2029") if sign in value]


def in_ris(text: str) -> list[str]:
    """Lines that are no tag of a record, and records without an end or with two."""
    lines = [line for line in text.split("\r\n") if line]
    wrong = [line for line in lines if not re.match(r"[A-Z][A-Z0-9]  - ", line)]
    starts, ends = (sum(line.startswith(tag) for line in lines) for tag in ("TY  - ", "ER  - "))
    return wrong + ([f"{starts} records with {ends} ends"] if starts != ends else [])


def in_bibtex(text: str) -> list[str]:
    """Entries that a reader finds beside those that were written, and what it finds wrong with their form."""
    read = read_bibliography(text.encode())
    written = set(re.findall(r"(?m)^@\w+\{([^,]+),$", text))
    return [
        *(set(read.entries) ^ written),
        *(one.message for one in read.findings if one.problem.value == "bib-syntax"),
    ]


def in_yaml(text: str) -> list[str]:
    """Names and addresses."""
    addresses = [one for one in json_addresses(yaml.safe_load(text)) if bad_address(one)]
    return addresses + re.findall(rf"(?m)^\s*-?\s*{MARK}\w*:", text)


CHECKS: Mapping[str, Callable[[str], list[str]]] = {
    ".html": in_html,
    ".xhtml": lambda text: in_xml(text.replace("&nbsp;", " ")) + in_html(text),
    ".svg": in_xml,
    ".xml": in_xml,
    ".atom": in_xml,
    ".opf": in_xml,
    ".ncx": in_xml,
    ".tex": in_latex,
    ".typ": in_typst,
    ".7": in_roff,
    ".texi": in_texinfo,
    ".csv": in_csv,
    ".json": in_json,
    ".jsonld": in_json,
    ".js": in_script,
    ".ris": in_ris,
    ".bib": in_bibtex,
    ".cff": in_yaml,
}
UNCHECKED = frozenset({"", ".css", ".png", ".inv", ".epub", ".pdf", ".sty", ".cls", ".xdy", ".bat", ".ist", ".txt"})
"""Files that hold nothing of a source, or that are made of those that are looked at; of plain text all may be text."""


def wrong_in(folder: Path) -> list[str]:
    """Everything wrong with the files of an output: each with its path."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in {*CHECKS, *UNCHECKED}:
            found.append(f"{path.name}: nobody looks at such a file")
        if not path.is_file() or path.suffix not in {*CHECKS, ".txt"}:
            continue
        text = path.read_bytes().decode()
        lines = [line for line in text.split("\n") if without_unseen(line) != line]
        found += [f"{path.name}: not all is seen of {line.strip()[:200]!r}" for line in lines]
        found += [f"{path.name}: {one}" for one in CHECKS.get(path.suffix, lambda _text: [])(text)]
    return found
