"""Each interval against scipy or its author's own example."""

from __future__ import annotations

from math import inf, nan
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lichen.progress.intervals import (
    IntervalMethod,
    bootstrap_interval,
    poisson_rate,
    rate_ratio,
    share_difference,
    student_interval,
    wilson_share,
)


@given(st.integers(0, 40), st.integers(1, 40))
def test_wilson_agrees_with_scipy(count, among):
    count = min(count, among)
    theirs = stats.binomtest(count, among).proportion_ci(method="wilson")
    found = wilson_share(count, among)
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert found.holds(count / among)


@given(st.integers(0, 60), st.floats(0.1, 50))
def test_poisson_ends_leave_two_and_a_half_per_cent_outside(count, years):
    found = poisson_rate(count, years)
    assert stats.poisson.cdf(count, found.high * years) == pytest.approx(0.025)
    assert found.low == 0 if count == 0 else stats.poisson.sf(count - 1, found.low * years) == pytest.approx(0.025)


def test_student_agrees_with_scipy():
    low, high = stats.t.interval(0.9, 7, loc=3, scale=2)
    found = student_interval(3, 2, 7, 0.9)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_newcombe_has_his_own_example():
    found = share_difference((56, 70), (48, 80))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


@given(st.integers(0, 20), st.integers(0, 20), st.floats(0.5, 9), st.floats(0.5, 9))
def test_rate_ratio_turned_round_is_its_inverse(count, others, time, theirs):
    if count + others == 0:
        return
    found, turned = rate_ratio((count, time), (others, theirs)), rate_ratio((others, theirs), (count, time))
    assert turned.high == (inf if found.low == 0 else pytest.approx(1 / found.low, rel=1e-6))
    assert (found.high == inf) is (others == 0)


def test_rate_ratio_agrees_with_the_exact_binomial():
    share = stats.binomtest(7, 7 + 3).proportion_ci(method="exact")
    found = rate_ratio((7, 10.0), (3, 20.0))
    ends = [each / (1 - each) * 20 / 10 for each in (share.low, share.high)]
    assert [found.low, found.high] == pytest.approx(ends)


def test_bootstrap_is_the_same_for_a_seed_and_near_the_standard_error():
    sample = list(np.random.default_rng(5).normal(10, 2, 60))
    found = [bootstrap_interval([sample], fmean, seed=seed, draws=1999) for seed in (4, 4, 5)]
    assert found[0] == found[1] != found[2]
    assert found[0].method is IntervalMethod.BOOTSTRAP
    assert (found[0].high - found[0].low) == pytest.approx(2 * 1.96 * np.std(sample) / 60**0.5, rel=0.1)


def test_bootstrap_counts_what_is_left_open_against_both_ends():
    found = bootstrap_interval([[1.0, nan]], lambda drawn: fmean(drawn), seed=0, draws=99)
    assert (found.low, found.high, found.is_bounded) == (-inf, inf, False)
