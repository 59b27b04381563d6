"""Difference in differences against hand, scipy, least squares and brute force; and what it will not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from math import inf, sqrt
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lichen.errors import InputError
from lichen.progress.comparison import Better, JointOutcome, OutcomeGroup, OutcomePlace, OutcomeReading
from lichen.progress.intervals import IntervalMethod
from lichen.progress.outcomes import (
    Arm,
    MissingFigureName,
    OutcomeCaution,
    OutcomeDesign,
    OutcomeRules,
    outcome_result,
)
from lichen.progress.permuting import permuted

ARTICLE = JointOutcome(
    "people vaccinated",
    reached=OutcomeGroup(reported_change=28),
    compared=OutcomeGroup(reported_change=5),
    claimed_in="the article",
)
"""The article's case study 2: "a 28% increase in targeted neighborhoods", and 5% in control areas."""


def shares(reached: tuple[float, float], compared: tuple[float, float], n: int = 400, **more: object) -> JointOutcome:
    groups = [OutcomeGroup(before=OutcomeReading(p, n), after=OutcomeReading(q, n)) for p, q in (reached, compared)]
    return JointOutcome("vaccinated", reached=groups[0], compared=groups[1], **more)  # type: ignore[arg-type]


def placed(reached: list[float], compared: list[float]) -> JointOutcome:
    """Places whose changes are these."""
    groups = [
        OutcomeGroup(places=tuple(OutcomePlace(f"{side}{row}", 10, 10 + change) for row, change in enumerate(own)))
        for side, own in (("r", reached), ("c", compared))
    ]
    return JointOutcome("days", "days", reached=groups[0], compared=groups[1])


def test_article_gets_two_readings_and_no_interval():
    found = outcome_result(ARTICLE)
    assert (found.design, found.difference, found.interval) == (OutcomeDesign.CLAIM, None, None)
    assert found.claim.points == 23
    assert round(found.claim.relative, 1) == 21.9
    assert {(each.arm, each.when, each.name) for each in found.missing} == {
        (arm, when, name)
        for arm in Arm
        for when in ("before", "after")
        for name in (MissingFigureName.VALUE, MissingFigureName.N)
    }


def test_shares_by_hand():
    found = outcome_result(shares((40, 68), (41, 46)))
    error = 100 * sqrt((0.4 * 0.6 + 0.68 * 0.32 + 0.41 * 0.59 + 0.46 * 0.54) / 400)
    assert found.difference == pytest.approx(23)
    assert found.standard_error == pytest.approx(error)
    assert (found.interval.low, found.interval.high) == pytest.approx((23 - 1.959964 * error, 23 + 1.959964 * error))
    assert (found.interval.method, found.degrees, found.is_better) == (IntervalMethod.NORMAL, inf, True)


def test_shares_agree_with_robust_least_squares():
    """The interaction of a saturated regression, with the sandwich of White, on the people one by one."""
    cells = {(1, 1): (90, 61), (1, 0): (80, 30), (0, 1): (70, 33), (0, 0): (60, 25)}
    rows = [(1, g, t, g * t, y) for (g, t), (n, yes) in cells.items() for y in [1] * yes + [0] * (n - yes)]
    x, y = np.array(rows, dtype=float)[:, :4], np.array(rows, dtype=float)[:, 4]
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ y
    sandwich = bread @ (x.T * (y - x @ beta) ** 2) @ x @ bread
    reading = {cell: OutcomeReading(100 * yes / n, n) for cell, (n, yes) in cells.items()}
    found = outcome_result(
        JointOutcome(
            "shares",
            reached=OutcomeGroup(before=reading[1, 0], after=reading[1, 1]),
            compared=OutcomeGroup(before=reading[0, 0], after=reading[0, 1]),
        )
    )
    assert found.difference == pytest.approx(100 * beta[3])
    assert found.standard_error == pytest.approx(100 * sqrt(sandwich[3, 3]))


def test_means_of_card_and_krueger():
    """Employment in fast food, New Jersey and Pennsylvania, 1992: table 3, with its standard errors for s over √n."""
    cells = {"nj": ((20.44, 0.51), (21.03, 0.52)), "pa": ((23.33, 1.35), (21.17, 0.94))}
    groups = {
        state: OutcomeGroup(
            before=OutcomeReading(before[0], 300, before[1] * sqrt(300)),
            after=OutcomeReading(after[0], 300, after[1] * sqrt(300)),
        )
        for state, (before, after) in cells.items()
    }
    found = outcome_result(JointOutcome("employment", "jobs", reached=groups["nj"], compared=groups["pa"]))
    assert found.difference == pytest.approx(2.75)
    assert found.standard_error == pytest.approx(sqrt(0.51**2 + 0.52**2 + 1.35**2 + 0.94**2))
    assert found.is_better is None


