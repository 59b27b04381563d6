"""How good a vote is: what it breaks of the limits, and how far its power is from the shares of risk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import factorial

import numpy as np
from numpy.typing import NDArray

from lichen.charter.power.games import WeightedGame
from lichen.charter.power.indices import banzhaf, shapley_shubik
from lichen.charter.weights.values import Measure, PowerDivision, WeightLimits

__all__ = ["Judge", "Key"]

_FEW = 12
"""Of so many partners, all coalitions are weighed at once."""
_DECIMALS = 12
"""To so many, powers are compared."""
_TINY = 10.0**-_DECIMALS

Key = tuple[float, float, float, int]
"""What of two votes is better: breaking less, nearer, more even, in smaller numbers."""
Shares = NDArray[np.float64]


class Judge:
    """Judges votes of partners, in numbers that are good to a dozen decimals; what it judged once, it remembers."""

    def __init__(self, shares: Sequence[Fraction], measure: Measure, limits: WeightLimits) -> None:
        """Begin with no vote judged."""
        self.shares = tuple(shares)
        self.limits = limits
        self.judged: dict[WeightedGame, Shares] = {}
        self._wanted = np.array([float(share) for share in shares])
        self._index = _INDICES[measure]
        self.is_quick = len(shares) <= _FEW
        self._power = _weighing(len(shares), measure) if self.is_quick else self._counted

    def power(self, vote: WeightedGame) -> Shares:
        """Everybody's power."""
        if vote not in self.judged:
            self.judged[vote] = self._power(vote)
        return self.judged[vote]

    def off(self, vote: WeightedGame) -> Shares:
        """By how much everybody's power is more than the share of risk."""
        more: Shares = self.power(vote) - self._wanted
        return more

    def key(self, vote: WeightedGame) -> Key:
        """The smallest is the best."""
        distance = round(float(np.abs(self.off(vote)).sum()), _DECIMALS)
        return self.faults(vote), distance, round(float(self.power(vote).max()), _DECIMALS), vote.total

    def faults(self, vote: WeightedGame) -> float:
        """How much of the limits it breaks; 0 is nothing."""
        power, limits = self.power(vote), self.limits
        beyond = np.maximum(power - float(limits.most), float(limits.least) - power)
        found = float(beyond[beyond > _TINY].sum())
        if not limits.allows_extremes:
            found += int(((power < _TINY) | (power > 1 - _TINY)).sum())
        if limits.alike:
            differences = np.abs(np.diff(power))[[share == following for share, following in pairwise(self.shares)]]
            found += float(differences[differences > _TINY].sum())
        return found

    def division(self, vote: WeightedGame) -> PowerDivision:
        """What a vote comes to, exactly."""
        power = self._index(vote).values
        distance = sum((abs(one - share) for one, share in zip(power, self.shares, strict=True)), Fraction(0))
        return PowerDivision(vote, power, distance)

    def _counted(self, vote: WeightedGame) -> Shares:
        return np.array([float(value) for value in self._index(vote).values])


_INDICES = {Measure.SHAPLEY_SHUBIK: shapley_shubik, Measure.BANZHAF: banzhaf}


def _weighing(partners: int, measure: Measure) -> Callable[[WeightedGame], Shares]:
    """Power from all coalitions at once: each that wins adds to its members' and takes from the others'."""
    members = np.arange(1 << partners)[:, None] >> np.arange(partners) & 1
    sizes = members.sum(axis=1)
    joined = np.array([_orders(partners, size - 1, measure) for size in range(partners + 1)])
    left = np.array([_orders(partners, size, measure) for size in range(partners + 1)])
    counts = np.where(members, joined[sizes][:, None], -left[sizes][:, None])

    def power(vote: WeightedGame) -> Shares:
        found = (members @ np.array(vote.weights) >= vote.quota) @ counts
        shares: Shares = found / found.sum()
        return shares

    return power


def _orders(partners: int, before: int, measure: Measure) -> float:
    """What it counts to decide, with so many others before: a share of all orders, or for Banzhaf always the same."""
    if not 0 <= before < partners or measure is Measure.BANZHAF:
        return 1.0
    return factorial(before) * factorial(partners - 1 - before) / factorial(partners)
