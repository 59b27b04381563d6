"""Reckoning with days: a time in months ends on the same day of a later month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

__all__ = ["TOO_FAR", "months_after"]

TOO_FAR = date(9000, 1, 1)
"""From here on no day is reckoned with, so that whatever is added to one is still a date."""


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it is shorter.

    Example:
        >>> months_after(date(2026, 11, 30), 3)
        datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
