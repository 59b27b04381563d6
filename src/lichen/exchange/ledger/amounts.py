"""Adding up amounts as people write them: three times 0.1 hours are 0.3 hours."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

__all__ = ["exact", "total"]


def exact(amount: float) -> Fraction:
    """The number that is written, rather than the nearest one a computer can hold.

    Example:
        >>> exact(0.1)
        Fraction(1, 10)
    """
    return Fraction(str(amount))


def total(amounts: Iterable[float]) -> float:
    """The sum of amounts of one kind and unit, exact in their decimals.

    Example:
        >>> total([0.1, 0.1, 0.1]), total([])
        (0.3, 0.0)
    """
    return float(sum(map(exact, amounts), Fraction(0)))
