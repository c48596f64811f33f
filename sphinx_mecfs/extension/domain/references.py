"""The roles that refer to a thing by its key, and what is said of a key that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.roles import XRefRole

from ...evidence.nearest import did_you_mean
from ...evidence.problems import Problem
from ...evidence.vocabulary import PemStatus
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
        problem, message, known = _missing(mecfs, kind, target)
        report(problem, message + did_you_mean(target, known), node)
    return True


def _missing(domain: MecfsDomain, kind: str, target: str) -> tuple[Problem, str, list[str]]:
    """Return what is wrong, in words, and the keys that may have been meant."""
    catalogue, definitions, others = domain.catalogue, domain.base.register.definitions, domain.others
    match kind:
        case "badge":
            message = f"badge {target!r} is neither a status, nor a study, nor a case definition"
            known = [*PemStatus, *catalogue.cards, *definitions, *others.keys("study"), *others.keys("definition")]
            return Problem.BADGE_UNKNOWN, message, known
        case "study":
            known = [*catalogue.cards, *others.keys("study")]
            return Problem.STUDY_UNKNOWN, f"study {target!r} has no card", known
        case "claim":
            return Problem.CLAIM_UNKNOWN, f"there is no claim {target!r}", [*catalogue.claims, *others.keys("claim")]
        case "question":
            known = [*catalogue.questions, *others.keys("question")]
            return Problem.QUESTION_UNKNOWN, f"there is no question {target!r}", known
        case _:
            message = f"case definition {target!r} is not in the register"
            return Problem.DEFINITION_UNKNOWN, message, [*definitions, *others.keys("definition")]


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
