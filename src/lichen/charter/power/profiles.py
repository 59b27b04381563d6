"""Swings where many players weigh alike: how many of each kind join is all that matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import product
from math import prod

from lichen.charter.power.counting import binomials
from lichen.charter.power.games import Rule, WeightedGame, decided, leaves
from lichen.charter.power.reduction import Kind
from lichen.charter.power.swings import Plan, Swings, swings_of_winning

__all__ = ["profile_plan"]

_STEP = 1_000
"""What a step of Python costs, in additions that numpy could have done in that time."""


def profile_plan(rule: Rule, kinds: Sequence[Kind]) -> Plan:
    """How to count swings by going through how many players of each kind join.

    Args:
        rule: What the players must reach.
        kinds: The players, in the order of the rule.
    """
    sizes = [len(kind.places) for kind in kinds]
    digits = 1 + sum(sizes) // 5_000
    work = _STEP * digits * prod(size + 1 for size in sizes) * (len(kinds) + len(leaves(rule)))
    return Plan(work, partial(_swings, rule, kinds))


def _swings(rule: Rule, kinds: Sequence[Kind]) -> Swings:
    sizes = [len(kind.places) for kind in kinds]
    ways = [binomials(size, size + 1) for size in sizes]
    at = {leaf: axis for axis, leaf in enumerate(leaves(rule))}
    winning = [0] * (sum(sizes) + 1)
    containing = [list(winning) for _kind in kinds]
    for joined in product(*(range(size + 1) for size in sizes)):
        if decided(rule, partial(_reaches, joined, kinds, at)):
            size = sum(joined)
            coalitions = prod(way[number] for way, number in zip(ways, joined, strict=True))
            winning[size] += coalitions
            for within, number in zip(containing, joined, strict=True):
                within[size] += coalitions * number
    # Each coalition with ``number`` of a kind has any one of them in number / size of its likes.
    single = [[count // size for count in within] for within, size in zip(containing, sizes, strict=True)]
    return swings_of_winning(winning, single)


def _reaches(joined: Sequence[int], kinds: Sequence[Kind], at: Mapping[WeightedGame, int], leaf: WeightedGame) -> bool:
    weight = sum(number * kind.weights[at[leaf]] for number, kind in zip(joined, kinds, strict=True))
    return weight >= leaf.quota
