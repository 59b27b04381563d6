"""What a person sees of the organisations that they belong to or serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lichen_web.accounts.models import Facilitation, Membership, Organisation, Person
from lichen_web.accounts.models.organisation import Role, Scope
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.invitations import InvitationView, standing_invitations
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.bridge.organisations import load_team
from lichen_web.alliances.team import Team
from lichen_web.prepared import Prepared

__all__ = [
    "DelegationView",
    "FacilitatedOrganisation",
    "FacilitatorView",
    "MemberView",
    "OrganisationView",
    "OwnOrganisation",
    "facilitated_organisations",
    "own_organisation",
    "own_organisations",
]

_OPEN = {"organisation__suspended_at": None, "organisation__erased_at": None}


@dataclass(frozen=True, slots=True)
class OwnOrganisation:
    """One of the organisations for which a person can act."""

    id: UUID
    """Which."""
    name: str
    """Its name."""
    role: Role | None
    """What the person is in it; none for its facilitator."""

    @property
    def is_facilitated(self) -> bool:
        """Whether the person serves it from outside."""
        return self.role is None


@dataclass(frozen=True, slots=True)
class MemberView:
    """One person in an organisation."""

    id: UUID
    """Of the membership."""
    person: UUID
    """Who."""
    name: str
    """How others see them; their address where they gave no name."""
    email: str
    """Their address."""
    role: Role
    """What they are in it."""
    joined_at: datetime
    """Since when."""
    is_me: bool
    """Whether it is the one who looks."""
    is_suspended: bool
    """Whether the host keeps them from signing in."""


@dataclass(frozen=True, slots=True)
class DelegationView:
    """Who speaks for an organisation outside it."""

    delegate: MemberView
    """Who was named."""
    stand_in: MemberView | None
    """Who speaks while the delegate is away."""
    away_since: datetime | None
    """Since when that is."""

    @property
    def speaker(self) -> MemberView:
        """Who speaks now."""
        return self.stand_in if self.away_since and self.stand_in else self.delegate


@dataclass(frozen=True, slots=True)
class FacilitatorView:
    """Who serves an organisation from outside, and what it has opened to them."""

    id: UUID
    """Of the facilitation."""
    person: UUID
    """Who."""
    name: str
    """How others see them."""
    email: str
    """Their address."""
    scopes: tuple[Scope, ...]
    """What is open to them."""
    began_at: datetime
    """Since when."""
    is_me: bool
    """Whether it is the one who looks."""


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation, as whoever belongs to it sees it; its facilitator sees no people but themselves."""

    id: UUID
    """Which."""
    name: str
    """Its name."""
    sector: str
    """A :class:`~lichen.scales.Sector`."""
    country: str
    """ISO 3166-1 alpha-2, or empty."""
    region: str
    """Where it works, or empty."""
    size: str
    """A :class:`~lichen.scales.Size`, or empty."""
    website: str
    """Its address, or empty."""
    is_public_body: bool
    """Whether its papers can be requested by law."""
    people: tuple[MemberView, ...]
    """Who is in it, leads first."""
    delegation: DelegationView | None
    """Who speaks for it; none if nobody does."""
    facilitators: tuple[FacilitatorView, ...]
    """Who serves it."""
    invitations: tuple[InvitationView, ...]
    """Links that still stand; seen by leads alone."""

    @property
    def me(self) -> MemberView | None:
        """The line of the one who looks; none for a facilitator."""
        return next((member for member in self.people if member.is_me), None)


@dataclass(frozen=True, slots=True)
class FacilitatedOrganisation:
    """An organisation, as the list of its facilitator has it."""

    id: UUID
    """Which."""
    name: str
    """Its name."""
    facilitation: UUID
    """Of the facilitation."""
    scopes: tuple[Scope, ...]
    """What it has opened."""
    began_at: datetime
    """Since when."""


