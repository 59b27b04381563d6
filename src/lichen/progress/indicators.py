"""What was measured of a need beside what its owner says of it: the two are compared, and never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import hypot

from lichen.progress.comparison import Better
from lichen.progress.intervals import Interval, IntervalMethod, wilson_share
from lichen.progress.needs import NeedCourse
from lichen.progress.values import Indicator, IndicatorReading, ProgressRules

__all__ = ["MeasuredNeed", "MovedAlike", "NoInterval", "ReadingShown", "measured_needs"]


class MovedAlike(StrEnum):
    """Whether what was measured moved as its owner says."""

    SAME_WAY = "same way"
    """Both got better, or both got worse."""
    UNMOVED = "unmoved"
    """Neither has moved."""
    RATING_AHEAD = "rating ahead"
    """The owner's own rating went better than what was measured."""
    MEASURE_AHEAD = "measure ahead"
    """What was measured went better than the owner's own rating."""
    UNKNOWN = "unknown"
    """One of the two was not looked at twice."""


class NoInterval(StrEnum):
    """Why there is no interval."""

    NO_N = "n not given"
    NO_SPREAD = "only a share has one"


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """One reading, with how surely it is known."""

    reading: IndicatorReading
    """What was measured."""
    interval: Interval | None
    """In the indicator's unit; None where there is none."""


@dataclass(frozen=True, slots=True)
class MeasuredNeed:
    """A need and one indicator of it, side by side."""

    indicator: Indicator
    """What is measured."""
    need: NeedCourse | None
    """The need by its owner's own ratings; None where it stands in no audit and no check-in."""
    first: ReadingShown | None
    """The earliest reading; None where there is none."""
    last: ReadingShown | None
    """The latest reading until the day; None where there is only one."""
    change: float | None
    """Last less first, in the indicator's unit; None where one of them is missing."""
    change_interval: Interval | None
    """Of the change, in percentage points; None where there is none."""
    no_interval: NoInterval | None
    """Why there is none; None where there is one, or no change."""
    agreement: MovedAlike
    """How the two compare."""

    @property
    def may_be_chance(self) -> bool:
        """Whether the interval of the change holds nought."""
        return self.change_interval is not None and self.change_interval.holds(0)

    @property
    def measure_went(self) -> int:
        """1 where what was measured got better, -1 where worse; 0 where it did not move, or by no more than chance."""
        if self.change is None or self.may_be_chance:
            return 0
        better = self.change if self.indicator.better is Better.UP else -self.change
        return (better > 0) - (better < 0)


def measured_needs(
    indicators: Sequence[Indicator], needs: Sequence[NeedCourse], on: date, rules: ProgressRules | None = None
) -> tuple[MeasuredNeed, ...]:
    """Each indicator beside the need that it measures: first reading and last, and whether both moved alike.

    Where n is given for a percentage, a change counts as one only if its interval does not hold nought.

    Args:
        indicators: What is measured.
        needs: What the owners say of themselves.
        on: The day until which readings count.
        rules: The confidence of the intervals.

    Source:
        Wilson (1927) for a share, Newcombe (1998), method 10, for the difference of two.

    Example:
        >>> trust = Indicator("a", "trust.community", "Neighbours who trust us")
        >>> measured_needs([trust], [], date(2026, 6, 20))[0].agreement.value
        'unknown'
    """
    known = {(need.owner, need.code): need for need in needs}
    confidence = (rules or ProgressRules()).confidence
    return tuple(_measured(one, known.get((one.owner, one.code)), on, confidence) for one in indicators)


def _measured(indicator: Indicator, need: NeedCourse | None, on: date, confidence: float) -> MeasuredNeed:
    readings = sorted((each for each in indicator.readings if each.on <= on), key=lambda each: each.on)
    shown = [ReadingShown(each, _share_interval(indicator, each, confidence)) for each in readings]
    first, last = (shown[0] if shown else None), (shown[-1] if len(shown) > 1 else None)
    change = None if first is None or last is None else last.reading.value - first.reading.value
    interval = None if first is None or last is None else _difference(first, last)
    without = None if change is None or interval is not None else _why_not(indicator)
    found = MeasuredNeed(indicator, need, first, last, change, interval, without, MovedAlike.UNKNOWN)
    return found if change is None or need is None or len(need.readings) < 2 else _compared(found, need)


def _compared(found: MeasuredNeed, need: NeedCourse) -> MeasuredNeed:
    rating, measure = (need.fall > 0) - (need.fall < 0), found.measure_went
    if rating == measure:
        agreement = MovedAlike.SAME_WAY if rating else MovedAlike.UNMOVED
    else:
        agreement = MovedAlike.RATING_AHEAD if rating > measure else MovedAlike.MEASURE_AHEAD
    return replace(found, agreement=agreement)


def _share_interval(indicator: Indicator, reading: IndicatorReading, confidence: float) -> Interval | None:
    if not indicator.is_share or reading.n is None:
        return None
    share = wilson_share(round(reading.value * reading.n / 100), reading.n, confidence)
    return Interval(100 * share.low, 100 * share.high, share.method)


def _difference(first: ReadingShown, last: ReadingShown) -> Interval | None:
    """The interval of last less first, from how far each may lie below and above."""
    if first.interval is None or last.interval is None:
        return None
    before, after = first.reading.value, last.reading.value
    down = hypot(max(0.0, after - last.interval.low), max(0.0, first.interval.high - before))
    up = hypot(max(0.0, last.interval.high - after), max(0.0, before - first.interval.low))
    return Interval(after - before - down, after - before + up, IntervalMethod.WILSON)


def _why_not(indicator: Indicator) -> NoInterval:
    return NoInterval.NO_N if indicator.is_share else NoInterval.NO_SPREAD
