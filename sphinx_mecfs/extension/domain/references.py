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
    mecfs, target = cast("MecfsDomain", domain), str(node["reftarget"])
    catalogue, definitions = mecfs.catalogue, mecfs.base.register.definitions
    match node["reftype"]:
        case "badge":
            known = [*PemStatus, *catalogue.cards, *definitions]
            message = f"badge {target!r} is neither a status, nor a study, nor a case definition"
            report(Problem.BADGE_UNKNOWN, message + did_you_mean(target, known), node)
        case "study":
            report(Problem.STUDY_UNKNOWN, f"study {target!r} has no card{did_you_mean(target, catalogue.cards)}", node)
        case "claim":
            message = f"there is no claim {target!r}{did_you_mean(target, catalogue.claims)}"
            report(Problem.CLAIM_UNKNOWN, message, node)
        case "question":
            message = f"there is no question {target!r}{did_you_mean(target, catalogue.questions)}"
            report(Problem.QUESTION_UNKNOWN, message, node)
        case _:
            message = f"case definition {target!r} is not in the register{did_you_mean(target, definitions)}"
            report(Problem.DEFINITION_UNKNOWN, message, node)
    return True


def setup(app: Sphinx) -> None:
    """Connect the explanation of unknown keys; the roles belong to the domain."""
    app.connect("warn-missing-reference", explain_missing)
