"""From Typst source to PDF, by the optional package `typst`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError
from sphinx.util import logging

from sphinx_mecfs.typst.markup import string

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import ModuleType

logger = logging.getLogger(__name__)

_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class CompilerMissingError(SphinxError):
    """The package `typst` is not installed."""

    category = "PDF error"

    def __init__(self) -> None:
        super().__init__(
            "writing PDF needs the Typst compiler: run `pip install typst`, "
            'or install the extra of this package that brings it, such as `pip install "PACKAGE[pdf]"`'
        )


class CompileError(SphinxError):
    """The compiler refused the source; the message says why and where the source is."""

    category = "PDF error"

    def __init__(self, source: Path, diagnostic: str, standard: str | None) -> None:
        self.diagnostic = diagnostic
        lines = [f"Typst could not compile {source} (kept for inspection):", diagnostic.strip()]
        if standard and "PDF/" in diagnostic:
            lines.append(
                f"The book does not meet the standard {standard!r}. Mend the place named above (a picture "
                "without a description, a character that no font has: see `typst_font_paths`), or set "
                "`typst_pdf_standard = None` in conf.py to have a PDF that is not checked."
            )
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class Compiler:
    """How to compile: the folder that sources may read, further fonts, the standard to meet."""

    root: Path
    font_paths: Sequence[str] = ()
    standard: str | None = None

    def __post_init__(self) -> None:
        _typst()

    def write_pdf(self, source: Path) -> Path:
        """Compile one source to a PDF beside it and return its path; raise CompileError where it fails.

        Only the fonts of the compiler and of `font_paths` are used, so a PDF is the same on every machine.
        A character that none of them has is replaced, with a warning: a standard would refuse it.
        """
        try:
            pdf = self._compile(source)
        except CompileError as error:
            characters = _missing_characters(error.diagnostic)
            if not characters:
                raise
            self._replace(source, characters)
            pdf = self._compile(source)
        target = source.with_suffix(".pdf")
        new = target.with_name(f"{target.name}.new")
        new.write_bytes(pdf)
        new.replace(target)
        return target

    def _compile(self, source: Path) -> bytes:
        typst = _typst()
        try:
            pdf, warnings = typst.compile_with_warnings(source, **self._options())
        except typst.TypstError as error:
            raise CompileError(source, error.diagnostic, self.standard) from error
        for warning in warnings:
            logger.warning("Typst: %s", warning.diagnostic.strip(), type="typst", subtype="compiler")
        return bytes(pdf)

    def _options(self) -> dict[str, object]:
        return {
            "format": "pdf",
            "root": self.root,
            "font_paths": list(self.font_paths),
            "ignore_system_fonts": True,
            "pdf_standards": [self.standard] if self.standard else [],
        }

    def _replace(self, source: Path, characters: Sequence[str]) -> None:
        logger.warning(
            "no font has the characters %s: shown as \ufffd (see `typst_font_paths` and `typst_fonts`)",
            " ".join(characters), type="typst", subtype="font",
        )  # fmt: skip
        text = source.read_text(encoding="utf-8")
        for character in characters:
            text = text.replace(character, "\ufffd")
        source.write_text(text, encoding="utf-8")


def picture_to_pdf(svg: str) -> bytes | None:
    """Return an SVG picture as a PDF of its size, for writers that take no SVG; None where the compiler is missing.

    Only the fonts of the compiler are used and no date is written, so that the same picture gives the same bytes.
    """
    try:
        typst = _typst()
    except CompilerMissingError:
        return None
    source = (
        "#set document(date: none)\n#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#image(bytes({string(svg)}), format: "svg")\n'
    )
    return bytes(typst.compile(source.encode(), format="pdf", ignore_system_fonts=True))


def _typst() -> ModuleType:
    try:
        return import_module("typst")
    except ImportError:
        raise CompilerMissingError from None


def _missing_characters(diagnostic: str) -> list[str]:
    """Return the characters that stopped a compilation, nothing if anything else did, too."""
    found = _NO_GLYPH.findall(diagnostic)
    if len(found) < len(re.findall(r"^error:", diagnostic, re.MULTILINE)):
        return []
    return sorted({_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) for text in found})
