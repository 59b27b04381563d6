"""What others have opened to us, gathered from all dealings; and the dealing that we have with each of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lichen_web.alliances.access.actors import Actor, organisation_of
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.bridge.disclosure import parties_of
from lichen_web.alliances.models import Look, Matter

__all__ = ["OwnLook", "dealings_by_other", "looks_of_ours"]


@dataclass(frozen=True, slots=True)
class OwnLook:
    """That one of our own people has looked at what a grant opens; its owner is told how many did, and not who."""

    name: str
    """Who."""
    last_at: datetime
    """When they last did."""


def dealings_by_other(actor: Actor) -> Mapping[UUID, UUID]:
    """The dealing that is not over with each organisation with which we have one, by that organisation."""
    may(actor, "own_dealings")
    own = organisation_of(actor)
    with reading(actor):
        mine = Matter.objects.filter(parties__organisation=own, ended_at=None).values_list("id", "pair")
        return {other: matter for matter, pair in mine for other in parties_of(pair) if other != own}


def looks_of_ours(actor: Actor, *, grants: Collection[UUID]) -> Mapping[UUID, tuple[OwnLook, ...]]:
    """Who of us has looked at what some grants open, by grant, who looked last first."""
    may(actor, "own_dealings")
    looked: dict[UUID, tuple[OwnLook, ...]] = {}
    with reading(actor):
        ours = Look.objects.filter(grant__in=grants, reader=organisation_of(actor)).select_related("person")
        for look in ours.order_by("-last_at", "id"):
            looked[look.grant_id] = (*looked.get(look.grant_id, ()), OwnLook(str(look.person), look.last_at))
    return looked
