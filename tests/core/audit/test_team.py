from __future__ import annotations

from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.audit.team import Answer, Spread, TeamAudit, combine_answers
from lichen.errors import InputError

TRUST, MONEY, VANS, HANDS = "trust.community", "funding.fundraising", "ops.logistics", "people.volunteers"
CODES = (TRUST, MONEY, VANS, HANDS)

answers = st.builds(
    Answer,
    ranks=st.dictionaries(st.sampled_from(CODES), st.integers(1, 4), min_size=1),
    severities=st.dictionaries(st.sampled_from(CODES), st.integers(1, 5)),
)
teams = st.lists(answers, min_size=1, max_size=7)


def ranks_of(team: TeamAudit) -> dict[str, int]:
    return {item.code: item.rank for item in team.items}


def told(team: TeamAudit) -> TeamAudit:
    """Without the single answers, which stay in the order given."""
    return replace(team, answers=())


def test_combine_answers_tells_what_a_team_of_five_says():
    team = combine_answers(
        [
            Answer({TRUST: 1, MONEY: 2, VANS: 3}, {TRUST: 5, MONEY: 3, VANS: 2}),
            Answer({TRUST: 1, MONEY: 3, VANS: 2}, {TRUST: 4, MONEY: 3, VANS: 4}),
            Answer({TRUST: 2, MONEY: 1, VANS: 3}, {TRUST: 4, MONEY: 4, VANS: 2}),
            Answer({TRUST: 1, MONEY: 2}, {TRUST: 5, MONEY: 2, HANDS: 5}),
            Answer({TRUST: 1, VANS: 2, MONEY: 3}, {TRUST: 3, MONEY: 3}),
        ]
    )

    assert [(item.code, item.rank, item.kemeny_rank, item.named, item.ranked) for item in team.items] == [
        (TRUST, 1, 1, 5, 5),
        (MONEY, 2, 2, 5, 5),
        (VANS, 3, 3, 4, 4),
        (HANDS, 4, 4, 1, 0),
    ]
    assert [item.severity for item in team.items] == [
        Spread(5, 4, 3, 5, 1.0),
        Spread(5, 3, 2, 4, 0.0),
        Spread(3, 2, None, None, None),
        Spread(1, 5, None, None, None),
    ]
    assert (team.people, team.method, team.kemeny_distance, team.talk_first) == (5, "borda", 0, False)
    assert (team.attributed, team.answers) == (False, ())


def test_combine_answers_of_four_are_attributed_and_hide_nothing():
    four = [Answer({TRUST: 1}, {TRUST: severity}, person=f"person {severity}") for severity in (1, 2, 4, 5)]

    team = combine_answers(four)

    assert (team.attributed, team.answers) == (True, tuple(four))
    assert team.items[0].severity == Spread(4, 3.0, 1, 5, 2.5)


def test_combine_answers_counts_as_anonymous_from_the_number_asked_for():
    three = [Answer({TRUST: 1}, {TRUST: 2})] * 3

    assert [combine_answers(three, attributed_below=least).attributed for least in (3, 4)] == [False, True]


def test_combine_answers_asks_a_divided_team_to_talk_first():
    divided = [Answer({TRUST: 1, MONEY: 2, VANS: 3}), Answer({VANS: 1, MONEY: 2, TRUST: 3})] * 3

    team = combine_answers(divided)

    assert (team.agreement, team.beyond_chance, team.talk_first) == (0.0, -0.2, True)
    assert combine_answers(divided, talk_below=0.0).talk_first is False


def test_combine_answers_of_one_person_neither_agrees_nor_disagrees():
    team = combine_answers([Answer({TRUST: 1, MONEY: 2})])

    assert (team.agreement, team.beyond_chance, team.talk_first) == (None, None, False)


def test_combine_answers_puts_what_nobody_ranked_behind():
    team = combine_answers([Answer({TRUST: 1}, {MONEY: 5}), Answer({TRUST: 1, VANS: 2})])

    assert [(item.code, item.mean_place) for item in team.items] == [(TRUST, 1.0), (VANS, 2.25), (MONEY, 2.75)]


