"""Let the search of Sphinx say what it has found in every language.

Sphinx copies the words of its scripts from its catalogues as they are. Where nobody has translated one it stands there
empty, and its rule for plural forms is that of gettext, "(n != 1)", which in a script is true or false and finds no
form. So a search in Norwegian, German or Dutch ends with an error. Both are put right in the file that was written.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ..sources.files import replace_file

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PATH = "_static/translations.js"
_BEFORE, _AFTER = "Documentation.addTranslations(", ");"


def repaired(script: str) -> str:
    """Return the script without words that have no translation, and with a rule for plural forms that is a number."""
    text = script.strip()
    if not (text.startswith(_BEFORE) and text.endswith(_AFTER)):
        return script
    try:
        catalogue = json.loads(text[len(_BEFORE) : -len(_AFTER)])
        messages, rule = catalogue["messages"], str(catalogue["plural_expr"])
        catalogue["messages"] = {english: said for english, said in messages.items() if said and all(said)}
    except (ValueError, KeyError, AttributeError, TypeError):
        return script
    if not rule.startswith("Number("):
        catalogue["plural_expr"] = f"Number({rule})"
    return f"{_BEFORE}{json.dumps(catalogue, indent=4, sort_keys=True)}{_AFTER}"


def repair(app: Sphinx, exception: Exception | None) -> None:
    """Repair the words of the scripts of Sphinx, if the build is one of HTML and has succeeded."""
    path = Path(app.outdir) / PATH
    if exception is None and app.builder.format == "html" and path.is_file():
        script = path.read_text(encoding="utf-8")
        better = repaired(script)
        if better != script:
            replace_file(path, better.encode())


def setup(app: Sphinx) -> None:
    """Connect the event."""
    app.connect("build-finished", repair)
