"""Grants: the keys of sealed parts, given to a reader and taken back exactly as the library says what is open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min

from lichen.disclosure.sight import visible
from lichen.disclosure.state import MatterState, Rung
from lichen_web.alliances import keys
from lichen_web.alliances.bridge.audit import CODE_RUNG, WORDS_RUNG, OwnAudit, part_place
from lichen_web.alliances.models import Grant, SealedPart

__all__ = [
    "DueGrant",
    "GivenPart",
    "GrantedPart",
    "due_grants",
    "load_ever_given",
    "load_given",
    "load_granted",
    "save_grants",
]


@dataclass(frozen=True, slots=True, order=True)
class DueGrant:
    """That a part of a gap is to be open to a reader."""

    owner: str
    """Whose it is, as the library calls them."""
    reader: str
    """To whom."""
    item: UUID
    """The gap."""
    rung: int
    """On which rung."""


@dataclass(frozen=True, slots=True)
class GrantedPart:
    """A part that was opened with the reader's own key, or its owner's."""

    grant: UUID
    """Of its grant."""
    item: UUID
    """The gap."""
    rung: int
    """On which rung."""
    version: int
    """Of which version of the gap."""
    is_current: bool
    """Whether its owner has changed nothing since."""
    granted_at: datetime
    """Since when."""
    content: Mapping[str, Any]
    """What it says."""


@dataclass(frozen=True, slots=True)
class GivenPart:
    """That a part was opened to a reader once, and whether it still is."""

    matter: UUID
    """In which dealing."""
    reader: UUID
    """To whom."""
    reader_name: str
    """Its name."""
    item: UUID | None
    """The gap; none where its owner has changed it since and took the grant back."""
    code: str
    """Its code; empty in the same case."""
    rung: int | None
    """On which rung; the same."""
    version: int | None
    """Of which version of the gap; the same."""
    is_current: bool
    """Whether its owner has changed nothing since."""
    granted_at: datetime
    """Since when."""
    withdrawn_at: datetime | None
    """Until when; none while it stands."""
    people: int
    """How many people of the reader's have looked."""
    first_look: datetime | None
    """When the first did."""
    last_look: datetime | None
    """When one last did."""

    @property
    def is_told(self) -> bool:
        """Whether it was opened in its owner's words, rather than by name."""
        return self.rung == WORDS_RUNG


def due_grants(sides: Mapping[str, OwnAudit], state: MatterState) -> frozenset[DueGrant]:
    """The grants that have to stand, by the library's own account of what each may see of the other."""
    return frozenset(grant for pair in permutations(sides, 2) for grant in _due(sides, state, *pair))


def save_grants(
    matter: UUID, sides: Mapping[str, OwnAudit], before: MatterState, after: MatterState, *, at: datetime
) -> None:
    """Make what grants there have to be after a step, and withdraw the others.

    A reader goes on reading the version that they were granted, unless its owner has just opened it again.

    Args:
        matter: The dealing.
        sides: What the two say of themselves now.
        before: Where it stood before the step.
        after: Where it stands.
        at: When.
    """
    due, opened = due_grants(sides, after), _just_opened(sides, before, after)
    versions = {item.id: item.version for side in sides.values() for item in side.gaps}
    standing = {
        DueGrant(str(grant.owner_id), str(grant.reader_id), item, part.rung): (grant.id, part.version)
        for grant, part, item in _standing(matter)
    }
    stale = {key for key in opened & standing.keys() if standing[key][1] != versions[key.item]}
    shut = [standing[key][0] for key in (standing.keys() - due) | stale]
    Grant.objects.filter(id__in=shut).update(withdrawn_at=at, sealed_key=b"")
    _give(matter, (due - standing.keys()) | (due & stale), at)


def load_granted(matters: Collection[UUID], reader: UUID) -> Mapping[UUID, tuple[GrantedPart, ...]]:
    """Everything that was granted to a reader in some dealings and not taken back, opened with the reader's key.

    Returns:
        By the dealing; one in which nothing is granted is not there.

    Raises:
        Unopened: A part is not what was granted, or an owner was erased.
    """
    standing = [found for found in _standing(*matters) if found[0].reader_id == reader]
    sealed = [(grant.owner_id, part.sealed, grant.sealed_key, part_place(part)) for grant, part, _item in standing]
    opened = keys.open_all_granted_by(reader, sealed) if sealed else ()
    granted: dict[UUID, tuple[GrantedPart, ...]] = {}
    for found, content in zip(standing, opened, strict=True):
        matter = found[0].matter_id
        granted[matter] = (*granted.get(matter, ()), _granted(*found, content))
    return granted


