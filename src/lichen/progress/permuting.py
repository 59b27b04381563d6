"""What chance alone would give: which places were reached, dealt out anew in every way, or in many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, inf

import numpy as np
from numpy.typing import NDArray

from lichen.progress.intervals import Interval, IntervalMethod

__all__ = ["Permuted", "permuted"]

_ALIKE = 1e-9
"""Differences closer than this share of the largest change are the same: sums in another order differ a little."""


@dataclass(frozen=True, slots=True)
class Permuted:
    """What came of dealing the places out anew."""

    p: float
    """The share of the ways in which the difference is at least as large, either way."""
    smallest_p: float
    """The smallest share that so few places can give at all."""
    ways: int
    """How many ways there are."""
    tried: int
    """How many were tried: all of them, or a sample."""
    interval: Interval | None
    """The differences that chance would not make unusual; None where so few places bound it nowhere."""

    @property
    def is_exact(self) -> bool:
        """Whether all ways were tried."""
        return self.tried == self.ways


def permuted(
    reached: Sequence[float],
    compared: Sequence[float],
    *,
    most: int,
    draws: int,
    seed: int,
    confidence: float,
) -> Permuted:
    """The permutation test of a difference of means, and the interval that comes from turning it round.

    Under a supposed effect it is taken off the reached places, and the places are dealt out anew; the effect stands
    in the interval as long as the share of differences at least as large stays above 1 - confidence. For each dealing
    the effects that make it count form one stretch around the estimate, so the ends are order statistics.

    Args:
        reached: The change of each place that was reached, one or more.
        compared: The change of each that was not, one or more.
        most: All ways are tried where there are at most so many.
        draws: Else so many are drawn, and the way it was is counted once more.
        seed: Of the draws.
        confidence: In (0, 1).

    Example:
        >>> found = permuted([4, 5, 6], [1, 2, 3], most=100, draws=0, seed=0, confidence=0.95)
        >>> found.p, found.ways, found.interval
        (0.1, 20, None)
    """
    changes, size = np.array([*reached, *compared], dtype=float), len(reached)
    ways = comb(len(changes), size)
    dealt = _all_ways(len(changes), size) if ways <= most else _drawn_ways(len(changes), size, draws, seed)
    as_it_was = np.arange(len(changes)) < size
    means, overlap = _differences(dealt, changes), _differences(dealt, as_it_was.astype(float))
    observed = float(_differences(as_it_was[None, :], changes)[0])
    slack = _ALIKE * max(1.0, float(np.abs(changes).max()))
    return Permuted(
        p=float(np.mean(np.abs(means) >= abs(observed) - slack)),
        smallest_p=(2 if 2 * size == len(changes) else 1) / len(dealt),
        ways=ways,
        tried=len(dealt),
        interval=_turned_round(overlap, means, observed, confidence),
    )


def _all_ways(places: int, size: int) -> NDArray[np.bool_]:
    dealt = np.zeros((comb(places, size), places), dtype=bool)
    for row, chosen in enumerate(combinations(range(places), size)):
        dealt[row, chosen] = True
    return dealt


def _drawn_ways(places: int, size: int, draws: int, seed: int) -> NDArray[np.bool_]:
    """Drawn at random, after the way it was, without which a share could come out as nothing."""
    order = np.tile(np.arange(places), (draws + 1, 1))
    np.random.default_rng(seed).permuted(order[1:], axis=1, out=order[1:])
    return order < size


def _differences(dealt: NDArray[np.bool_], changes: NDArray[np.float64]) -> NDArray[np.float64]:
    size = int(dealt[0].sum())
    sums = dealt @ changes
    return np.asarray(sums / size - (changes.sum() - sums) / (len(changes) - size))


def _turned_round(
    overlap: NDArray[np.float64], means: NDArray[np.float64], observed: float, confidence: float
) -> Interval | None:
    """The effects that are not refused.

    A dealing of overlap b and difference D counts for the effects between (d - D) / (1 - b) and (d + D) / (1 + b),
    d being the difference as it was; one of overlap 1 or -1 counts for all.
    """
    always = np.abs(overlap) > 1 - _ALIKE
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.array([(observed - means) / (1 - overlap), (observed + means) / (1 + overlap)])
    lows = np.sort(np.where(always, -inf, ends.min(axis=0)))
    highs = np.sort(np.where(always, inf, ends.max(axis=0)))
    cut = int((1 - confidence) * len(means) + _ALIKE)
    interval = Interval(float(lows[cut]), float(highs[-1 - cut]), IntervalMethod.PERMUTATION)
    return interval if interval.is_bounded else None
