"""The shades of the heat maps, always with the number written on them."""

from __future__ import annotations

__all__ = ["INK", "PAPER", "STEPS", "glow", "ink", "shade", "step"]

STEPS = 10
"""How many shades there are beside the first."""
INK, PAPER = "#0a1510", "#ffffff"

_Colour = tuple[int, int, int]
_LIGHTEST, _DARKEST = (237, 244, 236), (16, 70, 52)
_GREYEST, _GREENEST = (126, 132, 128), (64, 196, 120)


def step(value: float) -> int:
    """The shade of a value from 0 to 1, as a whole number from 0 to ``STEPS``.

    Example:
        >>> step(0.0), step(0.44), step(1.0)
        (0, 4, 10)
    """
    return round(value * STEPS)


def shade(number: int) -> str:
    """The colour of a shade on a page: one hue from light to dark, so that it reads in grey, too.

    Example:
        >>> shade(0), shade(STEPS)
        ('#edf4ec', '#104634')
    """
    return _mixed(_LIGHTEST, _DARKEST, number)


def ink(number: int) -> str:
    """The colour of a number written on a shade of a page: whichever of two can be read better."""
    return PAPER if number > 6 else INK


def glow(number: int) -> str:
    """The colour of a shade in a terminal, which may be dark or light: from grey to green, under a dark number.

    Example:
        >>> glow(0), glow(STEPS)
        ('#7e8480', '#40c478')
    """
    return _mixed(_GREYEST, _GREENEST, number)


def _mixed(low: _Colour, high: _Colour, number: int) -> str:
    parts = (one + (other - one) * number / STEPS for one, other in zip(low, high, strict=True))
    return "#" + "".join(f"{round(part):02x}" for part in parts)
