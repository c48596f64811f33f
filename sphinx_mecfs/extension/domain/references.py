"""The roles that refer to a thing by its key, and what is said of a key that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.roles import XRefRole

from ...evidence.common.crossing import missing
from ...evidence.problems import Problem
from ..report import report

if TYPE_CHECKING:
    from docutils.nodes import Element, Node, system_message
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

    from .catalogue import Kind
    from .domain import MecfsDomain


class KeyRole(XRefRole):
    """A reference by key, whose text comes from the thing it points at unless the author gives one."""

    innernodeclass = nodes.inline

    def __init__(self, kind: Kind) -> None:
        super().__init__(warn_dangling=True)
        self.kind = kind

    def result_nodes(
        self,
        document: nodes.document,
        env: BuildEnvironment,
        node: Element,
        is_ref: bool,  # noqa: FBT001
    ) -> tuple[list[Node], list[system_message]]:
        """Note what the page shows, so that it is written again when that changes."""
        domain = cast("MecfsDomain", env.domains["mecfs"])
        if is_ref:  # "!" before a target asks for its text without a link
            domain.note_shown(env.docname, self.kind, node["reftarget"])
        return super().result_nodes(document, env, node, is_ref)


def explain_missing(_app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Report a reference to an unknown key with the nearest known one.

    Handles `warn-missing-reference`; returns True for references of ours, so that Sphinx does not warn as well.
    """
    if domain is None or domain.name != "mecfs":
        return None
    mecfs, target, kind = cast("MecfsDomain", domain), str(node["reftarget"]), str(node["reftype"])
    if not _may_stand_in_an_unread_base(mecfs, target, kind, node):
        finding = missing(kind, target, _known(mecfs))
        report(finding.problem, finding.message, node)
    return True


def _known(domain: MecfsDomain) -> dict[str, list[str]]:
    """Return the keys that a reference may name, by kind."""
    catalogue, others = domain.catalogue, domain.others
    return {
        "study": [*catalogue.cards, *others.keys("study")],
        "definition": [*domain.base.register.definitions, *others.keys("definition")],
        "claim": [*catalogue.claims, *others.keys("claim")],
        "question": [*catalogue.questions, *others.keys("question")],
    }


def _may_stand_in_an_unread_base(domain: MecfsDomain, target: str, kind: str, node: pending_xref) -> bool:
    """Report a reference that cannot be told right from wrong, since the data of a base could not be read."""
    name, colon, _key = target.rpartition(":")
    unread = [base for base in domain.others.unread if not colon or base == name]
    if unread:
        message = f"{kind} {target!r} is not linked: the data of base {unread[0]!r} could not be read"
        report(Problem.EXTERNAL, message, node)
    return bool(unread)


def setup(app: Sphinx) -> None:
    """Connect the explanation of unknown keys; the roles belong to the domain."""
    app.connect("warn-missing-reference", explain_missing)
