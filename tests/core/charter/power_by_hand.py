"""Power the slow and obvious way, games drawn at random, and published games, to hold the quick ways against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

from hypothesis import strategies as st

from lichen.charter.power.games import AllOf, AnyOf, Rule, VotingGame, WeightedGame

COUNCIL = WeightedGame(39, (7,) * 5 + (1,) * 10)
EEC_1958 = WeightedGame(12, (4, 4, 4, 2, 2, 1))
EU_15 = WeightedGame(62, (10,) * 4 + (8,) + (5,) * 4 + (4,) * 2 + (3,) * 3 + (2,))
EU_27 = WeightedGame(255, (29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,))
PEOPLE = (167, 128, 123, 119, 90, 77, 44, 33, 23, 21, 21, 21, 20, 18, 17, 16, 11, 11, 11, 9, 7, 5, 4, 3, 2, 1, 1)
"""About how many of a thousand people live in each country, as remembered; any numbers would do."""


def wins(rule: Rule, members: Sequence[int]) -> bool:
    if isinstance(rule, WeightedGame):
        return sum(rule.weights[place] for place in members) >= rule.quota
    return (all if isinstance(rule, AllOf) else any)(wins(game, members) for game in rule.games)


def game_wins(game: VotingGame, members: Sequence[int]) -> bool:
    return game.veto_places <= set(members) and wins(game.rule, members)


def coalitions(game: VotingGame) -> list[tuple[int, ...]]:
    everybody = range(game.players)
    return [tuple(place for place in everybody if bits >> place & 1) for bits in range(1 << game.players)]


def shapley_by_orders(game: VotingGame) -> tuple[Fraction, ...]:
    """By going through every order of all players."""
    pivots = [0] * game.players
    orders = list(permutations(range(game.players)))
    for order in orders:
        last = next(place for place in range(game.players) if game_wins(game, order[: place + 1]))
        pivots[order[last]] += 1
    return tuple(Fraction(count, len(orders)) for count in pivots)


def swings_by_hand(game: VotingGame) -> tuple[int, ...]:
    """By going through every coalition."""
    winning = {each for each in coalitions(game) if game_wins(game, each)}
    return tuple(
        sum(place in each and tuple(one for one in each if one != place) not in winning for each in winning)
        for place in range(game.players)
    )


def swings_by_sums(quota: int, weights: Sequence[int]) -> dict[int, list[int]]:
    """For each weight, its swings by size, in Python's own numbers: a table of sums, and from it those without one."""
    counts: dict[tuple[int, int], int] = {(0, 0): 1}
    for weight in weights:
        grown = defaultdict(int, counts)
        for (size, total), count in counts.items():
            grown[size + 1, total + weight] += count
        counts = dict(grown)
    found = {}
    for weight in set(weights):
        without: dict[tuple[int, int], int] = {}
        swings = [0] * len(weights)
        for size, total in sorted(counts):
            without[size, total] = counts[size, total] - without.get((size - 1, total - weight), 0)
            if quota - weight <= total < quota:
                swings[size] += without[size, total]
        found[weight] = swings
    return found


@st.composite
def rules(draw: st.DrawFn, players: int, depth: int = 2) -> Rule:
    """A weighted game of so many players, or a conjunction or disjunction of some."""
    if depth and draw(st.booleans()):
        parts = draw(st.lists(rules(players, depth - 1), min_size=1, max_size=3))
        return draw(st.sampled_from([AllOf, AnyOf]))(tuple(parts))
    weights = draw(st.lists(st.integers(0, 9), min_size=players, max_size=players).filter(any))
    return WeightedGame(draw(st.integers(1, sum(weights))), tuple(weights))


@st.composite
def games(draw: st.DrawFn, most: int = 6) -> VotingGame:
    players = draw(st.integers(1, most))
    names = tuple("abcdefgh"[:players])
    return VotingGame(draw(rules(players)), names, tuple(draw(st.sets(st.sampled_from(names), max_size=2))))
