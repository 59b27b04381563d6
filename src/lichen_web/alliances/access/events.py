"""What happened, as those see it whom it concerns: an organisation its own chain, a circle's conveners its, the host's.

Names are looked up only for the events that are shown, and only those that whoever looks may know.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import overload
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from lichen_web.accounts.models import (
    Circle,
    CircleMembership,
    Complaint,
    Convener,
    Facilitation,
    Invitation,
    Membership,
    Organisation,
    Person,
    Recovery,
)
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.events import HOST_CHAIN
from lichen_web.alliances.models import Event

__all__ = ["EventView", "Happenings", "Reader", "circle_events", "host_events", "own_events"]


class Reader(StrEnum):
    """Whose chain is read."""

    OWN = "own"
    """An organisation's, by somebody who belongs to it."""
    CIRCLE = "circle"
    """A circle's, by who vouches there."""
    HOST = "host"
    """The host's."""


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened, with the names that whoever reads it may know; the others are empty."""

    number: int
    """Its place in the chain, from 1."""
    what: str
    """In the past tense, such as ``member_joined``."""
    at: datetime
    """When."""
    reader: Reader
    """For whom it is told."""
    is_ours: bool
    """Whether it was done for the organisation of the one who reads."""
    is_by_nobody: bool
    """Whether Lichen did it by itself."""
    who: str
    """Who did it."""
    by: str
    """For which other organisation they did it."""
    about: str
    """Whom or what it was done to."""
    place: str
    """In which circle."""
    more: Mapping[str, str]
    """Roles and outcomes, as they were written down."""


Named = Mapping[UUID, tuple[str, str]]
"""For an id in an event, what it is called, and in which circle it is."""


class Happenings(Sequence[EventView]):
    """A chain, last first; read from the database in the pieces that are shown."""

    def __init__(self, actor: Actor, chain: UUID, reader: Reader, people: Callable[[], QuerySet[Person]]) -> None:
        """The events of a chain.

        Args:
            actor: Who looks.
            chain: At which chain.
            reader: Whose it is.
            people: Whose names may be known.
        """
        self._actor, self._chain, self._reader, self._people = actor, chain, reader, people

    def __len__(self) -> int:
        """How many there are."""
        with reading(self._actor):
            return self._events().count()

    @overload
    def __getitem__(self, which: int) -> EventView: ...

    @overload
    def __getitem__(self, which: slice) -> tuple[EventView, ...]: ...

    def __getitem__(self, which: int | slice) -> EventView | tuple[EventView, ...]:
        """Some of them, or one."""
        if isinstance(which, int):
            return self[:][which]
        with reading(self._actor):
            return self._views(list(self._events().select_related("payload").order_by("-number")[which]))

    def __iter__(self) -> Iterator[EventView]:
        """All, in one reading."""
        return iter(self[:])

    def _events(self) -> QuerySet[Event]:
        return Event.objects.filter(chain=self._chain)

    def _views(self, events: list[Event]) -> tuple[EventView, ...]:
        doing = {each.person for each in events if each.person}
        people = {row.id: str(row) for row in self._people().filter(id__in=doing)}
        others = {each.organisation for each in events if each.organisation} - {self._actor.organisation}
        houses = {row.id: row.name for row in Organisation.objects.filter(id__in=others)}
        named = _named(self._reader, {each.about for each in events if each.about}, self._actor)
        return tuple(self._view(each, people, houses, named) for each in events)

    def _view(self, event: Event, people: Mapping[UUID, str], houses: Mapping[UUID, str], named: Named) -> EventView:
        payload = getattr(event, "payload", None)
        about, place = named.get(event.about, ("", "")) if event.about else ("", "")
        return EventView(
            number=event.number,
            what=event.what,
            at=event.happened_at,
            reader=self._reader,
            is_ours=event.organisation is not None and event.organisation == self._actor.organisation,
            is_by_nobody=event.person is None,
            who=people.get(event.person, "") if event.person else "",
            by=houses.get(event.organisation, "") if event.organisation else "",
            about=about,
            place=place,
            more=payload.payload if payload else {},
        )


def own_events(actor: Actor) -> Happenings:
    """What happened in the actor's organisation, last first. Of others it does not tell who they are.

    Known are its own people, those who serve or served it, and those who vouch in a circle that it is in.
    """
    may(actor, "own_events")
    if actor.organisation is None:
        raise NotThere
    around = Convener.objects.filter(
        circle__memberships__organisation=actor.organisation,
        circle__memberships__admitted_at__isnull=False,
        circle__memberships__left_at=None,
        circle__memberships__removed_at=None,
    )
    inside = Q(memberships__organisation=actor.organisation) | Q(facilitations__organisation=actor.organisation)
    known = inside | Q(id__in=around.values("person"))
    return Happenings(actor, actor.organisation, Reader.OWN, lambda: Person.objects.filter(known).distinct())


def circle_events(actor: Actor, circle: UUID) -> Happenings:
    """What happened in a circle in which the actor vouches, last first. Known are those who vouched or signed there.

    Raises:
        NotThere: They vouch in no such circle.
    """
    may(actor, "circle_events")
    if circle not in actor.convenes:
        raise NotThere
    vouching = Convener.objects.filter(circle=circle).values("person")
    signing = CircleMembership.objects.filter(circle=circle).values("claim__signed_by")
    known = Q(id__in=vouching) | Q(id__in=signing)
    return Happenings(actor, circle, Reader.CIRCLE, lambda: Person.objects.filter(known))


def host_events(actor: Actor) -> Happenings:
    """What happened on this host, last first."""
    may(actor, "host_events")
    return Happenings(actor, HOST_CHAIN, Reader.HOST, Person.objects.all)


_ITSELF = ""
_Asked = tuple[type[Model], str | None, str | None]
_NAMES: Mapping[Reader, Sequence[_Asked]] = MappingProxyType(
    {
        Reader.OWN: (
            (Membership, "person", None),
            (Facilitation, "facilitator", None),
            (CircleMembership, "organisation", "circle"),
            (Invitation, None, "circle"),
            (Organisation, _ITSELF, None),
            (Recovery, "organisation", None),
        ),
        Reader.CIRCLE: (
            (CircleMembership, "organisation", "circle"),
            (Convener, "person", "circle"),
            (Organisation, _ITSELF, None),
            (Circle, None, _ITSELF),
        ),
        Reader.HOST: (
            (Person, _ITSELF, None),
            (Organisation, _ITSELF, None),
            (Convener, "person", "circle"),
            (Circle, None, _ITSELF),
            (Recovery, "organisation", None),
        ),
    }
)
"""What an id in an event may be, for each reader: the table, and where in it stand the name and the circle."""


def _named(reader: Reader, ids: Collection[UUID], actor: Actor) -> Named:
    named: dict[UUID, tuple[str, str]] = {}
    for model, subject, place in _NAMES[reader]:
        related = [each for each in (subject, place) if each]
        rows = model._default_manager.filter(pk__in=ids)
        for row in rows.select_related(*related) if related else rows:
            named[row.pk] = (_called(row, subject), _called(row, place))
    return named if reader is Reader.CIRCLE else named | _complaints(ids, actor)


def _called(row: Model, part: str | None) -> str:
    if part is None:
        return ""
    return str((row if part == _ITSELF else getattr(row, part)) or "")


def _complaints(ids: Collection[UUID], actor: Actor) -> dict[UUID, tuple[str, str]]:
    """The other side of each complaint; for the host, the one that it is about."""
    rows = Complaint.objects.filter(id__in=ids).select_related("about", "by", "circle")
    return {row.id: (str(row.by if row.about_id == actor.organisation else row.about), str(row.circle)) for row in rows}
