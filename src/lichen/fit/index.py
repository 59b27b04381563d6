"""Many organisations at once: the same cover as :mod:`lichen.fit.cover`, by array arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichen.audit.values import Organisation
from lichen.audit.weighing import eased_by, gap_weights
from lichen.capabilities.taxonomy import taxonomy
from lichen.fit.cover import best_offer, offer_worth
from lichen.fit.fusion import Floats

__all__ = ["FitIndex", "Flags", "Places", "best_worth"]

Flags = NDArray[np.bool_]
Places = NDArray[np.intp]


class FitIndex:
    """What many organisations lack and offer, laid out by capability.

    For each code it holds the organisations that bear it and how much, so a question touches only the codes that
    matter to it. Built once, asked as often as wanted; it never changes. ``organisations`` are those given;
    ``has_gaps`` and ``has_offers`` say of whom anything is known; ``tie_order`` is the place of each by name and id.

    Args:
        organisations: Any number; their places in the index are their places here.

    Example:
        >>> from lichen.audit.values import Offer, Vulnerability
        >>> parish = Organisation("p", "Parish", offers=(Offer("trust.underserved", strength=5, evidence=2),))
        >>> hospital = Organisation("h", "Hospital", vulnerabilities=(Vulnerability("trust.underserved", 5),))
        >>> ours, theirs = FitIndex([parish, hospital]).covers(hospital)
        >>> ours.tolist(), theirs.tolist()
        ([0.7, nan], [nan, nan])
    """

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        """Lay out the organisations by capability."""
        self.organisations: tuple[Organisation, ...] = tuple(organisations)
        self.has_gaps: Flags = np.array([bool(one.vulnerabilities) for one in self.organisations], dtype=np.bool_)
        self.has_offers: Flags = np.array([bool(one.offers) for one in self.organisations], dtype=np.bool_)
        self._places: dict[str, list[int]] = {}
        for place, one in enumerate(self.organisations):
            self._places.setdefault(one.id, []).append(place)
        self.tie_order: Places = _tie_order(self.organisations)
        self._codes = {code: place for place, code in enumerate(taxonomy().capabilities)}
        self._worths = {evidence: self._lay_out_offers(evidence) for evidence in (True, False)}
        self._weights = self._lay_out_gaps()

    def __len__(self) -> int:
        """How many organisations there are."""
        return len(self.organisations)

    def others(self, me: Organisation) -> Flags:
        """Which of the organisations are not me, who may be among them under the same id."""
        others: Flags = np.ones(len(self), dtype=np.bool_)
        others[self._places.get(me.id, [])] = False
        return others

    def met(self, code: str, *, evidence: bool = True) -> Floats:
        """How far each organisation meets a gap, in [0, 1]: the best of similarity × worth over its offers.

        Args:
            code: The gap; nobody meets one whose code is unknown.
            evidence: False to count strengths whatever the evidence for them.

        Returns:
            Shape (n,).
        """
        met = np.zeros(len(self))
        for offered, similarity in eased_by(code).items():
            rows, worths = self._worths[evidence].of(self._codes[offered])
            met[rows] = np.maximum(met[rows], similarity * worths)
        return met

    def covers(self, me: Organisation, *, evidence: bool = True) -> tuple[Floats, Floats]:
        """Both directions between me and each organisation.

        Args:
            me: Any organisation, in the index or not.
            evidence: False to count strengths whatever the evidence for them.

        Returns:
            Two arrays of shape (n,), how far each meets my gaps and how far I meet its. In [0, 1], and NaN where
            the gaps of the one or the offers of the other are unknown.
        """
        ours = np.where(self.has_offers & bool(me.vulnerabilities), 0.0, np.nan)
        for gap, weight in zip(me.vulnerabilities, gap_weights(me), strict=True):
            ours += weight * gap.confidence * self.met(gap.code, evidence=evidence)
        theirs = np.where(self.has_gaps & bool(me.offers), 0.0, np.nan)
        for code, place in self._codes.items():
            worth = best_worth(code, me, evidence)
            if worth > 0:
                rows, weights = self._weights.of(place)
                theirs[rows] += worth * weights
        return np.minimum(ours, 1.0), np.minimum(theirs, 1.0)

    def met_matrix(self, rows: Places) -> Floats:
        """How far the chosen organisations meet a gap in each code: shape (k, len(rows))."""
        worths = self._worths[True].dense(rows, len(self))
        met = np.zeros_like(worths)
        for code, place in self._codes.items():
            for offered, similarity in eased_by(code).items():
                np.maximum(met[place], similarity * worths[self._codes[offered]], out=met[place])
        return met

    def weight_matrix(self, rows: Places) -> Floats:
        """How much a gap in each code weighs for the chosen organisations: shape (k, len(rows))."""
        return self._weights.dense(rows, len(self))

    def _lay_out_offers(self, evidence: bool) -> _ByCode:
        offers = [offer for organisation in self.organisations for offer in organisation.offers]
        worths = np.array([offer_worth(offer, evidence=evidence) for offer in offers])
        counts = [len(organisation.offers) for organisation in self.organisations]
        return self._laid_out([offer.code for offer in offers], counts, worths, np.maximum)

    def _lay_out_gaps(self) -> _ByCode:
        gaps = [gap for organisation in self.organisations for gap in organisation.vulnerabilities]
        weights = np.array([weight for organisation in self.organisations for weight in gap_weights(organisation)])
        confidences = np.array([gap.confidence for gap in gaps])
        counts = [len(organisation.vulnerabilities) for organisation in self.organisations]
        return self._laid_out([gap.code for gap in gaps], counts, weights * confidences, np.add)

    def _laid_out(self, codes: Sequence[str], counts: Sequence[int], values: Floats, join: np.ufunc) -> _ByCode:
        """Sort values by code and owner, and join those that fall together; codes that are unknown drop out."""
        n = max(1, len(self))
        places = np.array([self._codes.get(code, -1) for code in codes], dtype=np.intp)
        owners = np.repeat(np.arange(len(self)), np.array(counts, dtype=np.intp))
        known = np.flatnonzero(places >= 0)
        cells = (places * n + owners)[known]
        order = np.argsort(cells, kind="stable")
        cells, first = np.unique(cells[order], return_index=True)
        joined = join.reduceat(values[known][order], first) if len(first) else np.zeros(0)
        starts = np.searchsorted(cells // n, np.arange(len(self._codes) + 1)).astype(np.intp)
        return _ByCode(starts, cells % n, joined)


@dataclass(frozen=True, slots=True, eq=False)
class _ByCode:
    """A sparse matrix of codes by organisations, one stretch of (row, value) a code."""

    starts: Places
    rows: Places
    values: Floats

    def of(self, place: int) -> tuple[Places, Floats]:
        stretch = slice(self.starts[place], self.starts[place + 1])
        return self.rows[stretch], self.values[stretch]

    def dense(self, chosen: Places, n: int) -> Floats:
        columns = np.full(n, -1, dtype=np.intp)
        columns[chosen] = np.arange(len(chosen))
        codes = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        wanted = columns[self.rows] >= 0
        filled = np.zeros((len(self.starts) - 1, len(chosen)))
        filled[codes[wanted], columns[self.rows[wanted]]] = self.values[wanted]
        return filled


def _tie_order(organisations: Sequence[Organisation]) -> Places:
    """The place of each organisation when all are sorted by name and id."""
    names = [(organisation.name, organisation.id) for organisation in organisations]
    order = np.empty(len(names), dtype=np.intp)
    order[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return order


def best_worth(code: str, giving: Organisation, evidence: bool) -> float:
    """How far an organisation meets a gap, in [0, 1]: the similarity × worth of its best offer, 0 without one."""
    offer = best_offer(code, giving.offers, evidence=evidence)
    return 0.0 if offer is None else eased_by(code)[offer.code] * offer_worth(offer, evidence=evidence)
