"""Several rankings of the same items: how they combine, and how far they agree.

A ranking is a sequence of *places*, one an item, as :func:`shared_places` gives them. Places are whole or half
numbers, so that all sums here are exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

__all__ = [
    "KEMENY_LIMIT",
    "Kemeny",
    "borda_points",
    "competition_ranks",
    "concordance",
    "discordant_pairs",
    "kemeny",
    "shared_places",
]

KEMENY_LIMIT = 8
"""The exact Kemeny rule looks at every set of items; with more than this it is refused."""

Ranking = Sequence[float]


def shared_places(ranks: Sequence[int | None]) -> tuple[float, ...]:
    """The place of each item, ties sharing the mean of the places that they take up.

    Items without a rank share the places after all ranked ones: "these first, the others behind, in no order".

    Args:
        ranks: One rank an item; 1 is first, None is unranked. Gaps in the numbering do not matter.

    Example:
        >>> shared_places([1, 2, 2, None, None])
        (1.0, 2.5, 2.5, 4.5, 4.5)
    """
    keys = [float("inf") if rank is None else rank for rank in ranks]
    ordered = sorted(keys)
    return tuple(ordered.index(key) + (ordered.count(key) + 1) / 2 for key in keys)


def borda_points(rankings: Sequence[Ranking]) -> tuple[float, ...]:
    """For each item, n − place summed over the rankings: how many items it stands before, a tie counting half.

    Args:
        rankings: Shape (people, items), people at least 1: places.

    Source:
        Borda's count with ties averaged (general knowledge).

    Example:
        >>> borda_points([(1, 2, 3), (2.5, 1, 2.5)])
        (2.5, 3, 0.5)
    """
    most = len(rankings) * len(rankings[0])
    return tuple(most - sum(places) for places in zip(*rankings, strict=True))


def competition_ranks(points: Sequence[float]) -> tuple[int, ...]:
    """Ranks by points, most first; equals share the best rank, and the next one is as far behind as there are equals.

    Example:
        >>> competition_ranks([2.5, 3, 0.5, 2.5])
        (2, 1, 4, 2)
    """
    return tuple(1 + sum(other > mine for other in points) for mine in points)


def discordant_pairs(one: Ranking, other: Ranking) -> int:
    """Kendall's distance: how many pairs the one puts strictly one way round and the other strictly the other.

    Example:
        >>> discordant_pairs((1, 2, 3), (3, 1, 2)), discordant_pairs((1, 1, 3), (2, 1, 3))
        (2, 0)
    """
    return sum((one[a] - one[b]) * (other[a] - other[b]) < 0 for a, b in combinations(range(len(one)), 2))


def concordance(rankings: Sequence[Ranking]) -> float | None:
    """Kendall's W with the correction for ties: 1 if all rank alike, near 1 / people if they rank by chance.

    Args:
        rankings: Shape (people, items): places with ties averaged.

    Returns:
        W in [0, 1]; None for fewer than two people or two items, or where everybody ties everything.

    Source:
        Kendall and Babington Smith (1939); W = 12 S / (m² (n³ − n) − m ΣT), T = Σ (t³ − t) over one person's ties.

    Example:
        >>> concordance([(1, 2, 3), (1, 2, 3)]), concordance([(1, 2, 3), (3, 2, 1)])
        (1.0, 0.0)
    """
    m, n = len(rankings), len(rankings[0])
    mean = m * (n + 1) / 2
    spread = sum((sum(places) - mean) ** 2 for places in zip(*rankings, strict=True))
    widest = m * m * (n**3 - n) - m * sum(_tie_term(ranking) for ranking in rankings)
    return 12 * spread / widest if m > 1 and widest > 0 else None


def _tie_term(ranking: Ranking) -> int:
    sizes = [list(ranking).count(place) for place in set(ranking)]
    return sum(size**3 - size for size in sizes)


@dataclass(frozen=True, slots=True)
class Kemeny:
    """The order at the least total Kendall distance from all rankings."""

    ranks: tuple[int, ...]
    """One an item. Where several orders do equally well, items rank by their mean place in those orders."""
    distance: int
    """Pairs in which the best order nearest to the starting one contradicts it; 0 if the two agree."""
    orders: int
    """How many orders do equally well and are equally near."""


def kemeny(rankings: Sequence[Ranking], start: Ranking) -> Kemeny:
    """The Kemeny order, exactly; of several best ones, those nearest to a starting order count.

    A pair that somebody ties costs half a disagreement whichever way it goes, so ties decide nothing.

    Args:
        rankings: Shape (people, items), items at most ``KEMENY_LIMIT``: places.
        start: One place or rank an item, such as the Borda ranks.

    Source:
        Kemeny (1959); found by going through all sets of items, 2ⁿ of them (general knowledge).

    Example:
        >>> kemeny([(1, 2, 3), (1, 2, 3), (3, 1, 2)], start=(1, 2, 3))
        Kemeny(ranks=(1, 2, 3), distance=0, orders=1)
    """
    orders = tuple(_best_orders(_costs(rankings, start)))
    n = len(start)
    sums = [sum(order.index(item) for order in orders) for item in range(n)]
    distance = min(discordant_pairs([order.index(item) for item in range(n)], start) for order in orders)
    return Kemeny(competition_ranks([-total for total in sums]), distance, len(orders))


_Cost = tuple[int, int]


def _costs(rankings: Sequence[Ranking], start: Ranking) -> list[list[_Cost]]:
    """Entry (a, b): how many people, and whether the starting order, would have b before a rather than a before b."""
    items = range(len(start))
    return [[(sum(r[b] < r[a] for r in rankings), int(start[b] < start[a])) for b in items] for a in items]


def _best_orders(costs: list[list[_Cost]]) -> Iterator[tuple[int, ...]]:
    everything = (1 << len(costs)) - 1

    def step(placed: int, item: int) -> _Cost:
        later = [costs[item][other] for other in range(len(costs)) if not placed >> other & 1]
        return sum(people for people, _ in later), sum(start for _, start in later)

    @cache
    def least(placed: int) -> _Cost:
        """The least cost of an order that begins with these items, as far as it is settled by that."""
        return min((total(placed, last) for last in _members(placed)), default=(0, 0))

    def total(placed: int, last: int) -> _Cost:
        before, more = least(placed ^ 1 << last), step(placed, last)
        return before[0] + more[0], before[1] + more[1]

    def orders(placed: int) -> Iterator[tuple[int, ...]]:
        if not placed:
            yield ()
        for last in _members(placed):
            if total(placed, last) == least(placed):
                yield from ((*begun, last) for begun in orders(placed ^ 1 << last))

    return orders(everything)


def _members(placed: int) -> list[int]:
    return [item for item in range(placed.bit_length()) if placed >> item & 1]
