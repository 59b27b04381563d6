"""What is carried about in these tests: the cast, a confession that a partner was shown, and one that nobody was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from lichen_web.alliances.keys import key_for_reader, open_all_own, open_granted, seal
from lichen_web.alliances.models import Grant, Matter, MatterParty, SealedPart, Vulnerability
from tests.web.people import WebCast, cast_of

__all__ = ["AT", "CODE", "PLANTED", "WORDS", "Scene", "opened_by_owner", "opened_by_reader", "scene_of"]

AT = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)
WORDS, CODE = "Zyxquark keeps us awake at night", "funding.solvency"
PLANTED = (WORDS, "Zyxquark", CODE, "Brigid Nolan", "brigid@example.org", "St Brigid's Hospital", "Eastfield table")
"""Words, a code, names and an address, none of which may be read in a backup."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is there, and what was confessed."""

    cast: WebCast
    shown: UUID
    """A part of the hospital's gap, which the churches may read."""
    hidden: UUID
    """Another, which nobody else may."""
    strangers: UUID
    """A part of the stranger's gap."""


def scene_of(at: datetime = AT) -> Scene:
    """Build it in the database that is set, within the hour after a moment."""
    cast = cast_of(at)
    shown, hidden = _confessed(cast.hospital.id, at)
    strangers, _words = _confessed(cast.stranger.id, at)
    _granted(shown, cast.hospital.id, cast.churches.id, cast.circle, at)
    return Scene(cast, shown, hidden, strangers)


def opened_by_owner(part: UUID) -> dict[str, str]:
    row = SealedPart.objects.get(id=part)
    return open_all_own(row.organisation_id, [(row.sealed, row.wrapped_key, _place(row))])[0]


def opened_by_reader(part: UUID, reader: UUID) -> dict[str, str]:
    row, grant = SealedPart.objects.get(id=part), Grant.objects.get(part=part, reader=reader)
    return open_granted(row.organisation_id, reader, row.sealed, grant.sealed_key, bound_to=_place(row))


def _confessed(owner: UUID, at: datetime) -> tuple[UUID, UUID]:
    gap = Vulnerability.objects.create(organisation_id=owner, made_at=at, changed_at=at)
    return _part(gap, 3, {"code": CODE}, at), _part(gap, 4, {"words": WORDS}, at)


def _part(gap: Vulnerability, rung: int, content: dict[str, str], at: datetime) -> UUID:
    row = SealedPart(organisation_id=gap.organisation_id, vulnerability=gap, rung=rung, version=1, sealed_at=at)
    parts = seal(gap.organisation_id, content, bound_to=_place(row))
    row.sealed, row.wrapped_key = parts.sealed, parts.wrapped_key
    row.save(force_insert=True)
    return row.id


def _granted(part: UUID, owner: UUID, reader: UUID, circle: UUID, at: datetime) -> None:
    row, matter = SealedPart.objects.get(id=part), Matter.objects.create(circle_id=circle, opened_at=at)
    MatterParty.objects.create(matter=matter, organisation_id=owner)
    MatterParty.objects.create(matter=matter, organisation_id=reader)
    sealed_key = key_for_reader(owner, row.wrapped_key, reader, bound_to=_place(row))
    ids = {"owner_id": owner, "reader_id": reader, "matter_id": matter.id}
    Grant.objects.create(id=uuid4(), part=row, sealed_key=sealed_key, granted_at=at, **ids)


def _place(row: SealedPart) -> tuple[str, ...]:
    return ("lichen_sealed_part", str(row.id), str(row.rung), str(row.version))
