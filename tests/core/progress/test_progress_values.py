"""What the file keeps of progress and course: each value's own limits, what cannot be so, and that it survives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from lichen.alliance.checks import alliance_problems
from lichen.alliance.values import Alliance
from lichen.errors import InputError
from lichen.files.alliances import alliance_text, read_alliance_text
from lichen.progress.comparison import Better, JointOutcome
from lichen.progress.values import (
    Course,
    EndReason,
    Goal,
    GoalReading,
    Indicator,
    IndicatorReading,
    Membership,
    NeedWeight,
    Progress,
    ProgressRules,
    SatisfactionAnswer,
)
from tests.cast import churches_audit, hospital_audit

DAY = date(2026, 6, 20)
HOSPITAL, CHURCHES = "example-hospital", "example-churches"
TRUST = "trust.underserved"

progress = Progress(
    surveys=(
        SatisfactionAnswer(CHURCHES, DAY, 5, 4, 6, 7, recommend=9, person="Revd Joan Pell"),
        SatisfactionAnswer(HOSPITAL, DAY, 6, person="nurse 4", unnamed=True),
    ),
    indicators=(
        Indicator(HOSPITAL, TRUST, "Neighbours who trust us", "%", readings=(IndicatorReading(DAY, 41.5, 212),)),
        Indicator(CHURCHES, "knowledge.medical", "Wrong pills", better=Better.DOWN),
    ),
    goals=(
        Goal(HOSPITAL, TRUST, "Being asked in", "none", "one", "two", "three", "four", 2, DAY, (GoalReading(DAY, -2),)),
    ),
    outcomes=(JointOutcome("Adults who are vaccinated"),),
    weights=tuple(NeedWeight(CHURCHES, gap.code, 1.5) for gap in churches_audit.organisation.vulnerabilities),
    rules=ProgressRules(correlation=0.2, counts_below=20, separate_from=8),
)
course = Course(
    date(2025, 9, 1),
    (
        Membership(HOSPITAL, date(2026, 1, 1)),
        Membership("example-gone", date(2026, 1, 1), DAY, EndReason.MERGED),
    ),
)
alliance = Alliance("Eastfield", partners=(hospital_audit, churches_audit), progress=progress, course=course)


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_a_file_with_progress_and_course_is_written_and_read_back_the_same(format: str):
    assert read_alliance_text(alliance_text(alliance, format), format) == alliance


def test_a_sound_progress_and_course_have_no_problems():
    assert alliance_problems(alliance) == []


def test_a_person_writes_only_what_matters():
    text = """
name: Eastfield
progress:
  surveys:
    - {by: example-hospital, answered_on: 2026-06-20, satisfied: 6}
  goals:
    - {owner: example-hospital, code: trust.underserved, what: Asked, readings: [{on: 2026-06-20, attained: -1}]}
partners:
  - organisation: {id: example-hospital, name: St Brigid's Hospital}
course: {first_contact_on: 2025-09-01, ended_on: 2026-09-01, ended_because: goal met}
"""

    read = read_alliance_text(text)

    assert read.progress.surveys == (SatisfactionAnswer(HOSPITAL, DAY, 6),)
    assert read.progress.goals[0].readings == (GoalReading(DAY, -1),)
    assert read.course == Course(date(2025, 9, 1), (), date(2026, 9, 1), EndReason.GOAL_MET)


@pytest.mark.parametrize(
    ("make", "columns"),
    [
        (lambda: SatisfactionAnswer("a", DAY, 0, 8, True, None, 11), "satisfied distributive procedural recommend"),
        (lambda: SatisfactionAnswer("a", DAY, unnamed=True), "person"),
        (lambda: IndicatorReading(DAY, float("inf"), 0), "value n"),
        (lambda: Indicator("a", TRUST, " ", "%", readings=(IndicatorReading(DAY, 101),)), "what readings"),
        (lambda: GoalReading(DAY, -3), "attained"),
        (lambda: GoalReading(DAY, 0.5), "attained"),
        (lambda: Goal("a", TRUST, "", weight=0), "what weight"),
        (lambda: NeedWeight("a", TRUST, -1), "weight"),
        (lambda: ProgressRules(1, 1, 0, 4, 0), "correlation confidence counts_below round_days separate_from"),
        (lambda: Membership("a", DAY, DAY - timedelta(1)), "left_on"),
        (lambda: Course(DAY, ended_on=DAY - timedelta(1)), "ended_on"),
    ],
)
def test_a_value_refuses_everything_that_is_wrong_in_it_at_once(make: Callable[[], object], columns: str):
    with pytest.raises(InputError) as refused:
        make()

    assert " ".join(problem.column for problem in refused.value.problems) == columns


def problems_of(**changes: object) -> list[str]:
    changed = replace(progress, **changes)  # type: ignore[arg-type]
    return [problem.place for problem in alliance_problems(replace(alliance, progress=changed))]


def test_measurements_of_a_stranger_or_of_no_known_need_are_found():
    survey, indicator, goal = progress.surveys[0], progress.indicators[0], progress.goals[0]

    assert problems_of(surveys=(replace(survey, by="nobody"),)) == ["progress, surveys, item 1, by"]
    assert problems_of(indicators=(indicator, replace(indicator, owner="x", code="y"))) == [
        "progress, indicators, item 2, owner",
        "progress, indicators, item 2, code",
    ]
    assert problems_of(goals=(goal, goal)) == ["progress, goals, item 2, what"]


def test_two_readings_of_one_day_are_found():
    goal = replace(progress.goals[0], readings=(GoalReading(DAY, 1), GoalReading(DAY, 0)))

    assert problems_of(goals=(goal,)) == ["progress, goals, item 1, readings, item 2, on"]


def test_a_partner_states_all_its_weights_or_none():
    all_of_them = progress.weights

    assert problems_of(weights=all_of_them[:-1]) == ["progress, weights"]
    assert problems_of(weights=tuple(replace(one, weight=0) for one in all_of_them)) == ["progress, weights"]
    assert problems_of(weights=()) == []


@pytest.mark.parametrize(
    ("course", "place"),
    [
        (Course(ended_because=EndReason.MONEY), "course, ended_on"),
        (Course(memberships=(Membership("nobody", DAY),)), "course, memberships, item 1, partner"),
        (
            Course(memberships=(Membership(HOSPITAL, DAY), Membership(HOSPITAL, DAY))),
            "course, memberships, item 2, joined_on",
        ),
        (
            Course(memberships=(Membership(HOSPITAL, DAY),), ended_on=date(2026, 1, 1)),
            "course, memberships, item 1, joined_on",
        ),
        (
            Course(memberships=(Membership(HOSPITAL, DAY, left_because=EndReason.MONEY),)),
            "course, memberships, item 1, left_on",
        ),
    ],
)
def test_what_cannot_be_so_in_a_course_is_found(course: Course, place: str):
    assert [problem.place for problem in alliance_problems(replace(alliance, course=course))] == [place]


def test_an_alliance_that_ended_may_have_partners_that_are_no_longer_there():
    ended = Course(memberships=(Membership("nobody", date(2026, 1, 1)),), ended_on=DAY)

    assert alliance_problems(replace(alliance, course=ended)) == []