def load_given(matter: UUID, owner: UUID) -> tuple[GrantedPart, ...]:
    """Everything that an owner lets the other side read, opened with the owner's key: to the letter what that reads.

    Raises:
        Unopened: A part is not what was sealed, or the owner was erased.
    """
    standing = [found for found in _standing(matter) if found[0].owner_id == owner]
    sealed = [(part.sealed, part.wrapped_key, part_place(part)) for _grant, part, _item in standing]
    opened = keys.open_all_own(owner, sealed) if sealed else ()
    return tuple(_granted(*found, content) for found, content in zip(standing, opened, strict=True))


def load_ever_given(owner: UUID) -> tuple[GivenPart, ...]:
    """Everything that an owner has ever let anybody read, the last first; what it has erased since is not named."""
    grants = list(
        Grant.objects.filter(owner=owner)
        .select_related("part__vulnerability", "reader")
        .annotate(people=Count("looks"), first_look=Min("looks__first_at"), last_look=Max("looks__last_at"))
        .order_by("-granted_at", "id")
    )
    parts = [grant.part for grant in grants if grant.part is not None and grant.part.vulnerability_id]
    codes = SealedPart.objects.filter(
        vulnerability__in={part.vulnerability_id for part in parts}, rung=CODE_RUNG
    ).order_by("version")
    sealed = [(part.sealed, part.wrapped_key, part_place(part)) for part in codes]
    opened = keys.open_all_own(owner, sealed) if sealed else ()
    named = {str(part.vulnerability_id): content["code"] for part, content in zip(codes, opened, strict=True)}
    return tuple(_given(grant, named) for grant in grants)


def _given(grant: Grant, codes: Mapping[str, str]) -> GivenPart:
    part = grant.part
    gap = part.vulnerability if part else None
    return GivenPart(
        matter=grant.matter_id,
        reader=grant.reader_id,
        reader_name=grant.reader.name,
        item=gap.id if gap else None,
        code=codes.get(str(gap.id), "") if gap else "",
        rung=part.rung if part else None,
        version=part.version if part else None,
        is_current=part is not None and gap is not None and part.version == gap.version,
        granted_at=grant.granted_at,
        withdrawn_at=grant.withdrawn_at,
        people=getattr(grant, "people", 0),
        first_look=getattr(grant, "first_look", None),
        last_look=getattr(grant, "last_look", None),
    )


def _granted(grant: Grant, part: SealedPart, item: UUID, content: Mapping[str, Any]) -> GrantedPart:
    return GrantedPart(
        grant=grant.id,
        item=item,
        rung=part.rung,
        version=part.version,
        is_current=part.vulnerability is not None and part.version == part.vulnerability.version,
        granted_at=grant.granted_at,
        content=content,
    )


def _due(sides: Mapping[str, OwnAudit], state: MatterState, owner: str, reader: str) -> Iterator[DueGrant]:
    items = {item.code: item.id for item in sides[owner].gaps if item.code}
    sight = visible(state, [side.audit for side in sides.values()], owner, reader)
    for rung, codes in ((CODE_RUNG, sight.codes), (WORDS_RUNG, tuple(gap.code for gap in sight.items))):
        yield from (DueGrant(owner, reader, items[code], rung) for code in codes if code in items)


def _just_opened(sides: Mapping[str, OwnAudit], before: MatterState, after: MatterState) -> frozenset[DueGrant]:
    """What the step itself has opened, be it for a second time."""
    items = {(owner, item.code): item.id for owner, side in sides.items() for item in side.gaps if item.code}
    return frozenset(
        DueGrant(grant.owner, grant.reader, items[grant.owner, grant.code], rung)
        for grant in after.grants[len(before.grants) :]
        if (grant.owner, grant.code) in items
        for rung in ((CODE_RUNG, WORDS_RUNG) if grant.rung is Rung.WORDS else (CODE_RUNG,))
    )


def _standing(*matters: UUID) -> Iterator[tuple[Grant, SealedPart, UUID]]:
    """The grants that stand in some dealings, each with its part and the gap that this is of."""
    for grant in Grant.objects.filter(matter__in=matters, withdrawn_at=None).select_related("part__vulnerability"):
        if grant.part and grant.part.vulnerability_id:
            yield grant, grant.part, grant.part.vulnerability_id


def _give(matter: UUID, wanted: frozenset[DueGrant], at: datetime) -> None:
    parts = SealedPart.objects.filter(
        vulnerability__in={grant.item for grant in wanted}, version=F("vulnerability__version")
    )
    of_item = {(part.vulnerability_id, part.rung): part for part in parts}
    for grant in sorted(wanted):
        part, reader = of_item[grant.item, grant.rung], UUID(grant.reader)
        sealed_key = keys.key_for_reader(
            part.organisation_id, bytes(part.wrapped_key), reader, bound_to=part_place(part)
        )
        Grant.objects.create(
            part=part,
            owner_id=part.organisation_id,
            reader_id=reader,
            matter_id=matter,
            sealed_key=sealed_key,
            granted_at=at,
        )
