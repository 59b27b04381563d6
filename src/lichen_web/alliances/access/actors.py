"""Who is acting: a person, and the organisation for which they do it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from lichen.errors import LichenError
from lichen_web.accounts.models import Convener, Delegation, Facilitation, Membership, Person
from lichen_web.accounts.models.organisation import Role, Scope

__all__ = ["Actor", "NotThere", "actor_for", "organisation_of"]


class NotThere(LichenError):
    """It does not exist, or it is not for whoever asks: the two are never told apart."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person as they act: for themselves, or for one organisation."""

    person: UUID
    """Who."""
    organisation: UUID | None = None
    """For which organisation; none is for themselves, as a convener, or as the host."""
    role: Role | None = None
    """What they are in it; none for its facilitator."""
    speaks: bool = False
    """Whether they are its delegate, or the stand-in while the delegate is away."""
    scopes: frozenset[Scope] | None = None
    """What it has opened to them as its facilitator; none if they are not."""
    convenes: frozenset[UUID] = frozenset()
    """The circles in which they vouch."""
    is_host: bool = False
    """Whether they act as the host: never while they act for an organisation."""


def actor_for(person: UUID, organisation: UUID | None = None) -> Actor:
    """Who acts when this person asks, for themselves or for an organisation.

    Raises:
        NotThere: The person may not sign in, or the organisation is not theirs, is suspended, erased, or not there.
    """
    who = Person.objects.filter(id=person, suspended_at=None).values("hosting_since").first()
    if who is None:
        raise NotThere
    circles = frozenset(
        Convener.objects.filter(person=person, ended_at=None, circle__closed_at=None).values_list("circle", flat=True)
    )
    alone = Actor(person, convenes=circles, is_host=who["hosting_since"] is not None)
    return alone if organisation is None else _for_organisation(alone, organisation)


def organisation_of(actor: Actor) -> UUID:
    """The organisation for which somebody acts.

    Raises:
        NotThere: They act for none.
    """
    if actor.organisation is None:
        raise NotThere
    return actor.organisation


def _for_organisation(actor: Actor, organisation: UUID) -> Actor:
    of = Q(organisation=organisation, organisation__suspended_at=None, organisation__erased_at=None)
    member = Membership.objects.filter(of, person=actor.person, left_at=None).values("id", "role").first()
    served = Facilitation.objects.filter(of, facilitator=actor.person, ended_at=None).values("scopes").first()
    speaking = Delegation.objects.filter(of, ended_at=None).values("delegate", "stand_in", "away_since").first()
    if member is None and served is None:
        raise NotThere
    speaker = speaking and speaking["stand_in" if speaking["away_since"] else "delegate"]
    return Actor(
        actor.person,
        organisation,
        role=Role(member["role"]) if member else None,
        speaks=member is not None and member["id"] == speaker,
        scopes=frozenset(map(Scope, served["scopes"])) if served else None,
        convenes=actor.convenes,
    )
