"""Lichen: organisations that ally because each has what the other lacks.

An honest audit, the partners whose gaps fit, and the brief for a first conversation::

    import lichen

    hospital = lichen.read_audit("examples/hospital.yaml").organisation
    others = lichen.read_organisations(["examples/churches.yaml", "examples/distributor.yaml"])
    for fit in lichen.best_partners(hospital, others).mutual:
        print(fit.name, round(fit.score, 2))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.audit.values import Audit as Audit
    from lichen.audit.values import Offer as Offer
    from lichen.audit.values import Organisation as Organisation
    from lichen.audit.values import Vulnerability as Vulnerability

__version__ = "0.1.0"

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Audit": "audit.values",
        "Offer": "audit.values",
        "Organisation": "audit.values",
        "Vulnerability": "audit.values",
    },
)
