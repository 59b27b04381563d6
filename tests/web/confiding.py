"""Two of the cast who confess to each other, as far as a test needs it; all of it by the acts themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from lichen.audit.values import Audit
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.disclosure import VisibleItem, own_dealing, visible_items
from lichen_web.alliances.access.transactions import deciding, reading
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.audit import change_vulnerability, record_audit
from lichen_web.alliances.bridge.grants import DueGrant, due_grants
from lichen_web.alliances.models import Grant
from tests.cast import churches_audit, hospital_audit
from tests.web.people import House, WebCast

__all__ = [
    "NOW",
    "Dealing",
    "audited",
    "change",
    "disclose",
    "gap_of",
    "grants_not_due",
    "ids_of",
    "met",
    "opened",
    "read",
    "standing",
]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
H1, H2, H3, H4 = "trust.underserved", "people.languages", "assets.venue", "people.volunteers"
C1, C2, C3, C4 = "knowledge.medical", "funding.fundraising", "service.clinical_delivery", "knowledge.evaluation"


@dataclass(frozen=True, slots=True)
class Dealing:
    """The hospital and the churches, in one dealing."""

    cast: WebCast
    id: UUID

    @property
    def hospital(self) -> House:
        return self.cast.hospital

    @property
    def churches(self) -> House:
        return self.cast.churches


def audited(cast: WebCast, audits: tuple[Audit, Audit] = (hospital_audit, churches_audit)) -> WebCast:
    """Both have written down their audits."""
    for house, audit in zip((cast.hospital, cast.churches), audits, strict=True):
        record_audit(house.lead, audit=audit, at=NOW)
    return cast


def met(cast: WebCast) -> Dealing:
    """Both have said yes."""
    matter = disclosure.propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    disclosure.say_yes(cast.churches.lead, matter=matter, at=NOW)
    return Dealing(cast, matter)


def opened(cast: WebCast) -> Dealing:
    """Both have agreed to show what matches, as codes."""
    dealing = met(cast)
    for house in (cast.hospital, cast.churches):
        disclosure.agree_to_codes(house.lead, matter=dealing.id, at=NOW)
    return dealing


def ids_of(house: House) -> dict[str, UUID]:
    """Its gaps, by code."""
    return {item.code: item.id for item in own_audit(house.lead).gaps}


def gap_of(house: House, code: str) -> UUID:
    """One of its gaps."""
    return ids_of(house)[code]


def read(house: House, dealing: Dealing) -> dict[str, VisibleItem]:
    """What it reads of the other side, by code."""
    return {item.code: item for item in visible_items(house.observer, matter=dealing.id)}


def standing(reader: House) -> int:
    """How many keys it holds."""
    with reading(reader.lead):
        return Grant.objects.filter(reader=reader.id, withdrawn_at=None).count()


def grants_not_due(dealing: Dealing) -> frozenset[DueGrant]:
    """What is granted in a dealing and should not be, by the library's own account, or the other way round."""
    actor = dealing.hospital.lead
    with reading(actor), deciding(actor, matter=dealing.id):
        known = own_dealing(actor, matter=dealing.id)
        grants = Grant.objects.filter(matter=dealing.id, withdrawn_at=None).select_related("part")
        granted = [
            DueGrant(str(each.owner_id), str(each.reader_id), each.part.vulnerability_id, each.part.rung)
            for each in grants
            if each.part
        ]
    doubled = {each for each in granted if granted.count(each) > 1}
    return doubled | (due_grants(known.sides, known.state) ^ frozenset(granted))


def disclose(house: House, dealing: Dealing, code: str) -> None:
    disclosure.disclose_vulnerability(house.lead, matter=dealing.id, vulnerability=gap_of(house, code), at=NOW)


def change(house: House, which: str, **said: object) -> None:
    """Say one of its gaps anew, but for what is given as it stands."""
    item = next(item for item in own_audit(house.lead).gaps if item.code == which)
    gap = replace(item.vulnerability, **said)
    answers = {name: getattr(gap, name) for name in ("code", "words", "severity", "rank", "core")}
    change_vulnerability(
        house.member,
        vulnerability=item.id,
        version=item.version,
        relevance=gap.relevance,
        sensitivity=gap.sensitivity,
        at=NOW,
        **answers,
    )
