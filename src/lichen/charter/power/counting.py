"""Counting the coalitions that lose in every one of a few weighted games; exact at any size.

A table has, for each number of players and all that they may weigh together, how many such coalitions there are. It is
filled one player after the other: each count is added to the one a player further on. The counts outgrow any machine
word, so each is kept in limbs of ``BITS`` bits, which are added without carrying as long as they have room. Summed up
along the weights, the table says how many coalitions of each size weigh at most so much. How many of them go without
a given player follows by taking away those with it, adding again what that took twice, and so on: nothing is divided,
and no table is filled anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise, repeat, takewhile
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Losing", "Shape", "Vector", "binomials", "losing", "table_shape"]

BITS = 40
_MASK = (1 << BITS) - 1
_ROOM = 1 << 63
_WIDEST = 1 << (62 - BITS)
"""The most cells of a row, so that the sum of so many limbs has room in a word."""
_MOST_CELLS = 1 << 27
"""The most limbs of a table: one gibibyte."""
_CALL = 10_000
"""What a call of numpy costs, in additions that it could have done in that time."""

Vector = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Losing:
    """How many coalitions lose, by size from 0 up; all sizes in one where they are not told apart."""

    among_all: list[int]
    """All coalitions."""
    without: dict[Vector, list[int]]
    """Those without one player of these weights."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a table is: a row for each size, or a single one for all."""

    kinds: Mapping[Vector, int]
    """How many players there are of each weights."""
    quotas: Vector
    """What loses weighs less than these."""
    lows: tuple[Vector, ...]
    """For each row, the least that its coalitions weigh."""
    limbs: tuple[int, ...]
    """For each row, how many limbs its counts need at most."""
    is_sized: bool
    """Whether coalitions are told apart by size."""

    def extents(self, row: int) -> Vector:
        """How many different weights have a place in a row."""
        return tuple(quota - low for quota, low in zip(self.quotas, self.lows[row], strict=True))

    @property
    def work(self) -> float:
        """About how many additions it takes to fill the table and to read it; infinite where it has no room."""
        cells = [prod(self.extents(row)) for row in range(len(self.lows))]
        limbs = sum(map(int.__mul__, cells, self.limbs))
        if max(cells) > _WIDEST or limbs > _MOST_CELLS:
            return float("inf")
        players = sum(self.kinds.values())
        return limbs * players / 2 + _CALL * len(cells) * (players / 2 + 2 * len(self.kinds))


def table_shape(kinds: Mapping[Vector, int], quotas: Vector, largest: int | None) -> Shape:
    """The shape of the table for these players.

    Args:
        kinds: How many players there are of each weights, one a game.
        quotas: What loses weighs less than these, in every game; at least one.
        largest: The largest size that counts; None where sizes are not told apart.
    """
    players = sum(kinds.values())
    lightest = (
        accumulate(sorted(chain.from_iterable(repeat(one[axis], many) for one, many in kinds.items())), initial=0)
        for axis in range(len(quotas))
    )
    within = takewhile(lambda low: all(map(int.__lt__, low, quotas)), zip(*lightest, strict=True))
    lows = tuple(islice(within, 1 + (largest or 0)))
    counts = [1 << players] if largest is None else binomials(players, len(lows))
    return Shape(kinds, quotas, lows, tuple(map(_limbs, counts)), largest is not None)


