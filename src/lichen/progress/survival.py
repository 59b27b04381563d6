"""How long alliances last, and why they end: Kaplan and Meier's curve, and each reason's share of the endings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp, inf, isfinite, log, sqrt
from types import MappingProxyType

from scipy.special import ndtri

from lichen.errors import Problem, refuse
from lichen.language import _
from lichen.progress.intervals import Interval, IntervalMethod
from lichen.progress.values import EndReason

__all__ = ["Lifetime", "SurvivalCurve", "SurvivalStep", "survival_curve"]

_HALF = 0.5
_SAME = 1e-12
"""A share this near to a half is a half: products of fractions differ in the last bit."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long one alliance has lived, and whether it has ended.

    Raises:
        InputError: The length is below 0, or one that lives has a reason for its end.
    """

    length: float
    """From its beginning to its end, or to the day on which it was last known to live; in any one unit."""
    ended: bool
    """Whether it has ended; one that lives, or was lost from sight, has not."""
    because: EndReason | None = None
    """Why; None of one that ended is unknown."""

    def __post_init__(self) -> None:
        short = [Problem(_("the time is no length"), _("0 or more"), column="length")]
        alive = [Problem(_("it lives, and has a reason for its end"), _("no reason"), column="because")]
        refuse(
            [] if isfinite(self.length) and self.length >= 0 else short,
            alive if self.because is not None and not self.ended else (),
        )


@dataclass(frozen=True, slots=True)
class SurvivalStep:
    """How things stand from one length of time on, at which some ended or were last seen."""

    at: float
    """The length of time."""
    at_risk: int
    """How many lived until just before."""
    ended: int
    """How many ended then."""
    censored: int
    """How many were last seen alive then; they count as alive at it, and for nothing after."""
    survival: float
    """The estimated share that lives longer."""
    standard_error: float
    """Greenwood's, of the survival."""
    interval: Interval | None
    """Of the survival, by the logarithm of its logarithm; None where none or all have ended, which bounds nothing."""
    incidence: Mapping[EndReason, float]
    """The estimated share that has ended by then for each reason; with the survival they come to 1."""


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """How long alliances last, so far as those given can tell."""

    steps: tuple[SurvivalStep, ...]
    """The shortest time first; before the first, all live."""
    alliances: int
    """How many were given."""
    endings: Mapping[EndReason, int]
    """How many ended for each reason; an ending is not a failure."""
    median: float | None
    """The time by which half have ended; None while the curve stays above a half."""
    median_interval: Interval | None
    """Of the median; an end at infinity is not reached; None without a median."""

    def survival_at(self, length: float) -> float | None:
        """The estimated share that lives longer than a length of time; None beyond the longest that was seen.

        Example:
            >>> survival_curve([Lifetime(2, True), Lifetime(5, False)]).survival_at(3)
            0.5
        """
        reached = [step for step in self.steps if step.at <= length]
        # After the last ending of all, nobody is left and the curve stays at 0; after the last that lives, it stops.
        if not self.steps or (length > self.steps[-1].at and self.steps[-1].survival > 0):
            return None
        return reached[-1].survival if reached else 1.0


def survival_curve(lifetimes: Sequence[Lifetime], *, confidence: float = 0.95) -> SurvivalCurve:
    """Kaplan and Meier's estimate of how long alliances last, with Aalen and Johansen's of why they end.

    Those that still live count for as long as they were seen: they are not left out, and not taken for ended. That
    they would have fared like the others from then on is assumed. A reason's share is that of all alliances, with the
    other reasons at work, and not what would be if they were gone.

    Args:
        lifetimes: One each, in any order.
        confidence: Of the intervals, in (0, 1).

    Source:
        Kaplan and Meier (1958); Greenwood (1926); Aalen and Johansen (1978); Brookmeyer and Crowley (1982) for the
        median's interval.

    Example:
        >>> curve = survival_curve([Lifetime(1, True), Lifetime(2, False), Lifetime(3, True, EndReason.GOAL_MET)])
        >>> [(step.at, round(step.survival, 2)) for step in curve.steps], curve.median
        ([(1, 0.67), (2, 0.67), (3, 0.0)], 3)
    """
    z = float(ndtri((1 + confidence) / 2))
    steps = tuple(_steps(lifetimes, z))
    median = next((step.at for step in steps if step.survival <= _HALF + _SAME), None)
    causes = Counter(life.because or EndReason.UNKNOWN for life in lifetimes if life.ended)
    return SurvivalCurve(
        steps=steps,
        alliances=len(lifetimes),
        endings=MappingProxyType({reason: causes[reason] for reason in EndReason}),
        median=median,
        median_interval=None if median is None else _around_the_median(steps),
    )


def _steps(lifetimes: Sequence[Lifetime], z: float) -> Iterator[SurvivalStep]:
    at_risk, survival, spread = len(lifetimes), 1.0, 0.0
    incidence = dict.fromkeys(EndReason, 0.0)
    for length, alike in groupby(sorted(lifetimes, key=lambda life: life.length), key=lambda life: life.length):
        lives = [*alike]
        causes = Counter(life.because or EndReason.UNKNOWN for life in lives if life.ended)
        ended = causes.total()
        for reason, count in causes.items():
            incidence[reason] += survival * count / at_risk
        survival *= (at_risk - ended) / at_risk
        spread += ended / (at_risk * (at_risk - ended)) if ended < at_risk else 0.0
        yield SurvivalStep(
            at=length,
            at_risk=at_risk,
            ended=ended,
            censored=len(lives) - ended,
            survival=survival,
            standard_error=survival * sqrt(spread),
            interval=_log_log(survival, spread, z),
            incidence=MappingProxyType(dict(incidence)),
        )
        at_risk -= len(lives)


def _log_log(survival: float, spread: float, z: float) -> Interval | None:
    """It stays within 0 and 1, which an interval of so many standard errors does not."""
    if not 0 < survival < 1:
        return None
    reach = exp(z * sqrt(spread) / -log(survival))
    return Interval(survival**reach, survival ** (1 / reach), IntervalMethod.LOG_LOG)


def _around_the_median(steps: Sequence[SurvivalStep]) -> Interval:
    """From where the lower end of the curve's interval has come down to a half, to where the upper has."""
    ends = [step for step in steps if step.interval is not None]
    low = next((step.at for step in ends if step.interval is not None and step.interval.low <= _HALF), steps[-1].at)
    high = next((step.at for step in ends if step.interval is not None and step.interval.high <= _HALF), inf)
    return Interval(low, high, IntervalMethod.LOG_LOG)
