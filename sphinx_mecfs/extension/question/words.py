"""What is computed for claims, put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.vocabulary import Direction, PemStatus, Sensitivity
from ..i18n import _

if TYPE_CHECKING:
    from ...evidence.questions.synthesis import PemMix, People, Synthesis

_MIX = {
    "required": "required in %d",
    "required-broad": "required in broad wording in %d",
    "not-required": "not required in %d",
    "mixed": "mixed in %d",
    "unclear": "unclear in %d",
    "not-reported": "not reported in %d",
    "not-applicable": "not applicable in %d",
}
_ONE = {
    "required": "required",
    "required-broad": "required in broad wording",
    "not-required": "not required",
    "mixed": "mixed",
    "unclear": "unclear",
    "not-reported": "not reported",
    "not-applicable": "not applicable",
}


def study_count(count: int) -> str:
    """Return "1 study", "2 studies"."""
    return str(_("1 study")) if count == 1 else str(_("%d studies") % count)


def people_count(count: int) -> str:
    """Return "1 person", "2 people"."""
    return str(_("1 person")) if count == 1 else str(_("%s people") % f"{count:,}")


def mix_sentence(mix: PemMix) -> str:
    """Return the mix: "3 studies: PEM required in 1, not required in 2."; the two ways of not requiring are one."""
    if not mix.total:
        return str(_("No study counts."))
    counts: dict[str, int] = {}
    for status, count in mix.counts:
        name = "not-required" if status in {PemStatus.OPTIONAL, PemStatus.ABSENT} else status.value
        counts[name] = counts.get(name, 0) + count
    parts = [str(_(_MIX[name]) % count) for name, count in counts.items()]
    if mix.total == 1:
        parts = [str(_(_ONE[next(iter(counts))]))]
    return f"{study_count(mix.total)}: {_('PEM')} {', '.join(parts)}."


def people_sentence(direction: Direction, people: People) -> str:
    """Return how many people took part in the studies of one direction, and what that number leaves out."""
    if people.studies:
        says = _("%(people)s in %(studies)s") % {
            "people": people_count(people.total),
            "studies": study_count(people.studies),
        }
    else:
        says = str(_("no number of people"))
    remarks = []
    if people.unstated:
        remarks.append(_("%s without a number") % study_count(people.unstated))
    if people.shared:
        remarks.append(_("%s of people who are counted already") % study_count(len(people.shared)))
    if people.reviews:
        remarks.append(_("reviews, which have the people of other studies: %d") % len(people.reviews))
    more = f" ({_('besides')} {'; '.join(map(str, remarks))})" if remarks else ""
    return f"{_(direction.label)}: {says}{more}"


def sensitivity_sentence(synthesis: Synthesis) -> str:
    """Return whether support remains if only studies that required PEM count, and the studies that this rests on."""
    counts = dict(synthesis.required)
    total, support = sum(counts.values()), counts.get(Direction.SUPPORTS, 0)
    if synthesis.sensitivity is Sensitivity.TOO_FEW:
        if not total:
            return str(_("Too few studies to say: none of them is known to have required PEM."))
        if total > synthesis.independent:
            return str(_("Too few studies to say: those that required PEM have people in common."))
        return str(_("Too few studies to say: 1 required PEM."))
    says = _("Studies that required PEM: %(support)d in support, %(others)d not in support.")
    return f"{_(synthesis.sensitivity.label)}. {says % {'support': support, 'others': total - support}}"
