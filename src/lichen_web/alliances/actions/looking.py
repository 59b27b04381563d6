"""Looking at what the other side has opened: nobody does without its being written down."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F

from lichen_web.alliances.access.actors import Actor, organisation_of
from lichen_web.alliances.access.disclosure import VisibleItem, visible_items
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import acting
from lichen_web.alliances.models import Grant, Look

__all__ = ["look_at_items"]


def look_at_items(actor: Actor, *, matter: UUID, at: datetime, by_name: bool = False) -> tuple[VisibleItem, ...]:
    """What the other side of a dealing has opened to us; that we looked is written down for it, in the same act.

    Its owner is told how many people of ours have looked and when, not who.

    Args:
        actor: Somebody who belongs to one of the two.
        matter: The dealing.
        at: When.
        by_name: Whether only the names are looked at; what stands there in the owner's words then counts as unread.

    Returns:
        By code; none where nothing is open, or where the dealing is over.

    Raises:
        NotThere: The actor's organisation is no party of it.
    """
    may(actor, "look_at_items")
    with acting(actor):
        items = visible_items(actor, matter=matter)
        grants = [grant for item in items for grant in item.grants[: 1 if by_name else None]]
        if grants:
            _write_down(actor, grants, at)
    return items


def _write_down(actor: Actor, grants: Collection[UUID], at: datetime) -> None:
    looks = Look.objects.filter(grant__in=grants, person=actor.person)
    known = set(looks.values_list("grant", flat=True))
    looks.update(last_at=at, times=F("times") + 1)
    new = Grant.objects.filter(id__in=set(grants) - known).values_list("id", "owner")
    reader = organisation_of(actor)
    Look.objects.bulk_create(
        (
            Look(grant_id=grant, owner_id=owner, reader_id=reader, person_id=actor.person, first_at=at, last_at=at)
            for grant, owner in new
        ),
        ignore_conflicts=True,
    )
