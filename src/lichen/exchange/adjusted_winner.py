"""Adjusted Winner: two parties divide what they hold together, so that neither envies the other. Exact in fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["Division", "DivisionShare", "adjusted_winner"]

Points = int | float | Decimal | Fraction
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class DivisionShare:
    """How one item is divided."""

    item: str
    """Its name."""
    first: Fraction
    """The part that the first party gets, in [0, 1]."""
    points: tuple[Fraction, Fraction]
    """What the whole item is worth to the first and to the second party, of 100 points each."""

    @property
    def second(self) -> Fraction:
        """The part that the second party gets, in [0, 1]."""
        return 1 - self.first


@dataclass(frozen=True, slots=True)
class Division:
    """How two parties divide several items.

    Each gets as many of its own points as the other of its own, and at least half of them; nobody could get more
    without the other getting less; and at most one item is split.
    """

    shares: tuple[DivisionShare, ...]
    """One an item, in the order in which they came."""
    points: Fraction
    """How many of its own 100 points each party gets."""

    @property
    def split(self) -> DivisionShare | None:
        """The item that both get a part of; None where every item goes to one of them."""
        return next((share for share in self.shares if 0 < share.first < 1), None)


def adjusted_winner(first: Mapping[str, Points], second: Mapping[str, Points]) -> Division:
    """How two parties divide items fairly, from the points that each gives to them.

    Each item goes to whoever gives it more points, one with the same points to the first party. Whoever then has more
    of its own points passes items on, beginning with those that cost it least for what they are worth to the other,
    until both have as much; the last of them may be split. An item that nobody wants goes to the first party.

    Each party should have given its points before it saw the other's: who knows them can gain by lying.

    Args:
        first: The points of the first party for each item: 0 or more, not all 0. They are scaled to sum to 100.
        second: The same of the second party, for the same items.

    Raises:
        InputError: The items differ, or points are below 0, no numbers, or all 0; bears every problem at once.

    Source:
        Brams and Taylor (1996), Fair Division, chapter 4.

    Example:
        >>> mine, yours = {"donors": 60, "credit": 40}, {"donors": 30, "credit": 70}
        >>> division = adjusted_winner(mine, yours)
        >>> [(share.item, str(share.first)) for share in division.shares], str(division.points)
        ([('donors', '1'), ('credit', '1/11')], '700/11')
    """
    _check(first, second)
    items, of_first, of_second = list(first), _scaled(first), _scaled(second)
    parts = {item: Fraction(of_first[item] >= of_second[item]) for item in items}
    ahead = _points(parts, of_first) - _points({item: 1 - part for item, part in parts.items()}, of_second)
    gives, gets, end = (of_first, of_second, 0) if ahead > 0 else (of_second, of_first, 1)
    held = [item for item in items if parts[item] != end and gets[item]]
    lead = abs(ahead)
    for item in sorted(held, key=lambda item: gives[item] / gets[item]):
        # Passing on the whole item narrows the lead by what it is worth to both.
        passed = min(Fraction(1), lead / (gives[item] + gets[item]))
        parts[item] += passed if end else -passed
        lead -= passed * (gives[item] + gets[item])
    shares = tuple(DivisionShare(item, parts[item], (of_first[item], of_second[item])) for item in items)
    return Division(shares, _points(parts, of_first))


def _points(parts: Mapping[str, Fraction], points: Mapping[str, Fraction]) -> Fraction:
    return sum((part * points[item] for item, part in parts.items()), Fraction(0))


def _scaled(points: Mapping[str, Points]) -> dict[str, Fraction]:
    """The points as fractions that sum to 100; a decimal number is what it says, not the nearest binary one."""
    exact = {item: Fraction(str(given)) for item, given in points.items()}
    whole = sum(exact.values())
    return {item: given * _WHOLE / whole for item, given in exact.items()}


def _check(first: Mapping[str, Points], second: Mapping[str, Points]) -> None:
    problems = [*_odd_points("first", first), *_odd_points("second", second)]
    if {*first} != {*second}:
        problems.append(Problem(_("the two have given points to different items"), _("the same items for both")))
    if problems:
        raise InputError(problems)


def _odd_points(party: str, points: Mapping[str, Points]) -> Iterator[Problem]:
    odd = [row for row, given in enumerate(points.values(), 1) if not _is_usable(given)]
    for row in odd:
        yield Problem(_("these are no points"), _("a number from 0 up"), row=row, column=party)
    if not odd and not any(points.values()):
        yield Problem(_("nothing is worth anything to this party"), _("points above 0 for an item"), column=party)


def _is_usable(given: Points) -> bool:
    is_number = not isinstance(given, bool) and (isinstance(given, int | Fraction) or isfinite(given))
    return is_number and given >= 0
