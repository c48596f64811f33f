"""Write `studies.csv` and `claims.csv`, and `datapackage.json`, which says what each of their columns means.

The tables follow RFC 4180 (UTF-8, a head, lines that end in CR LF). A cell whose text a spreadsheet would take for a
formula begins with an apostrophe (OWASP, CSV injection). The description is a Frictionless Data Package.
"""

from __future__ import annotations

import csv
import datetime
import io
from functools import partial
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

from ...bibliography.reference import author_list
from ...evidence.fields import Field, Kind
from ...evidence.questions.fields import CLAIM_FIELDS
from ...evidence.questions.synthesis import Synthesis, synthesise
from ...evidence.vocabulary import Direction, PemStatus, Sensitivity, Term
from .._text import one_line
from .document import STUDY_FIELDS
from .listing import DATA_FILES, DataFile
from .model import PemReason, pem_reason
from .pieces import Part, Piece
from .values import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ...bibliography.records import Entry
    from ...evidence.questions.records import Claim
    from ...evidence.records import Study
    from .model import About, Release, StudyItem

SEPARATOR = "; "
"""What stands between the items of a list in one cell."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""

_T = TypeVar("_T")
_Vocabulary = type[Term]  # A column has a `type` of its own.


class Column(NamedTuple, Generic[_T]):
    """One column: its name, what it is called and means, its value in a row, its type (Table Schema), and its terms."""

    name: str
    title: str
    doc: str
    value: Callable[[_T], object]
    type: Literal["string", "integer", "boolean", "date"] = "string"
    vocabulary: _Vocabulary | None = None
    required: bool = False


class StudyRow(NamedTuple):
    """What a row on a study is made from."""

    study: Study
    entry: Entry | None
    address: str


class ClaimRow(NamedTuple):
    """What a row on a claim is made from."""

    claim: Claim
    synthesis: Synthesis
    address: str


def cell(value: object) -> str:
    """Return the text of a cell: one line, without control characters, which no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        # What parts the items cannot stand within one.
        return _guarded(SEPARATOR.join(one_line(str(item)).replace(";", ",") for item in value))
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else _guarded(one_line(str(value)))


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def to_csv(columns: Sequence[Column[_T]], rows: Iterable[_T]) -> str:
    """Return a table as CSV."""
    return "".join([_line([column.name for column in columns]), *(csv_row(columns, row) for row in rows)])


def csv_row(columns: Sequence[Column[_T]], row: _T) -> str:
    """Return a row of a table as CSV, with the end of its line."""
    return _line([cell(column.value(row)) for column in columns])