def binomials(players: int, rows: int) -> list[int]:
    """How many coalitions of 0, 1, 2, … players there are; as many numbers as ``rows``.

    Example:
        >>> binomials(4, 3)
        [1, 4, 6]
    """
    return list(accumulate(range(1, rows), lambda count, size: count * (players - size + 1) // size, initial=1))


def losing(shape: Shape) -> Losing:
    """Fill the table and read it; coalitions of sizes without a row never lose."""
    table = _Table(shape)
    # From light to heavy: what the first players weigh together is little, so for long few cells are in use.
    for weights in sorted(shape.kinds):
        for _player in range(shape.kinds[weights]):
            table.add(weights)
    table.sum_up()
    return Losing(table.among_all(), {weights: table.without(weights) for weights in shape.kinds})


class _Table:
    """The counts: ``rows[size][limb, weight in the first game above the row's least, in the second, …]``."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.rows = [np.zeros((limbs, *shape.extents(row)), np.int64) for row, limbs in enumerate(shape.limbs)]
        self.rows[0].flat[0] = 1
        self.most = [1] + [0] * (len(self.rows) - 1)  # no count of a row is above this
        self.fullest = list(self.most)  # nor any limb above this
        self.added: list[list[int]] = [[] for _axis in shape.quotas]

    def add(self, weights: Vector) -> None:
        """Let each coalition so far be joined by one more player."""
        heaviest = [list(accumulate(sorted(axis, reverse=True), initial=0)) for axis in self.added]
        step = int(self.shape.is_sized)
        for size in reversed(range(len(self.rows) - step)):
            if self.most[size]:
                self._join(size, size + step, weights, [axis[size if step else -1] for axis in heaviest])
        for axis, weight in zip(self.added, weights, strict=True):
            axis.append(weight)

    def sum_up(self) -> None:
        """Let each cell count the coalitions that weigh as much or less."""
        for size, row in enumerate(self.rows):
            self._carry(size)
            for axis in range(1, row.ndim):
                np.cumsum(row, axis=axis, out=row)
            self._carry(size)

    def among_all(self) -> list[int]:
        """How many coalitions of each size lose."""
        return [_whole(row.reshape(len(row), -1)[:, -1]) for row in self.rows]

    def without(self, weights: Vector) -> list[int]:
        """How many coalitions of each size lose and have not this one player in them.

        Without it are all of that size and weight, less those that it could join to come there: without it are those
        of one size less and of its weight less, less those …
        """
        is_sized = self.shape.is_sized
        if not is_sized and not any(weights):
            return [count // 2 for count in self.among_all()]
        found = np.zeros((max(self.shape.limbs), len(self.rows)), np.int64)
        for size, row in enumerate(self.rows):
            tops = [extent - 1 for extent in self.shape.extents(size)]
            furthest = [top // weight for top, weight in zip(tops, weights, strict=True) if weight]
            steps = np.arange(1 + min([*furthest, len(self.rows) - 1 - size] if is_sized else furthest))
            at: list[Any] = [top - steps * weight for top, weight in zip(tops, weights, strict=True)]
            terms = row[:, *at] * (1 - 2 * (steps & 1))
            if is_sized:
                found[: len(row), size + steps] += terms
            else:
                found[:, 0] += terms.sum(axis=1)
        return [_whole(limbs) for limbs in found.T]

    def _join(self, size: int, target: int, weights: Vector, heaviest: list[int]) -> None:
        """Add what a row counts to a row with one player more, as far as that weighs less than the quotas."""
        rows, given, taken = self.rows, [slice(_limbs(self.most[size]))], [slice(_limbs(self.most[size]))]
        for axis, weight in enumerate(weights):
            low, target_low = self.shape.lows[size][axis], self.shape.lows[target][axis]
            first, last = max(low, target_low - weight), min(heaviest[axis], self.shape.quotas[axis] - 1 - weight)
            if first > last:
                return
            given.append(slice(first - low, last - low + 1))
            taken.append(slice(first + weight - target_low, last + weight - target_low + 1))
        if self.fullest[size] + self.fullest[target] >= _ROOM:
            self._carry(size)
            self._carry(target)
        rows[target][tuple(taken)] += rows[size][tuple(given)]
        self.most[target] += self.most[size]
        self.fullest[target] += self.fullest[size]

    def _carry(self, size: int) -> None:
        """Leave ``BITS`` bits in each limb, and pass on the rest to the next."""
        limbs = self.rows[size][: _limbs(self.most[size])]
        for limb, above in pairwise(limbs):
            above += limb >> BITS
            limb &= _MASK
        self.fullest[size] = _MASK


def _limbs(count: int) -> int:
    return -(-count.bit_length() // BITS)


def _whole(limbs: NDArray[np.int64]) -> int:
    return sum(limb << (BITS * place) for place, limb in enumerate(limbs.tolist()))
