"""The fairest choice among possible gifts: most served, then the smallest net gain, then the Nash product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, floor, fsum, inf, log
from typing import NamedTuple

import numpy as np

from lichen.exchange.plan.gifts import best_for_gaps, net_gains
from lichen.exchange.plan.programme import Programme
from lichen.exchange.plan.values import Certificate, Gift, PlanRules

__all__ = ["fairest_choice"]

_OFF = 1e-6
"""How far the solver may be off in any row."""
_TANGENTS, _RELAXED_ROUNDS, _ROUNDS = 12, 3, 20


class _Choice(NamedTuple):
    """Gifts, and what they really come to."""

    places: tuple[int, ...]
    nets: tuple[float, ...]
    """Of those who are served."""

    @property
    def smallest(self) -> float:
        return min(self.nets, default=0.0)

    @property
    def mean(self) -> float:
        return exp(fsum(map(log, self.nets)) / len(self.nets)) if self.nets else 0.0


def fairest_choice(
    gifts: Sequence[Gift], capacities: Mapping[str, float], rules: PlanRules
) -> tuple[tuple[int, ...], Certificate]:
    """The places of the gifts to give, and how good the choice is.

    Where not everybody can gain at once, as many as possible do; among such choices the smallest net gain of those
    who gain is greatest; among those, the Nash product of their net gains. Nobody ever loses.

    For the logarithm of a net gain stand tangents, which lie above it: so each solution bounds the Nash product from
    above, and a tangent where it touches that solution sharpens the next, until the two meet.

    Args:
        gifts: Those that are possible, in an order that does not depend on who asks.
        capacities: How much each partner can give, by id.
        rules: What to reckon with.

    Source:
        Caragiannis et al. (2016) for the greatest Nash product where somebody must go without; Duran and Grossmann
        (1986) for the tangents. To put the smallest gain first is ours.
    """
    return _Search(gifts, capacities, rules).fairest()


class _Search:
    def __init__(self, gifts: Sequence[Gift], capacities: Mapping[str, float], rules: PlanRules) -> None:
        self.gifts, self.partners, self.rules = gifts, tuple(capacities), rules
        self.programme = Programme(gifts, capacities, rules)
        self.gaining = self.programme.gaining(rules.least + _OFF)

    def fairest(self) -> tuple[tuple[int, ...], Certificate]:
        """The choice, without gifts that add nothing."""
        found, served_bound, smallest_bound = self._greatest_smallest()
        mean_bound = found.mean
        if found.nets:
            found, mean_bound = self._greatest_product(found)
        chosen = [self.gifts[place] for place in found.places]
        found = self._choice([found.places[each] for each in sorted({*best_for_gaps(chosen).values()})])
        certificate = Certificate(
            served=len(found.nets),
            served_bound=served_bound,
            smallest=found.smallest,
            smallest_bound=max(found.smallest, smallest_bound),
            mean=found.mean,
            mean_bound=max(found.mean, mean_bound),
            tolerance=self.rules.tolerance,
        )
        return found.places, certificate

    def _greatest_smallest(self) -> tuple[_Choice, int, float]:
        """A choice that serves most and whose smallest net gain is greatest, with a bound on each of the two."""
        if not self.gifts:
            return _Choice((), ()), 0, 0.0
        everybody = len(self.partners)
        reachable = len({gift.receiver for gift in self.gifts})
        if reachable == everybody:
            found, bound = self._smallest(everybody)
            if found is not None:
                return found, everybody, bound
        counted = self.programme.most_served(self.gaining)
        widest = self._choice(counted.places or ())
        served_bound = floor(min(reachable, counted.bound + _OFF))
        found, bound = self._smallest(len(widest.nets)) if widest.nets else (widest, 0.0)
        return found or widest, served_bound, bound

    def _smallest(self, count: int) -> tuple[_Choice | None, float]:
        """The choice serving so many whose smallest net gain is greatest, if there is one, and a bound on that gain.

        What lies below each net gain lies below the tangent that touches its logarithm at 1, less 1.
        """
        tangents = self.programme.below_log([[1.0]] * len(self.partners), shared=True)
        rows = self.gaining, self.programme.served(count), tangents
        solved = self.programme.highest(*rows)
        quick = solved if solved.is_complete else self.programme.highest(*rows, relaxed=True)
        found = None if solved.places is None else self._choice(solved.places)
        return found, min(1.0, solved.bound + 1, quick.bound + 1)

    def _greatest_product(self, found: _Choice) -> tuple[_Choice, float]:
        """The choice whose Nash product is greatest, the smallest gain kept, and a bound on its root."""
        count, least = len(found.nets), found.smallest
        kept = self.programme.gaining(least - _OFF), self.programme.served(count)
        points = [[*np.geomspace(least, 1, _TANGENTS)] for _partner in self.partners]
        best, bound = found, inf
        places: tuple[int, ...] = ()
        for turn in range(_RELAXED_ROUNDS + _ROUNDS):
            relaxed = turn < _RELAXED_ROUNDS
            solved = self.programme.highest(*kept, self.programme.below_log(points), relaxed=relaxed)
            bound = min(bound, exp(solved.bound / count))
            if solved.places is None:
                break
            if not relaxed:
                best = max(best, self._choice(solved.places), key=lambda choice: choice.mean)
                is_proven = bound <= best.mean * (1 + self.rules.tolerance)
                if is_proven or not solved.is_complete or solved.places == places:
                    break
                places = solved.places
            for touched, net in zip(points, solved.nets, strict=True):
                touched.append(max(net, least))
        return best, bound

    def _choice(self, places: Sequence[int]) -> _Choice:
        nets = net_gains([self.gifts[place] for place in places], self.partners)
        return _Choice(tuple(places), tuple(net for net in nets if net >= self.rules.least))
