"""The fairest plan by trying every choice of gifts, reckoned from the fit and from nothing of the plan's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import exp, fsum, log

from lichen.audit.values import Offer, Organisation
from lichen.audit.weighing import eased_by, gap_weights
from lichen.exchange.plan.values import PlanRules
from lichen.fit.cover import best_offer

MOST = 12
"""So many gifts can be tried in a moment."""
_SAME = 2e-6
"""Smallest gains closer than this are the same to the solver."""


@dataclass(frozen=True)
class Tried:
    """How good the best choice is."""

    served: int
    smallest: float
    mean: float


def possible(partners: Sequence[Organisation], rules: PlanRules) -> list[tuple[Organisation, Organisation, Offer]]:
    """Giver, receiver and offer of every gift that somebody could give and that eases something."""
    return [
        (giver, receiver, offer)
        for giver in partners
        for receiver in partners
        for offer in {each.code: best_of(giver, each.code) for each in giver.offers}.values()
        if giver is not receiver
        and effort(giver, offer, rules) <= capacity(giver, rules)
        and any(
            eased_by(gap.code).get(offer.code, 0) * offer.effective * gap.confidence for gap in receiver.vulnerabilities
        )
    ]


def best_plan(partners: Sequence[Organisation], rules: PlanRules) -> Tried:
    """Most served, then the greatest smallest net gain, then the greatest geometric mean."""
    served = [
        sorted(net for net in nets if net >= rules.least) for nets in _choices(partners, rules) if min(nets) >= -1e-12
    ]
    most = max(map(len, served))
    widest = [nets for nets in served if len(nets) == most]
    smallest = max((nets[0] for nets in widest if nets), default=0.0)
    fairest = [nets for nets in widest if nets and nets[0] >= smallest - _SAME]
    return Tried(most, smallest, max((exp(fsum(map(log, nets)) / most) for nets in fairest), default=0.0))


def best_of(giver: Organisation, code: str) -> Offer:
    return max((offer for offer in giver.offers if offer.code == code), key=lambda offer: offer.effective)


def capacity(giver: Organisation, rules: PlanRules) -> float:
    return rules.capacities.get(giver.id, rules.capacity)


def effort(giver: Organisation, offer: Offer, rules: PlanRules) -> float:
    return rules.efforts.get((giver.id, offer.code), rules.effort)


def _choices(partners: Sequence[Organisation], rules: PlanRules) -> Iterator[list[float]]:
    """The net gains of every choice that the capacities allow."""
    gifts = possible(partners, rules)
    for chosen in chain.from_iterable(combinations(gifts, count) for count in range(len(gifts) + 1)):
        spent = {
            one.id: fsum(effort(one, offer, rules) for giver, _, offer in chosen if giver is one) for one in partners
        }
        if all(spent[one.id] <= capacity(one, rules) + 1e-9 for one in partners):
            yield [
                _received(one, [offer for _, receiver, offer in chosen if receiver is one])
                - (rules.burden * spent[one.id] / capacity(one, rules) if spent[one.id] else 0)
                for one in partners
            ]


def _received(one: Organisation, offers: Sequence[Offer]) -> float:
    return fsum(
        weight * gap.confidence * eased_by(gap.code)[best.code] * best.effective
        for gap, weight in zip(one.vulnerabilities, gap_weights(one), strict=True)
        if (best := best_offer(gap.code, offers)) is not None
    )
