"""The host's console: who is here, what waits, what went wrong. Nothing here opens what an organisation confessed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Max, Q

from lichen_web.accounts.models import Circle, Complaint, Membership, Organisation, Person, Recovery
from lichen_web.accounts.models.complaint import Outcome
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.circles import ASKING, INSIDE, ConvenerView, convener_views, counted
from lichen_web.alliances.access.complaints import ComplaintView, complaint_views
from lichen_web.alliances.access.invitations import InvitationView, standing_invitations
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.bridge.circles import UPHELD_AND_OUT

__all__ = [
    "Console",
    "Forgivable",
    "HostCircle",
    "HostOrganisation",
    "HostPerson",
    "Hosts",
    "RecoveryView",
    "complaint",
    "complaints",
    "console",
    "forgivable",
    "host_circles",
    "host_organisations",
    "host_people",
    "hosts",
    "recoveries",
    "recovery",
]


@dataclass(frozen=True, slots=True)
class Console:
    """How much waits for the host."""

    organisations: int
    """How many are here."""
    suspended: int
    """How many of them are suspended."""
    leaderless: int
    """How many have no lead who can sign in."""
    people: int
    """How many people have signed up."""
    hosts: int
    """How many of them run this host."""
    circles: int
    """How many circles are open."""
    unvouched: int
    """How many of those have nobody who vouches."""
    complaints: int
    """How many are undecided."""
    recoveries: int
    """How many wait for a second person."""


@dataclass(frozen=True, slots=True)
class HostOrganisation:
    """An organisation, as the host sees it."""

    id: UUID
    """Which."""
    name: str
    """Its name."""
    sector: str
    """Its sector."""
    country: str
    """Where."""
    people: int
    """How many belong to it."""
    leads: int
    """How many leads can sign in; at none it can be recovered."""
    founded_at: datetime
    """When it was entered."""
    suspended_at: datetime | None
    """Since when it may not act."""
    erased_at: datetime | None
    """When its keys were destroyed."""
    recovery: UUID | None
    """The recovery that waits."""


@dataclass(frozen=True, slots=True)
class HostPerson:
    """A person, as the host sees them."""

    id: UUID
    """Who."""
    name: str
    """How others see them."""
    email: str
    """Their address."""
    joined_at: datetime
    """When they signed up."""
    hosting_since: datetime | None
    """Since when they run this host."""
    suspended_at: datetime | None
    """Since when they may not sign in."""
    organisations: tuple[str, ...]
    """The names of those they belong to."""
    is_me: bool
    """Whether it is the one who looks."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Who runs this host, and who is invited to."""

    people: tuple[HostPerson, ...]
    """Who does, by address."""
    invitations: tuple[InvitationView, ...]
    """Links that still stand."""

    @property
    def is_last(self) -> bool:
        """Whether only one of them can sign in; that one cannot step down."""
        return sum(each.suspended_at is None for each in self.people) <= 1


@dataclass(frozen=True, slots=True)
class HostCircle:
    """A circle, as the host sees it."""

    id: UUID
    """Which."""
    name: str
    """Its name."""
    purpose: str
    """What it is for."""
    members: int
    """How many organisations are in it."""
    asking: int
    """How many wait."""
    conveners: tuple[ConvenerView, ...]
    """Who vouches."""
    opened_at: datetime
    """Since when."""