def _line(cells: Sequence[str]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerow(cells)
    return stream.getvalue()


def studies_csv(release: Release) -> Iterator[Part]:
    """Yield the table of studies."""
    about = release.about

    def row(item: StudyItem) -> str:
        entry = release.entries.get(item.study.key)
        return csv_row(STUDY_COLUMNS, StudyRow(item.study, entry, about.at(item.page) or item.page))

    yield _line([column.name for column in STUDY_COLUMNS])
    for item in release.studies:
        yield Piece(release.stamp("csv", item.study.key), partial(row, item))


def claims_csv(release: Release) -> str:
    """Return the table of claims."""
    studies = {item.study.key: item.study for item in release.studies}
    return to_csv(CLAIM_COLUMNS, _claim_rows(release, studies))


def _claim_rows(release: Release, studies: Mapping[str, Study]) -> Iterator[ClaimRow]:
    for claim, page in release.claims:
        sources = [(direction, studies[key]) for direction, key in claim.sources if key in studies]
        yield ClaimRow(claim, synthesise(sources, studies.get), release.about.at(page) or page)


# ---- columns --------------------------------------------------------------------------------------------------------


def _of_field(field: Field, record: Callable[[_T], object]) -> Column[_T]:
    """Return the column of a declared field; `record` finds the record that has it in a row."""

    def value(row: _T) -> object:
        return getattr(record(row), field.attribute)

    kinds: Mapping[Kind, Literal["integer", "date"]] = {Kind.NUMBER: "integer", Kind.DATE: "date"}
    listed = field.kind in {Kind.CRITERIA, Kind.KEYS, Kind.WORDS, Kind.REGISTRATION}
    doc = f"{field.doc} Parted by semicolons." if listed else field.doc
    column = Column(field.attribute, field.label, doc, value, kinds.get(field.kind, "string"))
    return column._replace(vocabulary=field.vocabulary, required=field.required)


def _study_of(row: StudyRow) -> Study:
    return row.study


def _claim_of(row: ClaimRow) -> Claim:
    return row.claim


def _entry_text(name: str) -> Callable[[StudyRow], object]:
    return lambda row: getattr(row.entry, name) if row.entry else ""


def _authors(row: StudyRow) -> str:
    return author_list(row.entry, len(row.entry.authors) or 1) if row.entry else ""


STUDY_COLUMNS: tuple[Column[StudyRow], ...] = (
    Column("key", "Key", "The key of the study.", lambda row: row.study.key, required=True),
    Column("label", "Label", "First author and year.", lambda row: row.study.label, required=True),
    Column("title", "Title", "The title of the paper.", lambda row: row.study.title, required=True),
    Column("authors", "Authors", "The authors, as a reference names them.", _authors),
    Column("journal", "Journal", "The journal.", _entry_text("journal")),
    Column("year", "Year", "The year of publication.", lambda row: row.study.year, "integer"),
    Column("doi", "DOI", "The DOI of the paper.", _entry_text("doi")),
    Column("pmid", "PMID", "The PubMed id of the paper.", _entry_text("pmid")),
    Column(
        "pem",
        "PEM",
        "Whether post-exertional malaise was required to take part.",
        lambda row: row.study.pem_status.value,
        vocabulary=PemStatus,
        required=True,
    ),
    Column(
        "pem_reason",
        "Reason",
        "What the PEM status rests on.",
        lambda row: pem_reason(row.study).value,
        vocabulary=PemReason,
        required=True,
    ),
    Column("pem_quote", "Quote", "The protocol's own words on PEM.", lambda row: row.study.pem_quote),
    Column("pem_locator", "Place", "Where the quote stands.", lambda row: row.study.pem_locator),
    *(_of_field(field, _study_of) for field in STUDY_FIELDS),
    Column("summary", "In a sentence", "The first sentence of the card's Summary.", lambda row: row.study.summary),
    Column("digest", "Digest", "A hash of all that the card says.", lambda row: row.study.digest, required=True),
    Column("address", "Address", "Where the card stands.", lambda row: row.address),
)


def _people(direction: Direction) -> Callable[[ClaimRow], object]:
    return lambda row: next((people.total for d, people in row.synthesis.people if d is direction), None)


def _with_status(status: PemStatus) -> Callable[[ClaimRow], object]:
    return lambda row: dict(row.synthesis.mix.counts).get(status, 0)


CLAIM_COLUMNS: tuple[Column[ClaimRow], ...] = (
    Column("key", "Key", "The key of the claim.", lambda row: row.claim.key, required=True),
    Column("question", "Question", "The key of the question that it belongs to.", lambda row: row.claim.question),
    Column("text", "Claim", "The statement.", lambda row: row.claim.text, required=True),
    *(_of_field(field, _claim_of) for field in CLAIM_FIELDS),
    Column("dissent", "Dissent", "Whether the page says who disagrees.", lambda row: row.claim.has_dissent, "boolean"),
    Column("studies", "Studies", "How many studies count.", lambda row: row.synthesis.mix.total, "integer"),
    *(
        Column(
            f"pem_{status.value.replace('-', '_')}",
            status.label,
            f"How many of them have this status. {status.doc}",
            _with_status(status),
            "integer",
        )
        for status in PemStatus
    ),
    *(
        Column(
            f"people_{direction.value.replace('-', '_')}",
            f"People: {direction.label.lower()}",
            "How many people took part in the studies of this direction, each counted once as far as the records tell.",
            _people(direction),
            "integer",
        )
        for direction in Direction
        if direction is not Direction.CONTEXT
    ),
    Column(
        "pem_required_independent",
        "Independent studies that required PEM",
        "How many studies on different people required PEM.",
        lambda row: row.synthesis.independent,
        "integer",
    ),
    Column(
        "sensitivity",
        "Sensitivity",
        "Whether the claim keeps support if only studies that required PEM count.",
        lambda row: row.synthesis.sensitivity.value,
        vocabulary=Sensitivity,
        required=True,
    ),
    Column("address", "Address", "Where the claim stands.", lambda row: row.address),
)


# ---- the data package -----------------------------------------------------------------------------------------------


class FileSum(NamedTuple):
    """The size of a file in bytes, and its SHA-256 in hexadecimal digits."""

    size: int
    digest: str


def data_package(release: Release, sums: Mapping[str, FileSum]) -> dict[str, object]:
    """Return the description of the data as a Frictionless Data Package.

    `sums` are those of the other files of the release by name.
    """
    about = release.about
    licence = {"name": about.licence, "path": about.licence_address} if "://" not in about.licence else {}
    licences = [licence or {"path": about.licence_address, "title": about.licence}] if about.licence else []
    package: dict[str, object] = {
        "name": "evidence-base",
        "title": one_line(about.title),
        "description": one_line(release.description),
        "homepage": about.address,
        "version": about.version,
        "licenses": licences,
    }
    resources = [in_words(_resource(about, file, sums[file.name]), about.say) for file in DATA_FILES if file.data]
    return {name: value for name, value in package.items() if value} | {"resources": resources}


def _resource(about: About, file: DataFile, measured: FileSum) -> dict[str, object]:
    resource: dict[str, object] = {
        "name": file.name.replace(".", "-").lower(),
        "title": file.title,
        "description": file.doc,
        "path": file.name,
        "format": file.name.rpartition(".")[2].lower(),
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": measured.size,
        "hash": f"sha256:{measured.digest}",
    }
    if file.name == "studies.csv":
        resource |= {"profile": "tabular-data-resource", "schema": _table_schema(about, STUDY_COLUMNS)}
    elif file.name == "claims.csv":
        resource |= {"profile": "tabular-data-resource", "schema": _table_schema(about, CLAIM_COLUMNS)}
    return resource


def _table_schema(about: About, columns: Sequence[Column[_T]]) -> dict[str, object]:
    fields: list[dict[str, object]] = []
    for column in columns:
        constraints: dict[str, object] = {"required": True} if column.required else {}
        if column.vocabulary:
            constraints["enum"] = [term.value for term in about.terms(column.vocabulary)]
        described = {"name": column.name, "title": column.title, "description": column.doc, "type": column.type}
        fields.append({**described, **({"constraints": constraints} if constraints else {})})
    return {"fields": fields, "primaryKey": "key", "missingValues": [""]}
