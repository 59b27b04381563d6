"""Whether promises fit into a capacity a month, by serving them month after month as a person would."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple


class Asked(NamedTuple):
    """So much, on any days from one to another."""

    amount: Fraction
    opens_on: date
    due_on: date


def fits(asked: Iterable[Asked], capacity: Fraction) -> bool:
    """Whether each month can give what is wanted most urgently in it, until nothing is wanted any more."""
    left = [[_month(one.opens_on), _month(one.due_on), one.amount] for one in asked]
    months = range(min((one[0] for one in left), default=0), max((one[1] for one in left), default=0) + 1)
    for month in months:
        spare = capacity
        for one in sorted(left, key=lambda one: one[1]):
            if one[0] <= month <= one[1]:
                given = min(spare, one[2])
                spare, one[2] = spare - given, one[2] - given
    return all(one[2] == 0 for one in left)


def _month(day: date) -> int:
    return day.year * 12 + day.month
