"""The events of a build, in their order: what is loaded before reading, read again, labelled and written again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from sphinx.addnodes import pending_xref

from ...evidence.fields import RELATIONS
from ..domain.catalogue import Catalogue, Kind, Usage
from ..domain.elsewhere import found_state
from ..domain.revision import revise, state_of
from ..i18n import use_words
from ..reading.wording import ScanChapters
from ..report import report
from ..sources.base import load_base
from ..sources.citations import bib_paths, citation_states, hand_over, listing_documents
from ..sources.others import load_others
from ..writing.view import scope_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from ..domain.catalogue import ViewRecord
    from ..domain.domain import MecfsDomain
    from ..writing.view import View

KINDS: tuple[Kind, ...] = ("study", "definition", "claim", "question")
LABELS: dict[str, Kind] = {f"{kind}-": kind for kind in KINDS}
"""What plain labels begin with, by the kind of thing."""


def allow_no_bibliography(_app: Sphinx, config: Config) -> None:
    """Let a project use the extension without a bibliography, which bibtex by itself takes for a fatal error."""
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = []


def load(app: Sphinx) -> None:
    """Read the register and the bibliography for this run. Has to come before bibtex reads its files (500)."""
    domain = _domain(app.env)
    domain.builder = app.builder
    domain.base = load_base(app, bib_paths(app))
    use_words(domain.base.register.words)
    domain.use_words()
    domain.others = load_others(app)
    hand_over(app, domain.base.entries)
    paths = [str(path) for path in bib_paths(app)]
    domain.lists_outdated = domain.data["bib_paths"] != paths
    domain.data["bib_paths"] = paths
    domain.wording_outdated = domain.data["wording"] != domain.base.rules.digest
    domain.data["wording"] = domain.base.rules.digest


def outdated(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Have pages read again whose definitions or bibliography entries have changed, or all lists if files have.

    All pages are read again when the rules for wording have changed, since any of them may use other words now.
    """
    domain = _domain(env)
    if domain.wording_outdated:
        return env.found_docs - added - changed - removed
    lists = listing_documents(env) if domain.lists_outdated else set()
    return (domain.outdated() | lists) - added - changed - removed


def note_labels_shown(_app: Sphinx, doctree: nodes.document) -> None:
    """Note which plain labels of ours a page refers to, since their text may change with another page."""
    env: BuildEnvironment = doctree.settings.env
    for reference in doctree.findall(pending_xref):
        for prefix, kind in LABELS.items():
            if str(reference.get("reftarget", "")).startswith(prefix):
                _domain(env).note_shown(env.docname, kind, reference["reftarget"].removeprefix(prefix))


