"""Adjusted Winner: the published divisions, and the three promises on whatever points are drawn."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lichen.errors import InputError
from lichen.exchange.adjusted_winner import Division, adjusted_winner
from tests.strategies import modest

ITEMS = ("Sinai", "recognition", "West Bank", "linkage", "rights", "Jerusalem")
CAMP_DAVID = (
    dict(zip(ITEMS, (35, 10, 20, 10, 5, 20), strict=True)),
    dict(zip(ITEMS, (55, 5, 10, 5, 20, 5), strict=True)),
)

points = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6)


def divided(drawn: list[tuple[int, int]]) -> Division:
    assume(all(map(any, zip(*drawn, strict=True))))
    first, second = ({str(place): pair[party] for place, pair in enumerate(drawn)} for party in (0, 1))
    return adjusted_winner(first, second)


def numbered(*given: int) -> dict[str, int]:
    return {str(place): each for place, each in enumerate(given)}


def parts(division: Division) -> list[Fraction]:
    return [share.first for share in division.shares]


def worths(division: Division) -> tuple[Fraction, Fraction]:
    """What each gets of its own points."""
    return (
        sum((share.first * share.points[0] for share in division.shares), Fraction(0)),
        sum((share.second * share.points[1] for share in division.shares), Fraction(0)),
    )


def test_camp_david_is_divided_as_published():
    division = adjusted_winner(*CAMP_DAVID)
    assert division.points == Fraction(395, 6)
    assert parts(division) == [Fraction(1, 6), 1, 1, 1, 0, 1]
    assert division.split == division.shares[0]


def test_second_published_division():
    division = adjusted_winner(numbered(10, 40, 10, 38, 2), numbered(38, 20, 30, 10, 2))
    assert division.points == Fraction(218, 3)


def test_each_gets_what_it_alone_wants():
    division = adjusted_winner({"donors": 100, "credit": 0}, {"donors": 0, "credit": 100})
    assert (parts(division), division.points, division.split) == ([1, 0], 100, None)


def test_one_item_is_split_in_half():
    assert parts(adjusted_winner({"hall": 7}, {"hall": 3})) == [Fraction(1, 2)]


def test_points_are_scaled_exactly():
    """A third of a point is no binary number, and 0.1 is meant to be a tenth."""
    first, second = {"a": 0.1, "b": Decimal("0.2")}, {"a": Fraction(2, 3), "b": Fraction(1, 3)}
    division = adjusted_winner(first, second)
    assert [share.points for share in division.shares] == [
        (Fraction(100, 3), Fraction(200, 3)),
        (Fraction(200, 3), Fraction(100, 3)),
    ]
    assert division.points == Fraction(200, 3)


def test_item_that_nobody_wants_changes_nothing():
    plain, more = ({"a": 60, "b": 40}, {"a": 30, "b": 70}), ({"c": 0, "a": 60, "b": 40}, {"a": 30, "b": 70, "c": 0})
    assert adjusted_winner(*more).points == adjusted_winner(*plain).points


@given(points)
@modest
def test_division_is_equitable_and_free_of_envy(drawn: list[tuple[int, int]]):
    division = divided(drawn)
    assert worths(division) == (division.points, division.points)
    assert division.points >= 50
    assert sum(0 < part < 1 for part in parts(division)) <= 1
    assert all(0 <= part <= 1 for part in parts(division))


@given(points)
@modest
def test_no_other_division_is_better_for_one_and_no_worse_for_the_other(drawn: list[tuple[int, int]]):
    """What the first has it values more, beside the second, than what the second has: no swap can help both."""
    division = divided(drawn)
    held = [share.points for share in division.shares if share.first > 0]
    other = [share.points for share in division.shares if share.second > 0]
    for (here_first, here_second), (there_first, there_second) in product(held, other):
        assert here_first * there_second >= there_first * here_second


@given(points)
@modest
def test_both_parties_are_treated_alike(drawn: list[tuple[int, int]]):
    assert divided(drawn).points == divided([(second, first) for first, second in drawn]).points


def test_everything_wrong_with_the_points_is_told_at_once():
    with pytest.raises(InputError) as refusal:
        adjusted_winner({"a": -1, "b": float("nan"), "c": True}, {"a": 0, "d": 0})
    assert [(problem.row, problem.column) for problem in refusal.value.problems] == [
        (1, "first"), (2, "first"), (3, "first"), (None, "second"), (None, ""),
    ]  # fmt: skip


def test_nothing_to_divide_is_refused():
    with pytest.raises(InputError):
        adjusted_winner({}, {})
