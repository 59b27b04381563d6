"""Every act of the audit, as ``acts.py`` has those of people, circles and the host."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lichen.audit.values import Opening, Readiness
from lichen.scales import Relevance
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.actions import audit
from tests.cast import hospital_audit
from tests.web.people import WebCast

__all__ = ["GIVEN"]

BEFORE = datetime(2026, 11, 21, 12, tzinfo=UTC)
"""A day before everything else is done."""
GAP = {
    "code": "trust.community",
    "words": "zyxquark",
    "severity": 4,
    "rank": None,
    "core": False,
    "relevance": Relevance.YES,
    "sensitivity": None,
}
OFFER = {
    "code": "assets.venue",
    "words": "zyxquark",
    "strength": 4,
    "evidence": 2,
    "kinds": ("space",),
    "spare": "zyxquark",
}
SITTING = {
    "version": 0,
    "readiness": Readiness(leadership_aligned=True),
    "opening": Opening("zyxquark", "zyxquark"),
    "audited_on": None,
}
Given = Callable[[WebCast], Mapping[str, Any]]


def _gap(cast: WebCast) -> dict[str, UUID]:
    return {"vulnerability": audit.record_vulnerability(cast.hospital.lead, **GAP, at=BEFORE)}


def _removed_gap(cast: WebCast) -> dict[str, UUID]:
    made = _gap(cast)
    audit.remove_vulnerability(cast.hospital.lead, **made, at=BEFORE)
    return made


def _order(cast: WebCast) -> dict[str, list[UUID]]:
    made = [_gap(cast)["vulnerability"]]
    other = {**GAP, "code": "ops.logistics"}
    made.append(audit.record_vulnerability(cast.hospital.lead, **other, at=BEFORE))
    seen = [each.id for each in own_audit(cast.hospital.lead).gaps]
    return {"order": seen[::-1], "seen": seen}


def _offer(cast: WebCast) -> dict[str, UUID]:
    return {"offer": audit.record_offer(cast.hospital.lead, **OFFER, at=BEFORE)}


def _removed_offer(cast: WebCast) -> dict[str, UUID]:
    made = _offer(cast)
    audit.remove_offer(cast.hospital.lead, **made, at=BEFORE)
    return made


GIVEN: Mapping[str, Given] = {
    "record_vulnerability": lambda _: GAP,
    "change_vulnerability": lambda cast: {**_gap(cast), **GAP, "severity": 5, "version": 1},
    "remove_vulnerability": _gap,
    "restore_vulnerability": _removed_gap,
    "rank_vulnerabilities": _order,
    "record_offer": lambda _: OFFER,
    "change_offer": lambda cast: {**_offer(cast), **OFFER, "strength": 5, "version": 1},
    "open_offer": lambda cast: {**_offer(cast), "is_public": True},
    "remove_offer": _offer,
    "restore_offer": _removed_offer,
    "record_sitting": lambda _: SITTING,
    "record_audit": lambda _: {"audit": hospital_audit},
}
"""With what each is done, after what has to be done before."""
