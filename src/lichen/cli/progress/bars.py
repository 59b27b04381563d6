"""Steps of a scale as blocks in a line of text."""

from __future__ import annotations

from lichen.language import _

__all__ = ["bar", "percent_words"]


def bar(value: float, most: int) -> str:
    """A number as filled blocks out of as many as the scale has.

    Example:
        >>> bar(3, 5), bar(0, 5)
        ('■■■··', '·····')
    """
    filled = round(value)
    return "■" * filled + "·" * (most - filled)


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
