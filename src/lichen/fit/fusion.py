"""How the two directions of a fit become one score."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import mul
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["FUSIONS", "Floats", "Fusion", "check_fusion", "fused", "fused_arrays"]

Floats = NDArray[np.float64]
Fusion = Literal["harmonic", "geometric", "minimum", "product"]

FUSIONS: Mapping[Fusion, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "harmonic": lambda ours, theirs: 2 * ours * theirs / (ours + theirs),
        "geometric": lambda ours, theirs: (ours * theirs) ** 0.5,
        "minimum": np.minimum,
        "product": mul,
    }
)
"""The ways to fuse two covers above 0, by name; each is 0 as soon as one direction is 0."""


def check_fusion(fusion: str) -> None:
    """Refuse a fusion that there is not.

    Raises:
        InputError: The name is not one of :data:`FUSIONS`.
    """
    if fusion not in FUSIONS:
        raise InputError(Problem(_("there is no such fusion"), ", ".join(FUSIONS), column="fusion"))


def fused(ours: float, theirs: float, fusion: Fusion = "harmonic") -> float:
    """One score from the two directions; 0 where either is 0.

    Args:
        ours: How far our gaps are met, in [0, 1].
        theirs: How far theirs are met, in [0, 1].
        fusion: One of :data:`FUSIONS`.

    Returns:
        No unit, in [0, 1].

    Raises:
        InputError: There is no such fusion.

    Source:
        The harmonic mean is RECON's (Pizzato et al. 2010); a sum would call a one-sided pair good.

    Example:
        >>> [round(fused(0.9, 0.1, name), 2) for name in FUSIONS]
        [0.18, 0.3, 0.1, 0.09]
        >>> fused(1.0, 0.0)
        0.0
    """
    check_fusion(fusion)
    return float(FUSIONS[fusion](ours, theirs)) if ours > 0 and theirs > 0 else 0.0


def fused_arrays(ours: Floats, theirs: Floats, fusion: Fusion = "harmonic") -> Floats:
    """The scores of many pairs at once: :func:`fused` an entry, and 0 where a direction is unknown (NaN).

    Raises:
        InputError: There is no such fusion.

    Example:
        >>> fused_arrays(np.array([0.5, 1.0, np.nan]), np.array([0.5, 0.0, 0.5])).tolist()
        [0.5, 0.0, 0.0]
    """
    check_fusion(fusion)
    fitting = (ours > 0) & (theirs > 0)
    scores = np.zeros_like(ours)
    scores[fitting] = FUSIONS[fusion](ours[fitting], theirs[fitting])
    return scores
