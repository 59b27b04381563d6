from __future__ import annotations

from datetime import date

import pytest

from lichen.charter.power.agreed import agreed_game
from lichen.charter.power.games import AllOf, AnyOf, VotingGame, WeightedGame, head_count, leaves
from lichen.charter.power.indices import voting_power
from lichen.charter.power.values import Standing
from lichen.charter.votes.values import Exposure, VotingMethod, VotingRule
from lichen.errors import InputError

DAY = date(2026, 11, 22)
THREE = ["hospital", "churches", "school"]
RISKS = [Exposure("hospital", 4, 5), Exposure("churches", 3, 4), Exposure("school", 2, 4)]


def problems(make) -> list[tuple[str, int | None]]:
    with pytest.raises(InputError) as refused:
        make()
    return [(problem.column, problem.row) for problem in refused.value.problems]


def test_weighted_game_tells_everything_that_is_wrong():
    wrong = (3, -1, 2.5, True, 10**1000, "4")
    assert problems(lambda: WeightedGame(0, wrong)) == [("quota", None), *(("weights", row) for row in range(2, 7))]


@pytest.mark.parametrize("quota", [-3, 0, 11, 1.5, "6", True])
def test_quota_lets_something_pass_and_something_fail(quota):
    assert problems(lambda: WeightedGame(quota, (5, 5))) == [("quota", None)]


@pytest.mark.parametrize("weights", [(), (1,) * 10_001])
def test_weighted_game_has_players_and_not_too_many(weights):
    assert problems(lambda: WeightedGame(1, weights)) == [("weights", None)]


def test_hundred_problems_are_enough():
    assert len(problems(lambda: WeightedGame(1, (-1,) * 10_000))) == 100


def test_joined_games_are_of_the_same_players():
    assert problems(lambda: AllOf((head_count(1, 2), head_count(1, 3)))) == [("games", None)]
    assert problems(lambda: AnyOf(())) == [("games", None)]


def test_voting_game_tells_everything_that_is_wrong_with_its_names():
    rule = head_count(2, 3)
    assert problems(lambda: VotingGame(rule, ("a", "a"), ("b",))) == [("names", None), ("names", None), ("vetoes", 1)]


def test_leaves_stand_once_and_in_order():
    first, second = head_count(2, 3), WeightedGame(4, (3, 2, 1))
    assert leaves(AnyOf((AllOf((first, second)), first))) == (first, second)


# The rule of a charter


def test_agreed_game_by_consent_gives_everybody_a_declared_veto():
    found = voting_power(agreed_game(VotingRule(VotingMethod.CONSENT), THREE, on=DAY))
    assert {player.standing for player in found.players} == {Standing.VETO}


def test_agreed_game_of_two_is_consent_whatever_the_rule():
    game = agreed_game(VotingRule(VotingMethod.BY_RISK), THREE[:2], RISKS, on=DAY)
    assert (game.rule, game.vetoes) == (head_count(2, 2), ("hospital", "churches"))


def test_agreed_game_by_risk_takes_the_weights_of_the_day():
    game = agreed_game(VotingRule(VotingMethod.BY_RISK), THREE, RISKS, on=DAY)
    assert game == VotingGame(WeightedGame(51, (45, 33, 22)), tuple(THREE))


@pytest.mark.parametrize(("strictly_more", "quota"), [(True, 3), (False, 2)])
def test_agreed_game_needs_more_than_the_threshold_or_the_threshold(strictly_more, quota):
    rule = VotingRule(VotingMethod.ONE_EACH, threshold="1/2", strictly_more=strictly_more)
    assert agreed_game(rule, [*THREE, "library"], on=DAY).rule == head_count(quota, 4)
