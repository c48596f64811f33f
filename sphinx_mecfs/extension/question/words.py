"""What is computed for claims, put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.vocabulary import Direction, PemStatus, Sensitivity
from ..i18n import _
from ..language import counted, labelled, listed, number, parted
from ..language import to_translate as marked

if TYPE_CHECKING:
    from ...evidence.questions.synthesis import PemMix, People, Synthesis

_MIX = {
    "required": marked("required in %s"),
    "required-broad": marked("required in broad wording in %s"),
    "not-required": marked("not required in %s"),
    "mixed": marked("mixed in %s"),
    "unclear": marked("unclear in %s"),
    "not-reported": marked("not reported in %s"),
    "not-applicable": marked("not applicable in %s"),
}
_ONE = {
    "required": marked("required"),
    "required-broad": marked("required in broad wording"),
    "not-required": marked("not required"),
    "mixed": marked("mixed"),
    "unclear": marked("unclear"),
    "not-reported": marked("not reported"),
    "not-applicable": marked("not applicable"),
}


def study_count(count: int) -> str:
    """Return "1 study", "2 studies"."""
    return counted("%s study", "%s studies", count)


def people_count(count: int) -> str:
    """Return "1 person", "2 people"."""
    return counted("%s person", "%s people", count)


def mix_sentence(mix: PemMix) -> str:
    """Return the mix: "3 studies: PEM required in 1, not required in 2."; the two ways of not requiring are one."""
    if not mix.total:
        return str(_("No study counts."))
    counts: dict[str, int] = {}
    for status, count in mix.counts:
        name = "not-required" if status in {PemStatus.OPTIONAL, PemStatus.ABSENT} else status.value
        counts[name] = counts.get(name, 0) + count
    parts = [str(_(_MIX[name]) % number(count)) for name, count in counts.items()]
    if mix.total == 1:
        parts = [str(_(_ONE[next(iter(counts))]))]
    # Translators: a number of studies, then for how many of them what holds, as in "3 studies: PEM required in 2".
    return str(_("%(studies)s: PEM %(mix)s.") % {"studies": study_count(mix.total), "mix": listed(parts)})


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
        remarks.append(_("reviews, which have the people of other studies: %s") % number(len(people.reviews)))
    more = f" ({_('besides')} {parted(remarks)})" if remarks else ""
    return labelled(_(direction.label), f"{says}{more}")


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
