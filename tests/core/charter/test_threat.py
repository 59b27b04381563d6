"""A shared threat on a day: standing, ageing, old or passed, and whether anything else carries the alliance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.charter.threat import (
    SharedThreat,
    ThreatQuestion,
    ThreatStage,
    ThreatWindow,
    is_two_way,
    threat_state,
)
from lichen.errors import InputError
from tests.strategies import modest

CUTS = SharedThreat(
    "the night buses are to be cut",
    named_on=date(2026, 1, 15),
    source="the county council",
    sign_of_passing="the budget of March has them in it",
    afterwards="the joint shuttle",
)
days = st.dates(date(2026, 1, 15), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("on", "stage", "faded"),
    [
        (date(2026, 7, 14), ThreatStage.STANDING, False),
        (date(2026, 7, 15), ThreatStage.AGEING, True),
        (date(2027, 1, 14), ThreatStage.AGEING, True),
        (date(2027, 1, 15), ThreatStage.OLD, True),
    ],
)
def test_threat_ages_by_the_articles_window(on: date, stage: ThreatStage, faded: bool):
    state = threat_state(CUTS, on=on, two_way_exchange=False)
    assert (state.stage, state.faded) == (stage, faded)
    assert (state.ageing_on, state.old_on) == (date(2026, 7, 15), date(2027, 1, 15))


def test_window_can_be_changed():
    state = threat_state(CUTS, on=date(2026, 7, 15), two_way_exchange=False, window=ThreatWindow(12, 24))
    assert (state.stage, state.ageing_on, state.old_on) == (
        ThreatStage.STANDING,
        date(2027, 1, 15),
        date(2028, 1, 15),
    )


def test_threat_has_passed_from_its_day_on_and_not_before():
    passed = replace(CUTS, passed_on=date(2026, 3, 31))
    stages = [threat_state(passed, on=date(2026, 3, day), two_way_exchange=False).stage for day in (30, 31)]
    assert stages == [ThreatStage.STANDING, ThreatStage.PASSED]


def test_another_two_way_exchange_keeps_a_passed_threat_from_fading_the_alliance():
    passed = replace(CUTS, passed_on=date(2026, 3, 31))
    states = [threat_state(passed, on=date(2026, 4, 1), two_way_exchange=exchange) for exchange in (False, True)]
    assert [state.faded for state in states] == [True, False]


def test_what_nobody_answered_about_a_threat_is_asked():
    bare = SharedThreat("the rent doubles", named_on=date(2026, 1, 15), afterwards=" ")
    assert threat_state(bare, on=date(2026, 2, 1), two_way_exchange=True).unanswered == tuple(ThreatQuestion)
    assert threat_state(CUTS, on=date(2026, 2, 1), two_way_exchange=True).unanswered == ()


@pytest.mark.parametrize(
    ("gifts", "found"),
    [
        ([], False),
        ([("a", "b")], False),
        ([("a", "b"), ("a", "c"), ("b", "c")], False),
        ([("a", "b"), ("b", "a")], True),
        ([("a", "b"), ("b", "c"), ("c", "a")], True),
    ],
)
def test_two_way_is_what_comes_back(gifts: list[tuple[str, str]], found: bool):
    assert is_two_way(gifts) is found


@modest
@given(on=days, later=st.integers(0, 900), two_way=st.booleans(), passed=st.none() | days)
def test_threat_never_grows_younger(on: date, later: int, two_way: bool, passed: date | None):
    threat = replace(CUTS, passed_on=passed)
    order = [*ThreatStage]
    now, then = (threat_state(threat, on=day, two_way_exchange=two_way) for day in (on, on + timedelta(days=later)))
    assert order.index(now.stage) <= order.index(then.stage)
    assert now.faded <= then.faded


def test_threat_without_a_name_that_passed_too_early_tells_both():
    with pytest.raises(InputError) as refusal:
        SharedThreat(" ", named_on=date(2026, 1, 15), passed_on=date(2026, 1, 14))
    assert [problem.column for problem in refusal.value.problems] == ["name", "passed_on"]


def test_threat_named_at_the_end_of_the_calendar_is_refused():
    with pytest.raises(InputError, match="too far ahead"):
        SharedThreat("a comet", named_on=date(9999, 12, 31))


@pytest.mark.parametrize("window", [(0, 12), (7, 6), (6, 10**9)])
def test_window_out_of_order_is_refused(window: tuple[int, int]):
    with pytest.raises(InputError, match="not in order"):
        ThreatWindow(*window)
