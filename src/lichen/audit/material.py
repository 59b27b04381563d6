"""Material facts: what a partner must know before it commits money, whatever else is kept back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lichen.audit.values import Vulnerability

__all__ = ["MATERIAL_FACTS", "is_material_fact"]

MATERIAL_FACTS: Mapping[str, int] = MappingProxyType(
    {
        "funding.solvency": 1,
        "funding.reserves": 4,
        "governance.ethics_controls": 4,
        "trust.regulatory_legitimacy": 4,
    }
)
"""The codes that solvency, misconduct, a regulator's action or a lost licence go by, and from which severity on."""


def is_material_fact(gap: Vulnerability) -> bool:
    """Whether a gap must be shown before money moves, however sensitive it is.

    Source:
        Ours, against the article's pitfall 1, whose nonprofit would have hidden that it was nearly bankrupt.

    Example:
        >>> [is_material_fact(Vulnerability(code, severity=3)) for code in ("funding.solvency", "funding.reserves")]
        [True, False]
    """
    return gap.severity >= MATERIAL_FACTS.get(gap.code, 6)
