"""What ``lichen rings solve`` prints: the rings, and how sure it is that there is no better set."""

from __future__ import annotations

from math import isinf
from typing import Any

from lichen.cli.answers import Block, Column, Record
from lichen.fit.ring_packing import ChosenRing, RingPlan
from lichen.fit.ring_values import RingWeight
from lichen.language import _

__all__ = ["amount", "plan_block", "plan_record"]


def amount(number: float) -> str:
    """A worth as people read it: whole numbers plain, others with two places.

    Example:
        >>> amount(15600.0), amount(2.6619)
        ('15,600', '2.66')
    """
    return f"{number:,.0f}" if number == round(number) else f"{number:,.2f}"


def plan_record(plan: RingPlan) -> dict[str, Any]:
    """The plan as a program reads it; members that are numbers are given as numbers."""
    return {
        "optimum": _plain(plan.optimum),
        "status": "optimal" if plan.is_proved else "time_limit",
        "gap": None if isinf(plan.gap) else plan.gap,
        "rings": [[int(each) if each.isdecimal() else each for each in ring.members] for ring in plan.rings],
    }


def plan_block(plan: RingPlan, everybody: int, weight: RingWeight, *, drops: bool) -> Block:
    """The rings, the most valuable first.

    Args:
        plan: The answer.
        everybody: How many are in the community.
        weight: What counted.
        drops: Whether members may drop out, so that what is left on average is shown too.
    """
    on_average = Column(_("If some drop"), lambda record: amount(record["expected"]), number=True)
    return Block(
        heading=_heading(plan, everybody),
        columns=(
            Column(" #", lambda record: str(record["place"]), number=True),
            Column(_("Who helps whom"), _round),
            Column(_("Worth"), lambda record: amount(record["value"]), number=True),
            *([on_average] if drops else []),
        ),
        records=[_record(place, ring) for place, ring in enumerate(plan.rings, start=1)],
        note=f"{_counted(weight)} {_sureness(plan)}",
        empty=_("There is no ring here. Give more files, or allow longer rings: --max-length 5")
        + "\n"
        + _sureness(plan),
    )


def _record(place: int, ring: ChosenRing) -> Record:
    return {
        "place": place,
        "members": list(ring.members),
        "links": list(ring.links),
        "chain": ring.is_chain,
        "value": ring.value,
        "expected": ring.expected,
    }


def _round(record: Record) -> str:
    members = record["members"] if record["chain"] else [*record["members"], record["members"][0]]
    return " → ".join(members)


def _heading(plan: RingPlan, everybody: int) -> str:
    if not plan.rings:
        return ""
    helped = sum(len(ring.links) for ring in plan.rings)
    return _("{helped} of {everybody} are helped, in {rings} rings and {chains} chains").format(
        helped=f"{helped:,}",
        everybody=f"{everybody:,}",
        rings=sum(not ring.is_chain for ring in plan.rings),
        chains=sum(ring.is_chain for ring in plan.rings),
    )


def _counted(weight: RingWeight) -> str:
    return {
        RingWeight.FIT: _("Worth: how many are helped, times the fit round the ring, from 0 to 1 each."),
        RingWeight.WEAKEST: _("Worth: how many are helped, times the weakest link, from 0 to 1 each."),
        RingWeight.MOST: _("Worth: how many are helped."),
        RingWeight.TOTAL: _("Worth: the sum of the links."),
    }[weight]


def _sureness(plan: RingPlan) -> str:
    if plan.is_proved:
        return _("Together {worth}: no other set of rings is worth more.").format(worth=amount(plan.optimum))
    told = _("Together {worth}, the best so far: time was up. No set is worth more than {bound} ({gap} more).")
    gap = "–" if isinf(plan.gap) else f"{plan.gap:.2%}"
    return told.format(worth=amount(plan.optimum), bound=amount(plan.bound), gap=gap)


def _plain(number: float) -> float:
    return int(number) if number == round(number) else number
