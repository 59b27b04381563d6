"""What a ring or a chain is worth, also when one of its members may drop out."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from itertools import combinations, permutations

import numpy as np

from lichen.errors import InputError, Problem
from lichen.fit.fusion import Floats
from lichen.fit.index import Places
from lichen.fit.ring_graph import RingGraph, Rounds
from lichen.language import _

__all__ = ["Dropping", "RingWeight", "expected_values", "round_values"]


class RingWeight(StrEnum):
    """What counts in a ring or a chain."""

    FIT = "fit"
    """How many are helped, times the harmonic mean of the links: high only when all are helped."""
    WEAKEST = "weakest"
    """How many are helped, times the weakest link."""
    MOST = "most"
    """How many are helped, however well."""
    TOTAL = "total"
    """The sum of the links."""


def round_values(links: Floats, weight: RingWeight) -> Floats:
    """The worth of many rings or chains.

    Args:
        links: Shape (m, longest): the worth of each link, NaN after the last.
        weight: What counts.

    Returns:
        Shape (m,), in the unit of the links, or in organisations for ``MOST``.

    Example:
        >>> links = np.array([[0.5, 1.0, np.nan], [0.5, 0.5, 0.5]])
        >>> [round_values(links, weight).round(3).tolist() for weight in RingWeight]
        [[1.333, 1.5], [1.0, 1.5], [2.0, 3.0], [1.5, 1.5]]
    """
    helped: Floats = (~np.isnan(links)).sum(axis=1).astype(np.float64)
    if weight is RingWeight.MOST:
        return helped
    if weight is RingWeight.TOTAL:
        return np.asarray(np.nansum(links, axis=1), dtype=np.float64)
    if weight is RingWeight.WEAKEST:
        weakest: Floats = np.min(links, axis=1, initial=np.inf, where=~np.isnan(links))
        return helped * weakest
    with np.errstate(divide="ignore"):
        return np.asarray(helped**2 / np.nansum(1 / links, axis=1), dtype=np.float64)


class Dropping:
    """How likely each member is to drop out before help is given, and what is left then.

    Args:
        chance: Of each, by itself, in [0, 1). There is no default: nobody knows it but those who ask.
        falls_back: Whether those who are left may close smaller rings among themselves.

    Raises:
        InputError: The chance is out of its range.
    """

    __slots__ = ("chance", "falls_back")

    def __init__(self, chance: float, *, falls_back: bool = False) -> None:
        """Keep both, if they are possible."""
        if not 0 <= chance < 1:
            raise InputError(Problem(_("that is no chance of dropping out"), _("0 to below 1"), column="chance"))
        self.chance, self.falls_back = chance, falls_back


def expected_values(graph: RingGraph, rounds: Rounds, weight: RingWeight, dropping: Dropping) -> Floats:
    """What each ring or chain is worth on average, when any member may drop out.

    A ring of which one is missing gives nothing, unless those left may fall back on smaller rings among
    themselves: then on the best set of them. A chain goes as far as nobody is missing. Everything is counted
    exactly, over every set of members that may be left.

    Args:
        graph: Where the links of smaller rings are.
        rounds: The rings and chains.
        weight: What counts.
        dropping: The chance, and what is allowed then.

    Source:
        Expected value of failure-prone exchanges: Dickerson, Procaccia and Sandholm, Failure-aware kidney exchange,
        EC 2013; there links fail, here members do, which is ours.

    Example:
        >>> pair = RingGraph.of_links("ab", {("a", "b"): 0.5, ("b", "a"): 1.0})
        >>> from lichen.fit.ring_graph import all_rounds
        >>> expected_values(pair, all_rounds(pair), RingWeight.TOTAL, Dropping(0.5)).tolist()
        [0.375]
    """
    expected = np.zeros(len(rounds))
    sizes = (rounds.members >= 0).sum(axis=1)
    for size, is_chain in sorted({*zip(sizes.tolist(), rounds.chains.tolist(), strict=True)}):
        alike = np.flatnonzero((sizes == size) & (rounds.chains == is_chain))
        what_is_left = _Left(rounds.links[alike], _worths_among(graph, rounds.members[alike, :size]), is_chain, weight)
        for left in _subsets(size):
            likely = (1 - dropping.chance) ** len(left) * dropping.chance ** (size - len(left))
            expected[alike] += likely * what_is_left.value(left, falls_back=dropping.falls_back)
    return expected


class _Left:
    """What those who are left of many rings, or many chains, of one size still bring about."""

    def __init__(self, links: Floats, worths: Floats, is_chain: bool, weight: RingWeight) -> None:
        self.links, self.worths, self.is_chain, self.weight = links, worths, is_chain, weight
        self.none = np.zeros(len(links))
        self.size = worths.shape[1]
        self.known: dict[frozenset[int], Floats] = {}

    def value(self, left: tuple[int, ...], *, falls_back: bool) -> Floats:
        """The worth of what is left, of each: shape (m,)."""
        together = next((place for place, member in enumerate(left) if place != member), len(left))
        if together == self.size and not self.is_chain:
            return round_values(self.links, self.weight)
        begun = range(together) if self.is_chain and together else range(1)
        if not falls_back:
            return self._beginning(begun[-1])
        # What is left of a chain may be worth less than a shorter beginning of it beside rings among the others.
        ways = [
            self._beginning(links) + self._rings(frozenset(left) - frozenset(range(links + 1 if links else 0)))
            for links in begun
        ]
        return np.asarray(np.max(ways, axis=0), dtype=np.float64)

    def _beginning(self, links: int) -> Floats:
        return round_values(self.links[:, :links], self.weight) if links else self.none

    def _rings(self, left: frozenset[int]) -> Floats:
        """The best set of disjoint rings among those left."""
        if left not in self.known:
            best = self.none
            for ring in _rings_of(tuple(sorted(left))):
                links = self.worths[:, list(ring), [*ring[1:], ring[0]]]
                closes = ~np.isnan(links).any(axis=1)
                worth = np.zeros(len(links))
                worth[closes] = round_values(links[closes], self.weight)
                worth += np.where(closes, self._rings(left - frozenset(ring)), 0.0)
                best = np.maximum(best, worth)
            self.known[left] = best
        return self.known[left]


@cache
def _rings_of(members: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    chosen = (each for size in range(2, len(members) + 1) for each in combinations(members, size))
    return tuple((each[0], *rest) for each in chosen for rest in permutations(each[1:]))


@cache
def _subsets(count: int) -> tuple[tuple[int, ...], ...]:
    return tuple(each for size in range(count + 1) for each in combinations(range(count), size))


def _worths_among(graph: RingGraph, members: Places) -> Floats:
    """For each row of members, the worth of every link between two of them: shape (m, size, size)."""
    size = members.shape[1]
    givers, takers = np.repeat(members, size, axis=1).ravel(), np.tile(members, (1, size)).ravel()
    return graph.worths(givers, takers).reshape(len(members), size, size)
