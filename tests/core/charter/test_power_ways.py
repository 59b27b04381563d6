"""Each way to count swings gives the same; and drawing comes near."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lichen.charter.power.boxes import box_plan
from lichen.charter.power.coalitions import coalition_plan
from lichen.charter.power.counting import binomials
from lichen.charter.power.figures import banzhaf_figures, counted_swings, shapley_figures
from lichen.charter.power.games import AllOf, AnyOf, VotingGame, WeightedGame, decided, head_count
from lichen.charter.power.indices import banzhaf, banzhaf_absolute, shapley_shubik, voting_power
from lichen.charter.power.profiles import profile_plan
from lichen.charter.power.reduction import reduced
from lichen.charter.power.values import Method, Standing
from tests.core.charter.power_by_hand import COUNCIL, EU_27, PEOPLE, games, swings_by_sums

SPREAD = WeightedGame(10**41, tuple(10**40 + 7**place for place in range(19)) + (1,) * 21)
"""Forty players in twenty weights that no table has room for."""


@settings(max_examples=100)
@given(games(7))
def test_every_way_counts_the_same_swings(game):
    small = reduced(game)
    assume(small.kinds)
    by_profiles = profile_plan(small.rule, small.kinds).count()
    by_coalitions = coalition_plan(small.rule, small.kinds)
    by_tables = box_plan(small.rule, small.kinds, is_sized=True)
    assert by_coalitions is not None
    assert by_coalitions.count() == by_profiles
    if by_tables is not None:
        assert by_tables.count() == by_profiles
        in_one = box_plan(small.rule, small.kinds, is_sized=False).count()
        assert in_one.winning == [sum(by_profiles.winning)]
        assert in_one.by_kind == [[sum(swings)] for swings in by_profiles.by_kind]


@pytest.mark.parametrize(("players", "heaviest"), [(45, 3), (70, 40), (120, 2)])
def test_tables_carry_between_limbs(players, heaviest):
    weights = tuple(1 + place * place % heaviest for place in range(players))
    quota = sum(weights) * 5 // 9
    small, swings = reduced(VotingGame(WeightedGame(quota, weights))), swings_by_sums(quota, weights)
    sized = box_plan(small.rule, small.kinds, is_sized=True).count()
    assert sized.by_kind == [swings[kind.weights[0]] for kind in small.kinds]
    in_one = box_plan(small.rule, small.kinds, is_sized=False).count()
    assert in_one.by_kind == [[sum(swings[kind.weights[0]])] for kind in small.kinds]


def test_coalitions_of_more_than_lie_side_by_side_are_counted():
    small = reduced(VotingGame(WeightedGame(150, tuple(range(1, 20)))))
    swings = swings_by_sums(150, tuple(range(1, 20)))
    assert coalition_plan(small.rule, small.kinds).count().by_kind == [swings[kind.weights[0]] for kind in small.kinds]


def test_binomials_are_pascals():
    assert binomials(5, 6) == [1, 5, 10, 10, 5, 1]


def test_reduced_game_has_no_veto_no_weightless_and_no_common_divisor():
    small = reduced(VotingGame(WeightedGame(90, (60, 20, 20, 10, 0))))
    assert small.vetoes == (0,)
    assert [(kind.places, kind.weights) for kind in small.kinds] == [((3,), (1,)), ((1, 2), (2,))]
    assert small.rule == WeightedGame(3, (1, 2, 2))


def test_conjunction_with_what_vetoes_have_settled_is_left_out():
    small = reduced(VotingGame(AllOf((head_count(2, 3), WeightedGame(5, (5, 1, 1)))), vetoes=("1",)))
    assert small.rule == WeightedGame(1, (1, 1))


def test_first_places_are_joined_by_other_operations_than_truths():
    rule = AnyOf((AllOf((head_count(1, 3), head_count(3, 3))), head_count(2, 3)))
    assert decided(rule, lambda leaf: leaf.quota, max, min) == 2


# Drawing


@pytest.mark.parametrize(
    "game",
    [
        VotingGame(AllOf((EU_27, head_count(14, 27), WeightedGame(622, PEOPLE)))),
        VotingGame(AnyOf((EU_27, WeightedGame(700, PEOPLE)))),
        VotingGame(COUNCIL),
        VotingGame(WeightedGame(30, tuple(range(1, 12))), vetoes=("2", "5")),
    ],
    ids=["all of three", "any of two", "vetoes by weight", "vetoes"],
)
def test_drawn_figures_lie_within_their_error(game, monkeypatch):
    monkeypatch.setattr("lichen.charter.power.sampling._NUMBERS", 200_000)
    small = reduced(game)
    counted = counted_swings(small, is_sized=True)
    exact = (shapley_figures(small, counted, 0), *banzhaf_figures(small, counted, 0))
    drawn = (shapley_figures(small, None, 0), *banzhaf_figures(small, None, 0))
    for wanted, found in zip(exact, drawn, strict=True):
        off = max(abs(one - other) for one, other in zip(wanted.values, found.values, strict=True))
        assert 0 < found.error < 0.01
        assert off < 5 * found.error


@pytest.fixture(scope="module")
def drawn():
    return voting_power(SPREAD, seed=4)


def test_what_cannot_be_counted_is_drawn_and_says_so(drawn):
    assert drawn.method is Method.SAMPLED
    assert 0 < drawn.standard_error < 0.1
    assert sum(player.shapley_shubik for player in drawn.players) == 1
    assert sum(player.banzhaf for player in drawn.players) == 1
    assert drawn.named(Standing.POWERLESS) == ()


def test_same_seed_draws_the_same(drawn):
    assert shapley_shubik(SPREAD, seed=4).values == tuple(player.shapley_shubik for player in drawn.players)
    assert shapley_shubik(SPREAD, seed=5).values != tuple(player.shapley_shubik for player in drawn.players)


@pytest.mark.parametrize("index", [banzhaf, banzhaf_absolute, shapley_shubik])
def test_each_index_says_how_it_was_worked_out(index):
    assert (index(head_count(3, 5)).method, index(head_count(3, 5)).standard_error) == (Method.EXACT, None)
    assert index(SPREAD).method is Method.SAMPLED


def test_draws_that_saw_nobody_decide_know_nothing():
    weights = tuple(10**40 + 7**place for place in range(40))
    found = banzhaf(WeightedGame(sum(weights) - 15 * 10**39, weights))
    assert (found.method, found.standard_error, sum(found.values)) == (Method.SAMPLED, 1.0, 0)


@settings(max_examples=15)
@given(st.integers(0, 2**32))
def test_drawn_orders_share_all_power(seed):
    small = reduced(VotingGame(WeightedGame(9, (5, 4, 3, 2, 1))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lichen.charter.power.sampling._NUMBERS", 1_000)
        values = shapley_figures(small, None, seed).values
    assert sum(len(kind.places) * value for kind, value in zip(small.kinds, values, strict=False)) == 1


@pytest.mark.long
def test_hundred_and_ninety_with_large_weights_are_counted_exactly():
    weights = tuple(1 + place * place % 1_403 for place in range(190))
    found = voting_power(WeightedGame(sum(weights) // 2 + 1, weights))
    assert found.method is Method.EXACT
    assert sum(player.shapley_shubik for player in found.players) == 1
    by_weight = sorted((player.weights, player.shapley_shubik, player.banzhaf) for player in found.players)
    assert [shapley for _weights, shapley, _banzhaf in by_weight] == sorted(each[1] for each in by_weight)
    assert [banzhaf for _weights, _shapley, banzhaf in by_weight] == sorted(each[2] for each in by_weight)
