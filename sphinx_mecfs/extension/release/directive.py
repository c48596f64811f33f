"""The directive `evidence-data`: the list of the data files, for the page about the data, which is also the dataset's.

On a website, that page holds the description of the dataset for search engines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinx.util.osutil import relative_uri

from ...evidence.options import Raw, check_options
from ...evidence.problems import Finding, Problem
from ...formats.jsonld import in_script
from ...formats.release.describe import dataset
from ...formats.release.listing import DATA_FILES, FOLDER, DataFile
from ...formats.release.model import FORMAT_VERSION, About
from ..i18n import _
from ..language import day, number
from ..reading.directive import EvidenceDirective
from ..writing.blocks import Block, Line, Link, Part, Table
from ..writing.view import Scope, View, make_view
from .about import about_base, is_published
from .collect import collect

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ..domain.domain import MecfsDomain

_FORMATS = {
    "application/json": "JSON",
    "application/schema+json": "JSON Schema",
    "text/csv": "CSV",
    "application/x-bibtex": "BibTeX",
    "application/x-research-info-systems": "RIS",
    "application/vnd.citationstyles.csl+json": "CSL-JSON",
    "application/yaml": "CFF (YAML)",
    "application/ld+json": "JSON-LD",
    "application/atom+xml": "Atom",
    "application/linkset+json": "JSON (RFC 9264)",
}


class DataView(View, frozen=True):
    """The list of the data files, as a document links them."""

    docname: str

    def blocks(self, scope: Scope) -> tuple[Block, ...]:
        """Return what the data are, and a table of the files."""
        about = about_base(scope.env)
        if not scope.env.config.mecfs_data:
            return (Line("note", (str(_("This base publishes no data files.")),)),)
        rows = tuple(
            ((self._link(scope, about, file),), (_FORMATS[file.media_type],), (str(_(file.doc)),))
            for file in DATA_FILES
        )
        head = (str(_("File")), str(_("Format")), str(_("What it holds")))
        return (Table(str(_("Data files")), head, rows), Line("note", (_state(scope),)))

    def _link(self, scope: Scope, about: About, file: DataFile) -> Part:
        """Return the name of a file, linked: beside the page on a website, elsewhere where the base is published."""
        builder = scope.domain.builder
        if builder is not None and is_published(scope.env):
            return Link(file.name, uri=relative_uri(builder.get_target_uri(self.docname), f"{FOLDER}/{file.name}"))
        return Link(file.name, uri=about.file_at(file.name)) if about.address else file.name


def _state(scope: Scope) -> str:
    """Return which state of the data the page describes; with it, the page is written again."""
    release = collect(scope.env, with_texts=False) if is_published(scope.env) else None
    says = [f"{_('Version of the data format:')} {FORMAT_VERSION}."]
    says.append(f"{_('Case definitions:')} {scope.domain.base.register.version}.")
    if release is not None:
        says.append(f"{_('Studies:')} {number(len(release.studies))}. {_('Claims:')} {number(len(release.claims))}.")
        says.append(f"{_('Questions:')} {number(len(release.questions))}.")
        if release.updated:
            says.append(f"{_('Last change or check:')} {day(release.updated)}.")
    return " ".join(says)


class EvidenceData(EvidenceDirective):
    """List the data files."""

    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the view; it has no options."""
        written = self.head()
        findings = [*written.findings, *check_options(Raw("", written.options, repeated=written.repeated), ())]
        rest = [line.strip() for line in self.content.data[written.body_start :] if line.strip()]
        findings += [Finding(Problem.OPTION_BLOCK, f"{text!r}: this directive holds nothing") for text in rest[:1]]
        self.report(findings)
        view = DataView(self.env.docname)
        self.domain.note_view(self.env.docname, view, {"": self.location()})
        return [make_view(view)]


def shows_data(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a page lists the data files."""
    domain = cast("MecfsDomain", env.domains["mecfs"])
    return any(isinstance(record.view, DataView) for record in domain.data["views"].get(docname, ()))


def add_description(
    app: Sphinx, pagename: str, _template: str, context: dict[str, object], _doctree: nodes.document | None
) -> None:
    """Put the description of the dataset into the page about the data."""
    if shows_data(app.env, pagename) and is_published(app.env):
        root = "../" * app.builder.get_target_uri(pagename).count("/")
        described = in_script(dataset(collect(app.env, with_texts=False), root))
        script = f'<script type="application/ld+json">{described}</script>'
        context["metatags"] = f"{context.get('metatags') or ''}\n{script}\n"


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("evidence-data", EvidenceData)
    app.connect("html-page-context", add_description)
