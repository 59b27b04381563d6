"""The plan of an exchange: who gives what to whom, so that the one who gains least gains most."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from math import fsum

from lichen.audit.values import Organisation
from lichen.errors import InputError, Problem
from lichen.exchange.plan.choosing import fairest_choice
from lichen.exchange.plan.gifts import (
    best_for_gaps,
    capacity_of,
    imaginable_gifts,
    is_within_capacity,
    uncovered_gaps,
)
from lichen.exchange.plan.values import Gain, Gift, Plan, PlanRules, Unserved, WhyUnserved
from lichen.language import _

__all__ = ["fairest_plan"]


def fairest_plan(partners: Iterable[Organisation], *, rules: PlanRules | None = None) -> Plan:
    """Who could give what to whom, so that as many gain as can, the least of them most, and all together well.

    A gift is an offer of one partner that eases gaps of another. It is worth to its receiver what it adds to the share
    of the receiver's gaps that is met, and costs its giver the share of its capacity that it takes, times
    ``rules.burden``. A partner's net gain is what it receives less what its gifts cost. Each gap counts once: of
    several gifts to it, only the best does.

    First as many partners as possible gain, which is nearly always all of them; then the smallest net gain is as great
    as it can be; then the Nash product of the net gains is. Who cannot gain is asked for nothing that costs it, and
    does not stand in the way of the others.

    Args:
        partners: Those of the alliance, each with its gaps and offers.
        rules: Capacities, efforts and limits; the defaults of ``PlanRules`` where it is None.

    Returns:
        The same plan in whatever order the partners come.

    Raises:
        InputError: Two partners have one id, or the rules speak of partners or offers that there are not.

    Source:
        docs/how-to/plan-an-exchange.md; "asymmetric value exchange" is the article's second pillar, and what makes a
        plan fair is ours.

    Example:
        >>> from lichen.audit.values import Offer, Vulnerability
        >>> farm = Organisation("farm", "Farm", vulnerabilities=(Vulnerability("ops.logistics", 4),),
        ...                     offers=(Offer("trust.community", strength=5, evidence=5),))
        >>> depot = Organisation("depot", "Depot", vulnerabilities=(Vulnerability("trust.community", 4),),
        ...                      offers=(Offer("ops.logistics", strength=3, evidence=5),))
        >>> plan = fairest_plan([farm, depot])
        >>> [(gift.giver, gift.receiver, gift.code, gift.worth) for gift in plan.gifts]
        [('farm', 'depot', 'trust.community', 1.0), ('depot', 'farm', 'ops.logistics', 0.6)]
        >>> [(gain.partner, round(gain.net, 3)) for gain in plan.gains], plan.certificate.is_optimal
        ([('farm', 0.567), ('depot', 0.967)], True)
    """
    asked, members = rules or PlanRules(), tuple(partners)
    _check(members, asked)
    imaginable = imaginable_gifts(members, asked)
    # The order must not depend on the order in which the partners came: there may be several plans as good.
    possible = sorted(
        (gift for gift in imaginable if is_within_capacity(gift, asked)),
        key=lambda gift: (gift.giver, gift.receiver, gift.code),
    )
    capacities = {id: capacity_of(id, asked) for id in sorted(one.id for one in members)}
    places, certificate = fairest_choice(possible, capacities, asked)
    gifts = _credited([possible[place] for place in places])
    gains = tuple(_gain(one.id, gifts, possible, asked) for one in members)
    unserved = {gain.partner for gain in gains if gain.net < asked.least}
    return Plan(
        gifts=_in_order_of(members, gifts),
        gains=gains,
        unserved=tuple(
            Unserved(one.id, _why(one, imaginable, possible, unserved)) for one in members if one.id in unserved
        ),
        uncovered=uncovered_gaps(members, imaginable),
        possible=len(possible),
        certificate=certificate,
    )


def _credited(gifts: Sequence[Gift]) -> list[Gift]:
    """The gifts, each with the gaps that none of the others meets better."""
    best = best_for_gaps(gifts)
    return [
        replace(gift, meets=tuple(met for met in gift.meets if best[gift.receiver, met.gap] == place))
        for place, gift in enumerate(gifts)
    ]


def _in_order_of(partners: Sequence[Organisation], gifts: Iterable[Gift]) -> tuple[Gift, ...]:
    row = {one.id: place for place, one in enumerate(partners)}
    return tuple(sorted(gifts, key=lambda gift: (row[gift.giver], row[gift.receiver], -gift.worth, gift.code)))


def _gain(partner: str, gifts: Sequence[Gift], possible: Sequence[Gift], rules: PlanRules) -> Gain:
    given = [gift for gift in gifts if gift.giver == partner]
    return Gain(
        partner=partner,
        received=fsum(gift.worth for gift in gifts if gift.receiver == partner),
        cost=fsum(gift.cost for gift in given),
        effort=fsum(gift.effort for gift in given),
        capacity=capacity_of(partner, rules),
        could_give=sum(gift.giver == partner for gift in possible),
    )


def _why(one: Organisation, imaginable: Iterable[Gift], possible: Iterable[Gift], unserved: set[str]) -> WhyUnserved:
    """Why a partner gets nothing."""
    if not one.vulnerabilities:
        return WhyUnserved.GAPS_UNKNOWN
    if all(gift.receiver != one.id for gift in imaginable):
        return WhyUnserved.NOBODY_OFFERS
    givers = {gift.giver for gift in possible if gift.receiver == one.id}
    if not givers:
        return WhyUnserved.NO_CAPACITY
    return WhyUnserved.GIVERS_UNSERVED if givers <= unserved else WhyUnserved.OTHERS_FIRST


def _check(partners: Sequence[Organisation], rules: PlanRules) -> None:
    """Refuse ids that stand twice, and rules about nobody."""
    ids = [one.id for one in partners]
    offers = {(one.id, offer.code) for one in partners for offer in one.offers}
    problems = [*_problems(ids, rules, offers)]
    if problems:
        raise InputError(problems)


def _problems(ids: Sequence[str], rules: PlanRules, offers: Container[tuple[str, str]]) -> Iterator[Problem]:
    if len({*ids}) < len(ids):
        yield Problem(_("two partners have the same id"), _("an id of its own for each"), column="id")
    for id in rules.capacities:
        if id not in ids:
            right = _("the id of a partner: {ids}").format(ids=", ".join(ids))
            yield Problem(_("a capacity is stated for nobody in the alliance"), right, column="capacities")
    for id, code in rules.efforts:
        if (id, code) not in offers:
            right = _("the id of a partner and the code of one of its offers")
            yield Problem(_("an effort is stated for an offer that nobody makes"), right, column="efforts")
