"""The smallest whole numbers that make a given weighted vote, by integer programming."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from lichen.charter.power.games import WeightedGame
from lichen.charter.weights.values import WeightLimits

__all__ = ["MOST_PARTNERS", "least_weights"]

MOST_PARTNERS = 12
"""Among more, too many coalitions would have to be told apart."""

_Row = tuple[list[int], int]
"""How often each weight and, last, the quota count in a sum, and what the sum is at least."""


def least_weights(vote: WeightedGame, power: Sequence[float], limits: WeightLimits) -> WeightedGame | None:
    """The vote in which the same coalitions win, in the smallest whole numbers.

    Args:
        vote: The vote.
        power: Everybody's power in it; those of the same power will weigh the same.
        limits: Where they have a threshold, the quota is what it makes of the weights.

    Returns:
        The vote with the smallest sum of weights; None where no weights make it under that threshold.

    Example:
        >>> least_weights(WeightedGame(51, (50, 49, 1)), (4, 1, 1), WeightLimits())
        WeightedGame(quota=3, weights=(2, 1, 1))
    """
    sums, least = (np.array(each) for each in zip(*_rows(vote, power, limits), strict=True))
    costs = np.array([1] * vote.players + [0])
    found = milp(costs, integrality=np.ones_like(costs), bounds=Bounds(0), constraints=LinearConstraint(sums, least))
    if found.x is None:
        return None
    *weights, quota = (round(number) for number in found.x)
    return WeightedGame(quota, tuple(weights))


def _rows(vote: WeightedGame, power: Sequence[float], limits: WeightLimits) -> Iterator[_Row]:
    for members, wins in _telling_coalitions(vote):
        sign = 1 if wins else -1
        yield [*(sign * (place in members) for place in range(vote.players)), -sign], int(not wins)
    for place, one in enumerate(power):
        first = power.index(one)
        equal = [int(other == place) - int(other == first) for other in range(vote.players + 1)]
        yield from ((equal, 0), ([-number for number in equal], 0)) if first < place else ()
    yield from _threshold_rows(vote.players, limits)


def _threshold_rows(partners: int, limits: WeightLimits) -> Iterator[_Row]:
    """What holds between the quota and the sum of the weights."""
    if limits.threshold is None:
        yield [-1] * partners + [2], 1
        return
    above, below = limits.threshold.as_integer_ratio()
    yield [-above] * partners + [below], int(limits.strictly_more)
    yield [above] * partners + [-below], int(not limits.strictly_more) - below


def _telling_coalitions(vote: WeightedGame) -> Iterator[tuple[set[int], bool]]:
    """Those that win and would lose without any one member, and those that lose and would win with any one more."""
    everybody = range(vote.players)
    sums = [0]
    for weight in vote.weights:
        sums += [weight + other for other in sums]
    for coalition, total in enumerate(sums):
        members = {place for place in everybody if coalition >> place & 1}
        inside = [vote.weights[place] for place in members]
        outside = [vote.weights[place] for place in everybody if place not in members]
        if vote.quota <= total < vote.quota + min(inside):
            yield members, True
        elif total < vote.quota and all(total + weight >= vote.quota for weight in outside):
            yield members, False
