"""The command `export`: studies, or the whole base, in each format of the data release, without a build."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from ...version import __version__
from ..errors import Status, UserError
from ..files import replace_file
from ..output.choices import ExportFormat
from ..project import load_project
from .check import watched
from .query import chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ...formats.release.model import About, Release
    from ...manuscript.base import Base
    from ..project import Project


class Order(NamedTuple):
    """What to export: the form, which studies, into which file (None: standard output), and whether over one there."""

    form: ExportFormat = ExportFormat.JSON
    conditions: str = ""
    out: Path | None = None
    force: bool = False


def export(folder: Path, order: Order) -> Status:
    """Export; raises `UserError` for no project, wrong conditions, or a file that is there already.

    Cards that are wrong are left out, and a line on standard error says how many.
    """
    from ...manuscript.base import read_base

    if order.out is not None and order.out.exists() and not order.force:
        message = f"{order.out} exists already and is left as it is"
        raise UserError(message, "--force writes over it")
    project = load_project(folder)
    base = read_base(project.settings, watched)
    release = _release(project, base, order.conditions)
    data = _writers()[order.form](release).encode()
    if order.out is not None:
        replace_file(order.out, data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    return _tell(base)


def _tell(base: Base) -> Status:
    wrong = sum(piece.record is None for page in base.pages for piece in (*page.cards, *page.claims, *page.questions))
    if not wrong:
        return Status.FINE
    sys.stderr.write(f"sphinx-mecfs: left out, since they are wrong: {wrong}; `sphinx-mecfs check` says why\n")
    return Status.PROBLEMS


def _writers() -> Mapping[ExportFormat, Callable[[Release], str]]:
    from ...formats.release import bibliographies, describe, document, pieces, schema, tables

    return {
        ExportFormat.JSON: lambda release: pieces.to_json(document.data_document(release)),
        ExportFormat.LINES: _lines,
        ExportFormat.CSV: lambda release: pieces.text_of(tables.studies_csv(release)),
        ExportFormat.CLAIMS_CSV: tables.claims_csv,
        ExportFormat.BIBTEX: lambda release: pieces.text_of(bibliographies.refs_bib(release)),
        ExportFormat.RIS: lambda release: pieces.text_of(bibliographies.references_ris(release)),
        ExportFormat.CSL_JSON: lambda release: pieces.to_json(bibliographies.references_csl(release)),
        ExportFormat.SCHEMA: lambda release: pieces.to_json(schema.data_schema(release.about)),
        ExportFormat.CFF: describe.citation_cff,
    }


def _lines(release: Release) -> str:
    import json

    from ...formats.release.document import data_document

    studies = data_document(release)["studies"]
    listed = studies if isinstance(studies, list) else []
    return "".join(json.dumps(study, ensure_ascii=False) + "\n" for study in listed)


# ---- from the sources to a release ----------------------------------------------------------------------------------


def _release(project: Project, base: Base, conditions: str) -> Release:
    """Return what is exported: all of it, or the studies that fit with their references and the claims on them."""
    from ...evidence.questions.records import Claim, Question
    from ...formats.release.model import ClaimItem, DefinitionItem, QuestionItem, Release, StudyItem

    studies = {study.key: study for study in chosen(base, conditions)}
    texts = _texts(base)
    records = [piece.record for page in base.pages for piece in (*page.claims, *page.questions)]
    claims = {record.key: record for record in reversed(records) if isinstance(record, Claim)}
    questions = {record.key: record for record in reversed(records) if isinstance(record, Question)}
    if conditions:
        claims = {key: claim for key, claim in claims.items() if any(one in studies for _d, one in claim.sources)}
        questions = {key: one for key, one in questions.items() if any(claim in claims for claim in one.claims)}
    entries = base.library.entries
    return Release(
        _about(project, base),
        definitions=tuple(DefinitionItem(one) for one in base.register.definitions.values()),
        studies=tuple(StudyItem(studies[key], texts.get(key, {})) for key in sorted(studies)),
        questions=tuple(QuestionItem(questions[key]) for key in sorted(questions)),
        claims=tuple(ClaimItem(claims[key]) for key in sorted(claims)),
        entries={key: entry for key, entry in entries.items() if not conditions or key in studies},
    )


def _texts(base: Base) -> dict[str, dict[str, str]]:
    """Return the plain text of each card's sections, by key and by the name of the section."""
    from ...manuscript.markup.roles import plain_text

    texts: dict[str, dict[str, str]] = {}
    for page in base.pages:
        for piece in page.cards:
            sections = {
                text.section.name: plain_text(text.text, base.name_of, markdown=page.source.markdown)
                for text in piece.split.sections
                if text.text.strip()
            }
            texts.setdefault(piece.key, sections)
    return texts


def _about(project: Project, base: Base) -> About:
    from ...formats.release.model import About

    config = project.config
    address = str(config.mecfs_base_url or config.html_baseurl or "")
    return About(
        title=project.title,
        version=str(config.release or config.version),
        address=address and address.rstrip("/") + "/",
        licence=str(config.mecfs_license or ""),
        author="" if config.author == "Author name not set" else str(config.author),
        language=str(config.language or "en").replace("_", "-"),
        generator=f"sphinx-mecfs {__version__}",
        register=base.register.version,
    )
