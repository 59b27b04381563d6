"""The indices of a reduced game: counted where the coalitions can be counted within seconds, else drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from operator import mul

from lichen.charter.power.boxes import box_plan
from lichen.charter.power.coalitions import coalition_plan
from lichen.charter.power.profiles import profile_plan
from lichen.charter.power.reduction import Reduced
from lichen.charter.power.sampling import sampled_orders, sampled_swings
from lichen.charter.power.swings import Swings

__all__ = ["Figures", "banzhaf_figures", "counted_swings", "shapley_figures"]

_MOST_WORK = 8e9
"""So many additions an exact answer may take: about ten seconds."""


@dataclass(frozen=True, slots=True)
class Figures:
    """An index: one value for each kind of player, and a last one for whoever has a veto."""

    values: tuple[Fraction, ...]
    """The values."""
    error: float | None = None
    """The largest standard error; None where they are exact."""


def counted_swings(game: Reduced, *, is_sized: bool) -> Swings | None:
    """The swings, counted in the way that takes least; None where each takes too long.

    Args:
        game: The game.
        is_sized: Whether coalitions must be told apart by size, which takes longer.
    """
    if not game.kinds:
        return Swings([1], [])
    plans = [profile_plan(game.rule, game.kinds), coalition_plan(game.rule, game.kinds)]
    plans.append(box_plan(game.rule, game.kinds, is_sized=is_sized))
    best = min((plan for plan in plans if plan is not None), key=lambda plan: plan.work)
    return best.count() if best.work <= _MOST_WORK else None


def shapley_figures(game: Reduced, counted: Swings | None, seed: int) -> Figures:
    """Shapley–Shubik's index: a coalition of k is followed by one player in k! (n − 1 − k)! of the n! orders.

    Args:
        game: The game.
        counted: Its swings by size; None draws orders.
        seed: What the draws come from.
    """
    if counted is None:
        sample = sampled_orders(game, seed)
        return Figures(_brought_to_one(game, sample.shares), sample.errors[0])
    vetoes = len(game.vetoes)
    by_kind = [_share_of_orders(game, swings, vetoes) for swings in counted.by_kind]
    return Figures((*by_kind, _share_of_orders(game, counted.winning, vetoes - 1) if vetoes else Fraction(0)))


def banzhaf_figures(game: Reduced, counted: Swings | None, seed: int) -> tuple[Figures, Figures]:
    """Banzhaf's index, normalised and absolute: shares of all swings, and of the coalitions without the player.

    Args:
        game: The game.
        counted: Its swings, by size or not; None draws coalitions.
        seed: What the draws come from.
    """
    vetoes = len(game.vetoes)
    if counted is None:
        sample = sampled_swings(game, seed)
        absolute = tuple(share / (1 << vetoes) for share in sample.shares)
        return Figures(_brought_to_one(game, absolute), sample.errors[0]), Figures(absolute, sample.errors[1])
    coalitions = 1 << (game.others + vetoes - 1)
    pivots = (*counted.by_kind, counted.winning if vetoes else [])
    exact = tuple(Fraction(sum(swings), coalitions) for swings in pivots)
    return Figures(_brought_to_one(game, exact)), Figures(exact)


def _share_of_orders(game: Reduced, swings: Sequence[int], before: int) -> Fraction:
    """Of all orders, those in which one player follows a swing, so many with a veto being in it besides."""
    players = game.others + len(game.vetoes)
    factorials = list(accumulate(range(1, players + 1), mul, initial=1))
    orders = (
        factorials[before + size] * factorials[players - 1 - before - size] * count
        for size, count in enumerate(swings)
        if count
    )
    return Fraction(sum(orders), factorials[players])


def _brought_to_one(game: Reduced, values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The values as shares of their sum over all players; all nought where no draw saw anybody decide."""
    many = (*(len(kind.places) for kind in game.kinds), len(game.vetoes))
    total = sum(map(mul, many, values), Fraction(0))
    return tuple(value / (total or 1) for value in values)
