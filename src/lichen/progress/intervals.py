"""How surely a figure is known: the intervals of progress, each with the name of its method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot, inf, sqrt
from typing import TypeVar

import numpy as np
from scipy.special import betaincinv, gammaincinv, ndtri, stdtrit

__all__ = [
    "Interval",
    "IntervalMethod",
    "bootstrap_interval",
    "poisson_rate",
    "rate_ratio",
    "share_difference",
    "student_interval",
    "wilson_share",
]

_CONFIDENCE = 0.95

T = TypeVar("T")


class IntervalMethod(StrEnum):
    """How an interval was reckoned."""

    NORMAL = "normal"
    WELCH = "Welch"
    STUDENT = "Student's t"
    PERMUTATION = "permutation"
    WILSON = "Wilson"
    POISSON = "exact Poisson"
    NEWCOMBE = "Newcombe"
    CONDITIONAL = "exact conditional"
    BOOTSTRAP = "bootstrap"
    LOG_LOG = "log-log"


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what a figure lies, if the sample is all that could mislead."""

    low: float
    """The lower end; minus infinity where the sample bounds it nowhere."""
    high: float
    """The upper end; infinity where the sample bounds it nowhere."""
    method: IntervalMethod
    """How it was reckoned."""

    @property
    def is_bounded(self) -> bool:
        """Whether it has two ends."""
        return -inf < self.low and self.high < inf

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        return self.low <= value <= self.high


def student_interval(
    estimate: float,
    standard_error: float,
    degrees: float,
    confidence: float = _CONFIDENCE,
    *,
    method: IntervalMethod = IntervalMethod.STUDENT,
) -> Interval:
    """The estimate, give or take its standard error times the quantile of Student's t.

    Args:
        estimate: The figure.
        standard_error: Of the figure, 0 or more.
        degrees: Of freedom; infinity takes the normal distribution.
        confidence: How often such intervals hold the truth, in (0, 1).
        method: Its name.

    Example:
        >>> around = student_interval(0, 1, inf)
        >>> round(around.low, 2), round(around.high, 2)
        (-1.96, 1.96)
    """
    upper = (1 + confidence) / 2
    reach = standard_error * float(ndtri(upper) if degrees == inf else stdtrit(degrees, upper))
    return Interval(estimate - reach, estimate + reach, method)


def wilson_share(count: int, among: int, confidence: float = _CONFIDENCE) -> Interval:
    """Wilson's score interval of a share.

    Args:
        count: How many did.
        among: How many could have, 1 or more.
        confidence: In (0, 1).

    Source:
        Wilson (1927). Unlike the usual interval it keeps within 0 and 1, and holds for small numbers.

    Example:
        >>> few = wilson_share(1, 10)
        >>> round(few.low, 2), round(few.high, 2)
        (0.02, 0.4)
    """
    z = float(ndtri((1 + confidence) / 2))
    share, spread = count / among, z * z / among
    middle = (share + spread / 2) / (1 + spread)
    reach = z * sqrt(share * (1 - share) / among + spread / (4 * among)) / (1 + spread)
    return Interval(
        0.0 if count == 0 else middle - reach, 1.0 if count == among else middle + reach, IntervalMethod.WILSON
    )


def poisson_rate(count: int, exposure: float, confidence: float = _CONFIDENCE) -> Interval:
    """The exact interval of a rate: so many events in so much time.

    Args:
        count: How many events.
        exposure: In how much time, above 0.
        confidence: In (0, 1).

    Source:
        Garwood (1936).

    Example:
        >>> none = poisson_rate(0, 1)
        >>> none.low, round(none.high, 2)
        (0.0, 3.69)
    """
    tail = (1 - confidence) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return Interval(low / exposure, float(gammaincinv(count + 1, 1 - tail)) / exposure, IntervalMethod.POISSON)


def share_difference(first: tuple[int, int], second: tuple[int, int], confidence: float = _CONFIDENCE) -> Interval:
    """Newcombe's interval of one share less another, from Wilson's of each.

    Args:
        first: How many did, and among how many.
        second: The same of the others.
        confidence: In (0, 1).

    Source:
        Newcombe (1998), method 10. His example: 56 of 70 and 48 of 80.

    Example:
        >>> gap = share_difference((56, 70), (48, 80))
        >>> round(gap.low, 4), round(gap.high, 4)
        (0.0524, 0.3339)
    """
    (p, one), (q, other) = ((count / among, wilson_share(count, among, confidence)) for count, among in (first, second))
    low, high = hypot(p - one.low, other.high - q), hypot(one.high - p, q - other.low)
    return Interval(p - q - low, p - q + high, IntervalMethod.NEWCOMBE)


def rate_ratio(first: tuple[int, float], second: tuple[int, float], confidence: float = _CONFIDENCE) -> Interval:
    """The exact interval of one rate divided by another, given how many events there were in all.

    Args:
        first: How many events, and in how much time, above 0.
        second: The same of the others.
        confidence: In (0, 1).

    Returns:
        From 0 where the first had no event, to infinity where the second had none.

    Source:
        Clopper and Pearson (1934) for the share of the events that fell to the first; Przyborowski and Wilenski (1940).

    Example:
        >>> same = rate_ratio((10, 5.0), (10, 5.0))
        >>> round(same.low * same.high, 9), same.low < 1 < same.high
        (1.0, True)
    """
    (count, time), (others, their_time) = first, second
    tail = (1 - confidence) / 2
    low = float(betaincinv(count, others + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, others, 1 - tail)) if others else 1.0
    at_least, at_most = (share / (1 - share) * their_time / time if share < 1 else inf for share in (low, high))
    return Interval(at_least, at_most, IntervalMethod.CONDITIONAL)


def bootstrap_interval(
    samples: Sequence[Sequence[T]],
    figure: Callable[..., float],
    *,
    seed: int,
    draws: int,
    confidence: float = _CONFIDENCE,
) -> Interval:
    """The percentile bootstrap interval of a figure: each sample drawn anew from itself, many times.

    Args:
        samples: One or more, each of one value or more.
        figure: Of as many samples as there are; no number where a drawn sample leaves it open, which then counts
            against both ends.
        seed: Of the draws; the same seed gives the same interval.
        draws: How many times.
        confidence: In (0, 1).

    Source:
        Efron (1979).

    Example:
        >>> from statistics import fmean
        >>> interval = bootstrap_interval([[3, 4, 5, 6, 7]], fmean, seed=1, draws=999)
        >>> 3 <= interval.low < 5 < interval.high <= 7
        True
    """
    random = np.random.default_rng(seed)
    found = np.array(
        [
            figure(*([sample[place] for place in random.integers(0, len(sample), len(sample))] for sample in samples))
            for _draw in range(draws)
        ]
    )
    tail = (1 - confidence) / 2
    low = np.quantile(np.where(np.isnan(found), -inf, found), tail, method="lower")
    high = np.quantile(np.where(np.isnan(found), inf, found), 1 - tail, method="higher")
    return Interval(float(low), float(high), IntervalMethod.BOOTSTRAP)