_ABLE = {**_OPEN, "organisation__isnull": False}
_SERVED = Prepared(
    lambda person: Facilitation.objects.filter(
        **_ABLE, facilitator=person, facilitator__suspended_at=None, ended_at=None
    ).values_list("organisation", "organisation__name")
)
_BELONGING = Prepared(
    lambda person: Membership.objects.filter(
        **_ABLE, person=person, person__suspended_at=None, left_at=None
    ).values_list("organisation", "organisation__name", "role")
)


def own_organisations(person: UUID) -> tuple[OwnOrganisation, ...]:
    """The organisations for which a person can act, by name; none that is suspended or erased, none if they are."""
    found = {each: OwnOrganisation(each, name, None) for each, name in _SERVED(person)}
    for organisation, name, role in _BELONGING(person):
        found[organisation] = OwnOrganisation(organisation, name, Role(role))
    return tuple(sorted(found.values(), key=lambda each: (each.name, each.id)))


def facilitated_organisations(actor: Actor) -> tuple[FacilitatedOrganisation, ...]:
    """The organisations that this person serves as a facilitator, by name."""
    may(actor, "facilitated_organisations")
    with reading(actor):
        rows = Facilitation.objects.filter(**_OPEN, facilitator=actor.person, ended_at=None)
        return tuple(
            FacilitatedOrganisation(
                row.organisation_id, row.organisation.name, row.id, tuple(map(Scope, row.scopes)), row.began_at
            )
            for row in rows.select_related("organisation").order_by("organisation__name", "id")
        )


def own_organisation(actor: Actor) -> OrganisationView:
    """The organisation for which the actor acts.

    Raises:
        NotThere: They act for none.
    """
    may(actor, "own_organisation")
    with reading(actor):
        row = Organisation.objects.filter(id=organisation_of(actor)).first()
        if row is None:
            raise NotThere
        team = load_team(row.id)
        people = _people(actor, team) if actor.role else ()
        return OrganisationView(
            id=row.id,
            name=row.name,
            sector=row.sector,
            country=row.country,
            region=row.region,
            size=row.size,
            website=row.website,
            is_public_body=row.is_public_body,
            people=people,
            delegation=_delegation(team, people),
            facilitators=_facilitators(actor),
            invitations=standing_invitations(organisation=row.id) if actor.role is Role.LEAD else (),
        )


def _people(actor: Actor, team: Team) -> tuple[MemberView, ...]:
    rows = Membership.objects.filter(organisation=team.organisation, left_at=None).select_related("person")
    found = [
        MemberView(
            id=row.id,
            person=row.person_id,
            name=str(row.person),
            email=row.person.email,
            role=Role(row.role),
            joined_at=row.joined_at,
            is_me=row.person_id == actor.person,
            is_suspended=row.person.suspended_at is not None,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (list(Role).index(each.role), each.name, each.id)))


def _delegation(team: Team, people: tuple[MemberView, ...]) -> DelegationView | None:
    by_id = {member.id: member for member in people}
    if team.voice is None or team.voice.delegate not in by_id:
        return None
    stand_in = by_id.get(team.voice.stand_in) if team.voice.stand_in else None
    return DelegationView(by_id[team.voice.delegate], stand_in, team.voice.away_since)


def _facilitators(actor: Actor) -> tuple[FacilitatorView, ...]:
    rows = Facilitation.objects.filter(organisation=actor.organisation, ended_at=None).select_related("facilitator")
    seen = rows if actor.role else rows.filter(facilitator=actor.person)
    return tuple(_facilitator(actor, row, row.facilitator) for row in seen.order_by("began_at", "id"))


def _facilitator(actor: Actor, row: Facilitation, person: Person) -> FacilitatorView:
    return FacilitatorView(
        id=row.id,
        person=person.id,
        name=str(person),
        email=person.email,
        scopes=tuple(map(Scope, row.scopes)),
        began_at=row.began_at,
        is_me=person.id == actor.person,
    )
