"""How much each gap weighs, and what eases it: the one measure of the fit, the plan and who depends on whom."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from math import fsum
from types import MappingProxyType

from lichen.audit.values import Organisation
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import rank_weights

__all__ = ["eased_by", "gap_weights"]

_NOTHING: Mapping[str, float] = MappingProxyType({})
_place_weights = lru_cache(maxsize=4096)(rank_weights)


def gap_weights(organisation: Organisation) -> tuple[float, ...]:
    """How much each gap weighs in the whole of what an organisation lacks.

    Severity times the rank-order-centroid weight of its rank, as a share of the sum.

    Args:
        organisation: Any; ranks may be missing or tied.

    Returns:
        One weight a gap, in the order of ``organisation.vulnerabilities``; they sum to 1, or there are none.

    Source:
        Barron and Barrett (1996) for the rank weights; the product with severity is ours: decision 6.

    Example:
        >>> from lichen.audit.values import Vulnerability
        >>> gaps = (Vulnerability("trust.community", 4, rank=1), Vulnerability("ops.logistics", 4, rank=2))
        >>> gap_weights(Organisation("a", "A", vulnerabilities=gaps))
        (0.75, 0.25)
    """
    gaps = organisation.vulnerabilities
    weights = [gap.severity * weight for gap, weight in zip(gaps, _place_weights(_ranks(organisation)), strict=True)]
    whole = fsum(weights)
    return tuple(weight / whole for weight in weights)


def eased_by(code: str) -> Mapping[str, float]:
    """The offers that ease a gap, each with its similarity: the same code 1, related ones from the floor up.

    A code that the taxonomy does not have is eased by nothing, not even by itself: nobody knows what it means.

    Example:
        >>> eased_by("trust.underserved")["trust.community"], eased_by("trust.underserved")["trust.underserved"]
        (0.75, 1.0)
        >>> dict(eased_by("trust.of-my-cat"))
        {}
    """
    return _easing().get(code, _NOTHING)


def _ranks(organisation: Organisation) -> tuple[int | None, ...]:
    return tuple(gap.rank for gap in organisation.vulnerabilities)


@cache
def _easing() -> Mapping[str, Mapping[str, float]]:
    words = taxonomy()
    return {
        code: {other: near for other in (code, *entry.related) if (near := words.similarity(code, other)) > 0}
        for code, entry in words.capabilities.items()
    }
