"""The `mecfs` domain: what the environment remembers of each page, and how references find things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain, Index, ObjType
from sphinx.util.nodes import make_refnode

from ...evidence.common.crossing import duplicate_card, twin, unknown_relations
from ..i18n import _
from ..language import quoted
from ..report import report
from ..sources.base import EMPTY_BASE, Base
from ..sources.citations import citing_documents
from ..sources.others import NO_OTHERS, Others
from .badge import make_badge, status_badge
from .catalogue import (
    CardRecord,
    Catalogue,
    ClaimRecord,
    Kind,
    Noted,
    Place,
    QuestionRecord,
    ViewRecord,
    build_catalogue,
    certainty_words,
)
from .elsewhere import Wanted, reference_elsewhere
from .indices import INDICES, indices_in_words
from .references import KeyRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import msgspec
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ...evidence.problems import Finding


_BY_DOCUMENT = ("cards", "definitions", "claims", "questions", "views", "shown", "stamps", "times")


class MecfsDomain(Domain):
    """Studies, case definitions, claims and questions.

    The data, all by document so that one can be dropped or merged without a look at the others:

    * `cards`: a tuple of `CardRecord`
    * `definitions`: anchor and label of each definition that the document lists
    * `claims`: a tuple of `ClaimRecord`
    * `questions`: a tuple of `QuestionRecord`
    * `views`: a tuple of `ViewRecord`, for all but the views of cards
    * `shown`: the keys that the document refers to, as pairs of kind and key
    * `stamps`: the stamps of the bibliography entries with which the document was read, by key, and of all else ("")
    * `times`: the time of the file of the document, in nanoseconds, when it was read

    and, by builder and document, since builders may share an environment: `states`, a hash of what was last written.
    `revision` names what has been read, and is empty while a page has been read since it was named; `seen` (by builder)
    and `labelled` say of which state of all the `states` and `labels` are.
    """

    name = "mecfs"
    label = _("Evidence")
    data_version = 4
    object_types: ClassVar[dict[str, ObjType]] = {
        "study": ObjType(_("study"), "study"),
        "definition": ObjType(_("case definition"), "definition"),
        "claim": ObjType(_("claim"), "claim"),
        "question": ObjType(_("question"), "question"),
    }
    roles: ClassVar[dict[str, Any]] = {
        "study": KeyRole("study"),
        "definition": KeyRole("definition"),
        "claim": KeyRole("claim"),
        "question": KeyRole("question"),
    }
    indices: ClassVar[list[type[Index]]] = [*INDICES]
    initial_data: ClassVar[dict[str, Any]] = {
        "cards": {},
        "definitions": {},
        "claims": {},
        "questions": {},
        "views": {},
        "shown": {},
        "stamps": {},
        "times": {},
        "states": {},
        "seen": {},
        "labels": [],
        "labelled": "",
        "bib_paths": [],
        "revision": "",
        "wording": "",
    }
    dangling_warnings: ClassVar[dict[str, str]] = {}

    base: Base = EMPTY_BASE
    """The register and bibliography of this run, set when the builder is ready; not part of the environment."""

    others: Others = NO_OTHERS
    """The other bases that the project cites, set at the same time."""

    builder: Builder | None = None
    """The builder of this run, set at the same time."""

    lists_outdated: bool = False
    """Whether the project has other bibliography files than in the last run, set at the same time."""

    wording_outdated: bool = False
    """Whether the rules for wording are others than in the last run, set at the same time."""

    _catalogue: Catalogue | None = None
    _objects: tuple[tuple[str, str, str, str, str, int], ...] | None = None

    def use_words(self) -> None:
        """Name the indices in the words of this run."""
        # Sphinx asks each domain, though it declares the list for the class.
        vars(self)["indices"] = indices_in_words()
        # Labels of the indices, which have their names.
        self.setup()

    # ---- what the reading of a page notes -------------------------------------------------------------------------

    @property
    def cards(self) -> dict[str, tuple[CardRecord, ...]]:
        """The cards of each document."""
        cards: dict[str, tuple[CardRecord, ...]] = self.data["cards"]
        return cards

    def note_card(self, docname: str, card: CardRecord) -> None:
        """Store a card of a document, and with what it was read."""
        self._append("cards", docname, card)
        self.note_read_with(docname, [card.key])

    def note_claim(self, docname: str, claim: ClaimRecord) -> None:
        """Store a claim of a document."""
        self._append("claims", docname, claim)

    def note_question(self, docname: str, question: QuestionRecord) -> None:
        """Store a question of a document."""
        self._append("questions", docname, question)

    def note_view(self, docname: str, view: msgspec.Struct, lines: Mapping[str, str]) -> None:
        """Store a view of a document, which is written again when what it shows has changed.

        `lines` holds the file and line of each option that a finding of the view may name, and of the directive ("").
        """
        self._append("views", docname, ViewRecord(view, lines))

    def _append(self, name: str, docname: str, record: msgspec.Struct) -> None:
        self.data[name][docname] = (*self.data[name].get(docname, ()), record)
        self._catalogue = None

    def note_definitions(self, docname: str, listed: Mapping[str, tuple[str, str]]) -> None:
        """Store the anchor and label of each definition that a document lists, and with what it was read."""
        self.data["definitions"].setdefault(docname, {}).update(listed)
        self.note_read_with(docname, listed)

    def note_shown(self, docname: str, kind: Kind, key: str) -> None:
        """Store that a document shows the name or badge of a study or definition."""
        self.data["shown"].setdefault(docname, {})[kind, key] = None

    def note_read_with(self, docname: str, keys: Iterable[str]) -> None:
        """Store the stamps of the keys whose definition or bibliography entry went into the document."""
        stamps = self.data["stamps"].setdefault(docname, {"": self.base.own_stamp})
        stamps.update((key, self.base.stamp(key)) for key in keys)
        self._catalogue = None

    def outdated(self) -> set[str]:
        """Return the documents that were read with another register or other bibliography entries than these."""
        base = self.base
        return {
            docname
            for docname, stamps in self.data["stamps"].items()
            if any(stamp != (base.stamp(key) if key else base.own_stamp) for key, stamp in stamps.items())
        }

    def clear_doc(self, docname: str) -> None:
        """Forget a document, because it is gone or about to be read."""
        for name in _BY_DOCUMENT:
            self.data[name].pop(docname, None)
        self.data["revision"] = ""
        self._catalogue = None

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel process has read."""
        for name in _BY_DOCUMENT:
            theirs = otherdata[name]
            self.data[name].update({docname: theirs[docname] for docname in docnames if docname in theirs})
        self._catalogue = None

    # ---- what the rest of the build asks --------------------------------------------------------------------------

    @property
    def catalogue(self) -> Catalogue:
        """Everything by key; built when first asked for after reading."""
        if self._catalogue is None:
            pointers: list[tuple[str, Iterable[str]]] = [
                (docname, [key for kind, key in shown if kind in {"study", "badge"}])
                for docname, shown in self.data["shown"].items()
            ]
            cited = citing_documents(self.env)
            pointers += [(docname, [key]) for key, docnames in cited.items() for docname in docnames]
            noted = Noted(self.cards, self.data["definitions"], self.data["claims"], self.data["questions"])
            self._catalogue = build_catalogue(noted, pointers)
            self._objects = None
        return self._catalogue

    def place(self, kind: str, key: str) -> Place | None:
        """Return where a thing stands, or None; a definition that no page lists has no document."""
        catalogue = self.catalogue
        placed: Mapping[str, Mapping[str, tuple[Place, object]]] = {
            "study": catalogue.cards,
            "claim": catalogue.claims,
            "question": catalogue.questions,
        }
        if kind in placed:
            found = placed[kind].get(key)
            return found[0] if found else None
        if key in self.catalogue.definitions:
            return self.catalogue.definitions[key]
        if key in self.base.register:
            return Place("", "", self.base.register[key].title)
        return None

    def get_objects(self) -> Sequence[tuple[str, str, str, str, str, int]]:
        """Return what the inventory and the search know: name, shown name, type, document, anchor, priority."""
        # Asked for three times in each build: for the labels, the inventory and the search.
        if self._catalogue is None or self._objects is None:
            self._objects = tuple(self._listed())
        return self._objects

    def _listed(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        catalogue = self.catalogue
        placed: dict[str, Iterable[tuple[str, Place]]] = {
            "study": ((key, place) for key, (place, _card) in catalogue.cards.items()),
            "definition": catalogue.definitions.items(),
            "claim": ((key, place) for key, (place, _claim) in catalogue.claims.items()),
            "question": ((key, place) for key, (place, _question) in catalogue.questions.items()),
        }
        for kind, places in placed.items():
            for key, place in places:
                yield key, self.full_name(kind, key, place), kind, place.docname, place.anchor, 1

    def resolve_xref(  # noqa: PLR0913, PLR0917  (Sphinx calls it with these)
        self,
        env: BuildEnvironment,  # noqa: ARG002
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Make the reference to a thing, or the badge of one; None where the key is unknown.

        What is not here may stand in another base that the project cites.
        """
        wanted = Wanted(builder, fromdocname, typ, target, node, contnode)
        here = self._resolve_here(wanted)
        if here is None:
            return reference_elsewhere(self.others, wanted)
        if isinstance(here, nodes.reference):
            return here
        # A definition that no page lists. Where another base says the same of it and has a page, that is linked.
        return reference_elsewhere(self.others, wanted, self.base.register[target].pem) or here

    def _resolve_here(self, wanted: Wanted) -> nodes.reference | None:
        builder, fromdocname, typ, target, node, contnode = wanted
        if typ == "badge":
            return self._resolve_badge(builder, fromdocname, target)
        place = self.place(typ, target)
        if place is None:
            return None
        text, after = self._names(typ, target, place)
        content = contnode if node.get("refexplicit") else nodes.inline("", text, classes=["mecfs-ref"])
        content += nodes.Text(after)
        return _link(builder, fromdocname, place, content)

    def full_name(self, typ: str, key: str, place: Place) -> str:
        """Return the name under which a thing is known outside: a claim never without its certainty."""
        return "".join(self._names(typ, key, place))

    def _names(self, typ: str, key: str, place: Place) -> tuple[str, str]:
        """Return what a reference says, and what follows even words of the author's own: a claim's certainty."""
        if typ == "study":
            return place.label + self.catalogue.mark(key), ""
        if typ == "claim":
            claim = self.catalogue.claims[key][1].claim
            return quoted(place.label), f" ({certainty_words(claim.certainty if claim else None)})"
        return place.label, ""

    def _resolve_badge(self, builder: Builder, fromdocname: str, key: str) -> nodes.reference | None:
        # A definition first: the paper that it was published in has no participants, so that its badge says nothing.
        place = self.place("definition", key)
        if place is not None:
            badge = status_badge(self.base.register[key].pem)
            return _link(builder, fromdocname, place, badge, "mecfs-badge-link")
        found = self.catalogue.cards.get(key)
        if found is None:
            return None
        place, card = found
        badge = status_badge(card.study.pem_status) if card.study else make_badge("?", str(_("PEM unknown")), "other")
        return _link(builder, fromdocname, place, badge, "mecfs-badge-link")

    def resolve_any_xref(self, *_args: object) -> list[tuple[str, nodes.reference]]:
        """Answer nothing: a study and its bibliography entry share one key, so that `any` would be ambiguous."""
        return []

    def check_consistency(self) -> None:
        """Report keys used twice, and relations to studies that have no card."""
        # A study may relate to one of another base, as where a large base is built in parts.
        elsewhere = (key.partition(":")[2] for key in self.others.keys("study"))
        known = frozenset({*self.catalogue.cards, *elsewhere})
        for docname in sorted(self.cards):
            for card in self.cards[docname]:
                place, first = self.catalogue.cards[card.key]
                if first is not card:
                    _report(duplicate_card(card.key, place.docname), card.location)
                self._check_relations(card, known)
        self._check_twins("claim", self.data["claims"], self.catalogue.claims)
        self._check_twins("question", self.data["questions"], self.catalogue.questions)

    def _check_twins(
        self,
        what: str,
        noted: Mapping[str, tuple[ClaimRecord | QuestionRecord, ...]],
        placed: Mapping[str, tuple[Place, ClaimRecord | QuestionRecord]],
    ) -> None:
        for docname in sorted(noted):
            for record in noted[docname]:
                place, first = placed[record.key]
                if first is not record:
                    _report(twin(what, record.key, place.docname), record.location)

    def _check_relations(self, card: CardRecord, known: AbstractSet[str]) -> None:
        if card.study is not None:
            for finding in unknown_relations(card.study, known):
                _report(finding, card.relation_lines.get(finding.field, card.location))


def _report(finding: Finding, location: str) -> None:
    report(finding.problem, finding.message, location)


def _link(builder: Builder, fromdocname: str, place: Place, content: nodes.Element, *classes: str) -> nodes.reference:
    if not place.docname:
        # A definition that no page lists: its name without a link. Sphinx inserts any element that comes back.
        return content  # type: ignore[return-value]
    reference = make_refnode(builder, fromdocname, place.docname, place.anchor, content)
    reference["classes"] += classes
    return reference