def test_combine_answers_by_kemeny_differs_from_borda_where_a_majority_is_overruled():
    people = [Answer({TRUST: 1, MONEY: 2, VANS: 3})] * 3 + [Answer({MONEY: 1, VANS: 2, TRUST: 3})] * 2

    borda, kemeny = combine_answers(people), combine_answers(people, method="kemeny")

    assert ranks_of(borda) == {MONEY: 1, TRUST: 2, VANS: 3}
    assert ranks_of(kemeny) == {TRUST: 1, MONEY: 2, VANS: 3}
    assert borda.kemeny_distance == kemeny.kemeny_distance == 1


def test_combine_answers_checks_by_kemeny_up_to_eight_items():
    eight = {f"made.up_{place}": place for place in range(1, 9)}

    assert combine_answers([Answer(eight)]).kemeny_distance == 0
    nine = combine_answers([Answer({**eight, TRUST: 9})])
    assert (nine.kemeny_distance, nine.items[0].kemeny_rank) == (None, None)


def test_combine_answers_refuses_with_every_problem_at_once():
    nine = {f"made.up_{place}": place for place in range(1, 10)}
    wrong = [Answer(), Answer({TRUST: 0}, {TRUST: 6}), Answer({TRUST: True}, {MONEY: 0}), Answer(nine)]

    with pytest.raises(InputError) as refusal:
        combine_answers(wrong, method="kemeny", attributed_below=2, talk_below=1.5)

    assert [(problem.row, problem.column) for problem in refusal.value.problems] == [
        (1, ""),
        (2, "rank"),
        (2, "severity"),
        (3, "rank"),
        (3, "severity"),
        (None, "method"),
        (None, "attributed_below"),
        (None, "talk_below"),
    ]
    assert "8 capabilities at most" in refusal.value.problems[5].right


def test_combine_answers_refuses_a_team_of_nobody_and_an_unknown_method():
    with pytest.raises(InputError) as refusal:
        combine_answers([], method="show of hands")  # type: ignore[arg-type]

    assert [problem.column for problem in refusal.value.problems] == ["", "method"]


@settings(max_examples=50)
@given(answers, st.integers(2, 6))
def test_combine_answers_of_one_voice_is_that_voice(answer: Answer, people: int):
    team = combine_answers([answer] * people)

    assert team.agreement in (None, 1.0)
    assert {code: place for code, place in ranks_of(team).items() if code in answer.ranks} == {
        code: 1 + sum(other < rank for other in answer.ranks.values()) for code, rank in answer.ranks.items()
    }
    assert {item.code: item.severity.median for item in team.items if item.severity} == dict(answer.severities)
    assert team.kemeny_distance == 0


@settings(max_examples=50)
@given(teams, st.randoms(use_true_random=False), st.sampled_from(["borda", "kemeny"]))
def test_combine_answers_does_not_ask_who_answered_first(team: list[Answer], chance, method):
    shuffled = list(team)
    chance.shuffle(shuffled)

    assert told(combine_answers(shuffled, method=method)) == told(combine_answers(team, method=method))


@settings(max_examples=50)
@given(teams, st.permutations(CODES), st.sampled_from(["borda", "kemeny"]))
def test_combine_answers_treats_all_codes_alike(team: list[Answer], order: list[str], method):
    renamed = dict(zip(CODES, order, strict=True))
    relabelled = [
        Answer(
            {renamed[code]: rank for code, rank in answer.ranks.items()},
            {renamed[code]: severity for code, severity in answer.severities.items()},
        )
        for answer in team
    ]

    before, after = combine_answers(team, method=method), combine_answers(relabelled, method=method)

    assert {renamed[code]: rank for code, rank in ranks_of(before).items()} == ranks_of(after)
    assert (before.agreement, before.kemeny_distance) == (after.agreement, after.kemeny_distance)


@settings(max_examples=50)
@given(st.lists(answers, min_size=5, max_size=8))
def test_combine_answers_shows_no_spread_of_fewer_than_five_where_it_is_not_attributed(team: list[Answer]):
    for item in combine_answers(team).items:
        given = [answer.severities[item.code] for answer in team if item.code in answer.severities]
        shown = (given and len(given) >= 5) or False
        if item.severity is not None:
            assert item.severity.median == median(given)
            assert (item.severity.low is not None) == shown == (item.severity.interquartile is not None)
