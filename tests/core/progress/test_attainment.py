"""Goal attainment scaling: the published oracles, what counts at all, and the change from the start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.errors import InputError
from lichen.progress.attainment import GoalFinding, attainment, attainment_score
from lichen.progress.values import Goal, GoalReading, ProgressRules

AGREED, SPRING, SUMMER = date(2026, 3, 1), date(2026, 4, 1), date(2026, 7, 1)
few = settings(max_examples=60, deadline=None)
reached = st.lists(st.tuples(st.integers(-2, 2), st.floats(0.1, 10)), min_size=1, max_size=6)


def goal(what: str, *readings: tuple[date, int], owner: str = "a", **changes: object) -> Goal:
    steps = ("none", "one", "two", "three", "four")
    found = Goal(
        owner, "ops.logistics", what, *steps, agreed_on=AGREED, readings=tuple(GoalReading(*r) for r in readings)
    )
    return replace(found, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("attained", "score"), [((1, 0, 1), 59.13), ((-1, -1, -1), 36.31), ((-2, -2, -2), 22.61)])
def test_the_published_scores_of_three_equal_goals(attained: tuple[int, ...], score: float):
    assert round(attainment_score(attained), 2) == score


def test_one_goal_alone_moves_ten_points_a_step():
    assert [attainment_score([step]) for step in range(-2, 3)] == [30, 40, 50, 60, 70]


@pytest.mark.parametrize(("attained", "weights"), [((), None), ((1, 2), (1,))])
def test_no_goal_or_no_weight_for_one_is_refused(attained: tuple[int, ...], weights: tuple[int, ...] | None):
    with pytest.raises(InputError):
        attainment_score(attained, weights)


@few
@given(reached, st.floats(0.1, 10))
def test_a_score_is_fifty_where_all_is_as_expected_and_keeps_its_order(goals: list[tuple[int, float]], factor: float):
    steps, weights = [step for step, weight in goals], [weight for step, weight in goals]
    score = attainment_score(steps, weights)

    assert attainment_score([0] * len(steps), weights) == 50
    assert attainment_score(steps, [weight * factor for weight in weights]) == pytest.approx(score)
    assert attainment_score([-step for step in steps], weights) == pytest.approx(100 - score)
    assert attainment_score([steps[0] + 1, *steps[1:]], weights) > score


def test_the_change_is_from_where_things_stood_when_work_began():
    goals = [
        goal("first", (SUMMER, 1), (SPRING, -1)),
        goal("second", (SPRING, -1), (SUMMER, 0)),
        goal("third", (SPRING, -1), (SUMMER, 1)),
    ]

    [found] = attainment(goals, SUMMER)

    assert round(found.start, 2) == 36.31
    assert round(found.now, 2) == 59.13
    assert round(found.change, 2) == 22.82
    assert [(one.on, round(one.score, 2)) for one in found.scores] == [(SPRING, 36.31), (SUMMER, 59.13)]


def test_both_scores_are_of_the_goals_that_were_judged_twice():
    [found] = attainment([goal("first", (SPRING, 0), (SUMMER, 1)), goal("second", (SPRING, -2))], SUMMER)

    assert (found.start, found.now) == (50, 60)
    assert [standing.now is None for standing in found.goals] == [False, True]


def test_what_was_judged_after_the_day_is_not_known_yet():
    [found] = attainment([goal("first", (SPRING, 0), (SUMMER, 1))], SPRING)

    assert (found.start, found.now, found.change, found.scores) == (None, None, None, ())


@pytest.mark.parametrize(
    ("made", "findings"),
    [
        (goal("sound", (SPRING, 0)), ()),
        (goal("a step", (SPRING, 0), more=" "), (GoalFinding.STEPS_MISSING,)),
        (goal("no day", (SPRING, 0), agreed_on=None), (GoalFinding.NOT_AGREED,)),
        (goal("too early", (date(2026, 2, 28), -2), (SPRING, 0)), (GoalFinding.READ_TOO_EARLY,)),
        (goal("only early", (date(2026, 2, 28), -2)), (GoalFinding.READ_TOO_EARLY, GoalFinding.NOT_READ)),
        (goal("never"), (GoalFinding.NOT_READ,)),
    ],
)
def test_what_keeps_a_goal_from_counting_is_found(made: Goal, findings: tuple[GoalFinding, ...]):
    [found] = attainment([made], SUMMER)

    assert found.goals[0].findings == findings
    assert (found.goals[0].start is None) == bool({*findings} - {GoalFinding.READ_TOO_EARLY})


def test_a_judgement_from_before_the_agreement_is_not_the_start():
    [found] = attainment([goal("first", (date(2026, 1, 1), -2), (SPRING, 0), (SUMMER, 1))], SUMMER)

    assert (found.start, found.now) == (50, 60)


def test_each_partner_has_its_own_score_and_the_correlation_can_be_changed():
    goals = [goal(f"{owner}{n}", (SPRING, 0), (SUMMER, 1), owner=owner) for owner in "ab" for n in range(3)]
    free = attainment(goals, SUMMER, ProgressRules(correlation=0.0))

    assert [found.owner for found in free] == ["a", "b"]
    assert round(free[0].now, 2) == round(50 + 10 * 3**0.5, 2)
