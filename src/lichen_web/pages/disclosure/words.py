"""What the pages of a dealing say: the rungs, where it stands, and what comes next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lichen.brief.phrases import label
from lichen.capabilities.taxonomy import taxonomy
from lichen.disclosure.proposing import Grounds
from lichen.disclosure.state import Rung
from lichen.disclosure.values import Act
from lichen_web.alliances.access.dealings import DealingView, Stands
from lichen_web.alliances.access.disclosure import VisibleItem
from lichen_web.pages.next_steps import NextStep

__all__ = ["RungShown", "group_names", "next_step", "place", "ring_rests", "ring_told", "rungs", "waiting"]


@dataclass(frozen=True, slots=True)
class RungShown:
    """One rung, as the picture of them has it."""

    name: str
    """In a few words."""
    opens: str
    """What each sees from there."""
    where: str
    """``behind``, ``here`` or ``ahead``."""


def place(view: DealingView, theirs: Collection[VisibleItem]) -> int:
    """The rung on which a dealing stands, from 1 to 4."""
    if view.rung < Rung.CODES:
        return int(view.rung)
    told = [*theirs, *(gap.shown for gap in view.given)]
    return int(Rung.WORDS if any(item.vulnerability is not None for item in told) else Rung.CODES)


def rungs(here: int, *, is_ring: bool = False) -> tuple[RungShown, ...]:
    """The four of them, the first at the foot of the list."""
    said_yes = _("All three said yes") if is_ring else _("Both said yes")
    at_once = (
        _("Each sees what these gaps are called. Those of all three open at once.")
        if is_ring
        else _("Each sees what these gaps are called. Both sides’ open at once.")
    )
    told = (
        (_("Proposed"), _("You know that you could deal with each other, and nothing else.")),
        (said_yes, _("Each sees in which fields it could ease a gap of the other.")),
        (_("Gaps by name"), at_once),
        (_("In your own words"), _("One gap at a time, and nobody more than one ahead.")),
    )
    return tuple(RungShown(*words, _where(number, here)) for number, words in enumerate(told, 1))


def next_step(view: DealingView, organisation: UUID) -> NextStep | None:
    """The one thing that is ours to do next; none where something stands against it."""
    here = [organisation, view.id]
    if view.is_trial_open:
        words = _("You have tried one gap with {name}. How did they receive it?").format(name=view.other.name)
        return NextStep(words, _("Say how it was received"), reverse("judge_trial", args=here))
    if view.step is None or view.step.act not in _STEPS:
        return None
    steps = {**_STEPS, **_IN_RING} if view.ring else _STEPS
    words, button, address = steps[view.step.act]
    takes = [*here, view.item] if view.item else here
    third = view.ring.third if view.ring else ""
    told = _(words).format(name=view.other.name, third=third, gap=label(view.step.code) if view.step.code else "")
    if view.step.grounds is Grounds.ANSWER:
        told = _("{name} has told you one gap more than you told them.").format(name=view.other.name) + " " + told
    return NextStep(told, _(button), reverse(address, args=takes))


def waiting(view: DealingView) -> str:
    """Why nothing is ours to do now. It says nothing of what the other side does, or leaves."""
    if view.stands is Stands.PROPOSED and view.rule != "same-circle":
        told = _("You have said yes. Nothing opens until {name} says yes, too. If they let it be, you hear nothing.")
        return told.format(name=view.other.name)
    ring = view.ring
    if ring is not None and view.rule == "third-of-the-ring":
        return _awaited(ring.awaited)
    if ring is not None and view.rule == "abreast-in-the-ring":
        told = _("You have told one gap more than {names}, or than they told you. The next is theirs, if they wish.")
        return told.format(names=_and(ring.behind))
    by_rule = {
        "consent-of-both": _(
            "You have agreed to the next step. It is taken when {name} agrees, too; until then nothing opens."
        ),
        "one-item-ahead": _("You have told {name} one gap more than they told you. The next is theirs, if they wish."),
        "top-three": _("All that may open before a pilot is open. Meet, and try something small: the brief helps."),
        "same-circle": _("One of the two is no longer in the circle in which you met, so nothing more opens there."),
    }
    return by_rule.get(view.rule, view.why_not).format(name=view.other.name)


def ring_told(view: DealingView) -> tuple[str, ...]:
    """What a ring is, and where it stands if :func:`waiting` does not say so; nothing where two deal by themselves."""
    if view.ring is None:
        return ()
    together = _("{name}, {third} and you are a ring of three.").format(name=view.other.name, third=view.ring.third)
    if view.ring.is_at_rest:
        return (together, _("Why it rests is told to nobody."))
    together += " " + _(
        "Each step is taken by all three together. What two of you show each other is never shown to the third."
    )
    if view.step is None:
        return (together,)
    if view.ring.rung < Rung.CODES:
        return (together, _("Gaps by name come next: they open once all three have agreed."))
    return (together, _("All three have agreed to gaps by name. Words follow, and nobody gets more than one ahead."))


def ring_rests(view: DealingView) -> str:
    """What going back means for a ring, as one more sentence; empty where two deal by themselves."""
    if view.ring is None:
        return ""
    told = _("Your ring of three rests from then on: nothing more opens in it. {third} is not told why.")
    return " " + told.format(third=view.ring.third)


def group_names(groups: Collection[str]) -> tuple[str, ...]:
    """The fields, by name."""
    return tuple(sorted(taxonomy().groups[group].label for group in groups))


def _awaited(names: Collection[str]) -> str:
    told = _("You have agreed. It waits for {names}; nothing opens before all three have.")
    return told.format(names=_and(names))


def _and(names: Collection[str]) -> str:
    """One name, or two."""
    return _("{one} and {other}").format(one=min(names), other=max(names)) if len(names) > 1 else "".join(names)


def _where(number: int, here: int) -> str:
    if number == here:
        return "here"
    return "behind" if number < here else "ahead"


_STEPS: dict[Act, tuple[str, str, str]] = {
    Act.SAID_YES: (
        gettext_noop("{name} proposes to deal with each other. Without your yes nothing happens, and nobody is told."),
        gettext_noop("Read what a yes opens"),
        "say_yes",
    ),
    Act.ANSWERED: (
        gettext_noop("Before a gap can be shown, somebody has to ask: does it affect what you could do with {name}?"),
        gettext_noop("Answer for one gap"),
        "answer_relevance",
    ),
    Act.AGREED: (
        gettext_noop("You can let {name} see what your gaps are called. Theirs open at the same moment, or none do."),
        gettext_noop("See what they would see"),
        "agree_to_codes",
    ),
    Act.DISCLOSED: (
        gettext_noop("You can show {name} one gap in your own words: {gap}."),
        gettext_noop("See what they would read"),
        "disclose_vulnerability",
    ),
    Act.TRIED: (
        gettext_noop("You are new to this, so try a single gap with {name}, and see how they take it: {gap}."),
        gettext_noop("See what they would read"),
        "try_one_item",
    ),
}
"""Of each act why, what its button says, and where it is done."""

_IN_RING: dict[Act, tuple[str, str, str]] = {
    Act.AGREED: (
        gettext_noop(
            "You can let {name} and {third} see what your gaps are called, to each those that they could ease. Theirs"
            " open at the same moment, once all three have agreed, or none do."
        ),
        gettext_noop("See what they would see"),
        "agree_to_codes",
    ),
}
"""The same, where it is taken by all three of a ring."""
