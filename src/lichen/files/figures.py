"""Numbers, sums of money and days as people write them, made into plain figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

__all__ = ["day_meant", "in_figures", "sum_meant"]

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTHS = tuple("january february march april may june july august september october november december".split())
_SUM = re.compile(
    r"(?:(?:about|around|roughly|some|over|ca?\.?|~) ?)?(?:[£$€] ?|gbp |usd |eur )?"
    r"(\d{1,3}(?:,\d{3})+|\d{1,15}(?:\.\d{1,2})?) ?(k|thousand|m|mn|million|bn|billion)?"
)
_TIMES = {"k": 1e3, "t": 1e3, "m": 1e6, "b": 1e9}
_LEAST = 1_000  # less may have been meant as thousands


def in_figures(answer: str, unit: str = "") -> str:
    """A number without its unit, and a small one in figures; anything else as it is, but in small letters.

    Args:
        answer: What somebody wrote.
        unit: What may stand behind the number, as a pattern.

    Example:
        >>> in_figures("2.5 hours", "hours?"), in_figures("Two")
        ('2.5', '2')
    """
    bare = re.sub(rf"\s*(?:{unit})\.?$", "", answer.casefold()) if unit else answer.casefold()
    return str(_NUMBERS.index(bare) + 1) if bare in _NUMBERS else bare


def sum_meant(answer: str) -> float | None:
    """The sum of money in an answer in small letters; None where it is none, or so small that it may be thousands.

    Example:
        >>> sum_meant("about 40 million"), sum_meant("£250,000"), sum_meant("40")
        (40000000.0, 250000.0, None)
    """
    matched = _SUM.fullmatch(answer)
    if matched is None:
        return None
    number, times = matched.groups()
    money = float(number.replace(",", "")) * (_TIMES[times[0]] if times else 1)
    return money if money >= _LEAST else None


def day_meant(answer: str) -> date | None:
    """The day that an answer means; None where it is none, or could mean two, such as 3/4/2026.

    Example:
        >>> str(day_meant("22/11/2025")), str(day_meant("November 22nd, 2025")), day_meant("3/4/2026")
        ('2025-11-22', '2025-11-22', None)
    """
    for year, month, day in _parts(answer.casefold()):
        try:
            return date(year, month, day)
        except ValueError:
            return None
    return None


def _parts(answer: str) -> Iterator[tuple[int, int, int]]:
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", answer, re.ASCII):
        yield int(iso[1]), int(iso[2]), int(iso[3])
    if figures := re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", answer, re.ASCII):
        month, day = sorted((int(figures[1]), int(figures[3])))
        if day > len(_MONTHS) or day == month:
            yield int(figures[4]), month, day
    if named := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,})\.?,? (\d{4})", answer, re.ASCII):
        yield from ((int(named[3]), month, int(named[1])) for month in _months(named[2]))
    if named := re.fullmatch(r"([a-z]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", answer, re.ASCII):
        yield from ((int(named[3]), month, int(named[2])) for month in _months(named[1]))


def _months(name: str) -> Iterator[int]:
    return (month for month, full in enumerate(_MONTHS, 1) if full.startswith(name))
