"""Which room of the package imports which: read from the code, for the architecture page and for its test."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import sphinx_mecfs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGE = Path(sphinx_mecfs.__file__).resolve().parent

# Each room may import the rooms that stand after it in its own row, and no other.
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "setup": ("extension", "published", "version"),
    "__main__": ("cli",),
    "cli": (
        "extension",
        "services",
        "intake",
        "formats",
        "manuscript",
        "bibliography",
        "wording",
        "evidence",
        "version",
    ),
    "extension": ("formats", "manuscript", "bibliography", "wording", "evidence", "typst", "version"),
    "published": ("formats",),
    "services": ("intake", "bibliography", "evidence", "version"),
    "intake": ("formats", "bibliography", "evidence"),
    "formats": ("bibliography", "evidence"),
    "manuscript": ("bibliography", "wording", "evidence"),
    "bibliography": ("evidence",),
    "wording": ("evidence",),
    "evidence": (),
    "typst": (),
    "version": (),
}

# The same for the folders of the room `extension`.
WITHIN_EXTENSION: Mapping[str, tuple[str, ...]] = {
    "build": ("card", "question", "tables", "reading", "writing", "domain", "sources"),
    "site": ("release", "build", "card", "question", "tables", "reading", "writing", "domain", "sources"),
    "release": ("card", "question", "tables", "reading", "writing", "domain", "sources"),
    "charts": ("tables", "reading", "writing", "domain", "sources"),
    "card": ("reading", "writing", "domain", "sources"),
    "question": ("reading", "writing", "domain", "sources"),
    "tables": ("reading", "writing", "domain", "sources"),
    "reading": ("writing", "domain"),
    "writing": ("domain",),
    "domain": ("sources",),
    "sources": (),
}

# Packages from outside that a room may import beside the standard library.
OUTSIDE: Mapping[str, frozenset[str]] = {
    "setup": frozenset({"sphinx"}),
    "extension": frozenset(
        {"sphinx", "docutils", "msgspec", "sphinxcontrib", "pybtex", "textstat", "requests"},
    ),
    "services": frozenset({"msgspec", "requests", "urllib3"}),
    "intake": frozenset({"msgspec"}),
    "formats": frozenset({"msgspec"}),
    "cli": frozenset({"sphinx", "msgspec", "typer", "rich", "sphinx_autobuild", "starlette", "uvicorn"}),
    "manuscript": frozenset({"msgspec", "yaml"}),
    "bibliography": frozenset({"msgspec", "pybtex", "latexcodec"}),
    "evidence": frozenset({"msgspec"}),
    "wording": frozenset({"msgspec"}),
    "typst": frozenset({"sphinx", "docutils", "typst", "ziamath", "pygments"}),
}


def room_of(path: Path) -> str:
    """Return the room in which a module of the package stands; the package's own `__init__` is `setup`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "setup" if parts == ("__init__",) else parts[0]


def imports(path: Path) -> Iterator[str]:
    """Yield the full dotted names that a module imports."""
    package = ["sphinx_mecfs", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def modules() -> list[Path]:
    """Return every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def room_imports() -> dict[str, set[str]]:
    """Return, by room, the other rooms that its modules import."""
    found: dict[str, set[str]] = {}
    for path in modules():
        room = room_of(path)
        rooms = {name.split(".")[1] for name in imports(path) if name.startswith("sphinx_mecfs.")}
        found.setdefault(room, set()).update(rooms & ALLOWED.keys() - {room})
    return found
