"""Sending an invitation by a link that works once; what every kind of invitation has in common."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lichen_web.accounts.models import Facilitation, Invitation, Person
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.invitations import link_digest
from lichen_web.alliances.actions.letters import write_invitation

__all__ = ["OFFERED_FOR", "Offer", "send_invitation", "withdraw_those_of", "written_invitation"]

OFFERED_FOR = timedelta(days=14)
"""So long a link can be used."""


@dataclass(frozen=True, slots=True)
class Offer:
    """To what somebody is invited."""

    to: InvitedTo
    """To what."""
    organisation: UUID | None = None
    """To which organisation."""
    circle: UUID | None = None
    """To which circle."""
    role: str = ""
    """As what."""
    scopes: Collection[str] = ()
    """What a facilitator will see."""
    handing_over: Facilitation | None = None
    """Whose place a facilitator will take."""


def send_invitation(actor: Actor, offer: Offer, *, email: str, at: datetime) -> Invitation:
    """Write an invitation and post its link: to the address, or without one to the sender, who passes it on."""
    invitation, token = written_invitation(offer, email=email, sent_by=actor.person, at=at)
    to = email or Person.objects.values_list("email", flat=True).get(id=actor.person)
    write_invitation(invitation, to=to, token=token, at=at)
    return invitation


def written_invitation(offer: Offer, *, email: str, sent_by: UUID | None, at: datetime) -> tuple[Invitation, str]:
    """An invitation and its secret, of which nothing but a digest is kept."""
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        to=offer.to,
        organisation_id=offer.organisation,
        circle_id=offer.circle,
        role=offer.role,
        email=email.lower(),
        digest=link_digest(token),
        scopes=sorted(offer.scopes),
        handing_over=offer.handing_over,
        sent_by_id=sent_by,
        sent_at=at,
        expires_at=at + OFFERED_FOR,
    )
    return invitation, token


def withdraw_those_of(person: UUID, *, at: datetime, **of: UUID) -> None:
    """Take back what somebody who goes has still out, so that no door stays open behind them."""
    standing = Invitation.objects.filter(**of, sent_by=person, accepted_at=None, withdrawn_at=None)
    standing.update(withdrawn_at=at, email="")
