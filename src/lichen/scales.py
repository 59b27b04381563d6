"""What each number means, and how it becomes a share of one.

Every scale a person answers on stands here, with the words for its steps, so that a form, a workbook, a
message and a formula can never disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import accumulate
from math import fsum
from types import MappingProxyType

__all__ = [
    "EVIDENCE_WEIGHTS",
    "FIVE_STEPS",
    "Evidence",
    "Relevance",
    "Sector",
    "Sensitivity",
    "Size",
    "effective_strength",
    "rank_weights",
    "size_of",
]

FIVE_STEPS = range(1, 6)
"""Severity, strength and evidence are whole numbers from 1 to 5."""


class Sensitivity(StrEnum):
    """How early an item may be opened to a partner."""

    LOW = "low"
    """May be opened once both sides have said yes."""
    MEDIUM = "medium"
    """After mutual interest."""
    HIGH = "high"
    """Not before a pilot starts."""


class Relevance(StrEnum):
    """The relevance filter of the article's Pitfall 1: does it affect what we could do together?"""

    YES = "yes"
    NO = "no"
    UNASKED = "unasked"


class Sector(StrEnum):
    """What kind of organisation, coarsely enough that each has its own language of value."""

    BUSINESS = "business"
    NONPROFIT = "nonprofit"
    GOVERNMENT = "government"
    FAITH = "faith"
    EDUCATION = "education"
    HEALTH = "health"
    COOPERATIVE = "cooperative"
    FUNDER = "funder"
    OTHER = "other"


class Size(StrEnum):
    """Size band by yearly income, in the organisation's own currency.

    Source:
        The bands the NCVO's Almanac uses for UK charities (general knowledge, not checked).
    """

    MICRO = "micro"
    """Under 10,000."""
    SMALL = "small"
    """10,000 to under 100,000."""
    MEDIUM = "medium"
    """100,000 to under 1 million."""
    LARGE = "large"
    """1 to under 10 million."""
    MAJOR = "major"
    """10 to under 100 million."""
    SUPER_MAJOR = "super-major"
    """100 million and more."""
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """The evidence ladder for an offer, lowest step first."""

    SELF_SAID = "self-said"
    NAMED_EXAMPLE = "named example"
    DOCUMENT = "document"
    THIRD_PARTY = "third party"
    MEASURED = "measured result"


EVIDENCE_WEIGHTS: Mapping[int, float] = MappingProxyType({1: 0.6, 2: 0.7, 3: 0.8, 4: 0.9, 5: 1.0})
"""How much of a stated strength counts at each step of the evidence ladder (ours; changeable)."""

_SIZE_LIMITS = ((1e4, Size.MICRO), (1e5, Size.SMALL), (1e6, Size.MEDIUM), (1e7, Size.LARGE), (1e8, Size.MAJOR))


def size_of(income: float) -> Size:
    """The size band of a yearly income.

    Example:
        >>> str(size_of(250_000))
        'medium'
    """
    return next((size for limit, size in _SIZE_LIMITS if income < limit), Size.SUPER_MAJOR)


def effective_strength(strength: int, evidence: int, confidence: float = 1.0) -> float:
    """How much an offer counts for, as a share of one.

    Args:
        strength: 1 to 5, how strong the organisation says it is.
        evidence: 1 to 5, its step on the evidence ladder.
        confidence: 0 to 1; below 1 only for an inferred offer.

    Returns:
        strength / 5 × the weight of the evidence × confidence, in [0, 1].

    Example:
        >>> effective_strength(5, 5), round(effective_strength(5, 1), 2)
        (1.0, 0.6)
    """
    return strength / 5 * EVIDENCE_WEIGHTS[evidence] * confidence


def rank_weights(ranks: Sequence[int | None]) -> tuple[float, ...]:
    """Rank-order-centroid weights, ties and unranked items sharing alike.

    The weight of place k among n is (1/n) Σ 1/i for i from k to n. Items with the same rank share the mean
    of the places they take up; items without a rank share the places after all ranked ones.

    Args:
        ranks: One rank an item; 1 is first, None is unranked. Gaps in the numbering do not matter.

    Returns:
        One weight an item, in the order given; they sum to 1 (or there are none).

    Source:
        Barron and Barrett (1996), rank-order-centroid weights.

    Example:
        >>> [round(w, 3) for w in rank_weights([1, 2, 3, 4, 5])]
        [0.457, 0.257, 0.157, 0.09, 0.04]
        >>> rank_weights([None, None])
        (0.5, 0.5)
    """
    n = len(ranks)
    keys = [float("inf") if rank is None else rank for rank in ranks]
    # The centroid of place k is a tail of the harmonic sum over n, so all of them come from one running sum.
    centroids = [tail / n for tail in accumulate(1 / place for place in range(n, 0, -1))][::-1]
    shared: dict[float, float] = {}
    start = 0
    for key, alike in sorted(Counter(keys).items()):
        shared[key] = fsum(centroids[start : start + alike]) / alike
        start += alike
    return tuple(shared[key] for key in keys)
