"""Steps of a scale as blocks in a line of text."""

from __future__ import annotations

__all__ = ["bar"]


def bar(value: float, most: int) -> str:
    """A number as filled blocks out of as many as the scale has.

    Example:
        >>> bar(3, 5), bar(0, 5)
        ('■■■··', '·····')
    """
    filled = round(value)
    return "■" * filled + "·" * (most - filled)
