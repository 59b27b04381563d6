from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.charter.power.games import AllOf, AnyOf, VotingGame, WeightedGame, head_count
from lichen.charter.power.indices import banzhaf, banzhaf_absolute, shapley_shubik, voting_power
from lichen.charter.power.reduction import dual
from lichen.charter.power.values import Method, Standing
from tests.core.charter.power_by_hand import (
    COUNCIL,
    EEC_1958,
    EU_15,
    EU_27,
    PEOPLE,
    games,
    shapley_by_orders,
    swings_by_hand,
    swings_by_sums,
)

COMPOUND = AllOf((EU_27, head_count(14, 27), WeightedGame(622, PEOPLE)))


def powers(quota: int, *weights: int) -> tuple[str, ...]:
    return tuple(str(value) for value in shapley_shubik(WeightedGame(quota, weights)).values)


def shares(quota: int, *weights: int) -> tuple[str, ...]:
    return tuple(str(value) for value in banzhaf(WeightedGame(quota, weights)).values)


def standings(game) -> list[str]:
    return [player.standing.value for player in voting_power(game).players]


# Published figures


def test_power_of_the_security_council_is_the_published_fraction():
    assert set(shapley_shubik(COUNCIL).values[:5]) == {Fraction(421, 2145)}
    assert set(shapley_shubik(COUNCIL).values[5:]) == {Fraction(4, 2145)}
    assert [round(float(banzhaf(COUNCIL).values[place]), 8) for place in (0, 5)] == [0.16692913, 0.01653543]


def test_power_in_the_council_of_1958_leaves_luxembourg_none():
    assert banzhaf(EEC_1958).values == tuple(Fraction(part, 21) for part in (5, 5, 5, 3, 3, 0))
    assert voting_power(EEC_1958).named(Standing.POWERLESS) == ("6",)


def test_power_of_three_two_one_one():
    assert powers(4, 3, 2, 1, 1) == shares(4, 3, 2, 1, 1) == ("1/2", "1/6", "1/6", "1/6")


@pytest.mark.parametrize(
    ("game", "total", "shapley", "normalised"),
    [
        (EU_15, 87, (0.11666667, 0.02069042), (0.11162089, 0.02263809)),
        (EU_27, 345, (0.08673775, 0.00817769), (0.07782696, 0.00942184)),
    ],
)
def test_power_in_the_council_of_the_union_is_the_published_one(game, total, shapley, normalised):
    found = voting_power(game).players
    assert game.total == total
    assert tuple(round(float(found[place].shapley_shubik), 8) for place in (0, -1)) == shapley
    assert tuple(round(float(found[place].banzhaf), 8) for place in (0, -1)) == normalised


def test_power_of_fifty_fortynine_and_one_is_not_their_weight():
    assert powers(51, 50, 49, 1) == ("2/3", "1/6", "1/6")
    assert shares(51, 50, 49, 1) == ("3/5", "1/5", "1/5")
    assert standings(WeightedGame(51, (50, 49, 1))) == ["unintended-veto", "ordinary", "ordinary"]


def test_power_of_different_weights_may_be_equal():
    assert powers(51, 45, 35, 20) == ("1/3", "1/3", "1/3")


def test_power_of_a_fifth_of_the_weight_may_be_none():
    assert powers(67, 45, 35, 20) == ("1/2", "1/2", "0")
    assert standings(WeightedGame(67, (45, 35, 20))) == ["unintended-veto", "unintended-veto", "powerless"]


def test_power_of_whoever_reaches_the_quota_alone_is_all_of_it():
    assert powers(51, 60, 25, 15) == ("1", "0", "0")
    assert standings(WeightedGame(51, (60, 25, 15))) == ["dictator", "powerless", "powerless"]


def test_power_between_two_is_all_or_half():
    assert powers(51, 70, 30) == ("1", "0")
    assert powers(71, 70, 30) == ("1/2", "1/2")
    assert standings(WeightedGame(71, (70, 30))) == ["unintended-veto", "unintended-veto"]


# What a player amounts to


def test_declared_veto_is_told_from_an_unintended_one():
    found = voting_power(VotingGame(WeightedGame(51, (50, 30, 20)), ("a", "b", "c"), vetoes=("c",)))
    assert [player.standing.value for player in found.players] == ["unintended-veto", "powerless", "veto"]
    assert [str(player.shapley_shubik) for player in found.players] == ["1/2", "0", "1/2"]


def test_veto_of_the_council_gives_the_same_power_as_its_weights():
    by_heads = VotingGame(head_count(9, 15), vetoes=("1", "2", "3", "4", "5"))
    assert shapley_shubik(by_heads).values == shapley_shubik(COUNCIL).values
    assert banzhaf_absolute(by_heads).values == banzhaf_absolute(COUNCIL).values


def test_everybody_has_a_veto_where_all_must_agree():
    found = voting_power(head_count(4, 4))
    assert {str(player.shapley_shubik) for player in found.players} == {"1/4"}
    assert {player.standing for player in found.players} == {Standing.UNINTENDED_VETO}
    assert {str(player.banzhaf_absolute) for player in found.players} == {"1/8"}