def withdraw_labels(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Take our labels out before reading, so that Sphinx holds a page's own labels against those of pages only."""
    if docnames:
        _withdraw(env)


def _withdraw(env: BuildEnvironment) -> None:
    domain = _domain(env)
    standard = env.domains.standard_domain
    for name in domain.data["labels"]:
        standard.labels.pop(name, None)
        standard.anonlabels.pop(name, None)
    domain.data["labels"] = []
    domain.data["labelled"] = ""


def name_revision(_app: Sphinx, env: BuildEnvironment) -> None:
    """Name what has been read, so that later builds can tell whether anything has changed since."""
    revise(_domain(env))


def publish_labels(app: Sphinx, env: BuildEnvironment) -> None:
    """Give everything of ours a plain label, so that `ref` finds it, here and through intersphinx.

    The labels are set after reading and not by a name on the node: Sphinx would warn of two cards with one key when
    it reads them in one process, and not when it reads them in several.
    """
    domain = _domain(env)
    state = state_of(app)
    if domain.data["labelled"] == state:
        return
    # Where no page has been read, those of the last build are still there.
    _withdraw(env)
    standard = env.domains.standard_domain
    taken = set(standard.anonlabels)
    ours = []
    for key, name, kind, docname, anchor, _priority in domain.get_objects():
        label = f"{kind}-{key}"
        if label not in taken:
            standard.labels[label] = (docname, anchor, name)
            standard.anonlabels[label] = (docname, anchor)
            ours.append(label)
    domain.data["labels"] = sorted(ours)
    domain.data["labelled"] = state


def stale(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Have pages written again that show something of other pages, or of the bibliography, which has changed.

    Has to come after bibtex has chosen entries and labels (500). What a page shows is remembered for each builder by
    itself: builders may share the environment, and what one has written says nothing of another's output.
    """
    domain, state = _domain(env), state_of(app)
    if domain.data["seen"].get(app.builder.name) == state:
        return ()
    domain.data["seen"][app.builder.name] = state
    states: dict[str, dict[str, str]] = domain.data["states"]
    before = states.get(app.builder.name, {})
    now = dict(_states(env))
    states[app.builder.name] = now
    return sorted(docname for docname, state in now.items() if before.get(docname) != state)


def check_views(_app: Sphinx, env: BuildEnvironment) -> None:
    """Report what is wrong with claims, questions and tables that only the whole base can tell."""
    scope = scope_of(env)
    views: Mapping[str, Sequence[ViewRecord]] = _domain(env).data["views"]
    for docname in sorted(views):
        for record in views[docname]:
            for finding in cast("View", record.view).findings(scope):
                report(finding.problem, finding.message, record.lines.get(finding.field, record.lines.get("")))


def _states(env: BuildEnvironment) -> Iterator[tuple[str, str]]:
    domain = _domain(env)
    catalogue = domain.catalogue
    citations = citation_states(env)
    scope = scope_of(env)
    for docname in sorted(env.found_docs):
        parts = [citations[docname]] if docname in citations else []
        for card in domain.cards.get(docname, ()):
            parts.append(f"{card.key} {card.study.digest if card.study else ''}")
            parts += _card_state(env, catalogue, card.key)
        for record in domain.data["views"].get(docname, ()):
            parts.append(str(record.view.blocks(scope)))
        for kind, key in domain.data["shown"].get(docname, ()):
            parts.append(f"{kind} {key}")
            parts += _shown_state(env, domain, key)
        if docname == env.config.root_doc:
            # The head of the start page names the data, which a base without entries has not.
            parts.append(str(catalogue.holds_entries))
        if parts:
            yield docname, hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _shown_state(env: BuildEnvironment, domain: MecfsDomain, key: str) -> Iterator[str]:
    study = domain.catalogue.study(key)
    yield f"{study.pem_status} {study.status}" if study else ""
    yield " ".join(str(domain.place(kind, key)) for kind in LABELS.values())
    yield str(domain.catalogue.claims.get(key))
    yield str(domain.base.register.definitions.get(key))
    yield from map(found_state, domain.others.everything(key))
    # A page's own label may have taken the place of ours.
    yield from (str(env.domains.standard_domain.labels.get(prefix + key)) for prefix in LABELS)


def _card_state(env: BuildEnvironment, catalogue: Catalogue, key: str) -> Iterator[str]:
    usage = catalogue.usage.get(key, Usage())
    yield str(usage)
    claims = [catalogue.claims[claim] for _direction, claim in usage.claims]
    yield from (str(claim) for claim in claims)
    yield from (str(catalogue.questions.get(record.claim.question)) for _place, record in claims if record.claim)
    yield f"{env.config.mecfs_badge_page in env.found_docs} {env.config.html_baseurl}"
    for docname in usage.documents:
        yield env.titles[docname].astext() if docname in env.titles else docname
    study = catalogue.study(key)
    others = [other for _label, keys in usage.relations for other in keys]
    if study is not None:
        others += [other for field in RELATIONS for other in getattr(study, field.attribute)]
        yield from (str(catalogue.definitions.get(criterion)) for criterion in study.criteria)
    for other in others:
        related = catalogue.study(other)
        yield str(catalogue.cards[other][0]) if other in catalogue.cards else other
        yield f"{related.pem_status} {related.status}" if related else ""


def _domain(env: BuildEnvironment) -> MecfsDomain:
    return cast("MecfsDomain", env.domains["mecfs"])


def setup(app: Sphinx) -> None:
    """Connect the events, and the scan of wording that goes with reading."""
    app.connect("config-inited", allow_no_bibliography)
    app.connect("builder-inited", load, priority=400)
    app.connect("env-get-outdated", outdated)
    app.connect("env-before-read-docs", withdraw_labels)
    app.add_transform(ScanChapters)
    app.connect("doctree-read", note_labels_shown)
    app.connect("env-check-consistency", check_views)
    app.connect("env-updated", name_revision, priority=510)
    # Labels before states: bibtex's handler (500) has run by then, and Sphinx pickles the environment afterwards.
    app.connect("env-updated", publish_labels, priority=550)
    app.connect("env-updated", stale, priority=600)
