"""How satisfied each is: the lowest and the gap, rounds, and that nobody's unnamed answer can be worked out."""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.progress.satisfaction import Question, SurveyRound, satisfaction
from lichen.progress.values import ProgressRules, SatisfactionAnswer

SPRING, SUMMER = date(2026, 3, 20), date(2026, 6, 20)
CLOSED = SUMMER + timedelta(45)


def said(by: str, satisfied: int | None, day: date = SPRING, person: str = "", **more: object) -> SatisfactionAnswer:
    return SatisfactionAnswer(by, day, satisfied, person=person, **more)  # type: ignore[arg-type]


def people(by: str, answers: list[int], day: date = SPRING, first: int = 1, **more: object) -> list[SatisfactionAnswer]:
    return [said(by, each, day, f"p{place}", unnamed=True, **more) for place, each in enumerate(answers, start=first)]


def test_the_lowest_and_the_gap_stand_beside_the_mean():
    answers = [
        SatisfactionAnswer("a", SPRING, 6, 6, 7, 7),
        SatisfactionAnswer("b", SPRING, 6, 3, 2, 5),
        SatisfactionAnswer("c", SPRING, 5, 6, 6, 6),
    ]
    [found] = satisfaction(answers, SPRING)
    lowest = {one.question: (one.lowest.partner, one.lowest.mean, one.gap, one.mean) for one in found.questions}

    assert lowest == {
        Question.SATISFIED: ("c", 5, 1, pytest.approx(17 / 3)),
        Question.DISTRIBUTIVE: ("b", 3, 3, 5),
        Question.PROCEDURAL: ("b", 2, 5, 5),
        Question.INTERACTIONAL: ("b", 5, 2, 6),
    }
    assert found.questions[2].content == (1, 0, 2)


def test_a_partner_whose_people_answer_by_name_has_one_voice():
    [found] = satisfaction([said("a", 7, person="Ann"), said("a", 4, person="Ben"), said("b", 5)], SPRING)

    assert [(voice.partner, voice.answers, voice.mean) for voice in found.questions[0].voices] == [
        ("b", 1, 5),
        ("a", 2, 5.5),
    ]


def test_answers_within_half_a_quarter_are_one_round_and_the_later_of_two_holds():
    answers = [
        said("a", 2, SPRING),
        said("b", 6, SPRING + timedelta(44)),
        said("a", 5, SPRING + timedelta(10)),
        said("a", 7, SPRING + timedelta(45)),
    ]
    found = satisfaction(answers, CLOSED)

    assert [(one.begun_on, [voice.mean for voice in one.questions[0].voices]) for one in found] == [
        (SPRING, [5, 6]),
        (SPRING + timedelta(45), [7]),
    ]
    assert satisfaction(answers, SPRING)[0].questions[0].voices[0].mean == 2


def test_what_nobody_answered_has_no_figures():
    [found] = satisfaction([said("a", 6)], SPRING)
    procedural = found.questions[2]

    assert (procedural.lowest, procedural.gap, procedural.mean, found.recommended) == (None, None, None, None)
    assert found.questions[0].gap is None
    assert satisfaction([], SPRING) == ()


def test_fewer_than_five_unnamed_answers_are_never_told():
    [found] = satisfaction([*people("a", [1, 1, 1, 1]), said("b", 6)], CLOSED)
    asked = found.questions[0]

    assert [voice.partner for voice in asked.voices] == ["b"]
    assert [(one.partner, one.answers, one.reason.value) for one in asked.withheld] == [("a", 4, "too-few")]
    assert asked.content == (0, 0, 1)


def test_five_are_told_together_once_the_round_is_closed():
    answers = people("a", [2, 3, 4, 5, 6])
    open_still, closed = satisfaction(answers, SPRING + timedelta(44)), satisfaction(answers, SPRING + timedelta(45))

    assert open_still[0].questions[0].voices == ()
    assert [one.reason.value for one in open_still[0].questions[0].withheld] == ["sealed"]
    assert [(voice.mean, voice.unnamed, voice.answers) for voice in closed[0].questions[0].voices] == [(4, True, 5)]


def test_a_sixth_who_joins_later_cannot_be_found_by_subtracting():
    """Five say the same in both rounds; whatever the sixth says in the second, every figure is the same."""
    five = [2, 3, 4, 5, 6]
    second = [[*people("a", five, SUMMER), *people("a", [answer], SUMMER, first=6)] for answer in (1, 7)]
    shown = [satisfaction([*people("a", five), *answers], CLOSED) for answers in second]

    assert shown[0] == shown[1]
    assert [voice.mean for voice in shown[0][1].questions[0].voices] == [4]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 7), min_size=1), min_size=1, max_size=3),
    st.lists(st.integers(1, 7), min_size=24, max_size=24),
    st.integers(0, 23),
)
def test_no_figure_is_of_fewer_than_five_and_what_is_withheld_changes_nothing(
    rounds: list[set[int]], answers: list[int], changed: int
):
    def found(answers: list[int]) -> tuple[SurveyRound, ...]:
        days = [SPRING + timedelta(90 * place) for place in range(len(rounds))]
        said_by = [
            said("ab"[person % 2], answers[8 * place + person], day, f"p{person}", unnamed=True)
            for place, (day, who) in enumerate(zip(days, rounds, strict=True))
            for person in who
        ]
        return satisfaction(said_by, days[-1] + timedelta(45))

    shown = found(answers)
    voices = [voice for one in shown for voice in one.questions[0].voices]

    assert all(voice.answers >= 5 for voice in voices)
    if not voices:
        assert found([8 - each if place == changed else each for place, each in enumerate(answers)]) == shown


def test_below_thirty_counts_are_told_and_no_net_score():
    answers = [said("a", 5, person=f"p{place}", recommend=score) for place, score in enumerate([10, 9, 8, 7, 6, 0])]
    [found] = satisfaction(answers, SPRING)
    told = found.recommended

    assert (told.answers, told.promoters, told.passives, told.detractors) == (6, 2, 2, 2)
    assert (told.net, told.standard_error) == (None, None)


def test_from_thirty_on_there_is_a_net_score_with_its_standard_error():
    scores = [10] * 15 + [8] * 9 + [3] * 6
    answers = [said("a", 5, person=f"p{place}", recommend=score) for place, score in enumerate(scores)]
    told = satisfaction(answers, SPRING)[0].recommended

    assert told.net == 30
    assert told.standard_error == pytest.approx(100 * sqrt((0.5 + 0.2 - 0.3**2) / 30))
    assert told.is_at_most is False


def test_unnamed_recommendations_are_told_in_circles_alone():
    answers = people("a", [5] * 4, recommend=0) + [said("b", 5, person=f"p{n}", recommend=9) for n in range(29)]
    [found] = satisfaction(answers, CLOSED)

    assert (found.recommended.answers, found.recommended.withheld, found.recommended.net) == (29, 4, None)
    assert satisfaction(answers, CLOSED, ProgressRules(counts_below=20))[0].recommended.net == 100