def test_dictator_may_be_one_by_a_veto():
    assert standings(VotingGame(WeightedGame(3, (3, 1, 1)), vetoes=("1",))) == ["dictator", "powerless", "powerless"]


def test_players_bear_their_weight_in_each_part():
    found = voting_power(AllOf((WeightedGame(5, (3, 2, 1)), head_count(2, 3))))
    assert [player.weights for player in found.players] == [(3, 1), (2, 1), (1, 1)]


# Against the slow and obvious way


@settings(max_examples=120)
@given(games())
def test_power_is_what_counting_every_order_and_coalition_gives(game):
    swings, total = swings_by_hand(game), sum(swings_by_hand(game))
    assert shapley_shubik(game).values == shapley_by_orders(game)
    assert banzhaf_absolute(game).values == tuple(Fraction(count, 1 << (game.players - 1)) for count in swings)
    assert banzhaf(game).values == tuple(Fraction(count, total) for count in swings)


@settings(max_examples=60)
@given(games())
def test_power_keeps_the_axioms(game):
    found = voting_power(game)
    assert sum(player.shapley_shubik for player in found.players) == 1
    assert sum(player.banzhaf for player in found.players) == 1
    swings = swings_by_hand(game)
    never = {name for name, count in zip(game.names, swings, strict=True) if count == 0}
    assert set(found.named(Standing.POWERLESS)) == never
    alike = {}
    for place, player in enumerate(found.players):
        key = (player.weights, place in game.veto_places)
        assert alike.setdefault(key, player.shapley_shubik) == player.shapley_shubik


@settings(max_examples=60)
@given(games())
def test_power_to_stop_is_the_power_to_carry(game):
    stopping = dual(game.rule)
    assert shapley_shubik(game.rule).values == shapley_shubik(stopping).values
    assert banzhaf_absolute(game.rule).values == banzhaf_absolute(stopping).values


@settings(max_examples=60)
@given(games(), st.randoms(use_true_random=False))
def test_power_does_not_hang_on_the_order_of_players(game, random):
    order = random.sample(range(game.players), game.players)
    names = tuple(game.names[place] for place in order)
    moved = VotingGame(_moved(game.rule, order), names, game.vetoes)
    values = dict(zip(game.names, shapley_shubik(game).values, strict=True))
    assert shapley_shubik(moved).values == tuple(values[name] for name in names)


def _moved(rule, order):
    if isinstance(rule, WeightedGame):
        return WeightedGame(rule.quota, tuple(rule.weights[place] for place in order))
    return type(rule)(tuple(_moved(part, order) for part in rule.games))


# Any size


def test_power_of_equals_is_shared_by_ten_thousand():
    found = voting_power(head_count(5001, 10_000))
    assert {player.shapley_shubik for player in found.players} == {Fraction(1, 10_000)}
    assert found.players[0].banzhaf_absolute == Fraction(comb(9_999, 5_000), 1 << 9_999)
    assert found.method is Method.EXACT


def test_power_outgrows_no_machine_word():
    """More coalitions than sixty-four bits can count; the sum is still exactly one."""
    weights = tuple(1 + place * 7 % 17 for place in range(72))
    game = WeightedGame(sum(weights) * 3 // 5, weights)
    found, swings = voting_power(game), swings_by_sums(game.quota, weights)
    assert max(sum(each) for each in swings.values()) > 1 << 64
    assert found.method is Method.EXACT
    assert sum(player.shapley_shubik for player in found.players) == 1
    assert [player.banzhaf_absolute for player in found.players] == [
        Fraction(sum(swings[weight]), 1 << 71) for weight in weights
    ]


def test_power_takes_weights_of_any_size():
    big = 10**400
    assert powers(51 * big, 50 * big, 49 * big, big) == ("2/3", "1/6", "1/6")
    assert powers(3 * big + 2, 2 * big + 1, big, big, 3) == powers(4, 2, 1, 1, 1) == ("1/2", "1/6", "1/6", "1/6")


def test_power_of_few_with_huge_weights_is_exact():
    weights = tuple(10**30 + 3**place for place in range(18))
    found = shapley_shubik(WeightedGame(9 * 10**30 + 10**8, weights))
    assert (found.method, sum(found.values)) == (Method.EXACT, 1)


def test_power_in_the_union_with_its_three_conditions_is_exact():
    found = voting_power(COMPOUND)
    assert found.method is Method.EXACT
    assert found.standard_error is None
    assert sum(player.shapley_shubik for player in found.players) == 1
    largest, smallest = found.players[0], found.players[-1]
    assert largest.shapley_shubik > shapley_shubik(EU_27).values[0]
    assert smallest.shapley_shubik < shapley_shubik(EU_27).values[-1]


def test_double_majority_of_many_is_exact():
    weights = tuple(1 + place % 13 for place in range(80))
    found = voting_power(AllOf((WeightedGame(300, weights), head_count(45, 80))))
    assert (found.method, sum(player.banzhaf for player in found.players)) == (Method.EXACT, 1)


def test_either_of_two_majorities_is_exact():
    found = shapley_shubik(AnyOf((EU_27, WeightedGame(800, PEOPLE))))
    assert (found.method, sum(found.values)) == (Method.EXACT, 1)
