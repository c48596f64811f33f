"""Bring the catalogues of the package up to date: `python docs/_ext/catalogues.py`, or `nox -s catalogues`.

It writes `sphinx_mecfs.pot`, which lists all messages; adds what is new to each `.po`, without a translation, and takes
out what is gone; and compiles each `.po` to the `.mo` that is read. It ends by saying what is left to translate. Two
runs write the same bytes: no file holds the day or the place of a run.
"""

from __future__ import annotations

import datetime
import io
import re
import sys
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from messages import template
from rooms import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Catalog

LOCALE = PACKAGE / "locale"
DAY = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
"""What stands in the heads of the files for the day of a run."""

HEAD = """\
# {title} of sphinx-mecfs: the words that readers of pages see.
# Licence: MIT, as the package."""


def po_files() -> list[Path]:
    """Return the catalogues, in the order of languages."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/sphinx_mecfs.po"))


def read(path: Path) -> Catalog:
    """Return a catalogue as its file holds it."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def brought_up_to_date(path: Path) -> Catalog:
    """Return a catalogue with all messages that there are now; nothing is guessed from messages that are alike."""
    catalogue = read(path)
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def po_bytes(catalogue: Catalog, title: str) -> bytes:
    """Return a catalogue as text."""
    catalogue.header_comment = HEAD.format(title=title)
    catalogue.creation_date = catalogue.revision_date = DAY
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = ""
    catalogue.fuzzy = False
    stream = io.BytesIO()
    write_po(stream, catalogue, width=100, sort_output=True, include_lineno=False)
    return re.sub(rb'"Generated-By: [^"]*"\n', b"", stream.getvalue())


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the messages of a catalogue that have no translation, or one that is marked as uncertain."""
    missing = []
    for message in catalogue:
        translated = all(message.string) if isinstance(message.string, tuple) else bool(message.string)
        if message.id and (message.fuzzy or not translated):
            missing.append(message.id[0] if isinstance(message.id, tuple) else message.id)
    return missing


def main() -> int:
    """Write all files, and return 1 if anything is left to translate."""
    LOCALE.mkdir(exist_ok=True)
    (LOCALE / "sphinx_mecfs.pot").write_bytes(po_bytes(template(), "Messages"))
    left = 0
    for path in po_files():
        catalogue = brought_up_to_date(path)
        path.write_bytes(po_bytes(catalogue, catalogue.locale.english_name))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
        missing = untranslated(catalogue)
        left += len(missing)
        print(f"{path.parent.parent.name}: {len(catalogue)} messages, {len(missing)} to translate")
        print("".join(f"  {text}\n" for text in missing), end="")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
