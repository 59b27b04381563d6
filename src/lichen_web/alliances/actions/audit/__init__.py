"""Writing down what an organisation lacks and offers. Nothing is written here that is not sealed."""

from __future__ import annotations

from lichen_web.alliances.actions.audit.gaps import (
    change_vulnerability,
    rank_vulnerabilities,
    record_vulnerability,
    remove_vulnerability,
    restore_vulnerability,
)
from lichen_web.alliances.actions.audit.offers import (
    change_offer,
    open_offer,
    record_offer,
    remove_offer,
    restore_offer,
)
from lichen_web.alliances.actions.audit.whole import record_audit, record_sitting

__all__ = [
    "change_offer",
    "change_vulnerability",
    "open_offer",
    "rank_vulnerabilities",
    "record_audit",
    "record_offer",
    "record_sitting",
    "record_vulnerability",
    "remove_offer",
    "remove_vulnerability",
    "restore_offer",
    "restore_vulnerability",
]
