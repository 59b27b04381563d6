"""What the people served say: a series over time, of which no one's answer can be found by subtracting."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.checkin.served import served_series
from lichen.checkin.values import CheckIn, ServedAnswer
from lichen.small_groups import Reason
from tests.core.checkin.quarters import HEARD, quarters

LATER = date(2027, 6, 1)
DAY = date(2026, 9, 21)


def point(*counts: int):
    [series] = served_series([CheckIn(DAY, served=(ServedAnswer(DAY, "Heard?", counts),))], LATER)
    return series.points[0]


def test_answers_to_one_question_are_a_series_over_time():
    [series] = served_series(quarters, LATER)

    assert (series.question, series.asked_of) == (HEARD, "visitors of the fair")
    assert [(each.on, each.answered, each.mean) for each in series.points] == [
        (date(2026, 12, 6), 40, 141 / 40),
        (date(2027, 3, 7), 46, 182 / 46),
    ]


@pytest.mark.parametrize(
    ("counts", "reason", "answered", "mean"),
    [
        ((0, 0, 0, 0, 0), Reason.NOBODY, 0, None),
        ((1, 1, 1, 1, 0), Reason.TOO_FEW, 4, None),
        ((1, 1, 1, 1, 1), Reason.ENOUGH, 5, 3.0),
        ((0, 0, 0, 0, 5), Reason.ENOUGH, 5, 4.0),
        ((5, 0, 0, 0, 0), Reason.ENOUGH, 5, 2.0),
    ],
)
def test_fewer_than_five_are_not_shown_and_nobody_is_found_where_all_agree(counts, reason, answered, mean):
    found = point(*counts)

    assert (found.reason, found.answered, found.mean) == (reason, answered, mean)


def test_questions_of_later_are_not_shown():
    assert [len(each.points) for each in served_series(quarters, date(2027, 1, 1))] == [1]


def shown(*numbers: int, **more: bool) -> list[bool]:
    """Whether each figure is shown, for so many answers each time."""
    asked = [
        ServedAnswer(date(2026, 1 + place, 1), "Heard?", (0, 0, n, 0, 0), **more) for place, n in enumerate(numbers)
    ]
    [series] = served_series([CheckIn(DAY, served=tuple(asked))], LATER)
    return [point.mean is not None for point in series.points]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_between_two_figures_no_fewer_than_five_answers_are_left(numbers):
    left = [n for n, is_shown in zip(numbers, shown(*numbers), strict=True) if is_shown]

    assert all(abs(one - other) >= 5 for one, other in combinations(left, 2))
    assert all(n >= 5 for n in left)


def test_one_who_came_to_the_five_of_before_cannot_be_subtracted():
    assert shown(5, 6, 5, 10) == [True, False, False, True]


def test_other_people_can_be_as_many():
    assert shown(40, 42, 40, are_others=True) == [True, True, True]


def test_who_came_to_two_groups_together_cannot_be_subtracted_either():
    numbers, others = (7, 13, 21), (False, True, False)
    asked = [
        ServedAnswer(date(2026, 1 + place, 1), "Heard?", (0, 0, n, 0, 0), are_others=are_others)
        for place, (n, are_others) in enumerate(zip(numbers, others, strict=True))
    ]
    [series] = served_series([CheckIn(DAY, served=tuple(asked))], LATER)
    assert [point.mean is not None for point in series.points] == [True, True, False]
    assert shown(20, 30, 11) == [True, True, False]
