"""Rings by trying everything: slow, obvious, and leaning on nothing that it checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, permutations, product

Links = Mapping[tuple[str, str], float]
Round = tuple[tuple[str, ...], tuple[float, ...], bool]


def worth(links: tuple[float, ...], weight: str) -> float:
    count = len(links)
    if count == 0 or weight == "most":
        return count
    if weight == "total":
        return sum(links)
    if weight == "weakest":
        return count * min(links)
    return 0.0 if min(links) == 0 else count * count / sum(1 / link for link in links)


def slow_rounds(ids: str, links: Links, funders: str, max_length: int, max_chain: int) -> Iterator[Round]:
    """Every ring once, begun at its first letter; every chain from a funder."""
    asking = [each for each in ids if each not in funders]
    for size in range(2, max_length + 1):
        for ring in permutations(asking, size):
            steps = [*zip(ring, (*ring[1:], ring[0]), strict=True)]
            if ring[0] == min(ring) and all(step in links for step in steps):
                yield ring, tuple(links[step] for step in steps), False
    for size in range(1, max_chain + 1):
        for funder, rest in product(funders, permutations(asking, size)):
            chain = (funder, *rest)
            steps = [*zip(chain, rest, strict=False)]
            if all(step in links for step in steps):
                yield chain, tuple(links[step] for step in steps), True


def slow_best(worths: list[tuple[frozenset[str], float]], used: frozenset[str] = frozenset()) -> float:
    """The most that sets sharing nobody are worth together."""
    if not worths:
        return 0.0
    (members, value), *rest = worths
    without = slow_best(rest, used)
    return without if members & used else max(without, value + slow_best(rest, used | members))


def slow_expected(one: Round, links: Links, weight: str, chance: float, falls_back: bool) -> float:
    """The mean over every set of members that may be left."""
    members, worths, is_chain = one
    mean = 0.0
    for size in range(len(members) + 1):
        for left in combinations(members, size):
            likely = (1 - chance) ** size * chance ** (len(members) - size)
            mean += likely * _left(members, worths, is_chain, left, links, weight, falls_back)
    return mean


def _left(members, worths, is_chain, left, links, weight, falls_back):
    if not is_chain and len(left) == len(members):
        return worth(worths, weight)
    unbroken = 0
    while is_chain and unbroken < len(worths) and all(each in left for each in members[: unbroken + 2]):
        unbroken += 1
    best = worth(worths[:unbroken], weight)
    if falls_back:
        for taken in range(unbroken + 1):
            others = "".join(each for each in left if taken == 0 or each not in members[: taken + 1])
            # A funder left without a chain asks for nothing, so no link leads to it and no ring holds it.
            rings = slow_rounds(others, links, "", 5, 0)
            best = max(best, worth(worths[:taken], weight) + slow_best([
                (frozenset(ring), worth(ring_links, weight)) for ring, ring_links, _ in rings
            ]))  # fmt: skip
    return best
