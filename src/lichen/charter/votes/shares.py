"""Shares of one as people write them, such as 2/3 or 45%, kept exact."""

from __future__ import annotations

import re
from fractions import Fraction

from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["exact_share"]

_WRITTEN = re.compile(r"\s*(?:(\d{1,9})\s*/\s*(0*[1-9]\d{0,8})|(\d{1,9}(?:\.\d{1,9})?)\s*(%?))\s*", re.ASCII)


def exact_share(written: str, column: str = "") -> Fraction:
    """The share that is written as a fraction, a percentage or a decimal, without rounding.

    Args:
        written: Such as ``2/3``, ``45%`` or ``0.45``.
        column: Where it stands, for the refusal.

    Returns:
        From 0 to 1.

    Raises:
        InputError: It is written otherwise, or is more than one.

    Example:
        >>> exact_share("2/3"), exact_share("45%"), exact_share("0.45")
        (Fraction(2, 3), Fraction(9, 20), Fraction(9, 20))
    """
    found = _WRITTEN.fullmatch(written)
    share = None if found is None else _share(*found.groups())
    if share is None or share > 1:
        raise InputError(Problem(_("it is not a share of one"), _("such as 2/3, 45% or 0.45"), column=column))
    return share


def _share(above: str, below: str, number: str, sign: str) -> Fraction:
    return Fraction(int(above), int(below)) if below else Fraction(number) / (100 if sign else 1)
