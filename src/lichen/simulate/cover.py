"""How far the needs of each partner are met by whoever gives at the moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lichen.simulate.assumptions import Assumptions
from lichen.simulate.life import Ally, Reliance

__all__ = ["Coverage"]

Floats = NDArray[np.float32]
Bits = NDArray[np.int64]
_MOST_IN_TABLE = 12


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who meets whose needs how far, as arrays; partners stand in the order given."""

    met_by: Floats
    """Shape (needs, partners): how far each meets each need."""
    weights: Floats
    """Shape (needs, 1)."""
    spans: tuple[slice, ...]
    """Which of the needs are each partner's."""
    owners: NDArray[np.intp]
    """Shape (needs,): whose each is."""
    second: Floats | None
    """Shape (needs,): how far an agreed second meets each; None where none is agreed."""
    firsts: NDArray[np.intp]
    """Shape (needs,): who meets each best."""
    table: Floats | None = None
    """Shape (partners, 2 ** partners): the answer for all who could give together; None where they are too many."""

    @classmethod
    def of(cls, allies: Sequence[Ally], assumed: Assumptions, *, second: bool) -> Coverage:
        """The cover among allies, on some assumptions."""
        places = {ally.id: place for place, ally in enumerate(allies)}
        needs = [_needs(ally, allies, assumed) for ally in allies]
        flat = [need for each in needs for need in each]
        met_by = np.zeros((len(flat), len(allies)), np.float32)
        for row, need in enumerate(flat):
            for id, met in need.met_by:
                met_by[row, places[id]] = met
        ends = np.cumsum([len(each) for each in needs])
        found = cls(
            met_by=met_by,
            weights=np.array([[need.weight] for need in flat], np.float32).reshape(-1, 1),
            spans=tuple(slice(end - len(each), end) for end, each in zip(ends.tolist(), needs, strict=True)),
            owners=np.repeat(np.arange(len(allies)), [len(each) for each in needs]),
            second=met_by.max(axis=1) * np.float32(assumed.second_cover) if second else None,
            firsts=met_by.argmax(axis=1),
        )
        all_of_them = np.arange(2 ** len(allies)) if len(allies) <= _MOST_IN_TABLE else None
        return found if all_of_them is None else replace(found, table=found._met(all_of_them))

    def bits(self, giving: NDArray[np.bool_]) -> Bits:
        """Who gives in each run, as the bits of one number.

        Args:
            giving: Shape (partners, runs).
        """
        found = np.zeros(giving.shape[1], np.int64)
        for place, row in enumerate(giving):
            found |= row.astype(np.int64) << place
        return found

    def met(self, bits: Bits) -> Floats:
        """How far the needs of each partner are met.

        Args:
            bits: Shape (runs,), as ``bits`` gives them.

        Returns:
            Shape (partners, runs), each in [0, 1].
        """
        if self.table is not None:
            return self.table[:, bits]
        different, back = np.unique(bits, return_inverse=True)
        return self._met(different)[:, back]

    def _met(self, bits: Bits) -> Floats:
        giving = (bits >> np.arange(len(self.spans))[:, None]) & 1 == 1
        best = np.zeros((len(self.met_by), len(bits)), np.float32)
        for place, gives in enumerate(giving):
            np.maximum(best, self.met_by[:, place, None] * gives, out=best)
        if self.second is not None:
            # A second stands in only where somebody gives who is neither the first nor the one in need.
            third = giving.sum(axis=0) - giving[self.firsts] - giving[self.owners]
            np.maximum(best, self.second[:, None] * (third > 0), out=best)
        best *= self.weights
        found: Floats = np.stack([best[span].sum(axis=0) for span in self.spans])
        return np.minimum(found, np.float32(1))


def _needs(ally: Ally, allies: Sequence[Ally], assumed: Assumptions) -> tuple[Reliance, ...]:
    if ally.needs is not None:
        return ally.needs
    others = tuple((other.id, assumed.unknown_cover) for other in allies if other is not ally)
    return (Reliance(1.0, others),)
