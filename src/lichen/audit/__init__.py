"""The audit: what an organisation lacks and what it can give, and whether that is complete and honest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.audit.values import Audit as Audit
    from lichen.audit.values import Offer as Offer
    from lichen.audit.values import Opening as Opening
    from lichen.audit.values import Organisation as Organisation
    from lichen.audit.values import Readiness as Readiness
    from lichen.audit.values import Source as Source
    from lichen.audit.values import Vulnerability as Vulnerability

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Audit": "values",
        "Offer": "values",
        "Opening": "values",
        "Organisation": "values",
        "Readiness": "values",
        "Source": "values",
        "Vulnerability": "values",
    },
)
