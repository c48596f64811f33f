"""Build small Sphinx projects in a test and ask them questions."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.console import strip_escape_sequences
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Build:
    """What one run of Sphinx left behind."""

    srcdir: Path
    outdir: Path
    warnings: tuple[str, ...]
    status: str
    app: Sphinx

    def text(self, name: str) -> str:
        """One output file as text."""
        return (self.outdir / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every output file by its path, without Sphinx's own book-keeping."""
        return {
            str(path.relative_to(self.outdir)): path.read_bytes()
            for path in sorted(self.outdir.rglob("*"))
            if path.is_file() and path.name != ".buildinfo"
        }

    def doctree(self, docname: str) -> nodes.document:
        """The document tree as it was read, before references are resolved."""
        return self.app.env.get_doctree(docname)


@dataclass(frozen=True)
class Project:
    """A Sphinx project in a temporary folder."""

    root: Path
    conf: Mapping[str, Any] = field(default_factory=dict)

    @property
    def srcdir(self) -> Path:
        return self.root / "source"

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files below the source folder, making folders as needed."""
        for name, text in files.items():
            path = self.srcdir / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    def replace(self, name: str, old: str, new: str) -> None:
        """Change one passage of one source file; it must be there."""
        path = self.srcdir / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def remove(self, name: str) -> None:
        (self.srcdir / name).unlink()

    def build(
        self,
        builder: str = "html",
        *,
        parallel: int = 1,
        out: str = "",
        doctrees: str = "doctrees",
        fresh: bool = False,
        **overrides: Any,
    ) -> Build:
        """Run Sphinx once in this process; `out` and `doctrees` name folders, `fresh` empties both first."""
        outdir = self.root / (out or builder)
        doctreedir = self.root / doctrees
        if fresh:
            shutil.rmtree(outdir, ignore_errors=True)
            shutil.rmtree(doctreedir, ignore_errors=True)
        status, warning = io.StringIO(), io.StringIO()
        # Sphinx keeps the catalogues of earlier builds in the same process.
        translators.clear()
        with patch_docutils(str(self.srcdir)), docutils_namespace():
            app = Sphinx(
                self.srcdir,
                None,
                outdir,
                doctreedir,
                builder,
                confoverrides={**self.conf, **overrides},
                status=status,
                warning=warning,
                parallel=parallel,
            )
            app.build()
        return Build(self.srcdir, outdir, self._tidy(warning.getvalue()), status.getvalue(), app)

    def _tidy(self, text: str) -> tuple[str, ...]:
        prefix = f"{self.srcdir}/"
        lines = strip_escape_sequences(text).splitlines()
        return tuple(line.replace(prefix, "") for line in lines if line.strip())
