from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.alliance.checks import alliance_problems
from lichen.checkin.checks import checkin_problems
from lichen.checkin.values import (
    CheckIn,
    CheckInRules,
    CultureProfile,
    Dimension,
    NeedNow,
    ServedAnswer,
    TrustRating,
)
from lichen.errors import InputError
from lichen.files.alliances import alliance_text, read_alliance_text
from tests.core.checkin.quarters import C, H, alliance, first

DAY = date(2026, 9, 21)


def columns(refused: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.column for problem in refused.value.problems]


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_check_ins_are_read_as_they_were_written(form):
    assert read_alliance_text(alliance_text(alliance, form), form).checkins == alliance.checkins


def test_a_rating_says_everything_that_is_wrong_with_it():
    with pytest.raises(InputError) as refused:
        TrustRating("a", "a", trust=11, integrity=0, reliability=6, ability=True)

    assert columns(refused) == ["about", "trust", "integrity", "reliability", "ability"]


@pytest.mark.parametrize("dimension", Dimension)
def test_each_question_has_its_scale(dimension):
    lowest, highest = dimension.steps[0], dimension.steps[-1]
    rating = TrustRating("a", "b", **{dimension.value: highest})

    assert (rating.answer(dimension), lowest, highest) == (highest, 1, 10 if dimension is Dimension.TRUST else 5)
    with pytest.raises(InputError):
        TrustRating("a", "b", **{dimension.value: highest + 1})


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (lambda: NeedNow("a", "x", 6), ["severity"]),
        (lambda: CultureProfile("a", pace=101, openness=-1), ["pace", "openness"]),
        (lambda: ServedAnswer(DAY, " ", (1, 2)), ["question", "counts"]),
        (lambda: ServedAnswer(DAY, "Heard?", (1, 0, 0, 0, 1), asked=1, words=3), ["asked", "words"]),
        (lambda: ServedAnswer(DAY, "Heard?", (-1, 1, 1, 1, 1)), ["counts"]),
        (lambda: CheckInRules(months=0, fewest=4, gap=-1), ["months", "fewest", "gap"]),
        (lambda: CheckIn(DAY, announced_on=date(2026, 9, 22)), ["announced_on"]),
        (lambda: CheckIn(DAY, revealed_on=date(2026, 9, 20)), ["revealed_on"]),
        (lambda: CheckIn(date(9000, 1, 1)), ["held_on"]),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(make, wrong):
    with pytest.raises(InputError) as refused:
        make()

    assert columns(refused) == wrong


def test_sound_check_ins_have_no_problems():
    assert alliance_problems(alliance) == []


def test_every_problem_of_a_check_in_is_told_with_its_place():
    strange = CheckIn(
        date(2026, 9, 1),
        answered_by=("z",),
        trust=(TrustRating("z", C, 5), TrustRating(H, C, 5, person="Ann"), TrustRating(H, C, 6, person="Ann")),
        needs=(NeedNow(H, "no.such", 2), NeedNow(H, "no.such", 3)),
        culture=(CultureProfile(H), CultureProfile(H)),
        served=(ServedAnswer(DAY, "Heard?", (1, 1, 1, 1, 1)), ServedAnswer(DAY, "Heard?", (1, 1, 1, 1, 2))),
    )

    assert [problem.place for problem in checkin_problems([first, strange], [H, C])] == [
        "checkins, item 2, held_on",
        "checkins, item 2, answered_by, item 1",
        "checkins, item 2, trust, item 1, by",
        "checkins, item 2, needs, item 1, code",
        "checkins, item 2, needs, item 2, code",
        "checkins, item 2, trust, item 3, about",
        "checkins, item 2, needs, item 2, code",
        "checkins, item 2, culture, item 2, partner",
        "checkins, item 2, served, item 2, question",
    ]


def test_who_answered_anything_has_answered():
    assert replace(first, answered_by=(), trust=(), needs=(NeedNow(C, "ops.logistics", 1),)).answered == {C}


def test_a_need_is_new_only_once():
    new = NeedNow(H, "ops.logistics", 2, is_new=True)
    twice = [replace(first, needs=(new,)), CheckIn(date(2026, 12, 21), needs=(NeedNow(C, "reach.events", 1), new))]

    assert [problem.place for problem in checkin_problems(twice, [H, C])] == ["checkins, item 2, needs, item 2, is_new"]
