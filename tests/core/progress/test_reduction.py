"""The vulnerability reduction index: by hand, by its properties, and over the waves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.progress.needs import NeedCourse, SeverityReading
from lichen.progress.reduction import ReductionSpread, reduction, reductions

BASE, SPRING, SUMMER = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)
few = settings(max_examples=60, deadline=None)


def need(code: str, weight: float, *severities: int, owner: str = "a", is_new: bool = False) -> NeedCourse:
    days = (BASE, SPRING, SUMMER)
    return NeedCourse(owner, code, weight, tuple(map(SeverityReading, days, severities)), is_new)


@st.composite
def courses(draw: st.DrawFn, owner: str = "a") -> list[NeedCourse]:
    rated = draw(
        st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5), st.floats(0.01, 100)), min_size=1, max_size=7)
    )
    return [need(f"n{place}", weight, before, now, owner=owner) for place, (before, now, weight) in enumerate(rated)]


def test_the_index_by_hand():
    """100 × (0.75 × 2 + 0.25 × −1) ÷ (0.75 × 4 + 0.25 × 4) = 125 ÷ 4."""
    found = reduction([need("trust", 0.75, 4, 2), need("vans", 0.25, 4, 5)], "a")

    assert found.index == 31.25
    assert [(change.need.code, change.percent, change.points) for change in found.changes] == [
        ("trust", 50.0, 37.5),
        ("vans", -25.0, -6.25),
    ]
    assert [change.need.code for change in found.got_worse] == ["vans"]


def test_the_spread_stands_beside_the_index():
    fell = [need("a", 1, 4, 0), need("b", 1, 4, 2), need("c", 1, 4, 3), need("d", 1, 4, 4), need("e", 1, 4, 5)]

    assert reduction(fell).spread == ReductionSpread(-25.0, 0.0, 25.0, 50.0, 100.0)
    assert reduction(fell[:1]).spread is None


def test_all_together_every_partner_counts_alike():
    """One partner has five needs that are gone, the other one that is unchanged: half."""
    ours = [need(f"n{place}", 3.0, 3, 0) for place in range(5)]

    *each, whole = reductions([*ours, need("x", 0.1, 3, 3, owner="b")])

    assert [(found.owner, found.index) for found in each] == [("a", 100.0), ("b", 0.0)]
    assert (whole.owner, whole.index) == ("", pytest.approx(50))


def test_a_new_need_is_listed_apart_and_never_in_the_index():
    known = [need("a", 1, 4, 2)]
    found = reduction([*known, need("new", 0, 5, 5, is_new=True)])

    assert found.index == reduction(known).index == 50
    assert [new.code for new in found.new] == ["new"]


def test_what_was_rated_once_has_no_index():
    found = reduction([need("a", 1, 4), need("b", 1, 3)])

    assert (found.index, found.spread, found.waves, found.is_rated_again) == (None, None, (), False)
    assert reduction([]).index is None


def test_the_index_at_every_wave_and_who_answered():
    silent = NeedCourse(
        "a", "a", 1, (SeverityReading(BASE, 4), SeverityReading(SPRING, 4, answered=False), SeverityReading(SUMMER, 1))
    )
    found = reduction([silent, need("b", 1, 4, 2, 2)])

    assert [(wave.on, wave.index, wave.answered) for wave in found.waves] == [(SPRING, 25, False), (SUMMER, 62.5, True)]
    assert found.waves[-1].index == found.index


def test_a_partner_that_joined_later_is_in_no_wave_before_its_baseline():
    late = NeedCourse("b", "x", 1, (SeverityReading(SPRING, 4), SeverityReading(SUMMER, 0)))

    whole = reductions([need("a", 1, 4, 2, 2), late])[-1]

    assert [wave.index for wave in whole.waves] == [25, 75]


@few
@given(courses(), st.floats(0.01, 100))
def test_only_the_size_of_weights_beside_one_another_matters(needs: list[NeedCourse], factor: float):
    scaled = [replace(need, weight=need.weight * factor) for need in needs]

    assert reduction(scaled).index == pytest.approx(reduction(needs).index)


@few
@given(courses())
def test_all_unchanged_is_nought_and_all_gone_a_hundred(needs: list[NeedCourse]):
    unchanged = [
        replace(need, readings=(need.before, replace(need.now, severity=need.before.severity))) for need in needs
    ]
    gone = [replace(need, readings=(need.before, replace(need.now, severity=0))) for need in needs]

    assert reduction(unchanged).index == 0
    assert reduction(gone).index == pytest.approx(100)


@few
@given(courses())
def test_the_needs_add_up_to_the_index_and_one_that_gets_worse_lowers_it(needs: list[NeedCourse]):
    found = reduction(needs)
    first = needs[0]
    worse = [replace(first, readings=(first.before, replace(first.now, severity=first.now.severity + 1))), *needs[1:]]

    assert sum(change.points for change in found.changes) == pytest.approx(found.index)
    assert reduction(worse).index < found.index  # type: ignore[operator]


@few
@given(courses("a"), courses("b"))
def test_the_whole_lies_between_the_partners(ours: list[NeedCourse], theirs: list[NeedCourse]):
    first, second, whole = (found.index for found in reductions([*ours, *theirs]))

    assert min(first, second) - 1e-9 <= whole <= max(first, second) + 1e-9  # type: ignore[operator, type-var]
