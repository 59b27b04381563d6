"""How much each gap weighs, and how far one capability eases the lack of another: as the fit has it."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from lichen.audit.values import Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import rank_weights

__all__ = ["easing", "shares_of_gaps"]


def shares_of_gaps(gaps: Sequence[Vulnerability]) -> tuple[float, ...]:
    """What each gap is of all that its owner lacks: severity × rank weight, as a share of the sum.

    Example:
        >>> shares_of_gaps([Vulnerability("trust.community", 4, rank=1), Vulnerability("ops.logistics", 4, rank=2)])
        (0.75, 0.25)
    """
    by_rank = rank_weights([gap.rank for gap in gaps])
    weights = [gap.severity * weight for gap, weight in zip(gaps, by_rank, strict=True)]
    whole = fsum(weights)
    return tuple(weight / whole for weight in weights)


def easing(gap: str, code: str) -> float:
    """How far a capability eases a gap: 1 for the same code, 0 for codes that are unknown or not related enough.

    Example:
        >>> easing("trust.underserved", "trust.community"), easing("trust.of-my-cat", "trust.of-my-cat")
        (0.75, 0.0)
    """
    known = taxonomy().capabilities
    return taxonomy().similarity(gap, code) if gap in known and code in known else 0.0
