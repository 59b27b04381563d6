from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.checkin.network import reciprocity_of, trust_network
from lichen.checkin.talking import talking_points
from lichen.checkin.trust import trust_gaps, trust_moves, trust_waves
from lichen.checkin.values import CheckIn, CheckInRules, Dimension
from lichen.small_groups import Reason
from tests.core.checkin.quarters import C, H, december, first, quarters, rating, team

LATER = date(2027, 6, 1)
NAMES = {H: "St Brigid's", C: "Three Churches"}
QUICK = Dimension.TRUST


def waves(*checkins: CheckIn, partners=(H, C)):
    return trust_waves(checkins, partners, LATER)


def test_the_first_audit_is_shown_under_names_with_size_and_way_of_each_gap():
    gaps = trust_gaps(waves(first)[0])

    assert [(gap.dimension.value, gap.forth, gap.back, gap.size, gap.is_uneven) for gap in gaps[:3]] == [
        ("trust", 8, 4, 4, True),
        ("vulnerability", 3, 2, 1, True),
        ("integrity", 5, 3, 2, True),
    ]
    assert (gaps[0].trusts_more, gaps[0].trusts_less, gaps[0].low) == (H, C, (C,))
    assert [gap.trusts_more for gap in gaps if gap.dimension is Dimension.ABILITY] == [C]


def test_an_organisation_rates_as_its_people_do_together():
    wave = waves(first, december)[1]

    assert (wave.mean(H, C), wave.mean(C, H)) == (pytest.approx(7.6), pytest.approx(5.2))


def test_a_wave_is_compared_with_one_of_the_same_people():
    first_wave, second, third = waves(*quarters)

    assert trust_moves(first_wave, second) == ()
    assert [(move.by, move.before, move.now) for move in trust_moves(second, third)] == [
        (H, pytest.approx(7.6), pytest.approx(8.0))
    ]


def test_who_came_too_late_for_the_five_is_not_counted():
    """Zoe answered 2; with her the mean would be 7.33, and the difference would give her away."""
    figure = waves(*quarters)[2].rated[H, C, QUICK]

    assert (figure.answered, figure.counted, figure.mean) == (6, 5, pytest.approx(8.0))


def test_four_answers_without_names_stay_closed():
    few = replace(december, trust=december.trust[1:])

    assert waves(first, few)[1].rated[H, C, QUICK].reason is Reason.TOO_FEW


def test_even_and_high_is_nothing_to_talk_about():
    calm = replace(first, trust=(rating(H, C, 7, "4444444"), rating(C, H, 6, "4444444")))

    assert talking_points(trust_gaps(waves(calm)[0]), NAMES) == ()


def test_what_is_uneven_is_for_the_partners_to_say():
    lenient = CheckInRules(gap=5, dimension_gap=3, low=1)

    assert not any(gap.is_uneven or gap.low for gap in trust_gaps(waves(first)[0], lenient))


def test_talking_points_begin_with_the_quick_question_and_go_on_with_the_widest():
    points = talking_points(trust_gaps(waves(first)[0]), NAMES)

    assert (
        points[0].what == "St Brigid's trusts Three Churches more than Three Churches trusts St Brigid's: 8 against 4."
    )
    assert points[0].ask[0] == "Ask Three Churches: what would St Brigid's have to do for you to answer one higher?"
    assert points[0].ask[-1].startswith("Three Churches answers low.")
    assert [point.dimension.value for point in points[:3]] == ["trust", "integrity", "power_sharing"]


def test_both_low_and_even_is_talked_about():
    low = replace(first, trust=(rating(H, C, 3), rating(C, H, 4)))
    [point] = talking_points(trust_gaps(waves(low)[0]), NAMES)

    assert point.what == "St Brigid's and Three Churches answer alike, but low: 4 and 3."


@given(st.integers(1, 10), st.integers(1, 10))
def test_gaps_are_the_same_whichever_side_is_named_first(one, other):
    answered = replace(first, trust=(rating(H, C, one), rating(C, H, other)))
    [forth] = trust_gaps(waves(answered)[0])
    [back] = trust_gaps(waves(answered, partners=(C, H))[0])

    assert (forth.size, forth.trusts_more, forth.is_uneven, {*forth.low}) == (
        back.size,
        back.trusts_more,
        back.is_uneven,
        {*back.low},
    )


def everything(checkins: tuple[CheckIn, ...], partners: tuple[str, ...]) -> object:
    """Whatever any command prints of the ratings."""
    shown = trust_waves(checkins, partners, LATER)
    return [
        (
            tuple(wave.rated.items()),
            tuple(wave.received.items()),
            trust_gaps(wave),
            trust_network(wave),
            reciprocity_of(wave),
            [trust_moves(before, wave) for before in shown],
        )
        for wave in shown
    ]


CROWD = [*((H, name) for name in "abcdef"), (C, "")]
"""Six people of one partner and one of another, who all rate a third one."""


def published(said: tuple[int, ...]) -> str:
    """Everything that any command prints of three check-ins: five answer, then all, then another five and the sixth."""
    answers = dict(zip(CROWD, said, strict=True))
    opened = [replace(first, trust=(rating(H, C, 8), rating(C, H, 8)))]
    for month, took in ((1, CROWD[:5]), (3, CROWD), (5, CROWD[1:])):
        ratings = tuple(rating(by, "third", answers[by, person], person=person) for by, person in took)
        days = {"held_on": date(2027, month, 1), "revealed_on": date(2027, month, 2)}
        opened.append(replace(december, trust=ratings, **days))
    return repr(everything(tuple(opened), (H, C, "third")))


def others_for(said: tuple[int, ...], place: int) -> Iterator[tuple[int, ...]]:
    """Answers near these in which one person answered otherwise: alone, or against one step of another."""
    for step, other in product((-1, 1), range(len(said))):
        changed = list(said)
        changed[place] += step
        if other != place:
            changed[other] -= step
        if min(changed) >= 1 and max(changed) <= 10:
            yield tuple(changed)


@pytest.mark.parametrize("said", [(10,) * 7, (1,) * 7, (1, 10, 10, 10, 10, 10, 1), (3, 8, 1, 9, 5, 2, 10)])
def test_no_answer_is_worked_out_from_everything_that_is_published(said):
    """For each person there are other answers, its own among them, of which the very same would be published."""
    seen = published(said)

    for place in range(len(CROWD)):
        assert any(published(others) == seen for others in others_for(said, place))


def test_what_is_published_tells_answers_apart():
    assert published((3, 8, 1, 9, 5, 2, 10)) != published((4, 8, 1, 9, 5, 2, 10))


def test_a_team_is_only_one_of_several_that_answer():
    small = CheckIn(
        date(2026, 12, 1),
        revealed_on=date(2026, 12, 2),
        trust=(*team(H, "third", {"Ann": 8, "Ben": 6, "Cleo": 7}), *team(C, "third", {"Femi": 4, "Gus": 5})),
    )
    opened = waves(first, small, partners=(H, C, "third"))[1]

    assert opened.mean(H, "third") is None
    assert opened.received["third", QUICK].mean == 6
