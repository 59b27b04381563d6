"""Months later: the same day, or the last one there is."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lichen.days import months_after


@given(st.dates(date(1, 1, 1), date(9000, 12, 31)), st.integers(0, 120))
def test_months_after_is_in_the_right_month_and_no_later_in_it(day: date, months: int):
    later = months_after(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or (later.day < day.day and months_after(later.replace(day=1), 1).day == 1)
    assert later.day == day.day or later.day >= 28