def test_means_agree_with_welch_where_the_baselines_are_certain():
    certain = OutcomeReading(0, 50, 0)
    found = outcome_result(
        JointOutcome(
            "minutes",
            "minutes",
            reached=OutcomeGroup(before=certain, after=OutcomeReading(9.5, 8, 3.1)),
            compared=OutcomeGroup(before=certain, after=OutcomeReading(6.2, 15, 1.2)),
        )
    )
    welch = stats.ttest_ind_from_stats(9.5, 3.1, 8, 6.2, 1.2, 15, equal_var=False)
    assert found.difference / found.standard_error == pytest.approx(welch.statistic)
    assert 2 * stats.t.sf(found.difference / found.standard_error, found.degrees) == pytest.approx(welch.pvalue)
    assert found.interval.method is IntervalMethod.WELCH


REACHED, COMPARED = [3.1, 4.5, 2.2, 5.0, 3.3], [0.4, 1.2, 2.9, -0.3, 0.8, 1.1]


def test_places_agree_with_the_t_test_of_their_changes():
    found = outcome_result(placed(REACHED, COMPARED))
    pooled = stats.ttest_ind(REACHED, COMPARED).confidence_interval()
    assert (found.t_interval.low, found.t_interval.high) == pytest.approx((pooled.low, pooled.high))
    assert found.degrees == 9


def test_places_agree_with_the_permutation_test_of_scipy():
    found = outcome_result(placed(REACHED, COMPARED)).permutation
    theirs = stats.permutation_test(
        (REACHED, COMPARED), lambda a, b: abs(fmean(a) - fmean(b)), n_resamples=inf, alternative="greater"
    )
    assert (found.p, found.ways, found.is_exact) == (pytest.approx(theirs.pvalue), 462, True)


def supposed(reached: list[float], compared: list[float], effect: float) -> float:
    """The share of dealings at least as large, once an effect is taken off: brute force."""
    changes = [each - effect for each in reached] + compared
    whole = sum(changes)

    def size(chosen: tuple[int, ...]) -> float:
        own = sum(changes[place] for place in chosen)
        return abs(own / len(chosen) - (whole - own) / (len(changes) - len(chosen)))

    observed = size(tuple(range(len(reached))))
    sizes = [size(chosen) for chosen in combinations(range(len(changes)), len(reached))]
    return fmean(each >= observed - 1e-9 for each in sizes)


@given(
    st.lists(st.integers(-20, 20), min_size=3, max_size=4),
    st.lists(st.integers(-20, 20), min_size=4, max_size=5),
    st.sampled_from([0.8, 0.9, 0.95]),
)
def test_permutation_interval_holds_exactly_the_effects_that_are_not_refused(reached, compared, confidence):
    found = permuted(reached, compared, most=1000, draws=0, seed=0, confidence=confidence)
    assert found.p == pytest.approx(supposed(reached, compared, 0))
    if found.interval is not None:
        width = found.interval.high - found.interval.low
        for share in (-0.02, 0.02, 0.5, 0.98, 1.02):
            effect = found.interval.low + share * max(width, 1.0)
            kept = supposed(reached, compared, effect) > 1 - confidence + 1e-12
            inside = found.interval.holds(effect)
            assert kept == inside


def test_places_too_few_for_chance_to_be_unlikely_get_no_interval():
    found = outcome_result(placed([4, 5, 6], [1, 2, 3]))
    assert (found.permutation.p, found.permutation.smallest_p, found.interval) == (0.1, 0.1, None)
    assert OutcomeCaution.FEW_PLACES in found.cautions


def test_places_one_on_each_side_lack_a_second():
    found = outcome_result(placed([4], [1]))
    assert (found.difference, found.standard_error, found.interval) == (3, None, None)
    assert {each.name for each in found.missing} == {MissingFigureName.PLACES}


def test_places_of_one_group_alone_give_no_difference():
    found = outcome_result(placed([4, 2], []))
    assert (found.design, found.difference, found.missing[0].arm) == (OutcomeDesign.NOTHING, None, Arm.COMPARED)


def test_many_places_take_t():
    found = outcome_result(placed([float(each) for each in range(12)], [float(each) for each in range(10)]))
    assert (found.interval.method, found.degrees, found.permutation) == (IntervalMethod.STUDENT, 20, None)


def test_permutation_that_is_drawn_is_near_the_exact_and_the_same_for_a_seed():
    exact = permuted(REACHED, COMPARED, most=500, draws=0, seed=0, confidence=0.95)
    drawn = [permuted(REACHED, COMPARED, most=1, draws=4999, seed=seed, confidence=0.95) for seed in (1, 1)]
    assert drawn[0] == drawn[1]
    assert (drawn[0].tried, drawn[0].ways, drawn[0].is_exact) == (5000, 462, False)
    assert drawn[0].p == pytest.approx(exact.p, abs=0.005)
    assert drawn[0].interval.low == pytest.approx(exact.interval.low, abs=0.25)


def test_all_places_alike_give_no_interval_of_no_width():
    found = outcome_result(placed([2, 2, 2], [1, 1, 1]))
    assert (found.difference, found.interval, found.t_interval) == (1, None, None)
    assert OutcomeCaution.NO_SPREAD in found.cautions


def test_all_or_none_in_every_cell_gives_no_interval_of_no_width():
    found = outcome_result(shares((0, 100), (0, 0)))
    assert (found.difference, found.interval, found.cautions[0]) == (100, None, OutcomeCaution.NO_SPREAD)


