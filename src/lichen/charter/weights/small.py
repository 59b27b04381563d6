"""Every weighted vote of a few partners."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations_with_replacement

from lichen.charter.power.games import WeightedGame

__all__ = ["MOST_PARTNERS", "all_votes", "winning_coalitions"]

MOST_PARTNERS = 5
"""Among so many, every weighted vote is known."""
_HEAVIEST = (0, 1, 1, 2, 3, 5)
"""The largest weight that any weighted vote needs, by how many partners there are."""


@cache
def all_votes(partners: int) -> tuple[WeightedGame, ...]:
    """Every weighted vote in which a motion and its opposite cannot both pass, each once, in its smallest weights.

    Votes that differ only in who is who count as one; weights fall from the first partner to the last. A vote in which
    two opposite groups could both win divides power as some other in which they cannot (the vote of stopping it does),
    so no way to divide power is left out.

    Args:
        partners: 1 to ``MOST_PARTNERS``.

    Source:
        Ours, by enumeration. That nothing is left out is tested: up to five partners these are all the votes in which
        the partners can be ranked, and of those there are as many as OEIS A002078 counts.

    Example:
        >>> [(vote.quota, vote.weights) for vote in all_votes(2)]
        [(1, (1, 0)), (2, (1, 1))]
    """
    found: dict[int, WeightedGame] = {}
    for vote in _by_sum(partners):
        found.setdefault(winning_coalitions(vote), vote)
    return tuple(found.values())


def winning_coalitions(vote: WeightedGame) -> int:
    """Which coalitions win: bit k stands for the coalition whose members are the bits of k."""
    sums = [0]
    for weight in vote.weights:
        sums += [weight + other for other in sums]
    return sum(1 << coalition for coalition, weight in enumerate(sums) if weight >= vote.quota)


def _by_sum(partners: int) -> Iterator[WeightedGame]:
    """Votes with small weights in falling order, the smallest sum first."""
    falling = combinations_with_replacement(range(_HEAVIEST[partners], -1, -1), partners)
    for weights in sorted((each for each in falling if each[0]), key=lambda each: (sum(each), each)):
        total = sum(weights)
        yield from (WeightedGame(quota, weights) for quota in range(total // 2 + 1, total + 1))
