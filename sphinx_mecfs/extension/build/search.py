"""Keep Sphinx's search index the same after an edit as in a clean build.

Sphinx takes a page that has changed out of its index and leaves the words behind that now stand on no page. Readers
never find them, but the file grows, and the output of an incremental build differs from that of a clean one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ..sources.files import replace_file

if TYPE_CHECKING:
    from sphinx.application import Sphinx

INDEX = "searchindex.js"
_BEFORE, _AFTER = "Search.setIndex(", ")"


def without_empty_words(script: str) -> str:
    """Return the text of a search index without words that stand on no page."""
    if ":[]" not in script or not script.startswith(_BEFORE):
        return script
    index = json.loads(script[len(_BEFORE) : -len(_AFTER)])
    for part in ("terms", "titleterms"):
        index[part] = {word: pages for word, pages in index[part].items() if pages != []}
    return _BEFORE + json.dumps(index, separators=(",", ":"), sort_keys=True) + _AFTER


def tidy(app: Sphinx, exception: Exception | None) -> None:
    """Tidy the index that this build has written, if it is one of HTML and has succeeded."""
    path = Path(app.outdir) / INDEX
    if exception is not None or app.builder.format != "html" or not path.is_file():
        return
    script = path.read_text(encoding="utf-8")
    tidied = without_empty_words(script)
    if tidied != script:
        replace_file(path, tidied.encode())


def setup(app: Sphinx) -> None:
    """Connect the event."""
    app.connect("build-finished", tidy)
