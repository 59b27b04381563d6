"""The best set of disjoint rings and chains over a community."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.sparse import csr_matrix

from lichen.fit.fusion import Floats
from lichen.fit.index import Places
from lichen.fit.ring_graph import RingGraph, Rounds, all_rounds, rings_through
from lichen.fit.ring_proof import best_packing
from lichen.fit.ring_values import Dropping, RingWeight, expected_values, round_values

__all__ = ["ChosenRing", "RingPlan", "best_ring_through", "best_rings"]


@dataclass(frozen=True, slots=True)
class ChosenRing:
    """A ring, or a chain that a funder begins."""

    members: tuple[str, ...]
    """Their ids: each helps the next, and in a ring the last helps the first."""
    links: tuple[float, ...]
    """What each link is worth."""
    is_chain: bool
    """Whether it begins at a funder, and its last helps nobody."""
    value: float
    """What it is worth if everybody stays."""
    expected: float
    """What it is worth on average, if members may drop out; the value itself where nobody does."""


@dataclass(frozen=True, slots=True)
class RingPlan:
    """The best set of rings and chains in which nobody stands twice, and how sure it is that it is the best."""

    rings: tuple[ChosenRing, ...]
    """The most valuable first."""
    optimum: float
    """What they are worth together; where members may drop out, on average."""
    bound: float
    """No set is worth more."""

    @property
    def is_proved(self) -> bool:
        """Whether no set is better."""
        return self.bound <= self.optimum

    @property
    def gap(self) -> float:
        """By how much of its own worth a better set could exceed this one at most; 0 where it is proved the best."""
        if self.is_proved:
            return 0.0
        return (self.bound - self.optimum) / self.optimum if self.optimum else inf


def _silent(_value: float, _bound: float) -> None:
    """Nobody asked to be told."""


def best_rings(
    graph: RingGraph,
    *,
    max_length: int = 3,
    max_chain: int = 0,
    weight: RingWeight = RingWeight.FIT,
    dropping: Dropping | None = None,
    left: Callable[[], float] = lambda: inf,
    tell: Callable[[float, float], None] = _silent,
) -> RingPlan:
    """Choose rings and chains that share nobody and are worth most together, with proof.

    Args:
        graph: The community.
        max_length: How many organisations are in a ring at most, 2 to 5.
        max_chain: How many a chain helps at most; 0 for no chains.
        weight: What counts in a ring.
        dropping: How likely members are to drop out; rings then count by their expected value, so that those that
            degrade well are preferred.
        left: How many seconds are left. When none are, the best so far is given with its gap.
        tell: Told the worth and its bound whenever one of them improves.

    Raises:
        InputError: The lengths are out of their range.
        NotAllowed: There are too many rings to look at.

    Source:
        The cycle formulation of kidney exchange (Abraham, Blum and Sandholm, EC 2007; Roth, Sönmez and Ünver 2007);
        the halving is Ryan and Foster's (1981).

    Example:
        >>> links = {("a", "b"): 1.0, ("b", "a"): 0.2, ("b", "c"): 1.0, ("c", "a"): 1.0}
        >>> plan = best_rings(RingGraph.of_links("abc", links))
        >>> [ring.members for ring in plan.rings], plan.optimum, plan.gap
        ([('a', 'b', 'c')], 3.0, 0.0)
    """
    rounds = all_rounds(graph, max_length, max_chain)
    values = round_values(rounds.links, weight)
    counted = values if dropping is None else expected_values(graph, rounds, weight, dropping)
    open_rings = _worth_choosing(rounds, counted)
    packing = best_packing(_memberships(graph, rounds, open_rings), counted[open_rings], left, tell)
    chosen = open_rings[packing.chosen]
    rings = (_chosen(graph, rounds, row, float(values[row]), float(counted[row])) for row in chosen)
    return RingPlan(tuple(sorted(rings, key=lambda ring: (-ring.expected, ring.members))), packing.value, packing.bound)


def best_ring_through(
    graph: RingGraph, me: str, *, max_length: int = 4, dropping: Dropping | None = None
) -> ChosenRing | None:
    """The best ring of two to ``max_length`` through one organisation, over the links of the community, exactly.

    Rings are compared by the harmonic mean of their links, so that short and long ones can be; between equals the
    shorter goes first, for it is easier to keep together.

    Args:
        graph: The community, as large as you like: only what a few links reach is looked at.
        me: The id of the organisation; it comes first in the ring.
        max_length: How many organisations are in a ring at most, 2 to 5.
        dropping: How likely members are to drop out; rings are then compared by what is left on average.

    Returns:
        The ring, its values being that mean; None where there is none.

    Raises:
        InputError: The length is out of its range, or nobody has this id.
        NotAllowed: There are too many rings to look at.

    Example:
        >>> links = {("a", "b"): 1.0, ("b", "c"): 1.0, ("c", "a"): 1.0, ("b", "a"): 0.5}
        >>> best_ring_through(RingGraph.of_links("abc", links), "b").members
        ('b', 'c', 'a')
    """
    rounds = rings_through(graph, me, max_length)
    values = round_values(rounds.links, RingWeight.FIT)
    expected = values if dropping is None else expected_values(graph, rounds, RingWeight.FIT, dropping)
    if not len(rounds) or expected.max() <= 0:
        return None
    means, kept = values / rounds.helped, expected / rounds.helped
    best = int(np.lexsort((*rounds.members.T[::-1], rounds.helped, -kept.round(12)))[0])
    return _chosen(graph, rounds, best, float(means[best]), float(kept[best]))


def _worth_choosing(rounds: Rounds, values: Floats) -> Places:
    """Those worth anything; of several among the same members only the best."""
    order = np.argsort(-values, kind="stable")
    order = order[values[order] > 0]
    _sets, first = np.unique(np.sort(rounds.members[order], axis=1), axis=0, return_index=True)
    return np.sort(order[first])


def _memberships(graph: RingGraph, rounds: Rounds, chosen: Places) -> csr_matrix:
    column, place = np.nonzero(rounds.members[chosen] >= 0)
    rows = rounds.members[chosen][column, place]
    return csr_matrix((np.ones(len(rows)), (rows, column)), shape=(len(graph.ids), len(chosen)))


def _chosen(graph: RingGraph, rounds: Rounds, row: int, value: float, expected: float) -> ChosenRing:
    members, links = rounds.members[row], rounds.links[row]
    return ChosenRing(
        tuple(graph.ids[place] for place in members[members >= 0]),
        tuple(links[~np.isnan(links)].tolist()),
        bool(rounds.chains[row]),
        value,
        expected,
    )