@dataclass(frozen=True, slots=True)
class Forgivable:
    """An organisation that is out of a circle after complaints, as the host sees it."""

    circle: UUID
    """Of which circle."""
    circle_name: str
    """Its name."""
    organisation: UUID
    """Which organisation."""
    name: str
    """Its name."""
    upheld: int
    """How many complaints count against it."""
    last_at: datetime
    """When the last of them was upheld."""


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """A recovery of an organisation, from the first word to the end."""

    id: UUID
    """Which."""
    organisation: UUID
    """Of which organisation."""
    organisation_name: str
    """Its name."""
    email: str
    """The new lead's address; empty once it is over."""
    reason: str
    """How the new lead's standing was checked."""
    asked_by: str
    """The first person."""
    asked_at: datetime
    """When."""
    approved_by: str
    """The second, or empty."""
    approved_at: datetime | None
    """When."""
    refused_at: datetime | None
    """When it was refused."""
    is_mine: bool
    """Whether the one who looks asked for it; then somebody else has to decide."""

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a second person."""
        return self.approved_at is None and self.refused_at is None


Seen = TypeVar("Seen", RecoveryView, ComplaintView)


def console(actor: Actor) -> Console:
    """How much waits for the host."""
    may(actor, "console")
    with reading(actor):
        organisations = _organisations(actor)
        circles = host_circles(actor)
        return Console(
            organisations=len(organisations),
            suspended=sum(each.suspended_at is not None for each in organisations),
            leaderless=sum(each.leads == 0 and each.erased_at is None for each in organisations),
            **Person.objects.aggregate(people=Count("id"), hosts=Count("id", filter=Q(hosting_since__isnull=False))),
            circles=len(circles),
            unvouched=sum(not each.conveners for each in circles),
            complaints=Complaint.objects.filter(decided_at=None).count(),
            recoveries=Recovery.objects.filter(approved_at=None, refused_at=None).count(),
        )


def host_organisations(actor: Actor) -> tuple[HostOrganisation, ...]:
    """Every organisation, by name."""
    may(actor, "console")
    with reading(actor):
        return _organisations(actor)


def host_people(actor: Actor) -> tuple[HostPerson, ...]:
    """Everybody who has signed up, by address."""
    may(actor, "console")
    with reading(actor):
        belongs = defaultdict(list)
        standing = Membership.objects.filter(left_at=None).order_by("organisation__name")
        for person, name in standing.values_list("person", "organisation__name"):
            belongs[person].append(name)
        return tuple(
            HostPerson(
                id=row.id,
                name=str(row),
                email=row.email,
                joined_at=row.joined_at,
                hosting_since=row.hosting_since,
                suspended_at=row.suspended_at,
                organisations=tuple(belongs[row.id]),
                is_me=row.id == actor.person,
            )
            for row in Person.objects.order_by("email")
        )


def hosts(actor: Actor) -> Hosts:
    """Who runs this host, and the links by which others can come to."""
    may(actor, "console")
    people = tuple(each for each in host_people(actor) if each.hosting_since)
    with reading(actor):
        return Hosts(people, standing_invitations(to=InvitedTo.HOST))


def host_circles(actor: Actor) -> tuple[HostCircle, ...]:
    """Every open circle, by name."""
    may(actor, "console")
    with reading(actor):
        rows = Circle.objects.filter(closed_at=None).order_by("name", "id")
        vouching = convener_views(actor)
        return tuple(
            HostCircle(row.id, row.name, row.purpose, row.inside, row.asking, vouching.get(row.id, ()), row.opened_at)
            for row in rows.annotate(inside=counted(INSIDE), asking=counted(ASKING))
        )


def recoveries(actor: Actor) -> tuple[RecoveryView, ...]:
    """Every recovery, last asked for first."""
    may(actor, "console")
    with reading(actor):
        rows = Recovery.objects.select_related("organisation", "asked_by", "approved_by")
        return tuple(_recovery(row, actor) for row in rows.order_by("-asked_at", "id"))


def recovery(actor: Actor, recovery: UUID) -> RecoveryView:
    """One of them.

    Raises:
        NotThere: There is no such recovery.
    """
    return _one(recoveries(actor), recovery)


def complaints(actor: Actor) -> tuple[ComplaintView, ...]:
    """Every complaint, last made first."""
    may(actor, "console")
    with reading(actor):
        return complaint_views(Complaint.objects.all(), actor)


def forgivable(actor: Actor) -> tuple[Forgivable, ...]:
    """The organisations that are out of a circle after complaints, last put out first."""
    may(actor, "console")
    with reading(actor):
        counting = Complaint.objects.filter(outcome=Outcome.UPHELD, forgiven_at=None).order_by()
        names = ("circle", "circle__name", "about", "about__name")
        counted_so = counting.values_list(*names).annotate(upheld=Count("id"), last_at=Max("decided_at"))
        rows = counted_so.filter(upheld__gte=UPHELD_AND_OUT).order_by("-last_at", "circle", "about")
        return tuple(Forgivable(*row) for row in rows)


def complaint(actor: Actor, complaint: UUID) -> ComplaintView:
    """One of them.

    Raises:
        NotThere: There is no such complaint.
    """
    may(actor, "console")
    with reading(actor):
        return _one(complaint_views(Complaint.objects.filter(id=complaint), actor), complaint)


def _one(seen: tuple[Seen, ...], which: UUID) -> Seen:
    found = next((each for each in seen if each.id == which), None)
    if found is None:
        raise NotThere
    return found


def _organisations(_actor: Actor) -> tuple[HostOrganisation, ...]:
    belongs = Q(memberships__left_at=None, memberships__isnull=False)
    leads = belongs & Q(memberships__role=Role.LEAD, memberships__person__suspended_at=None)
    people = Count("memberships", filter=belongs, distinct=True)
    leading = Count("memberships", filter=leads, distinct=True)
    waiting = dict(Recovery.objects.filter(approved_at=None, refused_at=None).values_list("organisation", "id"))
    rows = Organisation.objects.annotate(people=people, leading=leading).order_by("name", "id")
    return tuple(
        HostOrganisation(
            id=row.id,
            name=row.name,
            sector=row.sector,
            country=row.country,
            people=row.people,
            leads=row.leading,
            founded_at=row.founded_at,
            suspended_at=row.suspended_at,
            erased_at=row.erased_at,
            recovery=waiting.get(row.id),
        )
        for row in rows
    )


def _recovery(row: Recovery, actor: Actor) -> RecoveryView:
    return RecoveryView(
        id=row.id,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        email=row.email,
        reason=row.reason,
        asked_by=str(row.asked_by),
        asked_at=row.asked_at,
        approved_by=str(row.approved_by or ""),
        approved_at=row.approved_at,
        refused_at=row.refused_at,
        is_mine=row.asked_by_id == actor.person,
    )
