"""Figures of progress as people read them: a change with its sign, an interval with its ends, what was asked."""

from __future__ import annotations

from math import isinf

from lichen.language import _
from lichen.progress.intervals import Interval
from lichen.progress.satisfaction import Question

__all__ = ["interval_words", "number_words", "percent_words", "question_words", "signed_words"]


def percent_words(percent: float) -> str:
    """By how much something has become less severe, in per cent.

    Example:
        >>> percent_words(60.0), percent_words(0.0), percent_words(-25.0)
        ('60% less severe', 'unchanged', '25% more severe')
    """
    if round(percent) == 0:
        return _("unchanged") if percent == 0 else _("almost unchanged")
    words = _("{percent:.0f}% less severe") if percent > 0 else _("{percent:.0f}% more severe")
    return words.format(percent=abs(percent))


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


def question_words(question: Question) -> str:
    """What is asked at a refresher, as a statement.

    Example:
        >>> question_words(Question.SATISFIED)
        'Satisfied with the alliance'
    """
    return {
        Question.SATISFIED: _("Satisfied with the alliance"),
        Question.DISTRIBUTIVE: _("What we receive is fair for what we give"),
        Question.PROCEDURAL: _("Decisions are made fairly, and we are heard"),
        Question.INTERACTIONAL: _("We are treated with respect, and told the truth"),
    }[question]
