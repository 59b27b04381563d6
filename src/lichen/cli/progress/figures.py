"""Figures as people read them: a difference with its sign, an interval with its ends, and both as a line of text."""

from __future__ import annotations

from math import isinf

from lichen.language import _
from lichen.progress.intervals import Interval

__all__ = ["finite", "interval_line", "interval_record", "interval_words", "number_words", "signed_words"]

_WIDTH = 48


def number_words(value: float, places: int = 1) -> str:
    """A number without the places that say nothing.

    Example:
        >>> number_words(23.0), number_words(-0.04), number_words(1234.56)
        ('23', '0', '1,234.6')
    """
    told = f"{value:,.{places}f}"
    told = told.rstrip("0").rstrip(".") if "." in told else told
    return "0" if told == "-0" else told.replace("-", "−")


def signed_words(value: float, places: int = 1) -> str:
    """A change with its sign.

    Example:
        >>> signed_words(23.0), signed_words(-5.25), signed_words(0.01)
        ('+23', '−5.2', '0')
    """
    told = number_words(value, places)
    return told if told == "0" or value < 0 else f"+{told}"


def interval_words(interval: Interval, places: int = 1) -> str:
    """Both ends of an interval, and what it is where an end is missing.

    Example:
        >>> from math import inf
        >>> from lichen.progress.intervals import IntervalMethod
        >>> interval_words(Interval(2, 9, IntervalMethod.WILSON))
        'from 2 to 9'
        >>> interval_words(Interval(2, inf, IntervalMethod.WILSON))
        '2 or more'
    """
    low, high = number_words(interval.low, places), number_words(interval.high, places)
    if interval.is_bounded:
        return _("from {low} to {high}").format(low=low, high=high)
    if isinf(interval.low) and isinf(interval.high):
        return _("anything")
    return _("{high} or less").format(high=high) if isinf(interval.low) else _("{low} or more").format(low=low)


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