@pytest.mark.parametrize(("n", "cautioned"), [(12, True), (13, False)])
def test_few_cases_in_a_cell_are_told(n, cautioned):
    found = outcome_result(shares((40, 50), (60, 55), n))
    assert (OutcomeCaution.FEW_CASES in found.cautions) is cautioned


@pytest.mark.parametrize("field", ["value", "n", "sd"])
def test_one_missing_figure_is_named_and_takes_the_interval(field):
    whole = OutcomeReading(5, 20, 2)
    lacking = replace(whole, **{field: None})
    outcome = JointOutcome(
        "days",
        "days",
        reached=OutcomeGroup(before=whole, after=whole),
        compared=OutcomeGroup(before=lacking, after=whole),
    )
    found = outcome_result(outcome)
    assert [(each.arm, each.when, each.name) for each in found.missing] == [("compared", "before", field)]
    assert found.interval is None


def test_mean_of_one_has_no_spread():
    one = OutcomeReading(5, 1, 0)
    group = OutcomeGroup(before=one, after=one)
    found = outcome_result(JointOutcome("days", "days", reached=group, compared=group))
    assert (found.interval, len(found.missing)) == (None, 4)


def test_earlier_figures_show_the_gap_and_how_it_moved_before_it_began():
    day = date(2024, 6, 1)
    outcome = shares((40, 68), (41, 46))
    outcome = replace(
        outcome,
        reached=replace(outcome.reached, earlier=(OutcomeReading(38, 400, on=day),)),
        compared=replace(outcome.compared, earlier=(OutcomeReading(33, on=day),)),
    )
    (gap,) = outcome_result(outcome).earlier
    assert (gap.on, gap.reached, gap.compared, gap.moved, gap.interval) == (day, 38, 33, -6, None)
    counted = replace(outcome.compared, earlier=(OutcomeReading(33, 400, on=day),))
    (gap,) = outcome_result(replace(outcome, compared=counted)).earlier
    assert gap.interval.holds(-6)
    assert OutcomeCaution.NO_EARLIER not in outcome_result(outcome).cautions


@pytest.mark.parametrize(
    ("after", "better", "expected"),
    [(68, Better.UP, True), (68, Better.DOWN, False), (20, Better.DOWN, True), (45, Better.UP, None)],
)
def test_better_depends_on_the_direction_and_the_interval(after, better, expected):
    assert outcome_result(shares((40, after), (41, 46), better=better)).is_better is expected


@given(*[st.integers(0, 100)] * 4, st.integers(-30, 30))
def test_what_moves_both_groups_alike_changes_nothing(a, b, c, d, shift):
    def means(*values: float) -> JointOutcome:
        cells = [OutcomeReading(value, 9, 2) for value in values]
        return JointOutcome(
            "x",
            "x",
            reached=OutcomeGroup(before=cells[0], after=cells[1]),
            compared=OutcomeGroup(before=cells[2], after=cells[3]),
        )

    moved = outcome_result(means(a, b + shift, c, d + shift))
    assert outcome_result(means(a, b, c, d)).difference == moved.difference
    assert outcome_result(means(c, d, a, b)).difference == -outcome_result(means(a, b, c, d)).difference


@given(st.permutations(REACHED), st.permutations(COMPARED))
def test_order_of_places_changes_nothing(reached, compared):
    found, as_given = outcome_result(placed(reached, compared)), outcome_result(placed(REACHED, COMPARED))
    assert found.permutation.p == as_given.permutation.p
    assert found.interval.low == pytest.approx(as_given.interval.low)


def test_rules_refuse_what_cannot_be():
    with pytest.raises(InputError) as refusal:
        OutcomeRules(confidence=1, draws=3)
    assert [problem.column for problem in refusal.value.problems] == ["draws", "confidence"]


@pytest.mark.long
@pytest.mark.parametrize("n", [60, 400])
def test_interval_of_shares_covers_the_truth_about_95_times_in_100(n):
    random, truth = np.random.default_rng(7), (40, 60, 45, 50)
    counts = random.binomial(n, np.array(truth) / 100, (2000, 4))
    found = [outcome_result(shares((row[0], row[1]), (row[2], row[3]), n)) for row in 100 * counts / n]
    assert fmean(each.interval.holds(15) for each in found) == pytest.approx(0.95, abs=0.015)


@pytest.mark.long
@pytest.mark.parametrize(
    ("places", "method"), [((4, 5), IntervalMethod.PERMUTATION), ((10, 12), IntervalMethod.STUDENT)]
)
def test_interval_of_places_covers_the_truth_at_least_95_times_in_100(places, method):
    random = np.random.default_rng(11)
    kept = []
    for _ in range(1500):
        reached, compared = (random.normal(mean, 3, size) for mean, size in zip((5, 1), places, strict=True))
        found = outcome_result(placed(list(reached), list(compared)))
        kept.append(found.interval.method is method and found.interval.holds(4))
    assert 0.935 <= fmean(kept) <= 0.975
