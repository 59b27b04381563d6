"""A game in the fewest players and the smallest numbers: without the weightless and those who have a veto anyway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

from lichen.charter.power.games import AllOf, AnyOf, Rule, VotingGame, WeightedGame, decided, leaves

__all__ = ["Kind", "Reduced", "dual", "reduced", "veto_places"]


@dataclass(frozen=True, slots=True)
class Kind:
    """Players who weigh the same in every part of a rule, and so have the same power."""

    places: tuple[int, ...]
    """Which players of the whole game they are; 0 is the first."""
    weights: tuple[int, ...]
    """What each of them weighs in each of the rule's weighted games."""


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is left to decide among the others once all who have a veto agree."""

    vetoes: tuple[int, ...]
    """Everybody without whom nothing is carried, declared or not."""
    rule: Rule
    """What the others must reach; its players are those of the first kind, then those of the second, and so on."""
    kinds: tuple[Kind, ...]
    """The others who weigh anything; none where the vetoes settle it, and ``rule`` means nothing."""

    @property
    def others(self) -> int:
        """How many players without a veto weigh anything."""
        return sum(len(kind.places) for kind in self.kinds)


def reduced(game: VotingGame) -> Reduced:
    """The game in the fewest players and the smallest numbers that have the same power.

    Who has a veto is in every coalition that wins, so only the others' joining is counted, with quotas less what the
    vetoes weigh. Who weighs nothing changes nobody's power. A weight above the quota does what the quota does.
    """
    vetoes = sorted(veto_places(game))
    others = sorted(set(range(game.players)).difference(vetoes))
    rule = _without(game.rule, vetoes, others)
    if isinstance(rule, bool):
        return Reduced(tuple(vetoes), game.rule, ())
    alike: dict[tuple[int, ...], list[int]] = {}
    for place, weights in zip(others, zip(*(leaf.weights for leaf in leaves(rule)), strict=True), strict=True):
        alike.setdefault(weights, []).append(place)
    kinds = tuple(Kind(tuple(alike[weights]), weights) for weights in sorted(alike) if any(weights))
    at = {place: number for number, place in enumerate(others)}
    return Reduced(tuple(vetoes), _chosen(rule, [at[place] for kind in kinds for place in kind.places]), kinds)


def veto_places(game: VotingGame) -> frozenset[int]:
    """Everybody without whom nothing is carried, because it was agreed or because it comes out so."""
    without = decided(game.rule, _won_without_each)
    return game.veto_places | frozenset(np.flatnonzero(~without).tolist())


def dual(rule: Rule) -> Rule:
    """The game of stopping: those win who can keep the rest from winning. Everybody's power is the same in it."""
    if isinstance(rule, WeightedGame):
        return WeightedGame(rule.total - rule.quota + 1, rule.weights)
    parts = tuple(map(dual, rule.games))
    return AnyOf(parts) if isinstance(rule, AllOf) else AllOf(parts)


def _won_without_each(leaf: WeightedGame) -> NDArray[np.bool_]:
    spare = leaf.total - leaf.quota
    return np.array([weight <= spare for weight in leaf.weights])


def _without(rule: Rule, vetoes: Sequence[int], others: Sequence[int]) -> Rule | bool:
    """The rule among the others once the vetoes agree; whether it is won where the others no longer matter."""
    if isinstance(rule, WeightedGame):
        return _leaf_without(rule, vetoes, others)
    is_conjunction = isinstance(rule, AllOf)
    parts = [_without(game, vetoes, others) for game in rule.games]
    if (not is_conjunction) in parts:
        return not is_conjunction
    open_parts = tuple(dict.fromkeys(part for part in parts if not isinstance(part, bool)))
    if len(open_parts) < 2:
        return open_parts[0] if open_parts else is_conjunction
    return AllOf(open_parts) if is_conjunction else AnyOf(open_parts)


def _leaf_without(leaf: WeightedGame, vetoes: Sequence[int], others: Sequence[int]) -> WeightedGame | bool:
    quota = leaf.quota - sum(leaf.weights[place] for place in vetoes)
    weights = [min(leaf.weights[place], quota) for place in others]
    if quota <= 0 or sum(weights) < quota:
        return quota <= 0
    common = gcd(*weights)
    return WeightedGame(-(-quota // common), tuple(weight // common for weight in weights))


def _chosen(rule: Rule, places: Sequence[int]) -> Rule:
    """The rule for some of its players, in another order."""
    if isinstance(rule, WeightedGame):
        return WeightedGame(rule.quota, tuple(rule.weights[place] for place in places))
    parts = tuple(_chosen(game, places) for game in rule.games)
    return AllOf(parts) if isinstance(rule, AllOf) else AnyOf(parts)
