"""What happened, as those see it whom it concerns: an organisation its own chain, the host the host's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from lichen_web.accounts.models import Person
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.events import HOST_CHAIN
from lichen_web.alliances.models import Event

__all__ = ["EventView", "host_events", "own_events"]


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened."""

    number: int
    """Its place in the chain, from 1."""
    what: str
    """In plain words, such as ``member joined``."""
    at: datetime
    """When."""
    person: str
    """Who did it, where that may be known; else empty."""


def own_events(actor: Actor) -> tuple[EventView, ...]:
    """What happened in the actor's organisation, last first. Of others it does not tell who they are."""
    may(actor, "own_events")
    inside = Q(memberships__organisation=actor.organisation) | Q(facilitations__organisation=actor.organisation)
    with reading(actor):
        return _views(actor.organisation, Person.objects.filter(inside))


def host_events(actor: Actor) -> tuple[EventView, ...]:
    """What happened on this host, last first."""
    may(actor, "host_events")
    with reading(actor):
        return _views(HOST_CHAIN, Person.objects.all())


def _views(chain: UUID | None, known: QuerySet[Person]) -> tuple[EventView, ...]:
    events = list(Event.objects.filter(chain=chain).order_by("-number"))
    people: dict[UUID | None, str] = {
        person.id: str(person) for person in known.filter(id__in={event.person for event in events})
    }
    return tuple(
        EventView(event.number, event.what.replace("_", " "), event.happened_at, people.get(event.person, ""))
        for event in events
    )
