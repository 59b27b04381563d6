"""Who is acting: a person, and the organisation for which they do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from lichen.errors import LichenError
from lichen_web.accounts.models import Convener, Organisation, Person
from lichen_web.accounts.models.organisation import Role, Scope
from lichen_web.prepared import Prepared

__all__ = ["Actor", "NotThere", "actor_for", "organisation_of"]


_PERSON = Prepared(lambda person: Person.objects.filter(id=person, suspended_at=None).values_list("hosting_since"))
_CONVENED = Prepared(
    lambda person: Convener.objects.filter(person=person, ended_at=None, circle__closed_at=None).values_list("circle")
)


@Prepared
def _standing(person: UUID, organisation: UUID) -> QuerySet[Organisation, Any]:
    """Asked at once: what the person is in it, what it has opened to them, and who speaks for it."""
    return (
        Organisation.objects.filter(id=organisation, suspended_at=None, erased_at=None)
        .annotate(
            member=FilteredRelation("memberships", condition=Q(memberships__person=person, memberships__left_at=None)),
            served=FilteredRelation(
                "facilitations", condition=Q(facilitations__facilitator=person, facilitations__ended_at=None)
            ),
            spoken=FilteredRelation("delegations", condition=Q(delegations__ended_at=None)),
        )
        .values_list(
            "member__id",
            "member__role",
            "served__id",
            "served__scopes",
            "spoken__delegate",
            "spoken__stand_in",
            "spoken__away_since",
        )
    )


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
    found = _PERSON(person)
    if not found:
        raise NotThere
    [(hosting_since,)] = found
    circles = frozenset(circle for (circle,) in _CONVENED(person))
    alone = Actor(person, convenes=circles, is_host=hosting_since is not None)
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
    found = _standing(actor.person, organisation)
    if not found:
        raise NotThere
    member, role, served, scopes, delegate, stand_in, away_since = found[0]
    if member is None and served is None:
        raise NotThere
    speaker = stand_in if away_since else delegate
    return Actor(
        actor.person,
        organisation,
        role=Role(role) if member else None,
        speaks=member is not None and member == speaker,
        scopes=frozenset(map(Scope, scopes)) if served else None,
        convenes=actor.convenes,
    )
