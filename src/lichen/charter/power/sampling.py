"""Power by drawing at random, where to count exactly is out of reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lichen.charter.power.games import WeightedGame, decided, leaves
from lichen.charter.power.reduction import Reduced

__all__ = ["Sample", "sampled_orders", "sampled_swings"]

_BATCHES = 50
_NUMBERS = 20_000_000
"""About how many numbers are drawn in all."""
_LONG = 50
"""How many times slower Python's own numbers are, which are taken where a word has no room for the weights."""
_LEAST, _MOST_ORDERS, _MOST_COALITIONS = 4, 500, 20_000
"""The fewest draws of a batch, and the most: an order tells more than a coalition, and takes longer."""
_WORD = 1 << 62

_Counts = NDArray[np.int64]
_Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """How often a player decided: one number for each kind, and a last one for whoever has a veto."""

    shares: tuple[Fraction, ...]
    """As shares of all that was looked at."""
    errors: tuple[float, ...]
    """The largest standard error of each index that is made of them."""


def sampled_orders(game: Reduced, seed: int) -> Sample:
    """For random orders of all players, at how many places in them each would make those before it win: Shapley–Shubik.

    Each order tells of every player at every place: from where on it would win together with those before it, and from
    where on they win without it. In between it decides.

    Args:
        game: The game; there are players who have no veto and do not weigh nothing.
        seed: What the draws come from; the same seed gives the same answer.

    Returns:
        Shares, and the error of their shares of the sum.
    """
    drawing = _Drawing(game, seed, _MOST_ORDERS)
    return drawing.sample(drawing.pivots, lambda shares, many: (shares / (shares @ many or 1),))


def sampled_swings(game: Reduced, seed: int) -> Sample:
    """In what share of random coalitions each player decides, once all who have a veto agree: Banzhaf.

    Args:
        game: The game; there are players who have no veto and do not weigh nothing.
        seed: What the draws come from; the same seed gives the same answer.

    Returns:
        Shares, and the errors of the normalised index and the absolute one.
    """
    drawing = _Drawing(game, seed, _MOST_COALITIONS)
    vetoes = len(game.vetoes)
    return drawing.sample(drawing.swings, lambda shares, many: (shares / (shares @ many or 1), shares * 0.5**vetoes))


class _Drawing:
    """Drawing from one game, whose players are those of the rule, then those with a veto."""

    def __init__(self, game: Reduced, seed: int, most: int) -> None:
        self.rule = game.rule
        self.random = np.random.default_rng(seed)
        self.others, self.vetoes = game.others, len(game.vetoes)
        self.many = np.array([*(len(kind.places) for kind in game.kinds), self.vetoes])
        self.kind_of = np.repeat(np.arange(len(self.many)), self.many)
        self.weights = {leaf: _numbers(leaf, self.vetoes) for leaf in leaves(self.rule)}
        self.agreeing = (np.arange(len(self.kind_of)) >= self.others).astype(np.int64)
        cost = len(self.kind_of) * sum(_LONG if each.dtype == object else 1 for each in self.weights.values())
        self.draws = min(max(_NUMBERS // (_BATCHES * cost), _LEAST), most)

    def sample(self, draw: Callable[[], _Counts], indices: Callable[[_Shares, _Counts], tuple[_Shares, ...]]) -> Sample:
        """Draw all batches; how far an index is off is judged by leaving out one after the other (the jackknife).

        Args:
            draw: Gives how often each player decided, in a batch.
            indices: What is made of each kind's share and of how many of the kind there are.
        """
        batches = np.array([np.bincount(self.kind_of, draw(), len(self.many)) for _batch in range(_BATCHES)])
        total, looked_at = batches.sum(axis=0), self.draws * np.maximum(self.many, 1)
        left_out = [indices((total - batch) / (looked_at * (_BATCHES - 1)), self.many) for batch in batches]
        # Where nobody was seen to decide, nothing is known of how power is shared.
        errors = tuple(_jackknife(np.array(each)) if total.any() else 1.0 for each in zip(*left_out, strict=True))
        pairs = zip(total.tolist(), (looked_at * _BATCHES).tolist(), strict=True)
        return Sample(tuple(Fraction(int(count), whole) for count, whole in pairs), errors)

    def pivots(self) -> _Counts:
        """How often each player decides, at all places in some random orders of the others."""
        found = np.zeros(len(self.kind_of), np.int64)
        for _draw in range(self.draws):
            found += self._pivots(self.random.permutation(len(found)))
        return found

    def swings(self) -> _Counts:
        """How often each player decides in some random coalitions.

        Whoever has a veto decides in each that wins, and there are half as many coalitions without it.
        """
        inside = self.random.integers(0, 2, (self.draws, self.others))
        sums = {leaf: inside @ self.weights[leaf][: self.others] for leaf in self.weights}
        joining = decided(self.rule, partial(self._reached, sums, 1 - inside))
        leaving = decided(self.rule, partial(self._reached, sums, -inside))
        wins = decided(self.rule, lambda leaf: sums[leaf] >= leaf.quota).sum()
        return np.concatenate([(joining & ~leaving).sum(axis=0), np.full(self.vetoes, 2 * wins)])

    def _pivots(self, order: _Counts) -> _Counts:
        """At how many places in one order of the others each player decides."""
        first = decided(
            self.rule, lambda leaf: _first_wins(order, self.weights[leaf], leaf.quota), np.maximum, np.minimum
        )
        if self.vetoes:
            first = np.maximum(first, _first_wins(order, self.agreeing, self.vetoes))
        pivots: _Counts = first[1] - first[0]
        return pivots

    def _reached(self, sums: dict[WeightedGame, _Counts], change: _Counts, leaf: WeightedGame) -> NDArray[np.bool_]:
        """Whether a coalition reaches the quota once each of the players in turn has joined it, or left it."""
        return sums[leaf][:, None] + change * self.weights[leaf][: self.others] >= leaf.quota


def _first_wins(order: _Counts, weights: _Counts, quota: int) -> _Counts:
    """How many of the others must come before they win, in an order: with each player, and without it."""
    at = np.argsort(order)
    sums = np.concatenate([np.zeros(1, weights.dtype), weights[order].cumsum()])
    needed = np.searchsorted(sums, quota)
    with_it, without = np.searchsorted(sums, quota - weights), np.searchsorted(sums, quota + weights)
    # Behind a player's own place, one of those counted is the player itself.
    return np.array([np.where(with_it <= at, with_it, needed - 1), np.where(needed <= at, needed, without - 1)])


def _numbers(leaf: WeightedGame, vetoes: int) -> _Counts:
    """The weights; what those with a veto weigh has been taken from the quota before."""
    return np.array([*leaf.weights, *[0] * vetoes], np.int64 if leaf.total < _WORD else object)


def _jackknife(left_out: NDArray[np.float64]) -> float:
    spread = ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
    return float(np.sqrt(spread.max() * (_BATCHES - 1) / _BATCHES))
