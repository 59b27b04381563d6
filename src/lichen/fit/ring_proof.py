"""The best choice of rings that share nobody: a packing, and a bound that no packing can beat.

Small choices go to HiGHS whole. Large ones are bounded by a search of our own: the relaxation of each half is cheap,
and a ring whose reduced cost says that no packing above the target can hold it is left out, so the halves shrink fast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix

from lichen.fit.fusion import Floats
from lichen.fit.index import Flags, Places

__all__ = ["Packing", "best_packing"]

_WHOLE = 3_000
"""Up to so many rings, HiGHS is as fast alone (benchmarks/rings.py)."""
_GAPS = (0.02, 0.01, 0.005, 0.0025, 0.001, 0.0)
"""The bound is proved within these shares of the best packing, one after the other: each proof is longer."""
_SEEDED, _STEP_SECONDS = 300, 2.0
"""Organisations freed at once when a packing is mended, to begin with, and how long that may take."""
_PROOF_STEPS = 20
"""Between two mendings, so many halves are bounded."""
_LEAF = 200
"""A part with so few rings left is solved at once."""
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Packing:
    """The best packing found, and what no packing can beat."""

    chosen: Places
    """Which of the rings, in order."""
    value: float
    """What they are worth together."""
    bound: float
    """No packing is worth more; the value itself where the packing is proved best."""


def best_packing(
    members: csr_matrix,
    values: Floats,
    left: Callable[[], float],
    tell: Callable[[float, float], None],
    *,
    whole: int = _WHOLE,
) -> Packing:
    """Choose rings that share nobody and are worth most together.

    Args:
        members: Shape (n, m), 1 where an organisation is in a ring.
        values: Shape (m,), above 0.
        left: How many seconds are left.
        tell: Told the value and the bound as they improve.
        whole: So many rings go to HiGHS at once; more are halved here.

    Returns:
        Proved best unless the time was up before.
    """
    if not len(values):
        return Packing(np.zeros(0, dtype=np.intp), 0.0, 0.0)
    search = _Search(members, values, left, tell)
    return search.whole() if len(values) <= whole else search.best()


class _Node(NamedTuple):
    """A part of all packings: the rings that it may still choose from, and its relaxation."""

    bound: float
    rings: Places
    shares: Floats
    prices: Floats
    reduced: Floats


class _Search:
    """One search for the best packing, from a relaxation, by mending and by halving."""

    def __init__(
        self, members: csr_matrix, values: Floats, left: Callable[[], float], tell: Callable[[float, float], None]
    ) -> None:
        self.members, self.values, self.left, self.tell = members, values, left, tell
        self.columns = members.tocsc()
        self.by_ring = members.T.tocsr()
        # Whole values can only improve by one.
        self.grain = 1.0 if (values == np.round(values)).all() else 0.0
        self.chosen: Flags = np.zeros(len(values), dtype=np.bool_)
        self.value, self.bound = 0.0, float(values.sum())
        self.chance = np.random.default_rng(0)
        self.freed = _SEEDED

    def whole(self) -> Packing:
        """The answer of HiGHS for all rings at once."""
        rings = np.arange(len(self.values))
        found = self._solved(rings, np.ones(self.members.shape[0], dtype=np.bool_), self.left())
        if found.x is not None:
            self.chosen[:] = found.x > 0.5
            self.value = self._worth(self.chosen)
        if found.mip_dual_bound is not None:
            self.bound = min(self.bound, -float(found.mip_dual_bound))
        if found.status == 0:
            self.bound = self.value
        return self._packing()

    def best(self) -> Packing:
        """The best packing that mending finds, with its bound pressed down to it as far as time goes."""
        self.root = self._node(np.arange(len(self.values)))
        self._press(self.root.bound)
        self._start(self.root)
        for gap in _GAPS:
            while self._target(gap) < self.bound and self.left() > 0:
                self._prove(gap)
        return self._packing()

    def _packing(self) -> Packing:
        if self.bound - self.value <= _NEARLY * max(1.0, self.value):
            self.bound = self.value
        return Packing(np.flatnonzero(self.chosen), self.value, self.bound)

    def _worth(self, chosen: Flags) -> float:
        return float(self.values[chosen].sum())

    def _target(self, gap: float) -> float:
        """What every better packing would have to be worth more than, for the gap to be larger than this."""
        return self.value * (1 + gap) if gap else self.value + self.grain / 2

    def _press(self, bound: float) -> None:
        if self.grain:
            bound = float(np.floor(bound + _NEARLY))
        if bound < self.bound:
            self.bound = max(bound, self.value)
            self.tell(self.value, self.bound)

    def _keep(self, chosen: Flags) -> None:
        value = self._worth(chosen)
        if value > self.value + _NEARLY:
            self.chosen, self.value = chosen.copy(), value
            self.tell(self.value, self.bound)

    # The relaxation, and the halving.

    def _node(self, rings: Places) -> _Node:
        """The relaxation over some rings: its bound holds whatever the solver's last digits."""
        within = self.columns[:, rings]
        found = linprog(
            -self.values[rings], A_ub=within, b_ub=np.ones(within.shape[0]), method="highs-ipm",
            options={"presolve": False},
        )  # fmt: skip
        prices = np.maximum(-found.ineqlin.marginals, 0.0)
        reduced = self.values[rings] - prices @ within
        return _Node(float(prices.sum() + np.maximum(reduced, 0).sum()), rings, found.x, prices, reduced)

    def _prove(self, gap: float) -> None:
        """Halve until nothing is left above the target, or the time is up."""
        order = count()
        heap = [(-self.root.bound, next(order), self.root)]
        steps = count(1)
        while heap and self.left() > 0:
            target = self._target(gap)
            _bound, _place, node = heappop(heap)
            self._press(max(node.bound, target))
            if node.bound <= target:
                return
            rings = node.rings[node.reduced > target - node.bound]
            if len(rings) <= _LEAF:
                if not self._settle(rings):
                    return
                continue
            for half in self._halves(node, target):
                if half.bound > target:
                    heappush(heap, (-half.bound, next(order), half))
            if next(steps) % _PROOF_STEPS == 0:
                self._mend(min(_STEP_SECONDS, self.left()))
        if not heap:
            self._press(self._target(gap))

    def _settle(self, rings: Places) -> bool:
        """Solve for a few rings at once; whether there was time for it."""
        if not len(rings):
            return True
        found = self._solved(rings, np.ones(self.members.shape[0], dtype=np.bool_), self.left())
        if found.x is not None:
            self._keep(self._flags(rings[found.x > 0.5]))
        return bool(found.status == 0)

    def _halves(self, node: _Node, target: float) -> Iterator[_Node]:
        """The node with two organisations always in one ring, and with them never in one ring."""
        rings = node.rings[node.reduced > target - node.bound]
        shares = node.shares[node.reduced > target - node.bound]
        pair = self._undecided(rings, shares)
        if pair is None:
            self._keep(self._flags(rings[shares > 0.5]))
            return
        one, other = (self.by_ring[rings][:, each].toarray().ravel() > 0 for each in pair)
        for kept in (rings[one == other], rings[~(one & other)]):
            if len(kept):
                yield self._node(kept)

    def _undecided(self, rings: Places, shares: Floats) -> tuple[int, int] | None:
        """Two organisations that share about half a ring."""
        part = (shares > _NEARLY) & (shares < 1 - _NEARLY)
        if not part.any():
            return None
        within = self.columns[:, rings[part]]
        together = (within.multiply(shares[part]) @ within.T).tocoo()
        above = together.row < together.col
        halfness = np.abs(together.data[above] - 0.5)
        if not above.any() or halfness.min() > 0.5 - _NEARLY:
            return None
        best = halfness.argmin()
        return int(together.row[above][best]), int(together.col[above][best])

    def _flags(self, rings: Places) -> Flags:
        flags: Flags = np.zeros(len(self.values), dtype=np.bool_)
        flags[rings] = True
        return flags

    # The packing, and the mending.

    def _start(self, node: _Node) -> None:
        """Settle what the relaxation is surest of, until what is left can be solved."""
        free = np.ones(self.members.shape[0], dtype=np.bool_)
        chosen = self._flags(np.zeros(0, dtype=np.intp))
        while (node.prices > _NEARLY).sum() > _SEEDED and self.left() > 0:
            surest = np.argsort(-node.shares, kind="stable")
            for ring in node.rings[surest[: max(1, min(20, int((node.shares > 0.6).sum())))]]:
                inside = self._inside(ring)
                if free[inside].all():
                    free[inside], chosen[ring] = False, True
            rings = node.rings[(~free).astype(np.float64) @ self.columns[:, node.rings] == 0]
            if not len(rings):
                break
            node = self._node(rings)
        found = self._solved(node.rings, free, min(self.left(), 5 * _STEP_SECONDS))
        if found.x is not None:
            chosen[node.rings[found.x > 0.5]] = True
        self._keep(chosen)

    def _mend(self, seconds: float) -> None:
        """Free the organisations around one where the packing loses most, and solve for them again."""
        end = self.left() - seconds
        while self.left() > end:
            free = self._around(self._losses())
            rings = np.flatnonzero((~free).astype(np.float64) @ self.members == 0)
            rings = rings[self.root.reduced[rings] > self.value - self.root.bound]
            if not len(rings):
                return
            begun = self.left()
            found = self._solved(rings, free, min(seconds, _STEP_SECONDS))
            quick = found.status == 0 and begun - self.left() < _STEP_SECONDS / 4
            self.freed = int(self.freed * (1.05 if quick else 0.95 if found.status else 1.0)) + 1
            if found.x is not None:
                chosen = self.chosen.copy()
                chosen[rings] = found.x > 0.5
                self._keep(chosen)
            if found.status == 0 and free[self.root.prices > _NEARLY].all():
                return

    def _losses(self) -> Floats:
        """How much less than the bound each organisation brings: its price unused, or its ring's shortfall."""
        losses = self.root.prices.copy()
        for ring in np.flatnonzero(self.chosen).tolist():
            losses[self._inside(ring)] = -self.root.reduced[ring]
        return np.maximum(losses, 0) + 0.3

    def _around(self, losses: Floats) -> Flags:
        """Whole rings and single organisations near one another, the lossy ones rather."""
        near = self._near()
        free: Flags = np.zeros(len(losses), dtype=np.bool_)
        ring_of = np.full(len(losses), -1)
        for ring in np.flatnonzero(self.chosen).tolist():
            ring_of[self._inside(ring)] = ring
        newest = self.chance.choice(len(losses), size=1, p=losses / losses.sum())
        priced = self.root.prices > _NEARLY
        while True:
            for one in newest:
                free[self._inside(ring_of[one]) if ring_of[one] >= 0 else one] = True
            if (free & priced).sum() >= min(self.freed, priced.sum()) or free.all():
                return free
            pull = losses * self.chance.random(len(losses)) * ~free
            reached = pull * (near @ free.astype(np.float64) > 0)
            newest = np.argsort(-(reached if reached.any() else pull))[:8]

    def _near(self) -> csr_matrix:
        if not hasattr(self, "_near_kept"):
            likely = self.columns[:, self.root.reduced > -0.001 * self.root.bound]
            self._near_kept = (likely @ likely.T).tocsr()
        return self._near_kept

    def _inside(self, ring: int) -> Places:
        inside: Places = self.columns.indices[self.columns.indptr[ring] : self.columns.indptr[ring + 1]]
        return inside

    def _solved(self, rings: Places, free: Flags, seconds: float) -> Any:
        """The answer of HiGHS for some rings over the free organisations."""
        within = LinearConstraint(self.columns[:, rings][free], -np.inf, 1)
        options = {"mip_rel_gap": 0.0} | ({} if seconds == np.inf else {"time_limit": max(seconds, 0.01)})
        return milp(
            -self.values[rings], constraints=within, integrality=np.ones(len(rings)), bounds=Bounds(0, 1),
            options=options,
        )  # fmt: skip
