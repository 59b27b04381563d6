"""Looking at what the other side has opened: nobody does without its being written down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import F

from lichen_web.alliances.access.actors import Actor, organisation_of
from lichen_web.alliances.access.brief import OwnBrief, own_brief
from lichen_web.alliances.access.dealings import DealingView, dealing_and_items
from lichen_web.alliances.access.disclosure import VisibleItem, all_visible_items
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import acting
from lichen_web.alliances.models import Grant, Look

__all__ = ["look_at_brief", "look_at_dealing", "look_at_names"]


def look_at_dealing(actor: Actor, *, matter: UUID, at: datetime) -> tuple[DealingView, tuple[VisibleItem, ...]]:
    """Look at a dealing, and at what the other side has opened in it; that we did is written down in the same act.

    Its owner is told how many people of ours have looked and when, not who.

    Args:
        actor: Somebody who belongs to one of the two.
        matter: The dealing.
        at: When.

    Returns:
        How it stands, and what is open to us, by code; nothing where the dealing is over.

    Raises:
        NotThere: The actor's organisation is no party of it.
    """
    may(actor, "look_at_items")
    with acting(actor):
        view, items = dealing_and_items(actor, matter=matter, at=at)
        _write_down(actor, [grant for item in items for grant in item.grants], at)
    return view, items


def look_at_names(actor: Actor, *, at: datetime) -> Mapping[UUID, tuple[VisibleItem, ...]]:
    """Look at the names of all that was opened to us, by dealing, the one that opened last first.

    What stands there in the owner's words counts as unread.

    Raises:
        NotThere: The actor acts for no organisation.
    """
    may(actor, "look_at_items")
    with acting(actor):
        found = all_visible_items(actor)
        _write_down(actor, [item.grants[0] for items in found.values() for item in items], at)
    return found


def look_at_brief(actor: Actor, *, conversation: UUID, at: datetime) -> OwnBrief:
    """Look at the brief before a conversation, and so at all that the other side has opened, of which it is made.

    Raises:
        NotThere: As :func:`own_brief`.
    """
    may(actor, "look_at_items")
    with acting(actor):
        brief = own_brief(actor, conversation=conversation, at=at)
        _write_down(actor, brief.made_of, at)
    return brief


def _write_down(actor: Actor, grants: Collection[UUID], at: datetime) -> None:
    if not grants:
        return
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
