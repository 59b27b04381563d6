"""Swings of few players with any weights: by going through every coalition."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from lichen.charter.power.games import Rule, WeightedGame, decided, leaves
from lichen.charter.power.reduction import Kind
from lichen.charter.power.swings import Plan, Swings, swings_of_winning

__all__ = ["coalition_plan"]

_MOST_PLAYERS = 32
_FRONT = 14
"""Of so many players all coalitions are looked at side by side, for one coalition of the others after the other."""
_BATCH = 64
"""So many of those at once."""
_WORD = 1 << 62
_BEGINNING = 5e6
"""What it costs to begin, in additions."""

Counts = NDArray[np.int64]
Members = NDArray[np.float32]


def coalition_plan(rule: Rule, kinds: Sequence[Kind]) -> Plan | None:
    """How to count swings by going through every coalition.

    Args:
        rule: What the players must reach.
        kinds: The players, in the order of the rule.

    Returns:
        None where there are too many players.
    """
    players = sum(len(kind.places) for kind in kinds)
    if players > _MOST_PLAYERS:
        return None
    return Plan(_BEGINNING + (1 << players) * (4 + 2 * len(leaves(rule))), partial(_swings, rule, kinds))


def _swings(rule: Rule, kinds: Sequence[Kind]) -> Swings:
    *containing, winning = _winning(rule).T.tolist()
    firsts = accumulate((len(kind.places) for kind in kinds[:-1]), initial=0)
    return swings_of_winning(winning, [containing[first] for first in firsts])


def _winning(rule: Rule) -> Counts:
    """How many coalitions win: a row for each size, a column for those that contain each player, and one for all."""
    players, front_players = rule.players, min(rule.players, _FRONT)
    members = _members(front_players)
    sizes = members.sum(axis=1)
    order = np.argsort(sizes, kind="stable")
    groups = np.searchsorted(sizes[order], np.arange(front_players + 2))
    front = np.hstack([members, np.ones((len(members), 1), np.float32)])[order]
    back = _members(players - front_players)
    faced = {leaf: _faced(leaf, front_players, order) for leaf in leaves(rule)}
    found = np.zeros((players + 1, players + 1), np.int64)
    for begin in range(0, len(back), _BATCH):
        some = slice(begin, begin + _BATCH)
        wins = decided(rule, partial(_wins, faced, some)).astype(np.float32)
        for size, (first, last) in enumerate(pairwise(groups)):
            # No sum of a group exceeds its size, so a float has room for it.
            counts = wins[:, first:last] @ front[first:last]
            row = np.hstack([counts[:, :-1], back[some] * counts[:, -1:], counts[:, -1:]])
            np.add.at(found, size + back[some].sum(axis=1).astype(np.int64), row.astype(np.int64))
    return found


def _members(players: int) -> Members:
    """A row for each coalition, a column for each player: 1 where it belongs."""
    return (np.arange(1 << players)[:, None] >> np.arange(players) & 1).astype(np.float32)


def _faced(leaf: WeightedGame, front_players: int, order: NDArray[np.intp]) -> tuple[Counts, Counts]:
    """The place of each front coalition by its weight, and the least place that wins with each of the back."""
    front = _sums(leaf, leaf.weights[:front_players])
    back = _sums(leaf, leaf.weights[front_players:])
    different, places = np.unique(front[order], return_inverse=True)
    return places.astype(np.int32), np.searchsorted(different, leaf.quota - back).astype(np.int32)


def _sums(leaf: WeightedGame, weights: Sequence[int]) -> NDArray[np.generic]:
    """What each coalition weighs; in Python's own numbers where a word has no room for them."""
    sums = np.array([0], np.int64 if leaf.total < _WORD else object)
    for weight in weights:
        sums = np.concatenate([sums, sums + weight])
    return sums


def _wins(faced: dict[WeightedGame, tuple[Counts, Counts]], some: slice, leaf: WeightedGame) -> NDArray[np.bool_]:
    places, least = faced[leaf]
    return places >= least[some, None]
