"""The forms in which the citation of a study can be copied and downloaded, declared once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from ...formats.bibtex import to_bibtex
from ...formats.csl import to_csl
from ...formats.release.listing import FOLDER
from ...formats.ris import to_ris

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...bibliography.records import Entry

STUDIES = f"{FOLDER}/studies"
"""Where the files of each study stand, below the root of a website: apart, since their names are keys."""


class Export(NamedTuple):
    """A form: what readers call it, how its files end, its media type, whether paper shows it too, and its writer."""

    label: str
    ending: str
    media_type: str
    on_paper: bool
    write: Callable[[Entry], str]

    def file(self, key: str) -> str:
        """Return the path of the file of a study, below the root of a website."""
        return f"{STUDIES}/{key}.{self.ending}"


def _csl(entry: Entry) -> str:
    return json.dumps([to_csl(entry)], ensure_ascii=False, indent=2) + "\n"


# The media types are those by which the DOI agencies (crosscite.org) serve the same forms.
EXPORTS: tuple[Export, ...] = (
    Export("BibTeX", "bib", "application/x-bibtex", on_paper=True, write=to_bibtex),
    Export("RIS", "ris", "application/x-research-info-systems", on_paper=False, write=to_ris),
    Export("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", on_paper=False, write=_csl),
)
