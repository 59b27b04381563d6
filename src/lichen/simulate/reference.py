"""The reference alliance: what the one assumption that is set to published figures is set by."""

from __future__ import annotations

from lichen.scales import rank_weights
from lichen.simulate.life import Ally, Life, Reliance

__all__ = ["reference_life"]

_PARTNERS, _NEEDS = 6, 5
_MET = 0.56
"""A strength of four of five that rests on a named example."""


def reference_life() -> Life:
    """An alliance that stands for those whose endings were published: six partners that meet regularly.

    Each has five needs. Another partner meets the first, two meet the second, and nobody meets the last three.
    Check-ins are held; there is no clause and no liaison, and nobody has rated trust.

    Source:
        Ours. Feinberg, Bontempo and Greenberg (2008) counted 110 coalitions of which 3 to 8 in a hundred ended each
        year after the third; what those coalitions were like in these terms, nobody knows.

    Example:
        >>> len(reference_life().allies)
        6
    """
    return Life(tuple(Ally(str(place), _needs(place)) for place in range(_PARTNERS)), has_check_ins=True)


def _needs(place: int) -> tuple[Reliance, ...]:
    met_by = {0: (1,), 1: (2, 3)}
    weights = rank_weights(tuple(range(1, _NEEDS + 1)))
    return tuple(
        Reliance(weight, tuple((str((place + step) % _PARTNERS), _MET) for step in met_by.get(rank, ())))
        for rank, weight in enumerate(weights)
    )
