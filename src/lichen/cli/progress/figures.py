"""Figures as people read them: a difference with its sign, an interval with its ends, and both as a line of text."""

from __future__ import annotations

from math import isinf

from lichen.progress.intervals import Interval

__all__ = ["finite", "interval_line", "interval_record"]

_WIDTH = 48


def interval_record(interval: Interval | None) -> dict[str, object] | None:
    """An interval as JSON has it: an end that is missing is null."""
    if interval is None:
        return None
    return {"low": finite(interval.low), "high": finite(interval.high), "method": interval.method.value}


def finite(value: float | None) -> float | None:
    """A number as JSON can have it; None for what has no end."""
    return None if value is None or isinf(value) else value


def interval_line(value: float, interval: Interval) -> str:
    """An interval as a line of text beside nought: where it crosses the stroke, there may be nothing.

    Example:
        >>> from lichen.progress.intervals import IntervalMethod
        >>> interval_line(5, Interval(-1, 11, IntervalMethod.NORMAL))
        '├───┼───────────────────●───────────────────────┤'
        >>> interval_line(9, Interval(6, 12, IntervalMethod.NORMAL))
        '│                       ├───────────●───────────┤'
    """
    left, right = min(0.0, interval.low), max(0.0, interval.high)
    span = right - left or 1.0

    def at(number: float) -> int:
        return int((number - left) / span * _WIDTH)

    marks = [" "] * (_WIDTH + 1)
    low, high = at(interval.low), at(interval.high)
    marks[low : high + 1] = "─" * (high - low + 1)
    marks[low], marks[high] = "├", "┤"
    nought = at(0)
    marks[nought] = "┼" if low <= nought <= high else "│"
    marks[at(value)] = "●"
    return "".join(marks).rstrip()
