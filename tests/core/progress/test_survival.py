"""Survival against Freireich's remissions, scipy, hand and brute force."""

from __future__ import annotations

from math import inf, log, sqrt
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lichen.errors import InputError
from lichen.progress.published import published_rates
from lichen.progress.survival import Lifetime, survival_curve
from lichen.progress.values import EndReason

FREIREICH = tuple(
    Lifetime(abs(weeks), weeks > 0)
    for weeks in (6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35)
)
"""Weeks in remission of the 21 children who were given 6-MP; below 0: still in remission. Freireich et al. (1963)."""

PLACEBO = tuple(
    Lifetime(weeks, True) for weeks in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
)

LIVES = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from([None, *EndReason])).map(
        lambda drawn: Lifetime(drawn[0], drawn[1] is not None, drawn[1])
    ),
    min_size=1,
    max_size=20,
)


def test_remissions_on_6_mp_are_as_published():
    curve = survival_curve(FREIREICH)
    ends = [(step.at, step.at_risk, step.ended, round(step.survival, 3)) for step in curve.steps if step.ended]
    assert ends == [
        (6, 21, 3, 0.857),
        (7, 17, 1, 0.807),
        (10, 15, 1, 0.753),
        (13, 12, 1, 0.690),
        (16, 11, 1, 0.627),
        (22, 7, 1, 0.538),
        (23, 6, 1, 0.448),
    ]
    errors = [round(step.standard_error, 4) for step in curve.steps if step.ended]
    assert errors == [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert (curve.median, curve.median_interval.low, curve.median_interval.high) == (23, 13, inf)


def test_remissions_on_placebo_have_the_published_median():
    curve = survival_curve(PLACEBO)
    assert (curve.median, curve.median_interval.low, curve.median_interval.high) == (8, 4, 11)


def test_log_log_interval_by_hand():
    first = survival_curve(FREIREICH).steps[0]
    s, error = 18 / 21, 1.959964 * sqrt(3 / (21 * 18)) / log(18 / 21)
    assert (first.interval.low, first.interval.high) == pytest.approx((s ** np.exp(-error), s ** np.exp(error)))


def test_curve_agrees_with_scipy():
    ended = [life.length for life in FREIREICH if life.ended]
    alive = [life.length for life in FREIREICH if not life.ended]
    theirs = stats.ecdf(stats.CensoredData(ended, right=alive)).sf
    steps = {step.at: step for step in survival_curve(FREIREICH).steps}
    assert [steps[at].survival for at in theirs.quantiles] == pytest.approx(list(theirs.probabilities))
    bounds = theirs.confidence_interval(method="log-log")
    own = [steps[at].interval.low for at in theirs.quantiles]
    assert own == pytest.approx(list(bounds.low.probabilities))


def test_reasons_by_hand():
    """Four alliances: one ends at 1 with its goal met, one is last seen at 2, one runs out of money at 3, one lives."""
    lives = [
        Lifetime(1, True, EndReason.GOAL_MET),
        Lifetime(2, False),
        Lifetime(3, True, EndReason.MONEY),
        Lifetime(4, False),
    ]
    curve = survival_curve(lives)
    last = curve.steps[-1]
    assert (last.survival, last.incidence[EndReason.GOAL_MET], last.incidence[EndReason.MONEY]) == (0.375, 0.25, 0.375)
    assert {reason: count for reason, count in curve.endings.items() if count} == {
        EndReason.GOAL_MET: 1,
        EndReason.MONEY: 1,
    }


def test_ending_without_a_reason_is_unknown():
    assert survival_curve([Lifetime(1, True)]).endings[EndReason.UNKNOWN] == 1


def test_one_last_seen_when_another_ends_was_alive_then():
    assert survival_curve([Lifetime(5, False), Lifetime(5, True)]).steps[0].survival == 0.5


def test_median_is_not_told_before_it_is_reached():
    curve = survival_curve([Lifetime(1, True), Lifetime(9, False), Lifetime(9, False)])
    assert (curve.median, curve.median_interval) == (None, None)


def test_survival_is_known_at_lengths_that_were_seen_and_not_beyond():
    curve = survival_curve(FREIREICH)
    assert [curve.survival_at(weeks) for weeks in (0, 5.9, 36)] == [1.0, 1.0, None]
    assert survival_curve(PLACEBO).survival_at(99) == 0.0
    assert survival_curve([]).survival_at(1) is None


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_without_censoring_it_is_the_share_that_lived_longer(lengths):
    for step in survival_curve([Lifetime(length, True) for length in lengths]).steps:
        assert step.survival == pytest.approx(fmean(length > step.at for length in lengths))


@given(LIVES)
def test_reasons_and_survival_come_to_one(lives):
    for step in survival_curve(lives).steps:
        assert step.survival + sum(step.incidence.values()) == pytest.approx(1)


@given(LIVES, st.randoms(use_true_random=False))
def test_order_of_alliances_changes_nothing(lives, random):
    shuffled = random.sample(lives, len(lives))
    assert survival_curve(shuffled) == survival_curve(lives)


@given(LIVES)
def test_curve_never_rises_and_lies_in_its_interval(lives):
    before = 1.0
    for step in survival_curve(lives).steps:
        assert step.survival <= before
        assert step.interval is None or 0 <= step.interval.low <= step.survival <= step.interval.high <= 1
        before = step.survival


@given(LIVES, st.integers(0, 12))
def test_one_more_that_lives_on_never_lowers_the_curve(lives, after):
    longest = max(life.length for life in lives) + 1
    curve, more = survival_curve(lives), survival_curve([*lives, Lifetime(longest, False)])
    if (known := curve.survival_at(after)) is not None:
        assert more.survival_at(min(after, longest)) >= known - 1e-12


def test_lifetime_refuses_what_cannot_be():
    with pytest.raises(InputError) as refusal:
        Lifetime(-1, False, EndReason.MONEY)
    assert [problem.column for problem in refusal.value.problems] == ["length", "because"]


def test_published_rates_are_named_each_by_itself():
    rates = published_rates()
    assert [rate.counted for rate in rates] == [110, 165, 14, None, None]
    assert all(rate.source and rate.found and rate.of for rate in rates)


@pytest.mark.long
def test_interval_of_the_curve_covers_the_truth_about_95_times_in_100():
    """Lives of an exponential length, seen for a time drawn evenly: how often the interval holds S(1)."""
    random, kept = np.random.default_rng(3), []
    for _ in range(1500):
        lengths, seen = random.exponential(2, 80), random.uniform(0, 6, 80)
        curve = survival_curve([Lifetime(min(a, b), bool(a <= b)) for a, b in zip(lengths, seen, strict=True)])
        step = [step for step in curve.steps if step.at <= 1][-1]
        kept.append(step.interval is not None and step.interval.holds(np.exp(-0.5)))
    assert fmean(kept) == pytest.approx(0.95, abs=0.015)
