"""Every gift that could be given: an offer of one partner that eases gaps of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import fsum, inf

from lichen.audit.values import Offer, Organisation
from lichen.audit.weighing import eased_by, gap_weights
from lichen.exchange.plan.values import Gift, MetGap, PlanRules, UncoveredGap

__all__ = ["best_for_gaps", "capacity_of", "imaginable_gifts", "is_within_capacity", "net_gains", "uncovered_gaps"]

_Lacks = Mapping[str, tuple[float, float]]
"""For each code that is lacked, its share of all that is, and the same times the confidence in it."""


def capacity_of(partner: str, rules: PlanRules) -> float:
    """How much a partner can give."""
    return rules.capacities.get(partner, rules.capacity)


def is_within_capacity(gift: Gift, rules: PlanRules) -> bool:
    """Whether the giver could give the gift, if it gave nothing else."""
    return gift.effort <= capacity_of(gift.giver, rules)


def imaginable_gifts(partners: Sequence[Organisation], rules: PlanRules) -> tuple[Gift, ...]:
    """Every offer of every partner to every other one whose gaps it eases, whether or not there is capacity for it.

    What everything that one partner could give to another is worth together is the cover of the fit. Several entries
    of the same code count as one.

    Args:
        partners: Those of the alliance, with ids of their own.
        rules: For what a gift costs its giver.

    Returns:
        By giver, receiver and code of the offer, in the order of the partners and of their offers.

    Source:
        The default score of docs/discussion/fit.md, taken apart by gift; what a gift costs is ours.
    """
    lacks = {one.id: _lacks(one) for one in partners}
    return tuple(
        _gift(giver.id, receiver.id, offer, meets, rules)
        for giver in partners
        for receiver in partners
        if receiver.id != giver.id
        for offer in _best_offers(giver)
        if (meets := tuple(_met(lacks[receiver.id], offer)))
    )


def best_for_gaps(gifts: Sequence[Gift]) -> dict[tuple[str, str], int]:
    """For each receiver and code that the gifts ease, the place of the gift that meets it best, the first of equals."""
    best: dict[tuple[str, str], tuple[float, int]] = {}
    for place, gift in enumerate(gifts):
        for met in gift.meets:
            key = gift.receiver, met.gap
            best[key] = max(best.get(key, (0.0, 0)), (met.met, -place))
    return {key: -place for key, (_met, place) in best.items()}


def net_gains(gifts: Sequence[Gift], partners: Iterable[str]) -> tuple[float, ...]:
    """What each partner receives less what it gives: every gap counts once, as the best gift to it does."""
    best = best_for_gaps(gifts)
    parts: dict[str, list[float]] = {partner: [] for partner in partners}
    for place, gift in enumerate(gifts):
        parts[gift.giver].append(-gift.cost)
        parts[gift.receiver] += [met.worth for met in gift.meets if best[gift.receiver, met.gap] == place]
    return tuple(fsum(each) for each in parts.values())


def uncovered_gaps(partners: Sequence[Organisation], gifts: Sequence[Gift]) -> tuple[UncoveredGap, ...]:
    """The gaps that none of the gifts eases, what most partners lack first. A gap without a code is not among them."""
    eased = {(gift.receiver, met.gap) for gift in gifts for met in gift.meets}
    lacking: dict[str, list[str]] = {}
    for one in partners:
        for code in _lacks(one):
            if code and (one.id, code) not in eased:
                lacking.setdefault(code, []).append(one.id)
    ordered = sorted(lacking.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(UncoveredGap(code, tuple(ids)) for code, ids in ordered)


def _lacks(one: Organisation) -> _Lacks:
    lacks: dict[str, tuple[float, float]] = {}
    for gap, share in zip(one.vulnerabilities, gap_weights(one), strict=True):
        whole, sure = lacks.get(gap.code, (0.0, 0.0))
        lacks[gap.code] = (whole + share, sure + gap.confidence * share)
    return lacks


def _best_offers(one: Organisation) -> list[Offer]:
    """The strongest offer of each code."""
    best: dict[str, Offer] = {}
    for offer in one.offers:
        best[offer.code] = max(best.get(offer.code, offer), offer, key=lambda each: each.effective)
    return list(best.values())


def _met(lacks: _Lacks, offer: Offer) -> Iterator[MetGap]:
    found = []
    for code, (share, sure) in lacks.items():
        similarity = eased_by(code).get(offer.code, 0.0)
        met = similarity * offer.effective * sure / share
        if met > 0:
            found.append(MetGap(code, share, similarity, met))
    yield from sorted(found, key=lambda met: (-met.worth, met.gap))


def _gift(giver: str, receiver: str, offer: Offer, meets: tuple[MetGap, ...], rules: PlanRules) -> Gift:
    effort = rules.efforts.get((giver, offer.code), rules.effort)
    capacity = capacity_of(giver, rules)
    return Gift(
        giver=giver,
        receiver=receiver,
        code=offer.code,
        kinds=offer.given_as,
        strength=offer.strength,
        evidence=offer.evidence,
        effort=effort,
        cost=rules.burden * effort / capacity if capacity else inf,
        meets=meets,
    )
