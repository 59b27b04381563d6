"""The choice of gifts as a mixed-integer programme, which HiGHS solves and whose best value it bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import inf, log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from lichen.exchange.plan.values import Gift, PlanRules

__all__ = ["Floats", "Programme", "Rows", "Solved"]

Floats = NDArray[np.float64]
_OPTIMAL, _INFEASIBLE = 0, 2


class Rows(NamedTuple):
    """Constraints: each row of coefficients times the columns is at most so much."""

    coefficients: Floats
    most: Floats


class Solved(NamedTuple):
    """What a run of the solver found."""

    places: tuple[int, ...] | None
    """Of the gifts of the best choice; None where none was found."""
    nets: Floats
    """Each partner's net gain in it as the solver reckons, who may split gifts in a relaxed run; empty without one."""
    bound: float
    """No choice is worth more; infinite where the solver did not come to say so."""
    is_complete: bool
    """Whether the solver came to its end."""


class _Share(NamedTuple):
    """A gift, by its place, and a gap that it eases."""

    place: int
    receiver: str
    gap: str


class Programme:
    """Gifts and partners as columns, capacities as rows.

    The columns are: whether each gift is given, 0 or 1; for each gap that several gifts ease, how far each of them
    counts there, 0 to 1; whether each partner is served, 0 or 1; then those that a question adds, each at most 0. The
    gifts to one gap share out a whole among them, so that at best the strongest counts and no other.
    """

    def __init__(self, gifts: Sequence[Gift], capacities: Mapping[str, float], rules: PlanRules) -> None:
        self._rules = rules
        self._row = {partner: row for row, partner in enumerate(capacities)}
        self._gifts = len(gifts)
        self._shares = _contested(gifts)
        self._served = self._gifts + len(self._shares)
        self._width = self._served + len(capacities)
        self._nets = self._net_gains(gifts)
        self._always = _stacked(self._within_capacity(gifts, [*capacities.values()]), self._each_gap_once())

    def served(self, count: int) -> Rows:
        """Exactly so many partners are served."""
        row = self._counting_served()
        return Rows(np.vstack([row, -row]), np.array([count, -count], dtype=float))

    def gaining(self, least: float) -> Rows:
        """Whoever is served gains at least so much, and nobody loses."""
        rows = -self._nets
        rows[:, self._served :] += least * np.eye(len(rows))
        return Rows(rows, np.zeros(len(rows)))

    def below_log(self, points: Sequence[Sequence[float]], *, shared: bool = False) -> Rows:
        """Columns added, one a partner: below log(net gain) if the partner is served, for which tangents stand.

        Args:
            points: For each partner, the net gains at which a tangent touches.
            shared: Whether all partners have one column, which then lies below the tangents of all of them.
        """
        columns = 1 if shared else len(points)
        cuts = []
        for partner, touched in enumerate(points):
            for point in touched:
                cut = np.zeros(self._width + columns)
                cut[: self._width] = -self._nets[partner]
                cut[self._served + partner] += point * (1 - log(point))
                cut[self._width + (0 if shared else partner)] = point
                cuts.append(cut)
        return Rows(np.array(cuts), np.zeros(len(cuts)))

    def most_served(self, *rows: Rows) -> Solved:
        """The choice that serves most partners."""
        return self._solved(self._counting_served(), rows)

    def highest(self, *rows: Rows, relaxed: bool = False) -> Solved:
        """The choice for which the columns added are highest, together.

        Args:
            rows: What must hold; the last of them have the columns added.
            relaxed: Whether gifts may be split and partners half served, for a bound that is found quickly.
        """
        worth = np.zeros(rows[-1].coefficients.shape[1])
        worth[self._width :] = 1
        return self._solved(worth, rows, relaxed=relaxed)

    def _counting_served(self) -> Floats:
        row = np.zeros(self._width)
        row[self._served :] = 1
        return row

    def _net_gains(self, gifts: Sequence[Gift]) -> Floats:
        """The net gain of each partner as a row over the columns."""
        columns = {share: self._gifts + place for place, share in enumerate(self._shares)}
        rows = np.zeros((len(self._row), self._width))
        for place, gift in enumerate(gifts):
            rows[self._row[gift.giver], place] -= gift.cost
            for met in gift.meets:
                column = columns.get(_Share(place, gift.receiver, met.gap), place)
                rows[self._row[gift.receiver], column] += met.worth
        return rows

    def _within_capacity(self, gifts: Sequence[Gift], capacities: Sequence[float]) -> Rows:
        rows = np.zeros((len(capacities), self._width))
        for place, gift in enumerate(gifts):
            rows[self._row[gift.giver], place] = gift.effort
        return Rows(rows, np.minimum(capacities, rows.sum(axis=1)))

    def _each_gap_once(self) -> Rows:
        """What is not given counts nowhere, and what counts for a gap is one whole at most."""
        gaps = {gap: row for row, gap in enumerate(dict.fromkeys(share[1:] for share in self._shares))}
        given, once = np.zeros((len(self._shares), self._width)), np.zeros((len(gaps), self._width))
        for row, share in enumerate(self._shares):
            given[row, share.place] = -1
            given[row, self._gifts + row] = once[gaps[share[1:]], self._gifts + row] = 1
        return _stacked(Rows(given, np.zeros(len(given))), Rows(once, np.ones(len(once))))

    def _solved(self, worth: Floats, rows: Sequence[Rows], *, relaxed: bool = False) -> Solved:
        every = _stacked(*(_widened(each, len(worth)) for each in (self._always, *rows)))
        whole = np.zeros(len(worth))
        if not relaxed:
            whole[: self._gifts] = whole[self._served : self._width] = 1
        own = np.arange(len(worth)) < self._width
        found = milp(
            -worth,
            constraints=LinearConstraint(csr_array(every.coefficients), ub=every.most),
            integrality=whole,
            bounds=Bounds(np.where(own, 0, -inf), np.where(own, 1, 0)),
            options={
                # Presolving saves no time here, and what HiGHS undoes of it is off by more.
                "presolve": False,
                "mip_rel_gap": 0,
                "node_limit": self._rules.nodes,
                "time_limit": self._rules.seconds or inf,
            },
        )
        return self._read(found)

    def _read(self, found: Any) -> Solved:
        # scipy names no bound for a run without whole numbers, whose solution is one, nor for one that found nothing.
        lowest = found.fun if found.mip_dual_bound is None and found.success else found.mip_dual_bound
        bound = inf if lowest is None else -lowest
        is_complete = found.status in {_OPTIMAL, _INFEASIBLE}
        if found.x is None:
            return Solved(None, np.zeros(0), bound, is_complete)
        given = np.flatnonzero(found.x[: self._gifts] > 1 / 2)
        return Solved(tuple(given.tolist()), self._nets @ found.x[: self._width], bound, is_complete)


def _contested(gifts: Sequence[Gift]) -> list[_Share]:
    """What the gifts do for the gaps that several of them ease."""
    shares = [_Share(place, gift.receiver, met.gap) for place, gift in enumerate(gifts) for met in gift.meets]
    count = Counter(share[1:] for share in shares)
    return [share for share in shares if count[share[1:]] > 1]


def _stacked(*rows: Rows) -> Rows:
    return Rows(np.vstack([each.coefficients for each in rows]), np.concatenate([each.most for each in rows]))


def _widened(rows: Rows, width: int) -> Rows:
    missing = width - rows.coefficients.shape[1]
    return Rows(np.pad(rows.coefficients, ((0, 0), (0, missing))), rows.most)
