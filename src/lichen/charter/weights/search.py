"""Looking for weights among more partners than all votes of whom could be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

import numpy as np

from lichen.charter.power.games import WeightedGame, quota_of
from lichen.charter.weights.judging import Judge
from lichen.charter.weights.values import WeightLimits

__all__ = ["searched"]

_LOOKS = 40_000
"""At so many votes, over the square of the number of partners, the search looks …"""
_QUICKER = 20
"""… and at so many times as many where partners are few, and power is quickly worked out."""
_THRESHOLDS = tuple(Fraction(part, 20) for part in (10, 11, 12, 13, 15))
"""Where it begins, if the limits leave the threshold open."""
_ROUNDS = 10
"""How often it corrects the weights from each of them."""
_SUM = 12
"""What a partner weighs in the mean, to begin with."""
_KICKS = 60
"""From how many places near the best it begins again."""
_LEAST_SHARE = 0.01


def searched(judge: Judge, seed: int) -> WeightedGame:
    """The best vote that a search finds; the same seed finds the same.

    It begins with weights in proportion to the risk, raises those whose power falls short and lowers the others; then
    takes any weight and the quota one up or down as long as that helps; then begins again from near the best.

    Args:
        judge: Knows the shares, which fall from the first to the last, and the limits.
        seed: What random steps come from.
    """
    looks = max(_LOOKS * (_QUICKER if judge.is_quick else 1) // len(judge.shares) ** 2, 2 * _ROUNDS)
    random = Random(seed)  # noqa: S311 - nothing secret hangs on it
    best = _descended(judge, min(_corrected(judge), key=judge.key), looks)
    for _kick in range(_KICKS):
        if len(judge.judged) >= looks:
            break
        best = min(best, _descended(judge, _kicked(best, judge.limits, random), looks), key=judge.key)
    # Who risks more has no less power: the other way round would be further off.
    return min(best, WeightedGame(best.quota, tuple(sorted(best.weights, reverse=True))), key=judge.key)


def _corrected(judge: Judge) -> Iterator[WeightedGame]:
    """Votes whose weights are corrected by how far their power is off, from several thresholds."""
    partners, threshold = len(judge.shares), judge.limits.threshold
    smallest = _LEAST_SHARE / partners
    wanted = np.maximum([float(share) for share in judge.shares], smallest)
    for begin in _THRESHOLDS if threshold is None else (threshold,):
        parts = wanted
        for _round in range(_ROUNDS):
            rounded = np.maximum(np.rint(parts * (_SUM * partners / parts.sum())), 1).astype(int)
            weights = tuple(rounded.tolist())
            quota = quota_of(begin, sum(weights), strictly_more=judge.limits.strictly_more)
            vote = WeightedGame(quota, weights)
            yield vote
            parts = parts * np.sqrt(wanted / np.maximum(judge.power(vote), smallest))


def _descended(judge: Judge, here: WeightedGame, looks: int) -> WeightedGame:
    """Where single steps lead that each make the vote better."""
    better: WeightedGame | None = here
    while better is not None:
        here, bar = better, judge.key(better)
        better = next((each for each in _neighbours(judge, here, looks) if judge.key(each) < bar), None)
    return here


def _neighbours(judge: Judge, vote: WeightedGame, looks: int) -> Iterator[WeightedGame]:
    """The votes one step away, those first that help who is furthest off, as long as there are looks left."""
    off = judge.off(vote)
    for place in np.argsort(-np.abs(off)).tolist():
        for change in (-1, 1) if off[place] > 0 else (1, -1):
            weight = max(vote.weights[place] + change, 0)
            weights = (*vote.weights[:place], weight, *vote.weights[place + 1 :])
            for quota in (vote.quota, vote.quota + change):
                if len(judge.judged) >= looks:
                    return
                yield _vote(quota, weights, judge.limits)


def _kicked(vote: WeightedGame, limits: WeightLimits, random: Random) -> WeightedGame:
    """A vote some steps away."""
    weights = tuple(max(0, weight + random.randint(-2, 2)) for weight in vote.weights)
    return _vote(vote.quota + random.randint(-2, 2), weights, limits)


def _vote(quota: int, weights: tuple[int, ...], limits: WeightLimits) -> WeightedGame:
    """The vote with these weights, its quota such that it is one: above a half, or what the threshold asks for."""
    weights = weights if any(weights) else (1,) * len(weights)
    if limits.threshold is not None:
        quota = quota_of(limits.threshold, sum(weights), strictly_more=limits.strictly_more)
        return WeightedGame(quota, weights)
    return WeightedGame(min(max(quota, sum(weights) // 2 + 1), sum(weights)), weights)
